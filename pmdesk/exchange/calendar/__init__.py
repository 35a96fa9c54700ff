"""Calendars: .ics files and invitations that were pasted, as plain values."""
