"""What a crisis asks for: each line of its notices, steps and criteria with its limit and when it was done."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.insight.within import within
from pmdesk.insight.worktime import CalendarRules
from pmdesk.records.crisis import Crisis, CrisisLine, CrisisPlan, LineKind, parts_of_line

_DAY = timedelta(days=1)


class Task(NamedTuple):
    """A line of the tree of notices or of the steps: who, how or what, by when, and when done.

    `line` is the line as written: it names the task in the log.
    """

    line: str
    who: str
    what: str
    limit: str
    due: datetime | None
    done_at: datetime | None

    def late(self, at: datetime) -> bool:
        """Whether it was or is done after its limit."""
        return self.due is not None and (self.done_at or at) > self.due


class Criterion(NamedTuple):
    """One thing that must hold before the crisis is over, and since when it does."""

    text: str
    met_at: datetime | None


def lines_of(crisis: Crisis, plan: CrisisPlan | None, name: str) -> tuple[str, ...]:
    """A crisis's own `notices` or `steps`; those of its plan where it was begun without."""
    own: tuple[str, ...] = getattr(crisis, name)
    return own or (getattr(plan, name) if plan else ())


def tasks(
    crisis: Crisis,
    lines: Sequence[str],
    log: Sequence[CrisisLine],
    calendar: CalendarRules,
    zone: ZoneInfo,
    *,
    notice: bool,
) -> tuple[Task, ...]:
    """The lines with their limits from the finding on; a notice is who | how | within, a step who | within | what.

    `log` is in the order of its moments. A line of it settles the task that it is about; one written
    by hand, or about a line that has been changed since, the one whose person or step it names.
    """
    found = crisis.found_at
    if found is None:
        raise ValueError("a stored crisis has its moment")
    kind = LineKind.TOLD if notice else LineKind.STEP
    by_line, by_word = dict[str, datetime | None](), dict[str, datetime | None]()
    for one in reversed(log):
        if one.what is kind:
            if one.about in lines:
                by_line[one.about] = one.at
            else:
                by_word[(one.who if notice else one.text).strip()] = one.at
    made = []
    for line in lines:
        parts = [*parts_of_line(line), "", "", ""]
        who, what, limit = (
            (parts[0], parts[1], parts[2]) if notice else (parts[0], parts[2], parts[1])
        )
        named = who if notice else what
        done = by_line.get(line) or (by_word.get(named) if named else None)
        made.append(Task(line, who, what, limit, _due(found, limit, calendar, zone), done))
    return tuple(made)


def _due(found: datetime, text: str, calendar: CalendarRules, zone: ZoneInfo) -> datetime | None:
    limit = within(text)
    if limit is None:
        return None
    if limit.minutes is not None:
        return found + timedelta(minutes=limit.minutes)
    local = found.astimezone(zone)
    if limit.until is not None:
        same = local.replace(
            hour=limit.until.hour, minute=limit.until.minute, second=0, microsecond=0
        )
        return (same if same > local else same + _DAY).astimezone(UTC)
    day = local.date() + (limit.days or 0) * _DAY
    for _ in range(limit.workdays or 0):
        day = calendar.next_workday(day + _DAY)
    return datetime.combine(day + _DAY, time(0), zone).astimezone(UTC)


def criteria(
    crisis: Crisis, plan: CrisisPlan | None, log: Iterable[CrisisLine]
) -> tuple[Criterion, ...]:
    """What ends a crisis, a line each, and since when each holds."""
    met = {one.about: one.at for one in reversed([*log]) if one.what is LineKind.CRITERION}
    text = crisis.criteria.strip() or (plan.criteria if plan else "")
    lines = [line.strip().lstrip("-*•· ") for line in text.splitlines()]
    return tuple(Criterion(line, met.get(line)) for line in dict.fromkeys(lines) if line)
