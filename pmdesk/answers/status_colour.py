"""The colours of a status report: each by a rule that is told beside it, with the records it rests on."""

from typing import Final, Literal, NamedTuple

from pmdesk.answers.practices.status import ProjectState, project_states
from pmdesk.answers.rows.row import Tone
from pmdesk.answers.status_points import StatusFacts
from pmdesk.answers.text.said import Amount, Figured, Said, Signed, said
from pmdesk.answers.years import PRELIMINARY
from pmdesk.records.transparency import Issue, Raid, Severity
from pmdesk.words import mark

AMBER_DAYS: Final = 5
AMBER_SHARE: Final = 0.05
RULES: Final = mark(
    "Schedule: green by the agreed end, amber up to {days} working days after it, red beyond."
    " Budget: green up to the budget, amber up to {share}% above it, red beyond."
    " Problems: red with an S1 or S2 open, amber with any other."
)
Colour = Literal["green", "amber", "red"]
NAMES: Final = {"green": mark("Green"), "amber": mark("Amber"), "red": mark("Red")}
TONES: Final[dict[Colour, Tone]] = {"green": "good", "amber": "warn", "red": "bad"}


class Status(NamedTuple):
    """A colour, and in words the records that make it so."""

    colour: Colour
    why: Said


def rules_said() -> Said:
    """The rules of all colours."""
    return said(RULES, days=AMBER_DAYS, share=Figured(AMBER_SHARE * 100, 0))


def statuses(facts: StatusFacts) -> list[Status]:
    """Schedule and budget of every project whose figures are known, then problems."""
    found = []
    for state in project_states(facts.rel):
        found += [one for one in (_schedule(state), _budget(state)) if one is not None]
    return [*found, _problems(facts)]


def _schedule(state: ProjectState) -> Status | None:
    late, project = state.days_late, state.project
    if late is None or project.baseline_end is None or project.forecast_end is None:
        return None
    days = said(mark("{gap} working days"), gap=Signed(float(late), 0))
    why = said(
        mark("Schedule of {project}: agreed end {agreed}, forecast {forecast}, {gap}"),
        project=project.name, agreed=project.baseline_end, forecast=project.forecast_end,
        gap=said(PRELIMINARY, what=days) if state.preliminary else days,
    )  # fmt: skip
    return Status("green" if late <= 0 else "amber" if late <= AMBER_DAYS else "red", why)


def estimate(state: ProjectState) -> float | None:
    """What a project will cost, in minor units, if cost goes on as so far (BAC/CPI)."""
    return None if state.earned is None else state.earned.eac_typical


def over_budget(state: ProjectState) -> float | None:
    """By what share of the budget that lies above it; negative below."""
    cost, budget = estimate(state), state.project.budget_minor
    return None if cost is None or not budget else cost / budget - 1


def _budget(state: ProjectState) -> Status | None:
    cost, over = estimate(state), over_budget(state)
    if cost is None or over is None:
        return None
    why = said(
        mark("Budget of {project}: {budget}, at completion {cost}, {over}%"),
        project=state.project.name, budget=money_said(state.project.budget_minor, state.project.currency),
        cost=money_said(cost, state.project.currency), over=Signed(over * 100, 1),
    )  # fmt: skip
    # what the page rounds to nothing is nothing
    share = round(over, 3)
    return Status("green" if share <= 0 else "amber" if share <= AMBER_SHARE else "red", why)


def money_said(minor: float | None, currency: str) -> Said:
    """An amount in minor units with its currency."""
    if minor is None:
        return said("–")
    return said("{amount}", amount=Amount(round(minor / 100) * 100, currency))


def _problems(facts: StatusFacts) -> Status:
    open_ = [
        i
        for i in facts.rel.of(Issue)
        if i.raid is Raid.ISSUE and i.closed_on is None and facts.known(i)
    ]
    grave = [i for i in open_ if i.severity in (Severity.S1, Severity.S2)]
    if not open_:
        return Status("green", said(mark("Problems: none open")))
    first = min(open_, key=lambda i: (i.severity.value, i.id or 0))
    why = said(
        mark("Problems: {n} open, {grave} of them S1 or S2; the most severe: {what}"),
        n=len(open_), grave=len(grave), what=first.statement,
    )  # fmt: skip
    return Status("red" if grave else "amber", why)
