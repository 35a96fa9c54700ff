"""The parts of the import page: files, people, what is kept, what was not taken, what is under way."""
