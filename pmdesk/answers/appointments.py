"""Planned contacts of all clients: which of them come next."""

from datetime import datetime, timedelta
from typing import Final

from pmdesk.journal.codec import until_text
from pmdesk.journal.journal import Journal
from pmdesk.records.appointment import Appointment

NEAR: Final = timedelta(hours=24)
# How long one lasts that does not say.
_USUAL: Final = timedelta(hours=1)


def over_at(appointment: Appointment) -> datetime:
    """When a planned contact is over, as it was planned; raises ValueError without its moment."""
    if appointment.at is None:
        raise ValueError("a stored appointment has its moment")
    minutes = appointment.minutes
    return appointment.at + (timedelta(minutes=minutes) if minutes else _USUAL)


def upcoming(journal: Journal, *, at: datetime, within: timedelta = NEAR) -> list[Appointment]:
    """What begins within a time or has begun and is not over, the nearest first."""
    found = journal.find(
        Appointment, "ended_on IS NULL AND at <= ?", [until_text(at + within)], order="at, id"
    )
    return [one for one in found if over_at(one) > at]
