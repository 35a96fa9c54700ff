"""Planned contacts: a call, a meeting or a visit that lies ahead, and what became of it."""

from collections.abc import Iterator
from datetime import date, datetime

from pmdesk.records.choices import Channel
from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.records.problems import Problem
from pmdesk.words import mark


@record(
    "appointment",
    number=29,
    one=mark("Planned contact"),
    many=mark("Planned contacts"),
    title="what",
    date="at",
    search=("what", "who", "place", "purpose"),
    columns=("at", "channel", "who", "place"),
    practice=Practice.COMMUNICATION,
    done="ended_on",
)
class Appointment:
    """A contact that is to take place. It counts as no contact until it was held.

    Once held, `interaction_id` is the contact itself; one that ended without was called off.
    `uid` is the name that a calendar file gave it. The client reads what one is about, but of those
    that are internal nothing.
    """

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    contact_id: int | None = field(mark("Contact"), default=None, refers="contact")
    channel: Channel = field(mark("Channel"), default=Channel.MEETING)
    what: str = field(mark("What it is about"), default="", required=True)
    at: datetime | None = field(mark("When"), default=None, ahead=True, required=True)
    minutes: int | None = field(
        mark("Duration"), default=None, low=0, high=10_000, unit=mark("minutes")
    )
    who: str = field(mark("With whom"), default="")
    place: str = field(mark("Where"), default="")
    purpose: str = field(mark("What we want of it"), default="", internal=True, long=True)
    ended_on: date | None = field(mark("Held or called off on"), default=None, ahead=False)
    internal: bool = field(mark("Internal only"), default=False)
    interaction_id: int | None = field(default=None, refers="interaction", hidden=True)
    uid: str = field(default="", hidden=True)

    @property
    def open(self) -> bool:
        """Whether it has neither been held nor called off."""
        return self.ended_on is None

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        if self.channel is Channel.MAIL:
            yield Problem(
                "channel", mark("A mail is no appointment: choose a call, a meeting, a visit.")
            )
