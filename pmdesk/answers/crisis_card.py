"""A crisis plan as a card to hang up: the plan, whom to ring and where, when it was rehearsed."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from pmdesk.answers.crisis_ready import PlanLine, plan_lines
from pmdesk.answers.follow_up import named_among
from pmdesk.journal.journal import Journal
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import CrisisPlan, parts_of_line


class PlanStep(NamedTuple):
    """A line of a plan: who, how or what, within which time."""

    who: str
    what: str
    within: str


class CrisisCard(NamedTuple):
    """A plan with its lines taken apart; `phones` are those of the people named, where on record."""

    line: PlanLine
    notices: tuple[PlanStep, ...]
    steps: tuple[PlanStep, ...]
    phones: Mapping[str, str]

    @property
    def plan(self) -> CrisisPlan:
        """The plan itself."""
        return self.line.plan


def crisis_card(journal: Journal, plan_id: int, at: datetime) -> CrisisCard:
    """The card of a plan; raises LookupError where there is none of that id."""
    line = next((one for one in plan_lines(journal, at) if one.plan.id == plan_id), None)
    if line is None:
        raise LookupError(plan_id)
    notices = tuple(_notice(text) for text in line.plan.notices)
    contacts = journal.find(Contact, "client_id = ?", [line.plan.client_id])
    phones = {}
    for one in notices:
        known = named_among(contacts, (one.who,))
        if known and known[0].phones:
            phones[one.who] = known[0].phones[0]
    return CrisisCard(line, notices, tuple(_step(text) for text in line.plan.steps), phones)


def _notice(text: str) -> PlanStep:
    who, how, within, *_ = [*parts_of_line(text), "", "", ""]
    return PlanStep(who, how, within)


def _step(text: str) -> PlanStep:
    who, within, what, *_ = [*parts_of_line(text), "", "", ""]
    return PlanStep(who, what, within)
