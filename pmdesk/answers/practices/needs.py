"""Practices 4 and 5: needs confirmed at the current stage, and solutions for what is open."""

from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

from pmdesk.answers.practices.figures import (
    Figure,
    NextAct,
    PracticeFigures,
    keys,
    state_of,
)
from pmdesk.answers.practices.under import under
from pmdesk.answers.relationship import Relationship, once
from pmdesk.answers.text.said import Figured, said
from pmdesk.records.expectations import Confirmation
from pmdesk.records.needs import Horizon, Need
from pmdesk.records.practices import Practice
from pmdesk.records.project import Stage
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import Issue, Raid
from pmdesk.words import mark


@once
def needs_now(rel: Relationship) -> list[Need]:
    """Needs of the present that still hold."""
    return [n for n in rel.of(Need) if n.horizon is Horizon.NOW and n.dropped_on is None]


@once
def _stages_now(rel: Relationship) -> list[Stage]:
    return rel.current_stages()


def confirmed_now(
    rel: Relationship, confirmations: Sequence[Confirmation], project_id: int | None
) -> bool:
    """Whether one of these confirmations is of the stage that its project is in.

    Without stages any confirmation counts; a record of no project goes by any current stage.
    """
    stages = [s for s in _stages_now(rel) if project_id in {None, s.project_id}]
    if not stages:
        return bool(confirmations)
    return any(c.stage_id == s.id for c in confirmations for s in stages)


@once
def _of_needs(rel: Relationship) -> Mapping[int | None, list[Confirmation]]:
    return under(rel.of(Confirmation), "need_id")


def is_confirmed(rel: Relationship, need: Need) -> bool:
    """Whether a need is confirmed at the current stage."""
    return confirmed_now(rel, _of_needs(rel).get(need.id, ()), need.project_id)


@once
def needs(rel: Relationship) -> PracticeFigures:
    """Practice 4 in figures."""
    now = needs_now(rel)
    confirmed = [n for n in now if is_confirmed(rel, n)]
    validated = [n for n in now if n.validated_on]
    known = {n.id for n in confirmed}
    open_ = [n for n in now if n.id not in known]
    score = len(confirmed) / len(now) * 100 if now else None
    figures = (
        _part("confirmed", mark("Confirmed at the current stage"), confirmed, now),
        _part("validated", mark("Validated by the client"), validated, now),
        _part(
            "with_goal", mark("With the goal behind it"), [n for n in now if n.goal.strip()], now
        ),
    )
    if not now:
        headline = said(mark("No need written down yet"))
        return PracticeFigures(
            Practice.NEEDS, None, "none", headline, figures, NextAct(mark("Add a need"), "need")
        )
    if not open_:
        headline = said(mark("Every need is confirmed at this stage"))
        return PracticeFigures(Practice.NEEDS, score, "good", headline, figures)
    headline = said(mark("{n} not confirmed at this stage"), n=len(open_))
    act = NextAct(mark("Confirm it"), record=keys(open_[0])[0])
    return PracticeFigures(Practice.NEEDS, score, state_of(score), headline, figures, act)


def _part(name: str, label: str, part: list[Need], whole: list[Need]) -> Figure:
    share = len(part) / len(whole) if whole else None
    return Figure(
        name,
        label,
        share,
        said("–") if share is None else said("{n} / {all}", n=len(part), all=len(whole)),
        said(mark("needs of the present")),
        state_of(None if share is None else share * 100),
        keys(*whole),
    )


class Target(NamedTuple):
    """What a solution is sought for: a problem or a need, with its options and since when."""

    record: Issue | Need
    options: tuple[Option, ...]
    since: date | None

    @property
    def chosen(self) -> Option | None:
        """The feasible option that was chosen."""
        return next((o for o in self.options if o.chosen_on and o.feasible is Feasible.YES), None)


def is_unasked(option: Option) -> bool:
    """Whether it is a proposal of our own: for no problem, no need and no change."""
    return option.issue_id is None and option.need_id is None and option.change_request_id is None


