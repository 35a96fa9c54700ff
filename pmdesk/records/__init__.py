"""What is kept: one declaration per record kind, no I/O."""
