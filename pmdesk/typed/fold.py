"""Typed text in one writing, every character at its place."""

import unicodedata
from typing import Final


class _Folds(dict[int, str]):
    """Characters as they are folded, each found out once."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code))
        low = (plain if len(plain) == 1 else chr(code)).lower()
        self[code] = low if len(low) == 1 else chr(code)
        return self[code]


_FOLDS: Final = _Folds()


def folded(text: str) -> str:
    """`text` in small letters and half width (ＡＢ：３ is ab:3), as long as it was."""
    return text.translate(_FOLDS)
