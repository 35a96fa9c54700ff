"""The store: one SQLite file, its actions, search and backup."""
