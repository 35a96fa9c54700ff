"""What goes out of a journal: its forms are declared in `forms.py`, each is written in a file beside it."""
