"""Typed lists."""

import re
from typing import Final

_BETWEEN: Final = re.compile(r"[,，;；、\n]")


def items(text: str) -> tuple[str, ...]:
    """The parts of a typed list, at commas, semicolons, 、 or lines; without empty ones."""
    return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())
