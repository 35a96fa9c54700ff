"""Names, addresses and phones as address books write them, made into one form."""

import re
from collections.abc import Iterable
from typing import Final

_ADDRESS: Final = re.compile(r"[^\s<>,;:@\"]+@[^\s<>,;:@\"]+")
_PHONE: Final = re.compile(r"[+\d(][\d\s().+/x;=-]{3,40}", re.IGNORECASE)
# 汉字, kana and hangul: a family name stands first, nothing between it and the given name.
_EAST: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MOST: Final = 20
_LONGEST: Final = 200


def line(text: str) -> str:
    """A text on one line, of a length that a person reads."""
    return " ".join(text.replace("\x00", "").split())[:_LONGEST]


def full_name(family: str, given: str, middle: str = "") -> str:
    """A name as it is spoken: 周启明, Ada King Lovelace."""
    if _EAST.search(family + given):
        return line(f"{family}{middle}{given}")
    return line(f"{given} {middle} {family}")


def addresses_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The mail addresses in these texts, each once, in lower case."""
    found = (hit[0].lower() for text in texts for hit in _ADDRESS.finditer(text[:1_000]))
    return tuple(dict.fromkeys(address for address in found if len(address) <= _LONGEST))[:_MOST]


def phones_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The phone numbers in these texts, each once."""
    plain = (line(text.strip().removeprefix("tel:")) for text in texts)
    return tuple(dict.fromkeys(text for text in plain if _PHONE.fullmatch(text)))[:_MOST]
