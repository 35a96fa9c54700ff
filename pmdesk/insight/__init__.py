"""Figures from records: pure functions."""
