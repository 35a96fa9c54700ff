"""How words are looked for in a marked line.

A marked line is folded, and each character of a name, a moment or a length of time in it is one
sign: a client called Monday is no day, and a word is read beside whom it concerns.
"""

import re
from typing import Final

CLIENT, PERSON, WHEN, LENGTH = "\ue000", "\ue001", "\ue002", "\ue003"
SIGNS: Final = f"{CLIENT}{PERSON}{WHEN}{LENGTH}"
NAMES: Final = f"[{CLIENT}{PERSON}]"
THEM: Final = rf"(?:{NAMES}+|客户|对方|甲方|业主|他们|她们|他|她)"
THEY: Final = rf"(?:{NAMES}+|they|he|she|(?:the )?(?:client|customer))"
US: Final = r"(?:我们|我方|我司|咱们|咱|我|乙方)"


def lines(text: str) -> str:
    """The lines of `text` as one choice."""
    return "|".join(part.strip() for part in text.strip().splitlines())


def either(chinese: str, english: str) -> str:
    """Chinese anywhere, English as whole words; both a choice to a line."""
    return rf"(?:{lines(chinese)})|(?<![a-z0-9])(?:{lines(english)})(?![a-z0-9])"


def one_of(chinese: str, english: str) -> re.Pattern[str]:
    """The same, ready to look for."""
    return re.compile(either(chinese, english))
