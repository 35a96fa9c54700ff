"""Practice 6, expectations: confirmed at the stage, gaps, gaps explained."""

from typing import NamedTuple

from pmdesk.answers.practices.figures import (
    Figure,
    NextAct,
    PracticeFigures,
    State,
    keys,
    state_of,
)
from pmdesk.answers.practices.needs import confirmed_now
from pmdesk.answers.practices.under import under
from pmdesk.answers.relationship import Relationship, once
from pmdesk.answers.text.said import Amount, Figured, Said, Signed, digits_of, said
from pmdesk.answers.years import PRELIMINARY, unannounced_between
from pmdesk.insight.gaps import (
    GapState,
    Rated,
    WeighedGap,
    gap_state,
    relative_gap,
    schedule_gap,
    weighed_gap,
)
from pmdesk.insight.worktime import CalendarRules
from pmdesk.records.expectations import Confirmation, Expectation, Outcome, Talk
from pmdesk.records.practices import Practice
from pmdesk.words import mark

LABELS = {
    GapState.UNCONFIRMED: mark("Unconfirmed"),
    GapState.CONFIRMED: mark("Confirmed"),
    GapState.MET: mark("Met"),
    GapState.WITHIN: mark("Within tolerance"),
    GapState.TO_EXPLAIN: mark("To be explained"),
    GapState.EXPLAINED: mark("Gap explained"),
    GapState.AGREED_ANEW: mark("Agreed anew"),
}
STATES: dict[GapState, State] = {
    GapState.UNCONFIRMED: "warn",
    GapState.CONFIRMED: "good",
    GapState.MET: "good",
    GapState.WITHIN: "good",
    GapState.TO_EXPLAIN: "bad",
    GapState.EXPLAINED: "warn",
    GapState.AGREED_ANEW: "good",
}
_IN_ORDER = frozenset(
    {GapState.CONFIRMED, GapState.MET, GapState.WITHIN, GapState.EXPLAINED, GapState.AGREED_ANEW}
)


class ExpectationGap(NamedTuple):
    """An expectation with its gap (worse is positive): working days, per cent, or its own unit.

    `preliminary` where the working days are of a year whose holidays nobody has announced.
    """

    expectation: Expectation
    gap: float | None
    state: GapState
    confirmed: bool
    confirmations: tuple[Confirmation, ...]
    talks: tuple[Talk, ...]
    preliminary: bool = False


def gap_of(expectation: Expectation, calendar: CalendarRules) -> float | None:
    """The gap of an expectation: more is worse; None where no forecast stands beside it."""
    e = expectation
    if e.expected_day and e.forecast_day:
        return float(schedule_gap(e.expected_day, e.forecast_day, calendar))
    if e.expected_minor is not None and e.forecast_minor is not None:
        return relative_gap(e.expected_minor, e.forecast_minor)
    if e.expected_number is not None and e.forecast_number is not None:
        more = e.forecast_number - e.expected_number
        return more if e.less_is_better else -more
    return None


@once
def expectation_gaps(rel: Relationship) -> list[ExpectationGap]:
    """Every expectation that still holds, the weightiest first."""
    held = [e for e in rel.of(Expectation) if e.ended_on is None]
    held.sort(key=lambda e: (-e.importance, e.id or 0))
    confirmations = under(rel.of(Confirmation), "expectation_id")
    talks = under(rel.of(Talk), "expectation_id")
    return [
        _gap(rel, e, tuple(confirmations.get(e.id, ())), tuple(talks.get(e.id, ()))) for e in held
    ]


@once
def _gaps_by_id(rel: Relationship) -> dict[int | None, ExpectationGap]:
    return {gap.expectation.id: gap for gap in expectation_gaps(rel)}


def gap_standing(rel: Relationship, expectation: Expectation) -> ExpectationGap:
    """How an expectation that still holds stands; raises KeyError for one that has ended."""
    return _gaps_by_id(rel)[expectation.id]


def expectation_of(rel: Relationship, talk: Talk) -> Expectation | None:
    """The expectation that a talk is about; None where it has gone."""
    held: Expectation | None = rel.by_id("expectation").get(talk.expectation_id or 0)
    return held


def _gap(
    rel: Relationship,
    e: Expectation,
    confirmations: tuple[Confirmation, ...],
    talks: tuple[Talk, ...],
) -> ExpectationGap:
    confirmed = confirmed_now(rel, confirmations, e.project_id)
    gap = gap_of(e, rel.calendar)
    state = gap_state(
        gap,
        e.tolerance,
        confirmed=confirmed,
        explained=e.explained_on is not None,
        agreed_anew=any(t.outcome is Outcome.AGREED for t in talks),
    )
    days = (e.expected_day, e.forecast_day) if gap is not None and e.expected_day else ()
    open_years = bool(unannounced_between(rel.calendar, days))
    return ExpectationGap(e, gap, state, confirmed, confirmations, talks, open_years)


def gap_said(of: ExpectationGap) -> Said:
    """The gap with its unit and sign."""
    e, gap = of.expectation, of.gap
    if gap is None:
        return said("–")
    if e.expected_day:
        days = said(mark("{gap} working days"), gap=Signed(gap, 0))
        return said(PRELIMINARY, what=days) if of.preliminary else days
    if e.expected_minor is not None:
        return said("{gap}%", gap=Signed(gap, 1))
    real = -gap if not e.less_is_better else gap
    change = Signed(real, digits_of(real))
    if e.unit.strip() == "%":
        return said(mark("{gap} percentage points"), gap=change)
    return said("{gap} {unit}", gap=change, unit=e.unit)


