"""The nine practices now and three months ago, each with the noise of its own records."""

from collections.abc import Iterable
from datetime import timedelta
from math import sqrt
from typing import Final, Literal, NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.days import last_moment
from pmdesk.answers.health import parts_of, records_behind, shared_of
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.practices.crisis import readiness
from pmdesk.answers.practices.feedback import csat
from pmdesk.answers.practices.figures import Key, PracticeFigures
from pmdesk.answers.practices.nine import nine_practices
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Said, said
from pmdesk.insight.health import Part, change, share_error
from pmdesk.records.practices import Practice
from pmdesk.words import mark

_AGO: Final = timedelta(days=91)
_Z95: Final = 1.959963984540054
State = Literal["better", "worse", "steady", "other", "new", "gone", "unknown"]
STATES: Final[dict[State, str]] = {
    "better": mark("better"),
    "worse": mark("worse"),
    "steady": mark("no change beyond noise"),
    "other": mark("measured by something else then"),
    "new": mark("unknown then"),
    "gone": mark("unknown now"),
    "unknown": mark("unknown"),
}
# Whose score is a part of health, where its noise is known.
_PART_OF: Final = {
    Practice.TRANSPARENCY: "transparency",
    Practice.TRUST: "trust",
    Practice.COMMUNICATION: "responsiveness",
    Practice.EXPECTATIONS: "expectations",
}
# Of the others the figure that is the score, and the records of which it is a share.
_SHARE_OF: Final = {
    Practice.NEEDS: ("confirmed", ("need",)),
    Practice.SOLUTIONS: ("chosen", ("need", "issue")),
    Practice.CRISIS: ("ready", ("issue",)),
}
# What a record of these says changes with it: that both moments know it makes neither surer.
_CHANGING: Final = frozenset(
    {Practice.NEEDS, Practice.SOLUTIONS, Practice.EXPECTATIONS, Practice.CRISIS}
)
_COLUMNS = (
    Column(mark("Practice")),
    Column(mark("Three months ago"), "", 0),
    Column(mark("Now"), "", 0),
    Column(mark("Difference"), "", 0),
    Column(mark("Noise, 95%"), "", 0),
    Column(mark("State")),
)


class Moved(NamedTuple):
    """A practice: its scores in 0..100 then and now (None: unknown), and half the 95 % interval.

    `noise` is that of the difference, in points; None where nothing can be compared.
    """

    practice: Practice
    before: float | None
    now: float | None
    spread: float
    noise: float | None
    state: State


class Nine(NamedTuple):
    """The nine practices in their order."""

    moved: tuple[Moved, ...]


class _Measured(NamedTuple):
    """A score with its standard error and number, what it is measured by, and its observations."""

    part: Part
    by: tuple[str, ...]
    records: frozenset[Key]


def practices_moved(rel: Relationship, period: Period) -> Insight:
    """Which practices have changed in three months by more than the noise of their records."""
    until = last_moment(period, rel.zone, at=rel.at)
    stood = rel if until == rel.at else rel.as_of(until)
    past = rel.as_of(until - _AGO)
    now, before = nine_practices(stood), nine_practices(past)
    moved = tuple(
        _moved(_measured(past, was), _measured(stood, one), one.practice)
        for was, one in zip(before, now, strict=True)
    )
    known = any(one.before is not None or one.now is not None for one in moved)
    return Insight(
        _verdict(moved),
        _evidence(moved) if known else None,
        _COLUMNS,
        tuple(map(_item, moved, now)) if known else (),
        Nine(moved),
        enough=known,
        values={
            one.practice.value: {
                "before": _rounded(one.before),
                "now": _rounded(one.now),
                "noise": _rounded(one.noise),
                "state": one.state,
            }
            for one in moved
        },
    )


