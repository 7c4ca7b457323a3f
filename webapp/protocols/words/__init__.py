"""Floor 1: what the words of a language mean in questions, and the loader that checks it."""
