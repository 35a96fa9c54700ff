"""Side panels: editors of records."""
