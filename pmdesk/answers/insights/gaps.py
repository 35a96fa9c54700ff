"""Expected and actual side by side, with the gap in tolerances and where it stands."""

from typing import NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.periods import at_end
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.practices.expectations import (
    LABELS,
    STATES,
    ExpectationGap,
    expectation_gaps,
    gap_said,
    value_said,
)
from pmdesk.answers.practices.figures import State
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Said, said
from pmdesk.answers.years import unannounced_between, years_said
from pmdesk.insight.gaps import GapState
from pmdesk.records.expectations import Expectation
from pmdesk.words import mark

_COLUMNS = (
    Column(mark("What is expected")),
    Column(mark("About")),
    Column(mark("Expected")),
    Column(mark("Actual or forecast")),
    Column(mark("Gap")),
    Column(mark("Tolerance (working days, % or unit)"), digits=2),
    Column(mark("Gap in tolerances"), digits=2),
    Column(mark("State")),
)


class GapLine(NamedTuple):
    """An expectation as the chart draws it.

    `tolerances` is the gap in tolerances, more being worse: None without an actual value, or where
    no tolerance was agreed and there is a gap, which is then `worse` or better beyond any scale.
    """

    statement: str
    expected: Said
    actual: Said
    gap: Said
    known: bool
    tolerances: float | None
    worse: bool
    state: Said
    tone: State


class GapLines(NamedTuple):
    """The expectations that hold, the largest gap first, those without an actual value last."""

    lines: tuple[GapLine, ...]


def gaps(rel: Relationship, period: Period) -> Insight:
    """Every expectation that held at the end of a period: expected, actual, gap and state."""
    rel = at_end(rel, period)
    known = sorted(expectation_gaps(rel), key=_order)
    explain = [of for of in known if of.state is GapState.TO_EXPLAIN]
    unconfirmed = [of for of in known if not of.confirmed]
    return Insight(
        _verdict(known, explain, unconfirmed),
        _evidence(rel, known, len(known) - len(unconfirmed)) if known else None,
        _COLUMNS,
        tuple(_item(of) for of in known),
        GapLines(tuple(map(_line, known))),
        enough=bool(known),
        values={
            "n": len(known),
            "confirmed": len(known) - len(unconfirmed),
            "states": {state.value: sum(of.state is state for of in known) for state in GapState},
        },
    )


def _order(of: ExpectationGap) -> tuple[int, float, int]:
    """To be explained first, then by how far beyond, those without an actual value last."""
    if of.gap is None:
        return 2, -of.expectation.importance, of.expectation.id or 0
    beyond = of.gap / (of.expectation.tolerance or 1.0)
    return int(of.state is not GapState.TO_EXPLAIN), -beyond, of.expectation.id or 0


def in_tolerances(of: ExpectationGap) -> float | None:
    """A gap in multiples of its tolerance, more being worse.

    None without an actual value, and for a gap where no tolerance was agreed.
    """
    if of.gap is None:
        return None
    if not of.expectation.tolerance:
        return None if of.gap else 0.0
    return of.gap / of.expectation.tolerance


def _line(of: ExpectationGap) -> GapLine:
    e = of.expectation
    return GapLine(
        e.statement, value_said(e, "expected"), value_said(e, "forecast"), _gap_said(of),
        of.gap is not None, in_tolerances(of), (of.gap or 0) > 0,
        said(LABELS[of.state]), STATES[of.state],
    )  # fmt: skip


def _gap_said(of: ExpectationGap) -> Said:
    """The gap alone: that it is preliminary stands in the evidence."""
    return gap_said(of._replace(preliminary=False))


def _evidence(rel: Relationship, known: list[ExpectationGap], confirmed: int) -> Said:
    told = said(
        mark("confirmed at this stage: {n} of {all} · as of {day}"),
        n=confirmed, all=len(known), day=rel.today,
    )  # fmt: skip
    days = [
        day
        for of in known
        if of.preliminary
        for day in (of.expectation.expected_day, of.expectation.forecast_day)
    ]
    years = unannounced_between(rel.calendar, days)
    return said("{first} · {then}", first=told, then=years_said(years)) if years else told


def _item(of: ExpectationGap) -> Item:
    e = of.expectation
    cells = (e.statement, said("{dimension}", dimension=e.dimension), _given(e, "expected"),
             _given(e, "forecast"), gap_said(of) if of.gap is not None else None,
             e.tolerance or None, in_tolerances(of), said(LABELS[of.state]))  # fmt: skip
    return Item(cells, ("expectation", int(e.id or 0)))


def _given(e: Expectation, which: str) -> Said | None:
    value = value_said(e, which)
    return None if value.text == "–" else value


def _verdict(
    known: list[ExpectationGap], explain: list[ExpectationGap], unconfirmed: list[ExpectationGap]
) -> Said:
    if not known:
        return said(mark("No expectation written down yet"))
    if explain:
        return said(
            mark("{n} of {all} to be explained, most {what}: {gap}"),
            n=len(explain), all=len(known), what=explain[0].expectation.dimension,
            gap=_gap_said(explain[0]),
        )  # fmt: skip
    if unconfirmed:
        return said(
            mark("No gap to be explained, {n} of {all} not confirmed"),
            n=len(unconfirmed), all=len(known),
        )  # fmt: skip
    return said(mark("Expectations confirmed, no open gap"))
