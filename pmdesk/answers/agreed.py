"""What was expected, who confirmed it at which stage, and what was agreed anew with what held before."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pmdesk.answers.practices.expectations import expectation_of
from pmdesk.answers.status_points import StatusFacts
from pmdesk.answers.text.said import Amount, Figured, Said, digits_of, said
from pmdesk.records.expectations import Confirmation, Expectation, Outcome, Talk

if TYPE_CHECKING:
    from pmdesk.records.needs import Need


class Confirmed(NamedTuple):
    """A confirmation: on which day, by whom, at which stage."""

    day: date | None
    by: str
    stage: str
    what: str
    note: str


class Anew(NamedTuple):
    """A new agreement: what held before as it was kept, what holds now, by whom."""

    day: date | None
    what: str
    before: str
    now: Said
    by: str


def confirmed(facts: StatusFacts) -> list[Confirmed]:
    """Every confirmation, the latest first."""
    return sorted(_confirmed(facts), key=lambda one: one.day or date.min, reverse=True)


def _confirmed(facts: StatusFacts) -> Iterator[Confirmed]:
    rel = facts.rel
    stages = rel.by_id("stage")
    for one in filter(facts.may, rel.of(Confirmation)):
        of: Expectation | Need | None = rel.by_id("expectation").get(
            one.expectation_id or 0
        ) or rel.by_id("need").get(one.need_id or 0)
        if of is None or not facts.may(of):
            continue
        stage = stages.get(one.stage_id or 0)
        yield Confirmed(one.day, one.by, stage.name if stage else "", of.statement, one.note)


def agreed_anew(facts: StatusFacts) -> list[Anew]:
    """What was agreed anew, the latest first."""
    found = []
    for talk in filter(facts.may, facts.rel.of(Talk)):
        held = expectation_of(facts.rel, talk)
        if talk.outcome is Outcome.AGREED and held is not None and facts.may(held):
            found.append(
                Anew(talk.day, held.statement, talk.old_value, _now(talk, held), talk.agreed_by)
            )
    return sorted(found, key=lambda one: one.day or date.min, reverse=True)


def _now(talk: Talk, held: Expectation) -> Said:
    """What the talk came to: its new value, else what was proposed."""
    if talk.new_day is not None:
        return said("{day}", day=talk.new_day)
    if talk.new_minor is not None:
        return said("{money}", money=Amount(talk.new_minor, held.currency))
    if talk.new_number is not None:
        return said("{number} {unit}", number=Figured(talk.new_number, digits_of(talk.new_number)),
                    unit=held.unit)  # fmt: skip
    return said("{what}", what=" ".join(talk.proposal.split()))
