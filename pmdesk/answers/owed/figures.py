"""A client in one line of the portfolio: how we answer, how we stand, who spoke last."""

from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from pmdesk.answers.clients import pulse_of
from pmdesk.answers.health import client_health
from pmdesk.answers.owed.people import touch
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.responsiveness import Question, course
from pmdesk.insight.responsiveness import period_label, period_start
from pmdesk.journal.codec import moment_of, moment_text

WEEKS: Final = 26
# Health that may as well be fifteen points higher or lower tells nothing of a client.
_NOISE: Final = 15.0


class Last(NamedTuple):
    """The last thing that was said: when, who said it on which channel, and about what."""

    id: int
    at: str
    channel: str
    direction: str
    who: str
    subject: str


class ClientFigures(NamedTuple):
    """The figures of a client as of a `day`, in working hours.

    `weeks` are the medians of the last 26 weeks, the running one last, None for a week without a
    turn or one that half has not been answered yet. `median` and its interval are of the last 13
    weeks with `n` turns. `health` is None where it is unknown or lost in its noise, `moved` says
    by how much it changed in a month, None within the noise. `alone` is the one person who has
    written in 90 days where there are several.
    """

    day: str
    weeks: tuple[float | None, ...]
    median: float | None
    low: float | None
    high: float | None
    n: int
    target: float
    health: float | None
    moved: float | None
    last: Last | None
    last_contact: str | None
    alone: str


_LAST: Final = """
SELECT id, at, channel, direction, who, subject FROM interaction
WHERE client_id = ? AND automatic = 0 AND at <= ? ORDER BY at DESC, id DESC LIMIT 1
"""


def client_figures(rel: Relationship) -> ClientFigures:
    """The figures of a relationship at its moment."""
    total = rel.answer.total
    health = client_health(rel, pulse=pulse_of(rel.journal, int(rel.client.id or 0)))
    value = health.now.value
    if value is not None and health.now.error is not None and health.now.error > _NOISE:
        value = None
    change = health.change
    contact = rel.last_contact
    return ClientFigures(
        rel.today.isoformat(),
        _weeks(rel),
        total.km_median_h,
        total.km_low_h,
        total.km_high_h,
        total.inbound,
        rel.client.target_hours,
        value,
        change.points if change is not None and change.real and value is not None else None,
        _last(rel),
        contact.isoformat() if contact else None,
        _alone(rel),
    )


def _weeks(rel: Relationship) -> tuple[float | None, ...]:
    first = period_start(rel.today, "week") - timedelta(weeks=WEEKS - 1)
    asked = course(
        rel.journal, rel.client, Question(), at=rel.at, talk=rel.talk, since=first
    ).periods
    known = {period.label: period.figures.km_median_h for period in asked}
    starts = [first + timedelta(weeks=n) for n in range(WEEKS)]
    return tuple(known.get(period_label(start, "week")) for start in starts)


def _last(rel: Relationship) -> Last | None:
    rows = rel.journal.rows(_LAST, [rel.client.id, moment_text(rel.at)])
    if not rows:
        return None
    id_, *texts = rows[0]
    return Last(id_, *(text or "" for text in texts))


def _alone(rel: Relationship) -> str:
    """The one person of several who has written in the last 90 days; "" where there are more."""
    writing, people = touch(rel).inbound_lately, rel.by_id("contact")
    if len(writing) != 1 or len(touch(rel).days) < 2:
        return ""
    contact = people.get(next(iter(writing)))
    return str(contact.name) if contact else ""


def as_values(figures: ClientFigures) -> list[Any]:
    """Figures as JSON holds them."""
    return [list(value) if isinstance(value, tuple) else value for value in figures]


def from_values(values: list[Any]) -> ClientFigures:
    """Figures as `as_values` wrote them."""
    named = dict(zip(ClientFigures._fields, values, strict=True))
    named["weeks"], last = tuple(named["weeks"]), named["last"]
    return ClientFigures(**{**named, "last": Last(*last) if last else None})


def last_moment(figures: ClientFigures) -> datetime | None:
    """When anything was last said."""
    return moment_of(figures.last.at) if figures.last else None


def day_of(figures: ClientFigures) -> date:
    """The day of which the figures are."""
    return date.fromisoformat(figures.day)
