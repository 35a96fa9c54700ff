"""What the journal knows that the form of a record can be filled with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pmdesk.answers.calendars import calendar_of, rules
from pmdesk.answers.tongues import spoken_by
from pmdesk.gui.panels.choosing import choices_for, currencies_of, currency_at, people_at
from pmdesk.gui.people import Person
from pmdesk.records.choices import Tongue
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.declare import kind_of
from pmdesk.typed.currencies import CODES

if TYPE_CHECKING:
    from pmdesk.gui.desk import Desk

_SATURDAY = 5


@dataclass(frozen=True)
class Known:
    """Asked anew each time: what a form is of may change while it is open.

    `options(kind)` gives id and name of the records that may be chosen, `now()` is in the zone in
    which moments are typed and shown, `people(field)` can be named there,
    `currency(kind, id)` is what the money of a record is in, `spoken()` the language that a contact writes.
    """

    options: Callable[[str], list[tuple[int, str]]]
    now: Callable[[], datetime]
    people: Callable[[str], list[Person]] = lambda _field: []
    currencies: Callable[[], list[str]] = lambda: list(CODES)
    currency: Callable[[str, int], str] = lambda _kind, _id: ""
    spoken: Callable[[], str] = lambda: ""
    is_workday: Callable[[date], bool] = lambda day: day.weekday() < _SATURDAY


def known_to(desk: "Desk", record: Callable[[], Any]) -> Known:
    """What is known for the form of a record, that of its client before all."""

    def client() -> Client | None:
        now = record()
        if isinstance(now, Client):
            return now
        client_id = getattr(now, "client_id", None)
        return desk.journal.get(Client, client_id) if client_id else None

    def spoken() -> str:
        now = record()
        tongue = spoken_by(desk.journal, now) if isinstance(now, Contact) else None
        return Tongue(tongue).label if tongue else ""

    return Known(
        options=lambda kind: choices_for(desk.journal, record(), kind),
        now=desk.local_now,
        people=lambda name: people_at(desk.journal, kind_of(record()).name, name, client()),
        currencies=lambda: currencies_of(desk.journal),
        currency=lambda kind, id_: currency_at(desk.journal, kind, id_),
        spoken=spoken,
        is_workday=lambda day: rules(calendar_of(desk.journal, client())).is_workday(day),
    )
