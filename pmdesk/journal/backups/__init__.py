"""Backups by themselves: a shelf of checked copies beside the journal or in a chosen folder."""
