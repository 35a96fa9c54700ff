"""Texts as cells of a CSV file that no spreadsheet takes for a formula, and such cells read back.

A spreadsheet that runs what begins with = + - @ also looks past blanks and quotes in front of it, and
some take the wide forms that Chinese keyboards type (＝＋－＠) for the same signs.
Source: OWASP, CSV Injection.
"""

import unicodedata
from typing import Final

_SIGNS: Final = frozenset("=+-@")
_QUOTES: Final = "'\"’‘＇"
_MARK: Final = "'"


def _may_run(text: str) -> bool:
    """Whether what comes first in a text, behind what cannot be seen, begins a formula."""
    for character in text:
        if character in _QUOTES or character.isspace() or unicodedata.category(character)[0] == "C":
            continue
        return unicodedata.normalize("NFKC", character)[0] in _SIGNS
    return False


def safe_cell(text: str) -> str:
    """A text as a cell: with an apostrophe in front where it could run as a formula."""
    return f"{_MARK}{text}" if _may_run(text) else text


def text_of_cell(cell: str) -> str:
    """The text that `safe_cell` made a cell of."""
    return cell[1:] if cell.startswith(_MARK) and _may_run(cell) else cell
