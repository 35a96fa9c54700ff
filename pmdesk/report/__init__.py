"""PDF reports through Typst."""
