"""One typed line understood: which client, what kind of contact, when, what was promised."""
