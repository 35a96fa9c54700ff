"""Planned contacts of all clients: those that come next, and those that nobody has closed."""

from datetime import datetime, timedelta
from typing import Final

from pmdesk.journal.codec import moment_text
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
    return appointment.at + (_USUAL if minutes is None else timedelta(minutes=minutes))


def upcoming(journal: Journal, *, at: datetime, within: timedelta = NEAR) -> list[Appointment]:
    """What begins within a time or has begun and is not over, the nearest first."""
    return [one for one in _open(journal, until=at + within) if over_at(one) > at]


def unclosed(journal: Journal, *, at: datetime) -> list[Appointment]:
    """What is over and was neither written up nor called off, the latest first."""
    return [one for one in reversed(_open(journal, until=at)) if over_at(one) <= at]


def _open(journal: Journal, *, until: datetime) -> list[Appointment]:
    where = "ended_on IS NULL AND at <= ?"
    return journal.find(Appointment, where, [moment_text(until)], order="at, id")
