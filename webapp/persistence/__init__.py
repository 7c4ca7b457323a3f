"""Floor 1: tables and their translation to domain values."""
