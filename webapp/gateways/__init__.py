"""Floor 1: the outer world, one dependency behind one file."""
