"""Words: sentences with their facts, and what a typed line means."""
