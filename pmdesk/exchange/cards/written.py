"""People as vCards of version 3.0 (RFC 2426).

3.0 and not 4.0: phones take both, Outlook takes no 4.0. 3.0 is UTF-8 without saying so.
"""

import re
from contextlib import suppress
from typing import Final, NamedTuple

from pmdesk.exchange.cards.people import line
from pmdesk.typed.birthdays import stored_birthday
from pmdesk.typed.moon import LunarDay, day_of

# No property of cards holds a day of the moon's calendar: ours does, as a contact stores it.
LUNAR: Final = "X-LUNAR-BIRTHDAY"
_OCTETS: Final = 75
_URN: Final = "urn:uuid:"
_UUID: Final = re.compile(r"urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
_EAST: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ESCAPED: Final = re.compile(r"[\\,;]")
_BREAK: Final = re.compile(r"\r\n|\r|\n")
_HIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Written(NamedTuple):
    """A person as an address book is to have them; `uuid` tells the card apart for ever."""

    uuid: str
    name: str
    organisation: str = ""
    title: str = ""
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    note: str = ""
    honorific: str = ""
    department: str = ""
    wechat: str = ""
    birthday: str = ""
    birthday_lunar: bool = False


def card_text(one: Written) -> str:
    """The card of a person, its lines folded and ended by CRLF."""
    family, given = _parted(one.name)
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:{_URN}{one.uuid}",
        f"FN:{_value(one.name)}",
        f"N:{_value(family)};{_value(given)};;{_beside(one)}",
    ]
    if one.organisation or one.department:
        units = f";{_value(one.department)}" if one.department else ""
        lines.append(f"ORG:{_value(one.organisation)}{units}")
    if one.title:
        lines.append(f"TITLE:{_value(one.title)}")
    lines += [f"EMAIL;TYPE=INTERNET,WORK:{_value(address)}" for address in one.addresses]
    lines += [f"TEL;TYPE=WORK,VOICE:{_value(phone)}" for phone in one.phones]
    if one.wechat:
        lines.append(f"X-WECHAT:{_value(one.wechat)}")
    lines += _birthday(one)
    if one.note:
        lines.append(f"NOTE:{_value(one.note)}")
    lines.append("END:VCARD")
    return "".join(f"{folded(text)}\r\n" for text in lines)


def _beside(one: Written) -> str:
    """What stands before a name and after it: Dr Ada King, 周启明 主任."""
    honorific = _value(one.honorific)
    return f";{honorific}" if _EAST.search(one.name) else f"{honorific};"


def _birthday(one: Written) -> list[str]:
    """The birthday as phones read it, one of the moon's calendar beside it; nothing where it is none."""
    try:
        born = stored_birthday(one.birthday, lunar=one.birthday_lunar)
    except ValueError:
        return []
    if not one.birthday_lunar:
        if born.year is None:  # RFC 2426 knows no day without a year; this form phones understand
            return [f"BDAY;X-APPLE-OMIT-YEAR=1604:1604-{born.month:02}-{born.day:02}"]
        return [f"BDAY:{born.stored}"]
    lines = [f"{LUNAR}:{born.stored}"]
    if born.year is not None:
        with suppress(ValueError):  # a year that the table does not hold, or that has no such month
            lines.append(f"BDAY:{day_of(LunarDay(born.year, born.month, born.day, born.leap))}")
    return lines


def uuid_of(uid: str) -> str:
    """The uuid that a card of PM Desk names, nothing of any other card."""
    hit = _UUID.fullmatch(uid.strip())
    return hit[1].lower() if hit else ""


def folded(text: str) -> str:
    """A line in pieces of at most 75 octets, none of which ends within a character."""
    pieces, octets = [""], 0
    for character in text:
        size = len(character.encode("utf-8", "replace"))
        if octets + size > _OCTETS:
            pieces.append("")
            octets = 1  # the blank that a piece begins with
        pieces[-1] += character
        octets += size
    return "\r\n ".join(pieces)


def _value(text: str) -> str:
    plain = _ESCAPED.sub(lambda hit: f"\\{hit[0]}", _HIDDEN.sub("", text))
    return _BREAK.sub(r"\\n", plain)


def _parted(name: str) -> tuple[str, str]:
    """Family and given name so that, put together again, they read as written.

    A Chinese name without a blank stays whole: which of its characters is the family name is a guess.
    """
    plain = line(name)
    first, _, rest = plain.partition(" ")
    if "," in plain or not rest:
        return plain, ""
    if _EAST.search(plain):
        return first, rest
    given, _, family = plain.rpartition(" ")
    return family, given
