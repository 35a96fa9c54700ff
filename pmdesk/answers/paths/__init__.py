"""Guided paths: hard things done step by step, none of them skipped, each with its day and its reason."""
