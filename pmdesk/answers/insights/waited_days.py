"""On how many working days we waited for the client, laid against the delay of the project."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.days import last_moment
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.people import CHASED
from pmdesk.answers.practices.status import ProjectState, project_states
from pmdesk.answers.relationship import Relationship, once
from pmdesk.answers.text.asking import asking_sentences
from pmdesk.answers.text.said import Said, said
from pmdesk.insight.turns import Event
from pmdesk.records.trust import Promise, Side
from pmdesk.words import mark

_DAY: Final = timedelta(days=1)
_COLUMNS = (
    Column(mark("Day")),
    Column(mark("Waited for")),
    Column(mark("Since")),
    Column(mark("Questions")),
    Column(mark("Late promises")),
)
_TEXTS: Final = """
SELECT id, subject, text FROM interaction WHERE id IN (SELECT value FROM json_each(?))
"""


class Awaited(NamedTuple):
    """Something we waited for after the day `since` up to and including `until`, and its record."""

    kind: str
    id: int
    what: str
    since: date
    until: date


class WaitedDay(NamedTuple):
    """A working day on which something was awaited: how many questions, how many late promises."""

    day: date
    asks: int
    promises: int


class Slip(NamedTuple):
    """A project, its working days behind, and the day since which they are laid against waiting."""

    name: str
    days_late: int
    since: date | None


class Waited(NamedTuple):
    """The days waited in their order, the project they are laid against, the days looked at."""

    days: tuple[WaitedDay, ...]
    slip: Slip | None
    first: date
    last: date


def waited_days(rel: Relationship, period: Period) -> Insight:
    """The working days on which we waited for the client, each counted once (METHODS 16).

    A day counts from that after the asking, or after the day first promised, up to the answer or
    delivery. A question counts two months at most: what nobody answered for longer is not waited
    for any more.
    """
    until = last_moment(period, rel.zone, at=rel.at)
    stood = rel if until == rel.at else rel.as_of(until)
    today = stood.today
    slip = _slip(stood)
    first = max(period.first or date.min, (slip.since if slip else None) or date.min)
    of_day = _of_day(stood, [*_asks(stood), *_late_promises(stood)], first)
    awaited = {one for ones in of_day.values() for one in ones}
    days = tuple(_day(day, ones) for day, ones in of_day.items())
    shown = first if first > date.min else days[0].day if days else today
    asks = sum(one.kind == "interaction" for one in awaited)
    return Insight(
        _verdict(days, slip),
        _evidence(stood, (asks, len(awaited) - asks), shown) if days else None,
        _COLUMNS,
        tuple(_item(day, ones) for day, ones in of_day.items()),
        Waited(days, slip, shown, today),
        enough=bool(days),
        values={
            "days": len(days),
            "questions": asks,
            "late_promises": len(awaited) - asks,
            "since": shown.isoformat() if days else None,
            "project": slip.name if slip else None,
            "days_late": slip.days_late if slip else None,
        },
    )


def _slip(rel: Relationship) -> Slip | None:
    """Of the projects that run the one furthest behind; None where none has an agreed end."""
    known: list[tuple[int, ProjectState]] = [
        (state.days_late, state) for state in project_states(rel) if state.days_late is not None
    ]
    if not known:
        return None
    late, state = max(known, key=lambda pair: pair[0])
    return Slip(state.project.name, late, state.project.baseline_start)


def _of_day(rel: Relationship, awaited: list[Awaited], first: date) -> dict[date, list[Awaited]]:
    """What was awaited on each working day from `first` on, the oldest first."""
    of_day: dict[date, list[Awaited]] = defaultdict(list)
    for one in sorted(awaited, key=lambda one: (one.since, one.kind, one.id)):
        day = max(one.since + _DAY, first)
        while day <= min(one.until, rel.today):
            if rel.calendar.is_workday(day):
                of_day[day].append(one)
            day += _DAY
    return dict(sorted(of_day.items()))


def _late_promises(rel: Relationship) -> Iterator[Awaited]:
    """Their promises from the day first promised on; one broken without a new day ends there."""
    for promise in rel.of(Promise):
        due = promise.due or promise.new_due
        if promise.by is not Side.CLIENT or due is None:
            continue
        end = promise.delivered_on or (None if promise.new_due else promise.broken_on) or rel.today
        if end > due:
            yield Awaited("promise", int(promise.id or 0), promise.what, due, end)


class _Open(NamedTuple):
    id: int
    since: date
    until: date


@once
def _asks(rel: Relationship) -> list[Awaited]:
    """What we asked and for which an answer came on a later day, or none."""
    open_ = {
        one.id: one for events in rel.talk.threads.values() for one in _unanswered(rel, events)
    }
    marked = {
        e.id for events in rel.talk.threads.values() for e in events if e.ours and e.needs_reply
    }
    return [
        Awaited("interaction", id_, subject or "", open_[id_].since, open_[id_].until)
        for id_, subject, text in rel.journal.rows(_TEXTS, [json.dumps(list(open_))])
        if id_ in marked or asking_sentences(text or "")
    ]


def _unanswered(rel: Relationship, events: list[Event]) -> Iterator[_Open]:
    """Messages of ours in a thread that had no answer on their own day."""
    now, answered_at = rel.at.timestamp(), rel.at.timestamp()
    for event in reversed(events):
        if not event.counts or not event.reaches or event.at > now or event.automatic:
            continue
        if not event.ours:
            answered_at = event.at
            continue
        if event.needs_reply is not None and not event.needs_reply:
            continue
        named = rel.talk.answers.get(event.answered_by or 0)
        end = answered_at if named is None or named.at <= event.at else min(answered_at, named.at)
        since, until = (
            rel.day_of(datetime.fromtimestamp(moment, UTC)) for moment in (event.at, end)
        )
        until = min(until, since + CHASED)
        if until > since:
            yield _Open(event.id, since, until)


def _day(day: date, awaited: list[Awaited]) -> WaitedDay:
    asks = sum(one.kind == "interaction" for one in awaited)
    return WaitedDay(day, asks, len(awaited) - asks)


def _item(day: date, awaited: list[Awaited]) -> Item:
    """A day; behind it stands what had waited longest by then."""
    oldest, counted = awaited[0], _day(day, awaited)
    what: str | Said = oldest.what
    if len(awaited) > 1:
        what = said(mark("{what}, and {n} more"), what=oldest.what, n=len(awaited) - 1)
    return Item((day, what, oldest.since, counted.asks, counted.promises), (oldest.kind, oldest.id))


def _verdict(days: tuple[WaitedDay, ...], slip: Slip | None) -> Said:
    if not days:
        return said(mark("No working day was spent waiting for them"))
    n = len(days)
    if slip is None:
        return said(mark("Days waited for them: {n}"), n=n)
    if slip.days_late <= 0:
        return said(mark("Days waited for them: {n}; no project is behind"), n=n)
    return said(
        mark("Days waited for them: {n}; {project} is behind by {late}"),
        n=n, project=slip.name, late=slip.days_late,
    )  # fmt: skip


def _evidence(rel: Relationship, counts: tuple[int, int], first: date) -> Said:
    worked = rel.calendar.workdays_between(first - _DAY, rel.today)
    return said(
        mark(
            "of {all} working days since {day} · questions {asks}, late promises {promises}"
            " · no word on the cause"
        ),
        all=worked, day=first, asks=counts[0], promises=counts[1],
    )  # fmt: skip
