"""How records read as rows of a list."""
