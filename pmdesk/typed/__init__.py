"""What people type as text, read in one place: days, moments, numbers, lists."""
