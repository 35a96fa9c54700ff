"""Today: everything owed, each with its reason and its one act."""
