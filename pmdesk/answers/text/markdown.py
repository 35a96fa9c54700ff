"""Markdown read as plain words."""

import re
from typing import Final

_OPENER: Final = re.compile(r"^(?:#{1,6}|[-*+>]|\d+[.)])\s+")
_STRESS: Final = re.compile(r"(\*\*|__|[*`])(?=\S)(.+?)\1")


def plain_line(line: str) -> str:
    """A line of Markdown as text: what opens it, and the signs of stress, are left out."""
    return _STRESS.sub(r"\2", _OPENER.sub("", line.strip())).strip()


def plain_lines(text: str) -> list[str]:
    """The lines of a Markdown text that say something, as text."""
    return [plain for line in text.splitlines() if (plain := plain_line(line))]
