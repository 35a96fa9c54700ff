"""Text in one writing: as it is compared, and with every character at its place."""

import re
import unicodedata
from typing import Final

_ACCENTS: Final = re.compile("[\u0300-\u036f]+")


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


def normal(text: str) -> str:
    """`text` as it is compared: full-width as half-width, without case and accents."""
    if text.isascii():
        return text.lower()
    folded_ = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFD", folded_)
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))
