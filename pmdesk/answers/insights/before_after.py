"""What share was answered within how long, before a change and after it, or of two windows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.days import last_moment
from pmdesk.answers.insights.counting import USUAL, WORKING, Counting
from pmdesk.answers.insights.slower import drift_of, drift_values, p_said, verdict, week_begins
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.relationship import RECENT, Relationship, recent_since
from pmdesk.answers.responsiveness import Answer, Question
from pmdesk.answers.text.said import Said, Share, said
from pmdesk.answers.windows import Windows, windows, windows_of
from pmdesk.insight.drift import Drift
from pmdesk.insight.responsiveness import FEW
from pmdesk.insight.survival import SurvivalCurve, Wait
from pmdesk.words import mark

_COLUMNS = (
    Column(mark("First day")),
    Column(mark("Last day")),
    Column(mark("Turns")),
    Column(mark("Still open")),
    Column(mark("Median"), WORKING),
    Column(mark("95% from"), WORKING),
    Column(mark("95% to"), WORKING),
    Column(mark("Within the target"), "%", 0),
)


class Side(NamedTuple):
    """The turns of one stretch of days: their curve with median and share in time, or their cases."""

    first: date
    last: date
    curve: SurvivalCurve | None
    median: float | None
    within: float | None
    cases: tuple[Wait, ...]


class Sides(NamedTuple):
    """The earlier and the later stretch, and the target in hours; which way it went, if any."""

    before: Side
    after: Side
    target_hours: float
    way: str
    unit: str = WORKING


def before_after(rel: Relationship, period: Period, counting: Counting = USUAL) -> Insight:
    """How we answered before the last change and after it; without one in two windows of 13 weeks."""
    return _compare(rel, period, counting, ours_answer=True)


def their_before_after(rel: Relationship, period: Period, counting: Counting = USUAL) -> Insight:
    """How they answered us, compared in the same way."""
    return _compare(rel, period, counting, ours_answer=False)


def _compare(
    rel: Relationship, period: Period, counting: Counting, *, ours_answer: bool
) -> Insight:
    question = counting.question(ours_answer=ours_answer)
    answer = _asked(rel, period, question)
    found = drift_of(answer)
    changed = week_begins(found)
    if changed is None:
        return _counted(_of_windows(rel, period, found, question), counting)
    before = _asked(rel, Period(_began(found, answer), changed - timedelta(days=1)), question)
    after = _asked(rel, Period(changed, period.last), question)
    rests = said(
        mark("{shares} · p {p} (blocks of weeks permuted), n = {n}"),
        shares=_shares(before, after), p=p_said(found.p), n=found.n,
    )  # fmt: skip
    values = drift_values(found)
    made = _insight(rel, (before, after), found.state, verdict(found), rests, values)
    return _counted(made, counting)


def _counted(insight: Insight, counting: Counting) -> Insight:
    """The same in the unit of its hours; what is counted otherwise than usual is told."""
    shape: Sides = insight.shape
    evidence = insight.evidence and counting.told(insight.evidence)
    return replace(insight, evidence=evidence, columns=counting.columns(insight.columns),
                   shape=shape._replace(unit=counting.unit))  # fmt: skip


def _asked(rel: Relationship, period: Period, question: Question) -> Answer:
    return rel.answered(question, period)


def _began(found: Drift, answer: Answer) -> date:
    """The day of the first turn that the change is held against: that after the change before it."""
    return _days(answer, len(answer.turns) - found.n)[0]


def _of_windows(rel: Relationship, period: Period, found: Drift, question: Question) -> Insight:
    """The last 13 weeks of the period beside the 13 before them."""
    until = last_moment(period, rel.zone, at=rel.at)
    stood = rel if until == rel.at else replace(rel, at=until, read_talk=lambda: rel.talk)
    # those of our answers are known already, as a rule
    pair = windows(stood) if question == Question() else windows_of(stood, question)
    n = pair.now.total.inbound + pair.before.total.inbound
    rests = said(mark("n = {n}"), n=n)
    if pair.p is not None and min(pair.now.total.inbound, pair.before.total.inbound) >= FEW:
        rests = said(mark("{shares} · log-rank p {p}, n = {n}"),
                     shares=_shares(pair.before, pair.now), p=p_said(pair.p), n=n)  # fmt: skip
    way, sentence = _compared(pair, n)
    values = {"state": way, "since": None, "p": None if pair.p is None else round(pair.p, 4),
              "n": n, "drift_p": None if found.p is None else round(found.p, 4)}  # fmt: skip
    return _insight(stood, (pair.before, pair.now), way, sentence, rests, values)


def _compared(pair: Windows, n: int) -> tuple[str, Said]:
    now, before = pair.now.total, pair.before.total
    if min(now.inbound, before.inbound) < FEW or pair.p is None:
        return "few", said(mark("Too few turns to say (n = {n})"), n=n)
    if not pair.differ:
        if now.km_median_h is None or before.km_median_h is None:
            return "steady", said(mark("No change beyond chance against the 13 weeks before"))
        return "steady", said(
            mark("No change beyond chance against the 13 weeks before: {before} → {now} h"),
            before=before.km_median_h, now=now.km_median_h,
        )  # fmt: skip
    if (
        now.km_median_h is None
        or before.km_median_h is None
        or now.km_median_h == before.km_median_h
    ):
        return "differs", said(mark("Different from the 13 weeks before"))
    if now.km_median_h > before.km_median_h:
        way, text = "slower", mark("Slower than in the 13 weeks before: {before} → {now} h")
    else:
        way, text = "faster", mark("Faster than in the 13 weeks before: {before} → {now} h")
    return way, said(text, before=before.km_median_h, now=now.km_median_h)


def _shares(before: Answer, after: Answer) -> Said:
    was, now = before.total.within_target, after.total.within_target
    return said(
        mark("within the target: {before} → {now}"),
        before=Share(was or 0.0), now=Share(now or 0.0),
    )  # fmt: skip


def _insight(
    rel: Relationship,
    pair: tuple[Answer, Answer],
    way: str,
    sentence: Said,
    rests: Said,
    values: Mapping[str, object],
) -> Insight:
    sides = [_side(rel, answer, n) for n, answer in enumerate(pair)]
    known = [(side, answer) for side, answer in zip(sides, pair, strict=True) if answer.turns]
    shape = Sides(sides[0], sides[1], pair[1].target_hours, way)
    return Insight(
        sentence,
        rests,
        _COLUMNS,
        tuple(_item(side, answer) for side, answer in known),
        shape,
        enough=bool(known),
        values=values,
    )


def _side(rel: Relationship, answer: Answer, place: int) -> Side:
    total, waits = answer.total, zip(answer.turns, answer.hours, strict=True)
    cases = tuple(Wait(hours, turn.answered_at is not None) for turn, hours in waits)
    first = recent_since(rel.at, rel.zone) - (RECENT if place == 0 else timedelta())
    days = _days(answer, 0) if answer.turns else (first, first)
    few = len(cases) < FEW
    return Side(*days, None if few else answer.curve, None if few else total.km_median_h,
                None if few else total.within_target, cases if few else ())  # fmt: skip


def _days(answer: Answer, place: int) -> tuple[date, date]:
    """The days of the turns of an answer from that at `place` to the last."""
    first, last = (
        datetime.fromtimestamp(answer.turns[n].asked_at, answer.zone).date() for n in (place, -1)
    )
    return first, last


def _item(side: Side, answer: Answer) -> Item:
    total, few = answer.total, bool(side.cases)
    within = None if side.within is None else side.within * 100
    return Item(
        (side.first, side.last, total.inbound, total.open, side.median,
         None if few else total.km_low_h, None if few else total.km_high_h, within)
    )  # fmt: skip
