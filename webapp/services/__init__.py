"""Floor 2: use cases, one transaction each; collaborators are passed in."""
