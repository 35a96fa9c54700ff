"""What trust in us rests on: each signal with its weight and age, and how trust went."""

from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Final, NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.days import last_moment
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.practices.trust import HALF_LIFE, counting, signal_of, trust_at, trust_now
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Figured, Said, said
from pmdesk.insight.trust import Trust
from pmdesk.records.trust import Kept, TrustSignal
from pmdesk.words import mark

_MOST_POINTS: Final = 120
_COLUMNS = (
    Column(mark("Day")),
    Column(mark("What we did")),
    Column(mark("Kept or broken")),
    Column(mark("Weight")),
    Column(mark("Age"), mark("days"), 0),
    Column(mark("Counts now"), "", 2),
)


class Weighed(NamedTuple):
    """A signal: its day, what it was, its weight then and what of that counts now."""

    day: date
    what: str
    kept: bool
    weight: float
    counts: float
    days_old: int


class TrustOn(NamedTuple):
    """Trust at the end of a day with its 95 % interval, all in 0..1."""

    day: date
    expected: float
    low: float
    high: float


class Signals(NamedTuple):
    """Signals in order of their days, and trust from day to day."""

    weighed: tuple[Weighed, ...]
    course: tuple[TrustOn, ...]


def trust_signals(rel: Relationship, period: Period) -> Insight:
    """What our conduct earned: trust with the signals of the period that it rests on."""
    until = last_moment(period, rel.zone, at=rel.at)
    today = rel.day_of(until)
    first = period.first or date.min
    chosen = [s for s in counting(rel) if s.day is not None and first <= s.day <= today]
    chosen.sort(key=lambda signal: (signal.day, signal.id or 0))
    weighed = tuple(_weighed(rel, signal, until, today) for signal in chosen)
    now = trust_now(rel, at=until)
    shape = Signals(weighed, _course(rel, weighed, until))
    return Insight(
        _verdict(now),
        _evidence(now, weighed),
        _COLUMNS,
        tuple(map(_item, weighed, chosen)),
        shape,
        enough=bool(weighed),
        values={
            "trust": None if now is None else round(now.expected, 4),
            "low": None if now is None else round(now.low, 4),
            "high": None if now is None else round(now.high, 4),
            "kept": sum(one.kept for one in weighed),
            "broken": sum(not one.kept for one in weighed),
        },
    )


def _weighed(rel: Relationship, signal: TrustSignal, until: datetime, today: date) -> Weighed:
    day = signal.day or today
    counts = signal.weight * 2 ** (-((until - signal_of(rel, signal).at) / HALF_LIFE))
    return Weighed(
        day, signal.what, signal.kept is Kept.KEPT, signal.weight, counts, (today - day).days
    )


def _course(
    rel: Relationship, weighed: tuple[Weighed, ...], until: datetime
) -> tuple[TrustOn, ...]:
    """Trust week by week from the first signal on, of a long time at wider steps."""
    if not weighed:
        return ()
    today, first = rel.day_of(until), weighed[0].day
    step = max(1, ceil((today - first).days / 7 / _MOST_POINTS)) * 7
    days = [today - timedelta(days=n) for n in range((today - first).days, -1, -1)]
    days = [day for day in days if (today - day).days % step == 0 or day == first]
    ends = [
        min(until, datetime.combine(day, time(23, 59), rel.zone).astimezone(UTC)) for day in days
    ]
    return tuple(
        TrustOn(day, earned.expected, earned.low, earned.high)
        for day, earned in zip(days, trust_at(rel, ends), strict=True)
        if earned is not None
    )


def _item(one: Weighed, signal: TrustSignal) -> Item:
    way = said((Kept.KEPT if one.kept else Kept.BROKEN).label)
    cells = (one.day, one.what, way, one.weight, one.days_old, one.counts)
    return Item(cells, ("trust_signal", int(signal.id or 0)))


def _verdict(now: Trust | None) -> Said:
    if now is None:
        return said(mark("No signal counts yet"))
    return said(
        mark("Trust {value}, between {low} and {high}"),
        value=Figured(now.expected, 2), low=Figured(now.low, 2), high=Figured(now.high, 2),
    )  # fmt: skip


def _evidence(now: Trust | None, weighed: tuple[Weighed, ...]) -> Said | None:
    if now is None:
        return None
    return said(
        mark("{kept} kept, {broken} broken · what is {days} days old counts half · interval: 95%"),
        kept=sum(one.kept for one in weighed), broken=sum(not one.kept for one in weighed),
        days=HALF_LIFE.days,
    )  # fmt: skip
