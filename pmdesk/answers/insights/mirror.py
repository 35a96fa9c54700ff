"""Both directions on one axis of time: how long they waited for us, and we for them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.counting import USUAL, WORKING, Counting
from pmdesk.answers.insights.slower import Dot, p_said
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.responsiveness import Answer
from pmdesk.answers.text.said import Said, said
from pmdesk.answers.text.who import person
from pmdesk.answers.windows import LEVEL
from pmdesk.insight.logrank import LogRank, logrank
from pmdesk.insight.responsiveness import FEW, period_start
from pmdesk.insight.survival import Wait
from pmdesk.words import mark

_COLUMNS = (
    Column(mark("Asked")),
    Column(mark("Who waited")),
    Column(mark("Sender")),
    Column(mark("Subject")),
    Column(mark("Waited"), WORKING),
    Column(mark("State")),
)
WE_WAITED = mark("we waited for them")
THEY_WAITED = mark("they waited for us")


class Month(NamedTuple):
    """The days of a month from `first` to the day before `end`, and its median in hours."""

    first: date
    end: date
    median: float


class Direction(NamedTuple):
    """The turns of one direction in order of time, the medians of its months, and that of all."""

    dots: tuple[Dot, ...]
    months: tuple[Month, ...]
    median: float | None


class Mirror(NamedTuple):
    """They waited for us, and we for them."""

    ours: Direction
    theirs: Direction
    unit: str = WORKING


def mirror(rel: Relationship, period: Period, counting: Counting = USUAL) -> Insight:
    """Who waits longer for whom: turns of both directions."""
    monthly = counting._replace(by="month")
    ours, theirs = (
        rel.answered(monthly.question(ours_answer=way), period) for way in (True, False)
    )
    tested = logrank(_waits(ours), _waits(theirs))
    return Insight(
        _verdict(ours, theirs, tested),
        counting.told(_evidence(ours, theirs, tested)),
        counting.columns(_COLUMNS),
        (*_items(rel, ours), *_items(rel, theirs)),
        Mirror(_direction(ours), _direction(theirs), counting.unit),
        enough=bool(ours.turns or theirs.turns),
        values=_values(ours, theirs, tested),
    )


def _waits(answer: Answer) -> list[Wait]:
    return [
        Wait(hours, turn.answered_at is not None)
        for turn, hours in zip(answer.turns, answer.hours, strict=True)
    ]


def _direction(answer: Answer) -> Direction:
    dots = tuple(
        Dot(turn.asked_at, hours, turn.answered_at is not None)
        for turn, hours in zip(answer.turns, answer.hours, strict=True)
    )
    months = tuple(
        Month(one.start, period_start(one.start + timedelta(days=32), "month"), median)
        for one in answer.periods
        if not one.few and (median := one.figures.km_median_h) is not None
    )
    few = len(dots) < FEW
    return Direction(dots, months, None if few else answer.total.km_median_h)


def _items(rel: Relationship, answer: Answer) -> Iterator[Item]:
    sql = "SELECT id, who, subject FROM interaction WHERE client_id = ?"
    known = {id_: (who, subject) for id_, who, subject in rel.journal.rows(sql, [rel.client.id])}
    waited = THEY_WAITED if answer.question.ours_answer else WE_WAITED
    for turn, hours in zip(answer.turns, answer.hours, strict=True):
        state = said(mark("answered")) if turn.answered_at is not None else said(mark("still open"))
        asked = datetime.fromtimestamp(turn.asked_at, answer.zone)
        who, subject = known.get(turn.first_id, ("", ""))
        cells = (asked, said(waited), person(who), subject, hours, state)
        yield Item(cells, ("interaction", turn.first_id))


def _verdict(ours: Answer, theirs: Answer, tested: LogRank | None) -> Said:
    us, them = ours.total, theirs.total
    if min(us.inbound, them.inbound) < FEW or tested is None:
        return said(mark("Too few turns to compare: {ours} of theirs, {theirs} of ours"),
                    ours=us.inbound, theirs=them.inbound)  # fmt: skip
    if us.km_median_h is None or them.km_median_h is None:
        if us.km_median_h is None and them.km_median_h is None:
            return said(mark("On both sides more than half still wait"))
        text = (
            mark("More than half of theirs still wait for us; we get answers in {hours} h")
            if us.km_median_h is None
            else mark("We answer in {hours} h; more than half of ours still wait for them")
        )
        return said(text, hours=us.km_median_h or them.km_median_h)
    if tested.p > LEVEL:
        text = mark("Both wait about as long: they {ours} h for us, we {theirs} h for them")
    elif us.km_median_h > them.km_median_h:
        text = mark("They wait longer: they {ours} h for us, we {theirs} h for them")
    else:
        text = mark("We wait longer: we {theirs} h for them, they {ours} h for us")
    return said(text, ours=us.km_median_h, theirs=them.km_median_h)


def _evidence(ours: Answer, theirs: Answer, tested: LogRank | None) -> Said:
    counts = said(
        mark("theirs: n = {n}, {open} still open · ours: n = {m}, {waiting} still open"),
        n=ours.total.inbound, open=ours.total.open, m=theirs.total.inbound,
        waiting=theirs.total.open,
    )  # fmt: skip
    if tested is None:
        return counts
    return said(mark("{counts} · log-rank p {p}"), counts=counts, p=p_said(tested.p))


def _values(ours: Answer, theirs: Answer, tested: LogRank | None) -> dict[str, float | int | None]:
    return {
        "they_wait_h": _rounded(ours.total.km_median_h),
        "we_wait_h": _rounded(theirs.total.km_median_h),
        "n_theirs": ours.total.inbound,
        "n_ours": theirs.total.inbound,
        "p": None if tested is None else round(tested.p, 4),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
