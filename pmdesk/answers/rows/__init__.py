"""How records read as rows of a list, and what can be done with them."""
