"""Practice 2, trust: what our conduct has earned, and promises both ways."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final

from pmdesk.answers.practices.figures import (
    Figure,
    NextAct,
    PracticeFigures,
    keys,
    state_of,
)
from pmdesk.answers.relationship import Relationship, once
from pmdesk.answers.text.said import Figured, said
from pmdesk.insight.trust import Signal, Trust, trust, trust_over_time
from pmdesk.records.practices import Practice
from pmdesk.records.trust import Kept, Promise, Side, SignalState, TrustSignal
from pmdesk.words import mark

HALF_LIFE: Final = timedelta(days=180)


def counting(rel: Relationship) -> list[TrustSignal]:
    """Signals that a person let count."""
    return [s for s in rel.of(TrustSignal) if s.state is SignalState.ACCEPTED and s.day]


def signal_of(rel: Relationship, signal: TrustSignal) -> Signal:
    """A stored signal as the figure sees it: its day counts from its end, the latest `rel.at`."""
    if signal.day is None:
        raise ValueError("a stored signal has its day")
    at = rel.at
    if signal.day != rel.today:
        at = datetime.combine(signal.day, time(12), rel.zone).astimezone(UTC)
    return Signal(at, signal.kept is Kept.KEPT, signal.weight)


def trust_now(
    rel: Relationship, *, at: datetime | None = None, half_life: timedelta = HALF_LIFE
) -> Trust | None:
    """Trust as it stands (or stood at `at`); None without a signal."""
    signals = [signal_of(rel, signal) for signal in counting(rel)]
    return trust(signals, at=at or rel.at, half_life=half_life)


def trust_at(rel: Relationship, moments: Iterable[datetime]) -> Iterator[Trust | None]:
    """Trust as it stood at each of `moments`, which come in order."""
    signals = [signal_of(rel, signal) for signal in counting(rel)]
    return trust_over_time(signals, moments, half_life=HALF_LIFE)


def is_late(rel: Relationship, promise: Promise) -> bool:
    """Whether a promise is past the date that holds, and not delivered."""
    return promise.delivered_on is None and bool(promise.due_now and promise.due_now < rel.today)


def missed_first(rel: Relationship, promise: Promise) -> bool:
    """Whether the date first promised has passed without delivery; a later date does not undo it."""
    first = promise.due or promise.new_due
    return promise.delivered_on is None and bool(first and first < rel.today)


def was_kept(promise: Promise) -> bool:
    """Delivered by the date first promised; one that had to be agreed anew was not kept."""
    return bool(
        promise.delivered_on
        and promise.broken_on is None
        and (promise.due is None or promise.delivered_on <= promise.due)
    )


def judged(rel: Relationship, side: Side) -> list[Promise]:
    """Promises of a side whose outcome is known: delivered, broken, or past the first date."""
    return [
        p
        for p in rel.of(Promise)
        if p.by is side and (p.delivered_on or p.broken_on or missed_first(rel, p))
    ]


@once
def trust_practice(rel: Relationship) -> PracticeFigures:
    """Practice 2 in figures."""
    now = trust_now(rel)
    ours, theirs = judged(rel, Side.US), judged(rel, Side.CLIENT)
    late = [p for p in rel.of(Promise) if p.by is Side.US and is_late(rel, p)]
    score = None if now is None else now.expected * 100
    figures = (_trust(rel, now), _promises("promises_kept", mark("Our promises kept"), ours),
               _promises("their_promises_kept", mark("Their promises kept"), theirs),
               _waiting(rel, late))  # fmt: skip
    headline, state, act = said(mark("Promises kept and answers in time")), state_of(score), None
    if now is None:
        headline = said(mark("No signal yet: keep promises here, and accept what is proposed"))
        act = NextAct(mark("Add a promise"), "promise")
    elif state != "good":
        headline = said(mark("Trust {value}, between {low} and {high}"), value=Figured(now.expected, 2),
                        low=Figured(now.low, 2), high=Figured(now.high, 2))  # fmt: skip
    if late:
        headline, state = said(mark("Promises past their date: {n}"), n=len(late)), "bad"
        act = NextAct(mark("Open the promise"), record=keys(late[0])[0])
    return PracticeFigures(Practice.TRUST, score, state, headline, figures, act)


def _trust(rel: Relationship, now: Trust | None) -> Figure:
    if now is None:
        note = said(mark("no signal yet"))
        return Figure("trust", mark("Trust (our conduct)"), None, said("–"), note)
    return Figure(
        "trust",
        mark("Trust (our conduct)"),
        now.expected,
        said("{value}", value=Figured(now.expected, 2)),
        said(mark("95% {low}–{high} · signals {n}"), low=Figured(now.low, 2),
             high=Figured(now.high, 2), n=now.signals),
        state_of(now.expected * 100),
        keys(*counting(rel)),
    )  # fmt: skip


def _promises(name: str, label: str, judged_: list[Promise]) -> Figure:
    kept_promises = [p for p in judged_ if was_kept(p)]
    anew = sum(1 for p in judged_ if p.new_due)
    share = len(kept_promises) / len(judged_) if judged_ else None
    return Figure(
        name,
        label,
        share,
        said("–") if share is None else said("{n} / {all}", n=len(kept_promises), all=len(judged_)),
        said(mark("{n} agreed anew"), n=anew) if anew else said(mark("by the date first promised")),
        state_of(None if share is None else share * 100),
        keys(*judged_),
    )


def _waiting(rel: Relationship, late: list[Promise]) -> Figure:
    open_ = [p for p in rel.of(Promise) if p.delivered_on is None]
    moved = [p for p in open_ if p.by is Side.US and p not in late and missed_first(rel, p)]
    note = said(mark("{n} past their date"), n=len(late))
    if moved:
        note = said(
            mark("{first} · past the first date, agreed anew: {n}"), first=note, n=len(moved)
        )
    return Figure(
        "promises_open",
        mark("Promises open"),
        float(len(open_)),
        said("{n}", n=len(open_)),
        note,
        "bad" if late else "none",
        keys(*open_),
    )
