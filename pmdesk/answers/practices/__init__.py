"""Each practice in figures, from the records of one client."""
