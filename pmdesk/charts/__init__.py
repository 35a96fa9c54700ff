"""Figures drawn with matplotlib, once for window and PDF."""