def may_be_chosen(option: Option) -> bool:
    """Whether it was offered and is not known to be impossible."""
    return option.offered_on is not None and option.feasible is not Feasible.NO


@once
def targets(rel: Relationship) -> list[Target]:
    """Open problems and present needs, with their options."""
    of_problem, of_need = under(rel.of(Option), "issue_id"), under(rel.of(Option), "need_id")
    problems = [
        Target(i, tuple(of_problem.get(i.id, ())), rel.day_of(i.found_at) if i.found_at else None)
        for i in rel.of(Issue)
        if i.raid is Raid.ISSUE and i.closed_on is None
    ]
    return problems + [Target(n, tuple(of_need.get(n.id, ())), n.noted_on) for n in needs_now(rel)]


@once
def awaited(rel: Relationship) -> list[Target]:
    """Targets without a chosen option for more working days than their limit."""
    return [
        t
        for t in targets(rel)
        if t.chosen is None
        and t.since
        and rel.calendar.workdays_between(t.since, rel.today) > rel.limits["solution_days"]
    ]


@once
def solutions(rel: Relationship) -> PracticeFigures:
    """Practice 5 in figures."""
    all_ = targets(rel)
    chosen = [t for t in all_ if t.chosen]
    with_options = [t for t in all_ if t.options]
    waiting = awaited(rel)
    score = len(chosen) / len(all_) * 100 if all_ else None
    figures = (
        _solved("chosen", mark("With a feasible option chosen"), chosen, all_),
        _solved("with_options", mark("With options"), with_options, all_),
        _time_to(rel),
        _unasked(rel),
    )
    if not all_:
        headline = said(mark("Nothing open that needs a solution"))
        return PracticeFigures(Practice.SOLUTIONS, None, "none", headline, figures)
    headline, act = (
        said(mark("{n} of {all} have a chosen solution"), n=len(chosen), all=len(all_)),
        None,
    )
    if waiting:
        headline = said(
            mark("Without a solution for more than 5 working days: {n}"), n=len(waiting)
        )
        bare = next((t for t in waiting if not t.options), waiting[0])
        act = NextAct(mark("Offer an option"), record=keys(bare.record)[0])
    return PracticeFigures(Practice.SOLUTIONS, score, state_of(score), headline, figures, act)


def _solved(name: str, label: str, part: list[Target], whole: list[Target]) -> Figure:
    share = len(part) / len(whole) if whole else None
    return Figure(
        name,
        label,
        share,
        said("–") if share is None else said("{n} / {all}", n=len(part), all=len(whole)),
        said(mark("open problems and present needs")),
        state_of(None if share is None else share * 100),
        keys(*(t.record for t in whole), *(o for t in whole for o in t.options)),
    )


def _time_to(rel: Relationship) -> Figure:
    """Working days from finding the problem (or noting the need) to choosing."""
    began = {i.id: rel.day_of(i.found_at) for i in rel.of(Issue) if i.found_at}
    noted = {n.id: n.noted_on for n in rel.of(Need)}
    days: list[float] = []
    counted = []
    for option in rel.of(Option):
        since = began.get(option.issue_id) or noted.get(option.need_id)
        if option.chosen_on and since:
            days.append(float(rel.calendar.workdays_between(since, option.chosen_on)))
            counted.append(option)
    middle = median(days) if days else None
    return Figure(
        "days_to_choice",
        mark("Time to a chosen solution"),
        middle,
        said("–") if middle is None else said("{n}", n=Figured(middle, 1)),
        said(mark("working days, median of {n}"), n=len(days)),
        records=keys(*counted),
    )


def _unasked(rel: Relationship) -> Figure:
    free = [o for o in rel.of(Option) if is_unasked(o)]
    accepted = [o for o in free if o.accepted_on]
    return Figure(
        "unasked",
        mark("Unasked proposals"),
        float(len(free)),
        said("{n}", n=len(free)),
        said(mark("{n} accepted"), n=len(accepted)),
        records=keys(*free),
    )
