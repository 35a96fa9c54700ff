"""Records and texts prepared from what is known, for a person to finish."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from pmdesk.answers.practices.expectations import (
    gap_said,
    gap_standing,
    value_said,
)
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import say
from pmdesk.places import data_dir
from pmdesk.records.client import Client
from pmdesk.records.crisis import Crisis, CrisisLine, CrisisPlan, Rehearsal
from pmdesk.records.declare import kind_of
from pmdesk.records.expectations import Confirmation, Expectation, Outcome, Talk
from pmdesk.records.needs import Need
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Severity
from pmdesk.records.trust import Promise
from pmdesk.words import Language, Words, mark

Draft = Callable[[Relationship, Any, Words], Any]


def option_for(rel: Relationship, record: Any, _words: Words) -> Option:
    """An option for a problem, a need or a change."""
    mine = {f"{kind_of(record).name}_id": record.id}
    return Option(client_id=rel.client.id, offered_on=rel.today, **mine)


def broken(rel: Relationship, promise: Promise, _words: Words) -> Promise:
    """The promise as broken today, for a person to say why."""
    return replace(promise, broken_on=promise.broken_on or rel.today)


def confirmation_of(rel: Relationship, record: Any, _words: Words) -> Confirmation:
    """That the client confirms an expectation or a need, at the present stage."""
    stages = [s for s in rel.current_stages() if record.project_id in {None, s.project_id}]
    return Confirmation(
        client_id=rel.client.id,
        expectation_id=record.id if isinstance(record, Expectation) else None,
        need_id=record.id if isinstance(record, Need) else None,
        stage_id=stages[0].id if stages else None,
        day=rel.today,
        by=record.said_by if isinstance(record, Expectation) else "",
    )


def gap_text(rel: Relationship, record: Expectation, words: Words) -> str:
    """A draft that explains a gap, with its figures."""
    gap = gap_standing(rel, record)
    return words(
        "Agreed: {expected} ({what}). As it stands: {actual}, a difference of {gap}."
        " The reason: … What we do about it: … What we ask of you: …",
        what=record.statement,
        expected=say(words, value_said(record, "expected")),
        actual=say(words, value_said(record, "forecast")),
        gap=say(words, gap_said(gap)),
    )


def explained(rel: Relationship, record: Expectation, words: Words) -> Expectation:
    """The expectation with its gap explained today."""
    return replace(
        record,
        explained_on=rel.today,
        explanation=record.explanation.strip() or gap_text(rel, record, words),
    )


def talk_about(rel: Relationship, record: Expectation, words: Words) -> Talk:
    """What was agreed, what is, why, the options, the proposal: prepared from the records."""
    gap = gap_standing(rel, record)
    agreed = words(
        "{what}: {value}, said by {who}",
        what=record.statement, value=say(words, value_said(record, "expected")), who=record.said_by,
    )  # fmt: skip
    for confirmation in gap.confirmations:
        if confirmation.day:
            day = words.date(confirmation.day)
            agreed += "\n" + words("confirmed by {who}, {day}", who=confirmation.by, day=day)
    reality = words(
        "{value} ({gap})",
        value=say(words, value_said(record, "forecast")), gap=say(words, gap_said(gap)),
    )  # fmt: skip
    return Talk(
        client_id=rel.client.id,
        expectation_id=record.id,
        day=rel.today,
        outcome=Outcome.PREPARED,
        agreed=agreed,
        reality=reality,
        why=_why(rel, record, words),
        ways=_ways(rel, words),
        new_day=record.forecast_day,
        new_minor=record.forecast_minor,
        new_number=record.forecast_number,
    )


def _why(rel: Relationship, record: Expectation, words: Words) -> str:
    """What is known to have moved it: approved changes and problems that the client knows."""
    same = {None, record.project_id}
    lines = [record.explanation.strip()] if record.explanation.strip() else []
    lines += [
        words("Change approved: {what}", what=change.title)
        for change in rel.of(ChangeRequest)
        if change.decision is Decision.APPROVED
        and change.project_id in same
        and not change.internal
    ]
    lines += [
        words("Problem: {what}", what=issue.statement)
        for issue in rel.of(Issue)
        if issue.told_at and issue.closed_on is None and not issue.internal
    ]
    return "\n".join(lines)


def _ways(rel: Relationship, words: Words) -> str:
    """Options that are open, with effort and what speaks for them."""
    lines = []
    for option in rel.of(Option):
        if option.accepted_on is None and not option.internal:
            days = "–" if option.effort_days is None else f"{option.effort_days:g}"
            lines.append(words("{what} (effort in days: {days})", what=option.title, days=days))
    return "\n".join(lines)


def rehearsal_of(rel: Relationship, plan: CrisisPlan, _words: Words) -> Rehearsal:
    """A rehearsal of a crisis plan today."""
    return Rehearsal(client_id=rel.client.id, plan_id=plan.id, day=rel.today, who=plan.owner)


def line_in(rel: Relationship, crisis: Crisis, _words: Words) -> CrisisLine:
    """A line in the log of a crisis."""
    return CrisisLine(client_id=rel.client.id, crisis_id=crisis.id, at=rel.at)


def plan_for(rel: Relationship, risk: Issue, _words: Words) -> CrisisPlan:
    """A crisis plan for a risk."""
    return CrisisPlan(
        client_id=rel.client.id,
        issue_id=risk.id,
        scenario=risk.statement,
        level=risk.severity,
        owner=risk.owner,
    )


SCENARIOS: Final = {
    "data_loss": mark("Data loss"),
    "missed_milestone": mark("Missed milestone"),
    "key_person": mark("Key person leaves"),
    "security": mark("Security incident"),
    "budget": mark("Budget overrun"),
    "supplier": mark("Supplier failure"),
}


@lru_cache(maxsize=2)
def _templates(language: Language) -> dict[str, dict[str, Any]]:
    path = data_dir("resources") / "crisis" / f"{language}.json"
    templates: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return templates


def plan_from_template(client: Client, scenario: str, language: Language) -> CrisisPlan:
    """A plan for one of SCENARIOS, to be filled with names; raises KeyError for another."""
    template = _templates(language)[scenario]
    both: tuple[Language, Language] = ("en", "zh")
    statements = {f"statement_{lang}": _templates(lang)[scenario]["statement"] for lang in both}
    return CrisisPlan(
        client_id=client.id,
        scenario=template["scenario"],
        level=Severity(template["level"]),
        trigger=template["trigger"],
        notices=tuple(template["notices"]),
        steps=tuple(template["steps"]),
        fix=template["fix"],
        criteria=template["criteria"],
        **statements,
    )
