"""Which days an insight is about: what lies in a period, and how things stood at its end."""

from datetime import UTC, date, datetime, time, timedelta

from pmdesk.answers.client_summary import Period
from pmdesk.answers.relationship import Relationship


def lies_in(day: date, period: Period) -> bool:
    """Whether a day lies in a period, its first and last day included."""
    first, last = period
    return (first is None or day >= first) and (last is None or day <= last)


def at_end(rel: Relationship, period: Period) -> Relationship:
    """The relationship as it stood when the last day of a period ended; as it stands in an open one."""
    if period.last is None or period.last >= rel.today:
        return rel
    end = datetime.combine(period.last + timedelta(days=1), time(0), rel.zone)
    return rel.as_of(end.astimezone(UTC) - timedelta(seconds=1))
