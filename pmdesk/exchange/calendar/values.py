"""What a calendar says of one event, whichever program wrote it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from pmdesk.words import mark

Moment = date | datetime


class Why(Enum):
    """Why an event cannot be read."""

    DAMAGED = mark("The event is damaged.")
    NO_TIME = mark("The event does not say when it begins.")
    RULE = mark("How the event repeats is not understood.")
    TOO_OFTEN = mark("The event repeats within a day.")
    TOO_MANY = mark("The file is too large.")


class Person(NamedTuple):
    """Somebody who is invited, or who invites."""

    address: str
    name: str = ""
    declined: bool = False

    @property
    def shown(self) -> str:
        """The name, else the address."""
        return self.name or self.address


class Event(NamedTuple):
    """One event, or one day of a series.

    `start` is a day of an all-day event, else a moment; one without a zone is of the wall clock
    where it takes place. `key` tells the days of a series apart by when they were to begin.
    """

    uid: str
    key: str
    title: str
    start: Moment
    minutes: int | None = None
    place: str = ""
    text: str = ""
    organizer: Person | None = None
    people: tuple[Person, ...] = ()
    cancelled: bool = False

    @property
    def everybody(self) -> tuple[Person, ...]:
        """Who invites, then who is invited, each once."""
        all_of_them = (*([self.organizer] if self.organizer else ()), *self.people)
        return tuple({person.address: person for person in reversed(all_of_them)}.values())[::-1]


class Broken(NamedTuple):
    """An event that cannot be read: its title or its place in the file, and why."""

    what: str
    why: Why


@dataclass
class Calendar:
    """A calendar that was read; `series` are the uids whose whole series stands in it."""

    events: list[Event] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    series: set[str] = field(default_factory=set)
