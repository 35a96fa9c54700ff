"""Traditional and simplified characters as one."""

from functools import lru_cache
from typing import Final

from pmdesk.places import data_dir

_MOST: Final = 32  # forms of one word that are looked for


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    text = (data_dir("resources") / "chinese" / "simplified.txt").read_text("utf-8")
    traditional, plain = text.split()
    return dict(zip(map(ord, traditional), plain, strict=True))


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    """Each simplified character with all that are written so."""
    found: dict[str, str] = {}
    for code, plain in _table().items():
        found[plain] = found.get(plain, plain) + chr(code)
    return found


def simplified(text: str) -> str:
    """`text` in simplified characters, as long as it was."""
    return text if text.isascii() else text.translate(_table())


def forms(character: str) -> str:
    """All characters that mean the same as this one in either writing, itself among them."""
    plain = simplified(character)
    return _forms().get(plain, plain)
