"""How long answers took week by week: medians with their intervals, and what of each week is open."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.counting import USUAL, WORKING, Counting
from pmdesk.answers.insights.slower import Levels, drift_of, drift_values, evidence, levels, verdict
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.responsiveness import Answer, periods_for
from pmdesk.answers.text.said import Said, said
from pmdesk.insight.responsiveness import PeriodFigures, period_start
from pmdesk.insight.survival import Wait
from pmdesk.words import mark

_COLUMNS = (
    Column(mark("Begins")),
    Column(mark("Turns")),
    Column(mark("Still open")),
    Column(mark("Median"), WORKING),
    Column(mark("95% from"), WORKING),
    Column(mark("95% to"), WORKING),
    Column(mark("A quarter within"), WORKING),
    Column(mark("Three quarters within"), WORKING),
    Column(mark("Longest wait"), WORKING),
    Column(mark("Note")),
)


class Stretch(NamedTuple):
    """A week or month up to the day before `end`: its median in hours with interval, or its cases.

    Where the median or an end of its interval was not reached it is None; too few turns for a
    median are told one by one.
    """

    first: date
    end: date
    n: int
    open: int
    median: float | None
    low: float | None
    high: float | None
    so_far: bool
    cases: tuple[Wait, ...]


class Weeks(NamedTuple):
    """The weeks (or months) in which a turn began, the target in hours, and the levels of a change."""

    stretches: tuple[Stretch, ...]
    monthly: bool
    target_hours: float
    levels: Levels
    unit: str = WORKING


def weekly(rel: Relationship, period: Period, counting: Counting = USUAL) -> Insight:
    """How long their questions waited week by week; month by month where those are few."""
    return _insight(rel, period, counting, ours_answer=True)


def their_weekly(rel: Relationship, period: Period, counting: Counting = USUAL) -> Insight:
    """How long our questions waited for them, in the same way."""
    return _insight(rel, period, counting, ours_answer=False)


def _insight(
    rel: Relationship, period: Period, counting: Counting, *, ours_answer: bool
) -> Insight:
    by = counting.by or periods_for(rel.talk.turns("turn", ours_answer=ours_answer), rel.at)
    question = counting.question(ours_answer=ours_answer, by=by)
    answer = rel.answered(question, period)
    found = drift_of(answer)
    periods = [one for one in answer.periods if one.n]
    stretches = tuple(_stretch(one, by) for one in periods)
    bands = mark("{rests} · medians of months, bars: 95%")
    if by == "week":
        bands = mark("{rests} · medians of weeks, bars: 95%")
    return Insight(
        verdict(found),
        counting.told(said(bands, rests=evidence(found, answer))),
        counting.columns(_COLUMNS),
        tuple(_items(answer, periods)),
        Weeks(stretches, by == "month", answer.target_hours, levels(found, answer), counting.unit),
        enough=bool(stretches),
        values=drift_values(found) | {"by": by, "periods": len(stretches)},
    )


def _stretch(one: PeriodFigures, by: str) -> Stretch:
    figures = one.figures
    end = period_start(one.start + timedelta(days=32 if by == "month" else 7), by)
    median = None if one.few else figures.km_median_h
    return Stretch(
        one.start, end, one.n, one.open, median, None if one.few else figures.km_low_h,
        None if one.few else figures.km_high_h, one.so_far, one.cases,
    )  # fmt: skip


def _items(answer: Answer, periods: list[PeriodFigures]) -> Iterator[Item]:
    """A row a period; behind it stands the turn that waited longest."""
    longest: dict[date, tuple[float, int]] = {}
    for turn, hours in zip(answer.turns, answer.hours, strict=True):
        day = datetime.fromtimestamp(turn.asked_at, UTC).astimezone(answer.zone).date()
        start = period_start(day, answer.question.by)
        longest[start] = max(longest.get(start, (-1.0, 0)), (hours, turn.first_id))
    for one in periods:
        hours, id_ = longest[one.start]
        stretch = _stretch(one, answer.question.by)
        quarters = (None, None) if one.few else (one.q1, one.q3)
        cells = (one.start, one.n, one.open, stretch.median, stretch.low, stretch.high, *quarters,
                 hours, _note(one))  # fmt: skip
        yield Item(cells, ("interaction", id_))


def _note(one: PeriodFigures) -> Said | None:
    """What its figures cannot say; of a period that is not over, that they hold so far."""
    told = _without(one)
    if not one.so_far:
        return told
    so_far = said(mark("so far"))
    return so_far if told is None else said("{first} · {then}", first=so_far, then=told)


def _without(one: PeriodFigures) -> Said | None:
    """Why there is no median; None where there is one."""
    if one.few:
        cases = tuple(f"{wait.hours:.1f}{'' if wait.answered else '+'}" for wait in one.cases)
        return said(mark("too few for a median: {cases} (+ still open)"), cases=cases)
    if one.figures.km_median_h is None:
        return said(mark("more than half still wait"))
    return None
