"""Promises of both sides by how they ended: kept, late, agreed anew, broken, still open."""

from datetime import date
from typing import Final, Literal, NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.periods import lies_in
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.practices.trust import missed_first, was_kept
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Said, Share, said
from pmdesk.insight.satisfaction import wilson
from pmdesk.records.trust import Promise, Side
from pmdesk.words import mark

End = Literal["kept", "late", "moved", "broken", "open"]

# In the order in which they are drawn: as promised first.
ENDS: Final[dict[End, str]] = {
    "kept": mark("kept"),
    "late": mark("late"),
    "moved": mark("agreed anew"),
    "broken": mark("broken"),
    "open": mark("open"),
}
# Fewer than this are told one by one, without a share.
_ENOUGH: Final = 5
_COLUMNS = (
    Column(mark("What was promised")),
    Column(mark("Who promised")),
    Column(mark("Due")),
    Column(mark("Delivered on")),
    Column(mark("Days late"), mark("days"), 0),
    Column(mark("State")),
)


class Kept(NamedTuple):
    """A promise as the chart draws it: its first day, its end (None: none yet), and how it ended."""

    what: str
    ours: bool
    due: date
    ended: date | None
    end: End
    days_late: int | None


class PromisesShape(NamedTuple):
    """The promises with a date, in the order of their days, up to today."""

    promises: tuple[Kept, ...]
    today: date


def promises(rel: Relationship, period: Period) -> Insight:
    """Every promise with a date that fell due in a period, and how it ended."""
    pairs = [
        (_kept(rel, promise, due), promise)
        for promise in rel.of(Promise)
        if (due := promise.due or promise.new_due) and lies_in(due, period)
    ]
    pairs.sort(key=lambda pair: (pair[0].due, pair[1].id or 0))
    ours = [one for one, _ in pairs if one.ours]
    theirs = [one for one, _ in pairs if not one.ours]
    return Insight(
        _verdict(ours),
        _evidence(ours, theirs),
        _COLUMNS,
        tuple(_item(one, promise) for one, promise in pairs),
        PromisesShape(tuple(one for one, _ in pairs), rel.today),
        enough=bool(pairs),
        values={"ours": _counts(ours), "theirs": _counts(theirs)},
    )


def _item(one: Kept, promise: Promise) -> Item:
    cells = (one.what, said(promise.by.label), one.due, promise.delivered_on, one.days_late,
             said(ENDS[one.end]))  # fmt: skip
    return Item(cells, ("promise", int(promise.id or 0)))


def _kept(rel: Relationship, promise: Promise, due: date) -> Kept:
    ended = promise.delivered_on or promise.broken_on
    end: End
    if was_kept(promise):
        end = "kept"
    elif promise.delivered_on:
        end = "moved" if promise.new_due and promise.delivered_on <= promise.new_due else "late"
    elif promise.new_due and promise.new_due >= rel.today:
        end = "moved"
    elif promise.broken_on:
        end = "broken"
    else:
        end = "late" if missed_first(rel, promise) else "open"
    late = ((ended or rel.today) - due).days
    return Kept(promise.what, promise.by is Side.US, due, ended, end, late if late > 0 else None)


def _judged(promises_: list[Kept]) -> list[Kept]:
    return [one for one in promises_ if one.end != "open"]


def _verdict(ours: list[Kept]) -> Said:
    judged = _judged(ours)
    if not judged:
        return said(mark("No promise of ours has come due"))
    kept = sum(one.end == "kept" for one in judged)
    if len(judged) < _ENOUGH:
        return said(mark("{n} of {all} promises kept by the first date"), n=kept, all=len(judged))
    return said(
        mark("{share} of our promises kept by the first date: {n} of {all}"),
        share=Share(kept / len(judged)), n=kept, all=len(judged),
    )  # fmt: skip


def _evidence(ours: list[Kept], theirs: list[Kept]) -> Said:
    judged, other = _judged(ours), _judged(theirs)
    them = said(
        mark("theirs: {n} of {all}"),
        n=sum(one.end == "kept" for one in other), all=len(other),
    )  # fmt: skip
    if len(judged) < _ENOUGH:
        return said(mark("too few for a share · {theirs}"), theirs=them)
    _, low, high, _ = wilson(sum(one.end == "kept" for one in judged), len(judged))
    return said(
        mark("95% {low} to {high} · {theirs}"), low=Share(low), high=Share(high), theirs=them
    )


def _counts(promises_: list[Kept]) -> dict[str, int]:
    return {end: sum(one.end == end for one in promises_) for end in ENDS}
