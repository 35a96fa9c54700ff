"""The parts of the import page: files, the cards of mail and of all else, what is under way."""
