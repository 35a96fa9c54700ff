"""What an address book says of one person."""

from enum import Enum
from typing import NamedTuple

from pmdesk.words import mark


class Why(Enum):
    """Why a card cannot be read."""

    DAMAGED = mark("The card is damaged: it has no end.")
    NOBODY = mark("The card names nobody.")
    TOO_MANY = mark("The file is too large.")


class Card(NamedTuple):
    """A person; `uid` is the name by which the address book knows the card, where it has one.

    `birthday` is as a contact stores it, by the lunar calendar where `birthday_lunar` says so.
    """

    name: str
    organisation: str = ""
    role: str = ""
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    uid: str = ""
    honorific: str = ""
    department: str = ""
    wechat: str = ""
    birthday: str = ""
    birthday_lunar: bool = False


class Broken(NamedTuple):
    """A card that cannot be read: where it stands, and why."""

    what: str
    why: Why
