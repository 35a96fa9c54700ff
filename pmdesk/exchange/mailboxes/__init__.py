"""Where mail programs keep their mail on this machine: told by names and sizes, no mail is opened."""
