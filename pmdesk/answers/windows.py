"""The last 13 weeks beside the 13 before them: what stands side by side covers the same time."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from pmdesk.answers.calendars import working_hours
from pmdesk.answers.relationship import RECENT, Relationship, once, recent_since
from pmdesk.answers.responsiveness import Answer, Question
from pmdesk.answers.text.said import Figured, Said, said
from pmdesk.insight.logrank import logrank
from pmdesk.insight.responsiveness import FEW
from pmdesk.insight.survival import Wait
from pmdesk.insight.turns import WaitingTurn
from pmdesk.records.terms import held
from pmdesk.words import mark

# Beyond this two windows may differ by chance alone.
LEVEL = 0.05


class Windows(NamedTuple):
    """The answers of both windows; `p` of the log-rank test, None where nothing tells them apart."""

    now: Answer
    before: Answer
    p: float | None

    @property
    def differ(self) -> bool:
        """Whether they differ by more than chance."""
        return self.p is not None and self.p <= LEVEL


@once
def windows(rel: Relationship) -> Windows:
    """How we answered in the last 13 weeks and in the 13 before."""
    return _beside(rel, rel.answer)


@once
def their_windows(rel: Relationship) -> Windows:
    """How they answered us in the same two windows."""
    return windows_of(rel, Question(ours_answer=False))


def windows_of(rel: Relationship, question: Question) -> Windows:
    """What a question is answered by in the same two windows."""
    first = recent_since(rel.at, rel.zone)
    now = rel.answered(question, (first, None))
    return _beside(rel, now)


def _beside(rel: Relationship, now: Answer) -> Windows:
    first = recent_since(rel.at, rel.zone)
    earlier = (first - RECENT, first - timedelta(days=1))
    before = rel.answered(now.question, earlier)
    tested = logrank(_waits(now), _waits(before))
    return Windows(now, before, tested.p if tested else None)


def _waits(answer: Answer) -> list[Wait]:
    return [
        Wait(hours, turn.answered_at is not None)
        for turn, hours in zip(answer.turns, answer.hours, strict=True)
    ]


def verdict(pair: Windows) -> Said:
    """Whether answers got slower or faster, with what that rests on; never more than it can say."""
    now, before = pair.now.total, pair.before.total
    n = now.inbound + before.inbound
    if min(now.inbound, before.inbound) < FEW or pair.p is None:
        return said(mark("too few turns to say (n = {n})"), n=n)
    p = Figured(pair.p, 3 if pair.p < 0.1 else 2)
    if not pair.differ or now.km_median_h is None or before.km_median_h is None:
        if pair.differ:
            return said(mark("differs from the 13 weeks before (p {p}, n = {n})"), p=p, n=n)
        return said(
            mark("no change beyond chance against the 13 weeks before (p {p}, n = {n})"), p=p, n=n
        )
    text = (
        mark("slower than in the 13 weeks before: {before} → {now} h (p {p}, n = {n})")
        if now.km_median_h > before.km_median_h
        else mark("faster than in the 13 weeks before: {before} → {now} h (p {p}, n = {n})")
    )
    return said(text, before=before.km_median_h, now=now.km_median_h, p=p, n=n)


def change(pair: Windows) -> Said:
    """The verdict in a word or two; what it rests on is `change_rests_on`."""
    now, before = pair.now.total, pair.before.total
    if min(now.inbound, before.inbound) < FEW or pair.p is None:
        return said(mark("too few turns"))
    if not pair.differ:
        return said(mark("no clear change"))
    if now.km_median_h is None or before.km_median_h is None:
        return said(mark("differs"))
    return said(mark("slower") if now.km_median_h > before.km_median_h else mark("faster"))


def change_rests_on(pair: Windows) -> Said:
    """The test behind `change` with its probability and number of turns."""
    n = pair.now.total.inbound + pair.before.total.inbound
    if pair.p is None:
        return said(mark("n = {n}"), n=n)
    p = Figured(pair.p, 3 if pair.p < 0.1 else 2)
    return said(mark("log-rank test, the open ones counted: p {p}, n = {n}"), p=p, n=n)


def median_before(pair: Windows) -> Said:
    """The median of the 13 weeks before, to stand beside that of now."""
    median = pair.before.total.km_median_h
    if median is None:
        return (
            said(mark("before: –")) if not pair.before.turns else said(mark("before: not reached"))
        )
    return said(mark("before: {hours} h"), hours=median)


class WaitingNow(NamedTuple):
    """A turn that waits at this moment, however old, and for how many working hours."""

    turn: WaitingTurn
    hours: float
    target: float

    @property
    def late(self) -> bool:
        """Whether it waits beyond the target that held when it was asked."""
        return self.hours > self.target


@once
def waiting_now(rel: Relationship) -> list[WaitingNow]:
    """What waits for our answer now, the oldest first: a state, of no window."""
    now = rel.at.timestamp()
    open_ = [
        turn
        for turn in rel.talk.turns("turn", ours_answer=True)
        if turn.asked_at <= now and (turn.answered_at is None or turn.answered_at > now)
    ]
    if not open_:
        return []

    def day_of(turn: WaitingTurn) -> date:
        return rel.day_of(datetime.fromtimestamp(turn.asked_at, UTC))

    def target_of(turn: WaitingTurn) -> float:
        # a client whose target never changed may have thousands of them
        if not rel.client.target_hours_before:
            return rel.client.target_hours
        return float(held(rel.client, "target_hours", day_of(turn)))

    hours = working_hours(rel.journal, rel.client, day_of(open_[0]), rel.today)
    return [WaitingNow(turn, hours(turn.asked_at, now), target_of(turn)) for turn in open_]