def _measured(rel: Relationship, figures: PracticeFigures) -> _Measured:
    practice, score = figures.practice, figures.score
    name = _PART_OF.get(practice)
    if name is not None:
        part = next(part for part in parts_of(rel) if part.name == name)
        return _Measured(part, (name,), frozenset(records_behind(rel, name)))
    if practice is Practice.FEEDBACK:
        return _feedback(rel, figures)
    named, kinds = _SHARE_OF.get(practice, ("", ()))
    of_figure = [f.records for f in figures.figures if f.name == named]
    records = frozenset(key for keys in of_figure for key in keys if key.kind in kinds)
    # how long we have been silent is one observation
    n = len(records) if named else 1
    if practice is Practice.CRISIS:
        n = readiness(rel)[0].high_risks
    return _Measured(_part(practice.value, score, n), (practice.value,), records)


def _part(name: str, score: float | None, n: int) -> Part:
    error = 0.0 if score is None else share_error(score / 100, n) * 100
    return Part(name, 1.0, score, error, n)


def _feedback(rel: Relationship, figures: PracticeFigures) -> _Measured:
    """The mean of reports in time and of satisfied marks, as far as there are any."""
    by_name = {figure.name: figure for figure in figures.figures}
    reports, satisfied = by_name["reports_in_time"].value, csat(rel)
    errors, by, n = [], [], 0
    if reports is not None:
        due = len(by_name["reports_in_time"].records) or 1
        errors.append(share_error(reports, due))
        by.append("reports")
        n += due
    if satisfied is not None:
        errors.append(share_error(satisfied.value, satisfied.n))
        by.append("csat")
        n += satisfied.n
    error = sqrt(sum(one**2 for one in errors)) / max(1, len(errors)) * 100
    part = Part("feedback", 1.0, figures.score, error, n)
    return _Measured(part, tuple(by), frozenset(by_name["csat"].records))


def _moved(was: _Measured, one: _Measured, practice: Practice) -> Moved:
    spread = _Z95 * one.part.error
    ends = (practice, was.part.value, one.part.value, spread)
    if was.part.value is None or one.part.value is None:
        state: State = (
            "new"
            if one.part.value is not None
            else "gone"
            if was.part.value is not None
            else "unknown"
        )
        return Moved(*ends, None, state)
    if was.by != one.by:
        return Moved(*ends, None, "other")
    shared = 0 if practice in _CHANGING else _shared(was, one, practice)
    found = change([was.part._replace(weight=1)], [one.part._replace(weight=1)], [shared])
    if found is None:
        return Moved(*ends, None, "unknown")
    state = "steady" if not found.real else "better" if found.points > 0 else "worse"
    return Moved(*ends, _Z95 * found.error, state)


def _shared(was: _Measured, one: _Measured, practice: Practice) -> int:
    """On how many observations both moments rest, each of which says the same at both."""
    name = _PART_OF.get(practice)
    if name is None:
        return len(was.records & one.records)
    return shared_of(name, tuple(one.records), tuple(was.records))


def _item(one: Moved, figures: PracticeFigures) -> Item:
    known = one.before is not None and one.now is not None
    difference = (one.now or 0.0) - (one.before or 0.0) if known else None
    cells = (said(one.practice.full), one.before, one.now, difference, one.noise,
             said(STATES[one.state]))  # fmt: skip
    key = next(iter(figures.records), None)
    return Item(cells, None if key is None else (key.kind, key.id))


def _verdict(moved: tuple[Moved, ...]) -> Said:
    better, worse = (_named(moved, state) for state in ("better", "worse"))
    if better and worse:
        return said(mark("Better: {better}; worse: {worse}"), better=better, worse=worse)
    if better:
        return said(mark("Better: {better}"), better=better)
    if worse:
        return said(mark("Worse: {worse}"), worse=worse)
    if any(one.state == "steady" for one in moved):
        return said(mark("No practice has changed beyond noise in three months"))
    if any(one.now is not None for one in moved):
        return said(mark("Three months ago too little was known to compare"))
    return said(mark("Nothing is known of any practice yet"))


def _named(moved: Iterable[Moved], state: str) -> Said | None:
    together: Said | None = None
    for one in moved:
        if one.state == state:
            name = said(one.practice.full)
            if together is None:
                together = name
            else:
                together = said(mark("{first}, {then}"), first=together, then=name)
    return together


def _evidence(moved: tuple[Moved, ...]) -> Said:
    n = sum(one.noise is not None for one in moved)
    return said(
        mark("{n} of 9 known at both times; a change is what exceeds noise"),
        n=n,
    )  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
