"""Promises in what was written: found by plain rules that a person can follow, in both languages."""
