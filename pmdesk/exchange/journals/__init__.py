"""Journals that other programs keep, read into entries."""
