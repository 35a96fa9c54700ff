"""Chats that were pasted or exported as text, read into messages with their speakers and times."""
