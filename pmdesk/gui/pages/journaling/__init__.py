"""The journal page's parts: writing, preview, days written, what a day was like, tags."""
