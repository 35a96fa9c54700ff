"""Lines of Markdown as they are typed: lists that go on, items that are moved in and out."""

import re
from typing import Final

INDENT: Final = "    "  # within the limits of CommonMark for items of any kind and number
_ITEM: Final = re.compile(r"(\s*)(?:([-*+])|(\d{1,8})([.)]))(\s+)(\[[ xX]\]\s+)?")
_QUOTE: Final = re.compile(r"\s*(?:>\s?)+")


def continued(line: str) -> str | None:
    """What the line after this one begins with; "" where an empty item ends its list.

    None of a line that is neither an item nor quoted.
    """
    if item := _ITEM.match(line):
        if not line[item.end() :].strip():
            return ""
        indent, point, number, dot, gap, box = item.groups()
        sign = point or f"{int(number) + 1}{dot}"
        return f"{indent}{sign}{gap}{'[ ] ' if box else ''}"
    if quote := _QUOTE.match(line):
        return quote[0] if line[quote.end() :].strip() else ""
    return None


def is_item(line: str) -> bool:
    """Whether a line is an item of a list."""
    return _ITEM.match(line) is not None


def moved(line: str, *, out: bool) -> str:
    """A line one step further in, or out as far as it can go."""
    if not out:
        return INDENT + line
    blanks = len(line) - len(line.lstrip(" "))
    return line[1:] if line.startswith("\t") else line[min(blanks, len(INDENT)) :]
