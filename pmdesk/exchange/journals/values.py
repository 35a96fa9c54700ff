"""An entry of another program's journal."""

from datetime import date
from enum import Enum
from typing import NamedTuple

from pmdesk.words import mark


class OtherEntry(NamedTuple):
    """An entry as it was written: `name` tells it apart from the others of its journal.

    `left_out` counts pictures and the like that stood in it and are not taken.
    """

    name: str
    day: date
    text: str
    tags: tuple[str, ...] = ()
    left_out: int = 0


class Why(Enum):
    """Why an entry or a file cannot be read."""

    NO_DAY = mark("It has no day that a calendar knows.")
    EMPTY = mark("It holds no text.")
    DAMAGED = mark("The file is damaged: it cannot be read from here on.")
    OTHER_FORM = mark("This is not laid out as the program writes it.")
    TOO_LARGE = mark("The file is too large.")


class Broken(NamedTuple):
    """What could not be read: where it stands, and why."""

    what: str
    why: Why
