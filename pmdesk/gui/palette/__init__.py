"""The palette (Ctrl+K): whatever the window can show or do, by a few letters of its name."""
