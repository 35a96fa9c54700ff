"""PM Desk: a private journal of client relationships."""

__version__ = "0.1.0"
