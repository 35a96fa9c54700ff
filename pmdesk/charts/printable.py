"""Text that the bundled fonts can print: what they lack becomes visible, never a box."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pmdesk.places import data_dir


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Code points that one of the bundled fonts can draw."""
    from fontTools.ttLib import TTFont  # slow to load: only for reports

    code_points: set[int] = set()
    for path in (data_dir("resources") / "fonts").glob("*.[ot]tf"):
        with TTFont(path, lazy=True) as font:
            code_points |= font.getBestCmap().keys()
    return frozenset(code_points)


def printable(text: str) -> str:
    """`text` without invisible characters; what no font has is written as [U+1F600]."""
    if text.isascii() and text.isprintable():
        return text
    known = covered()
    out: list[str] = []
    for character in text:
        code = ord(character)
        if character in "\n\t":
            out.append(character)
        elif unicodedata.category(character) in ("Cc", "Cf", "Cs") or 0xFE00 <= code <= 0xFE0F:
            continue
        elif code in known:
            out.append(character)
        else:
            out.append(f"[U+{code:04X}]")
    return "".join(out)


def one_line(text: str) -> str:
    """`text` printable, in one line."""
    return " ".join(printable(text).split())


def all_printable(value: Any) -> Any:
    """`value` with every text in it made printable; SVG passes as it is."""
    if isinstance(value, str):
        return value if value.startswith("<?xml") else printable(value)
    if isinstance(value, Mapping):
        return {key: all_printable(item) for key, item in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], int):
        return value  # the bytes of a picture
    if isinstance(value, list | tuple):
        return [all_printable(item) for item in value]
    return value
