"""How the line of a client in the portfolio is found."""

from datetime import timedelta
from typing import Final

from pmdesk.answers.clients import pulse_of
from pmdesk.answers.health import client_health
from pmdesk.answers.owed.figures import ClientFigures, Last
from pmdesk.answers.people import touch
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.responsiveness import Question, course
from pmdesk.insight.responsiveness import period_label, period_start
from pmdesk.journal.codec import until_text

WEEKS: Final = 26
# Health that may as well be fifteen points higher or lower tells nothing of a client.
_NOISE: Final = 15.0
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
        None if value is None or health.now.capped else health.now.error,
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
    rows = rel.journal.rows(_LAST, [rel.client.id, until_text(rel.at)])
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
