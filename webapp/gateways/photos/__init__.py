"""Photos: what decodes them, and where their bytes lie."""
