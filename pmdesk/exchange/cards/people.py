"""Names, addresses and phones as address books write them, made into one form."""

import re
from collections.abc import Iterable
from typing import Final

from pmdesk.typed.birthdays import Birthday, typed_birthday

_ADDRESS: Final = re.compile(r"[^\s<>,;:@\"]+@[^\s<>,;:@\"]+")
_PHONE: Final = re.compile(r"[+\d(][\d\s().+/x;=-]{3,40}", re.IGNORECASE)
# 汉字, kana and hangul: a family name stands first, nothing between it and the given name.
_EAST: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LAST_FIRST: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)")
# So Apple writes a birthday whose year is not known.
_NO_YEAR: Final = re.compile(r"^1604-?")
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


def birthday_in(text: str) -> tuple[str, bool]:
    """A birthday as a contact stores it, and whether it is the moon's; "" where it is none or may be two.

    With the year last, day and month are known apart only where one of them is no month.
    """
    plain = _NO_YEAR.sub("--", text.strip().partition("T")[0])
    if hit := _LAST_FIRST.fullmatch(plain):
        one, other, year = int(hit[1]), int(hit[2]), int(hit[3])
        if one <= 12 and other <= 12 and one != other and "." not in plain:
            return "", False
        month, day = (other, one) if one > 12 or "." in plain else (one, other)
        plain = Birthday(month, day, year).stored
    try:
        born, lunar = typed_birthday(plain)
    except ValueError:
        return "", False
    return born.stored, bool(lunar)
