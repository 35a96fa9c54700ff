"""What is owed, to whom and since when: the rules of Today (METHODS 12 and 16)."""
