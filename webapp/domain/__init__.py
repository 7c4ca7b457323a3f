"""What is true: protocols, courses and the plan they give. No clock, no disk, no web."""
