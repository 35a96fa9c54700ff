"""A chat as a text, and what stands in it."""

from typing import NamedTuple


class Case(NamedTuple):
    """A text, what was answered about it, and what it holds.

    A line of `holds` is time, side (< ours, > theirs) and text; ⏎ is a new line in it.
    """

    name: str
    text: str
    holds: str
    ours: tuple[str, ...] = ("林悦",)
    copied: str = "2026-11-26"
    first: str = ""
    order: str = ""
