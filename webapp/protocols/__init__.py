"""Floor 1: one file for each version of a clinic's rules, and the loader that checks them."""
