"""When something owed is worth a reminder: before it is late, on its day, or once it is late."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from math import inf
from typing import Final, NamedTuple

from pmdesk.answers.calendars import calendar_of, rules, zone_of
from pmdesk.answers.owed.row import Owed
from pmdesk.answers.owed.sentences import Looked
from pmdesk.answers.owed.standing import Standing
from pmdesk.insight.worktime import NoWorkingTime
from pmdesk.journal.journal import Journal

# This share of a limit has passed when whoever has to tell a client is reminded of it.
SHARE: Final = 0.75
_LIMITED: Final = frozenset({"crisis_task", "crisis_untold", "untold"})
# Severities whose limit is in wall time (insight/disclosure.py); that of the others is worked.
_WALL: Final = frozenset({"S1", "S2", None})
# What is done on a day is said in its morning: the morning after would be too late.
_ON_ITS_DAY: Final = frozenset(
    {"promise", "report", "fix", "next_act", "key_date", "greet", "unhappy"}
)
# A date that has gone by is no news.
_NEVER_LATE: Final = frozenset({"meeting", "key_date", "greet"})
# No office is closed for longer: what became late before needs no look at its calendar any more.
_CLOSED: Final = timedelta(days=45).total_seconds()
_MINUTE: Final = 60.0


class Why(Enum):
    """Why something is brought to mind."""

    SOON = "soon"  # its limit has nearly passed
    BEGINS = "begins"  # it begins in some minutes
    TODAY = "today"  # this is its day
    LATE = "late"
    BACK = "back"  # it was put off until today


class Moment(NamedTuple):
    """The moment, in Unix seconds, at which something owed is to be brought to mind, and why."""

    at: float
    why: Why
    owed: Owed


def moments(one: Owed, looked: Callable[[], Looked], *, before: timedelta) -> Iterator[Moment]:
    """When to bring something owed to mind, a meeting so long `before` it begins.

    `looked` tells the zone and working time of its client. Nights and holidays wait for the next
    morning at work, but for what has its limit in wall time.
    """
    late, since = one.late_from, one.shown_from
    if one.rule == "meeting":
        begins = datetime.fromisoformat(one.facts["at"])
        yield Moment((begins - before).timestamp(), Why.BEGINS, one)
    elif one.rule in _LIMITED and late is not None and since is not None:
        yield Moment(_share_of(one, since, late, looked), Why.SOON, one)
    elif one.rule in _ON_ITS_DAY and (due := one.facts.get("due")):
        yield Moment(_morning(looked(), date.fromisoformat(due)), Why.TODAY, one)
    if late is None or late == inf or one.rule in _NEVER_LATE:
        return
    in_wall_time = one.rule in _LIMITED and one.facts.get("severity") in _WALL
    yield Moment(late if in_wall_time else _at_work(looked(), late), Why.LATE, one)


def _share_of(one: Owed, since: float, late: float, looked: Callable[[], Looked]) -> float:
    """When the share of a limit has passed, in the time in which the limit counts."""
    if one.facts.get("severity") in _WALL:
        return since + SHARE * (late - since)
    clock, zone = looked().clock(), looked().zone
    hours = clock.hours_between(since, late) * SHARE
    found = datetime.fromtimestamp(since, zone)
    try:
        return clock.deadline(found, timedelta(hours=hours)).timestamp()
    except NoWorkingTime:
        return late


def _morning(looked: Looked, day: date) -> float:
    """When work begins on a day, else on the last working day before it."""
    try:
        worked = looked.calendar.previous_workday(day)
    except NoWorkingTime:
        return datetime.combine(day, time(9), looked.zone).timestamp()
    begins = looked.calendar.spans_on(worked)[0].start
    return datetime.combine(worked, begins, looked.calendar.zone).timestamp()


def _at_work(looked: Looked, moment: float) -> float:
    """A moment in working hours, or at their very end, as it is; of any other the next beginning."""
    clock = looked.clock()
    if clock.hours_between(moment - _MINUTE, moment + _MINUTE) > 0:
        return moment
    second = timedelta(seconds=1)
    try:
        begun = clock.deadline(datetime.fromtimestamp(moment, looked.zone), second)
    except NoWorkingTime:
        return moment
    return (begun - second).timestamp()


_ASIDE: Final = "SELECT about, until FROM set_aside WHERE until IS NOT NULL AND about <> ''"


def put_off(journal: Journal) -> dict[str, float]:
    """When what was ever put off comes back, by its name: in the morning of its day."""
    rows = journal.rows(f"{_ASIDE} ORDER BY id")
    if not rows:
        return {}
    calendar, zone = rules(calendar_of(journal, None)), zone_of(journal, None)

    def morning(day: date) -> float:
        spans = calendar.spans_on(day)
        return datetime.combine(day, spans[0].start if spans else time(9), zone).timestamp()

    return {about: morning(date.fromisoformat(until)) for about, until in rows}


class Ahead:
    """The moments of all that is known, worked out once for what each client is owed."""

    def __init__(self, before: timedelta) -> None:
        """Meetings are brought to mind so long `before` they begin."""
        self._before = before
        self._of: dict[int, tuple[tuple[Owed, ...], list[Moment]]] = {}

    def use(
        self, known: Iterable[Standing], looked: Callable[[int], Looked], *, at: datetime
    ) -> None:
        """Know these clients and no others; whose rows are the same as before is not asked again.

        What was late long before `at` is over.
        """
        over, now_known = at.timestamp() - _CLOSED, {}
        for one in known:
            had = self._of.get(one.client_id)
            if had is None or had[0] is not one.rows:
                had = (one.rows, self._moments(one, looked, over))
            now_known[one.client_id] = had
        self._of = now_known

    def _moments(self, one: Standing, looked: Callable[[int], Looked], over: float) -> list[Moment]:
        found = [
            moment
            for owed in one.rows
            if owed.late_from is None or owed.late_from > over
            for moment in moments(owed, lambda: looked(one.client_id), before=self._before)
        ]
        return sorted(found, key=lambda moment: moment.at)

    def between(self, since: float, at: float, back: Mapping[str, float]) -> list[Moment]:
        """What is to be brought to mind after `since` and up to `at`, in order; none put off."""
        returned = {about for about, then in back.items() if since < then <= at}
        found: list[Moment] = []
        for rows, known in self._of.values():
            first = bisect_right(known, since, key=_at)
            come = known[first : bisect_right(known, at, key=_at)]
            found += [one for one in come if back.get(one.owed.about, -inf) <= one.at]
            if returned:
                found += [
                    Moment(back[owed.about], Why.BACK, owed)
                    for owed in rows
                    if owed.about in returned and _had_come(owed, back[owed.about])
                ]
        return sorted(found, key=_at)

    def next(self, after: float, back: Mapping[str, float]) -> float | None:
        """The first moment after `after` at which there may be something to bring to mind."""
        found = [then for then in back.values() if then > after]
        for _, known in self._of.values():
            place = bisect_right(known, after, key=_at)
            if place < len(known):
                found.append(known[place].at)
        return min(found, default=None)


def _at(moment: Moment) -> float:
    return moment.at


def _had_come(one: Owed, at: float) -> bool:
    """Whether something stands on Today at a moment."""
    return one.shown_from is None or one.shown_from <= at
