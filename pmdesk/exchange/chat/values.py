"""A chat as plain values: what stands in it, before anybody says which day it is or who is who."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from typing import NamedTuple

from pmdesk.words import mark


class Written(Enum):
    """How a day is written."""

    YMD = "2026-11-26"
    THREE = "26/11/26"
    TWO = "11/26"
    MONTH_DAY = "11月26日"
    WEEKDAY = "星期四"
    BACK = "昨天"


class Day(NamedTuple):
    """A day as it is written: its numbers, and of three whether the last must be the year."""

    how: Written
    numbers: tuple[int, ...]
    year_last: bool = False


class Stamp(NamedTuple):
    """When something was written: the day may be missing, or the clock of a day that heads others."""

    text: str
    day: Day | None
    clock: time | None
    seconds: bool


class Head(NamedTuple):
    """What begins a message: its speaker, its time, the text that stands on its own lines.

    `lines` is how many it takes; a head that is `system` has no speaker.
    """

    who: str
    stamp: Stamp | None
    text: str = ""
    lines: int = 1
    system: bool = False


class Message(NamedTuple):
    """A message from line `line` (of 1) on; `stamp` None where nothing tells its time."""

    line: int
    who: str
    stamp: Stamp | None
    text: str


class Doubt(Enum):
    """Why something cannot be placed, as a sentence."""

    HEAD = mark("This may begin a message; it was kept as text of the one before.")
    BEFORE = mark("This stands before the first message.")
    NO_DAY = mark("It cannot be told which day this was.")
    NO_SUCH_DAY = mark("There is no such day.")
    WEEKDAY = mark("This weekday may be the day it was copied or a week before.")
    AHEAD = mark("This lies after the day it was copied.")


class Unsure(NamedTuple):
    """A line that may be read in two ways."""

    line: int
    text: str
    why: Doubt


# What is left out, by the words for it.
RECALLED = mark("Messages taken back")
SYSTEM = mark("Lines of the program")
EMPTY = mark("Messages without text")


@dataclass
class Chat:
    """A chat as it was read: by which form, what it calls itself, its messages in their order."""

    form: str
    name: str = ""
    messages: list[Message] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    unsure: list[Unsure] = field(default_factory=list)
    own: frozenset[str] = frozenset()

    def speakers(self) -> list[str]:
        """Who speaks, in the order of their first word."""
        return list(dict.fromkeys(message.who for message in self.messages))


class Dated(NamedTuple):
    """A message and its time on the clock of who copied it; None, and why, where it is unclear."""

    message: Message
    at: datetime | None
    doubt: Doubt | None = None


class Days(NamedTuple):
    """What is known about the days of a chat.

    `copied` is the day it was copied, `first` the day of its first message where heads have none,
    `order` how numbers stand in a day ("dmy", "mdy", "ymd").
    """

    copied: date
    first: date | None = None
    order: str = "ymd"
