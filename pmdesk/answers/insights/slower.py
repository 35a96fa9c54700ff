"""Whether we, or they, answer slower or faster, since when, with one dot for each turn."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, Final, NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.counting import USUAL, WORKING, Counting
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.responsiveness import Answer
from pmdesk.answers.text.said import Figured, Said, said
from pmdesk.answers.text.who import person
from pmdesk.insight.drift import Drift, Turn, drift
from pmdesk.insight.survival import Wait
from pmdesk.words import mark

_LATELY: Final = timedelta(weeks=26)
_BEFORE: Final = timedelta(weeks=13)
_COLUMNS = (
    Column(mark("Asked")),
    Column(mark("Sender")),
    Column(mark("Subject")),
    Column(mark("Waited"), WORKING),
    Column(mark("State")),
)


class Dot(NamedTuple):
    """A turn: its moment (Unix seconds), how long it waited in hours, and whether it was answered."""

    at: float
    hours: float
    answered: bool


class Levels(NamedTuple):
    """The medians in hours on either side of a change, which is at a Unix moment; None without one.

    Without a change `before_h` is that of all turns.
    """

    before_h: float | None
    after_h: float | None
    changed_at: float | None


class Dots(NamedTuple):
    """The turns of a client in order of time, the target, the medians around a change."""

    dots: tuple[Dot, ...]
    target_hours: float
    levels: Levels
    unit: str = WORKING


def we_answer(rel: Relationship, period: Period, counting: Counting = USUAL) -> Insight:
    """How long each of their questions waited for us, and whether that drifts."""
    return _insight(rel, period, counting, ours_answer=True)


def they_answer(rel: Relationship, period: Period, counting: Counting = USUAL) -> Insight:
    """How long each of our questions waited for them, and whether that drifts."""
    return _insight(rel, period, counting, ours_answer=False)


def _insight(
    rel: Relationship, period: Period, counting: Counting, *, ours_answer: bool
) -> Insight:
    question = counting.question(ours_answer=ours_answer)
    answer = rel.answered(question, period)
    found = drift_of(answer)
    dots = tuple(
        Dot(turn.asked_at, hours, turn.answered_at is not None)
        for turn, hours in zip(answer.turns, answer.hours, strict=True)
    )
    return Insight(
        verdict(found),
        counting.told(evidence(found, answer)),
        counting.columns(_COLUMNS),
        tuple(_items(rel, answer)),
        Dots(dots, answer.target_hours, levels(found, answer), counting.unit),
        enough=bool(dots),
        values=drift_values(found),
    )


def lately(insight: Insight) -> Insight:
    """The same with the turns of its last 26 weeks, and as far back as 13 weeks before a change."""
    shape: Dots = insight.shape
    if not shape.dots:
        return insight
    first = shape.dots[-1].at - _LATELY.total_seconds()
    if shape.levels.changed_at is not None:
        first = min(first, shape.levels.changed_at - _BEFORE.total_seconds())
    place = bisect_left(shape.dots, first, key=attrgetter("at"))
    return replace(
        insight, items=insight.items[place:], shape=shape._replace(dots=shape.dots[place:])
    )


def drift_of(answer: Answer) -> Drift:
    """The last change of how long turns waited that is more than chance."""
    return drift(
        Turn(_week(_day(turn.asked_at, answer)), Wait(hours, turn.answered_at is not None))
        for turn, hours in zip(answer.turns, answer.hours, strict=True)
    )


def _day(moment: float, answer: Answer) -> date:
    return datetime.fromtimestamp(moment, answer.zone).date()


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7  # day 1 is a Monday


def week_begins(found: Drift) -> date | None:
    """The Monday of the week since which waits differ."""
    return None if found.since is None else date.fromordinal(found.since * 7 + 1)


def levels(found: Drift, answer: Answer) -> Levels:
    """The medians on either side of the change, and when the week of the change begins."""
    before = found.before_h if found.changed else answer.total.km_median_h
    return Levels(before, found.after_h, _moment(found, answer))


def _moment(found: Drift, answer: Answer) -> float | None:
    day = week_begins(found)
    if day is None:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=answer.zone).timestamp()


def _items(rel: Relationship, answer: Answer) -> Iterable[Item]:
    sql = "SELECT id, who, subject FROM interaction WHERE client_id = ?"
    known = {id_: (who, subject) for id_, who, subject in rel.journal.rows(sql, [rel.client.id])}
    for turn, hours in zip(answer.turns, answer.hours, strict=True):
        state = said(mark("answered")) if turn.answered_at is not None else said(mark("still open"))
        asked = datetime.fromtimestamp(turn.asked_at, answer.zone)
        who, subject = known.get(turn.first_id, ("", ""))
        yield Item((asked, person(who), subject, hours, state), ("interaction", turn.first_id))


def verdict(found: Drift) -> Said:
    """Slower, faster, no change or too few: the title over the turns."""
    day = week_begins(found)
    if found.state == "few":
        return said(mark("Too few turns to say (n = {n})"), n=found.n)
    if day is None:
        return said(mark("No change beyond chance"))
    if found.before_h is None or found.after_h is None:
        text = (
            mark("Slower since about {day}")
            if found.state == "slower"
            else mark("Faster since about {day}")
        )
        return said(text, day=day)
    text = (
        mark("Slower since about {day}: {before} → {after} h")
        if found.state == "slower"
        else mark("Faster since about {day}: {before} → {after} h")
    )
    return said(text, day=day, before=found.before_h, after=found.after_h)


def evidence(found: Drift, answer: Answer) -> Said:
    """What the verdict rests on: the test, how many turns, how many of them are open."""
    total = answer.total
    if found.p is None:
        return said(mark("n = {n}, {open} still open"), n=total.inbound, open=total.open)
    return said(
        mark("p {p} (blocks of weeks permuted), n = {n}, {open} still open"),
        p=p_said(found.p), n=total.inbound, open=total.open,
    )  # fmt: skip


def p_said(p: float | None) -> Said | Figured:
    """A probability with as many digits as tell it; one too small for four says so."""
    known = 1.0 if p is None else p
    if known < 0.0001:
        return said(mark("below 0.0001"))
    return Figured(known, 4 if known < 0.001 else 3 if known < 0.1 else 2)


def drift_values(found: Drift) -> dict[str, Any]:
    """The verdict as JSON prints it."""
    day = week_begins(found)
    return {
        "state": found.state,
        "since": day.isoformat() if day else None,
        "before_h": _rounded(found.before_h),
        "after_h": _rounded(found.after_h),
        "p": _rounded(found.p),
        "n": found.n,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