def value_said(e: Expectation, which: str) -> Said:
    """What is expected (`which` "expected") or is (`which` "forecast"), as it reads."""
    day = getattr(e, f"{which}_day")
    money: int | None = getattr(e, f"{which}_minor")
    number: float | None = getattr(e, f"{which}_number")
    if day is not None:
        return said("{day}", day=day)
    if money is not None:
        return said("{money}", money=Amount(money, e.currency))
    if number is not None:
        figure = Figured(number, digits_of(number))
        if e.unit.strip() == "%":
            return said("{number}%", number=figure)
        return said("{number} {unit}", number=figure, unit=e.unit)
    return said("–")


@once
def rated_alike(rel: Relationship) -> dict[int, Rated]:
    """The expectations rated in one unit, by id: of several units the one with the most ratings.

    Empty where fewer than two share a unit.
    """
    units: dict[str, dict[int, Rated]] = {}
    for e in rel.of(Expectation):
        if e.ended_on is None and e.expected_number is not None and e.forecast_number is not None:
            units.setdefault(e.unit, {})[int(e.id or 0)] = Rated(
                e.importance, e.expected_number, e.forecast_number, e.less_is_better
            )
    most = max(units.values(), key=len, default={})
    return most if len(most) > 1 else {}


def perceived_gap(rel: Relationship) -> WeighedGap | None:
    """Perception against expectation over all that are rated in one unit, by importance."""
    return weighed_gap(list(rated_alike(rel).values()))


@once
def expectations(rel: Relationship) -> PracticeFigures:
    """Practice 6 in figures; the score is the share in order, weighed by importance."""
    gaps = expectation_gaps(rel)
    weight = sum(g.expectation.importance for g in gaps)
    in_order = sum(g.expectation.importance for g in gaps if g.state in _IN_ORDER)
    score = in_order / weight * 100 if weight else None
    explain = [g for g in gaps if g.state is GapState.TO_EXPLAIN]
    open_ = [g for g in gaps if not g.confirmed]
    figures = (
        _to_explain(gaps, explain),
        _confirmed(gaps),
        Figure(
            "in_order",
            mark("In order, by importance"),
            None if score is None else score / 100,
            said("–") if score is None else said("{share}%", share=Figured(score, 0)),
            said(mark("expectations: {n}"), n=len(gaps)),
            state_of(score),
            keys(*(g.expectation for g in gaps)),
        ),
        _perceived(rel),
    )
    headline, state, act = said(mark("Expectations confirmed, no open gap")), state_of(score), None
    if not gaps:
        headline = said(mark("No expectation written down yet"))
        act = NextAct(mark("Add an expectation"), "expectation")
    elif explain:
        headline, state = said(mark("Gaps to be explained: {n}"), n=len(explain)), "bad"
        act = NextAct(mark("Explain the gap"), record=keys(explain[0].expectation)[0])
    elif open_:
        headline, state = said(mark("{n} not confirmed at this stage"), n=len(open_)), "warn"
        act = NextAct(mark("Confirm it"), record=keys(open_[0].expectation)[0])
    return PracticeFigures(Practice.EXPECTATIONS, score, state, headline, figures, act)


def _to_explain(gaps: list[ExpectationGap], explain: list[ExpectationGap]) -> Figure:
    first = explain[0] if explain else None
    note = said(mark("all gaps within tolerance or explained"))
    if first:
        note = said(mark("{what}: {gap}"), what=first.expectation.dimension, gap=gap_said(first))
    if len(explain) > 1:
        second = explain[1]
        note = said(
            mark("{first} · {what}: {gap}"),
            first=note, what=second.expectation.dimension, gap=gap_said(second),
        )  # fmt: skip
    return Figure(
        "to_explain",
        mark("Gaps to be explained"),
        float(len(explain)) if gaps else None,
        said("{n}", n=len(explain)) if gaps else said("–"),
        note if gaps else said(mark("no expectation yet")),
        "bad" if explain else "good" if gaps else "none",
        keys(*(g.expectation for g in explain)),
    )


def _confirmed(gaps: list[ExpectationGap]) -> Figure:
    confirmed = [g for g in gaps if g.confirmed]
    share = len(confirmed) / len(gaps) if gaps else None
    return Figure(
        "confirmed",
        mark("Confirmed at the current stage"),
        share,
        said("–") if share is None else said("{n} / {all}", n=len(confirmed), all=len(gaps)),
        said(mark("expectations that still hold")),
        state_of(None if share is None else share * 100),
        keys(*(g.expectation for g in gaps), *(c for g in gaps for c in g.confirmations)),
    )


def _perceived(rel: Relationship) -> Figure:
    gap = perceived_gap(rel)
    label = mark("Perceived against expected")
    if gap is None:
        return Figure(
            "perceived", label, None, said("–"), said(mark("needs two ratings in one unit"))
        )
    rated = [e for e in rel.of(Expectation) if e.id in rated_alike(rel)]
    return Figure(
        "perceived",
        label,
        gap.weighted,
        said("{gap}", gap=Signed(gap.weighted, 2)),
        said(mark("weighed by importance; plain {gap}"), gap=Signed(gap.plain, 2)),
        "good" if gap.weighted >= 0 else "warn",
        keys(*rated),
    )
