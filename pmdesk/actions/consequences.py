"""What saving one record changes in another, as part of the same step."""

from dataclasses import replace
from typing import Any

from pmdesk.journal.journal import Act, Journal
from pmdesk.records.attachment import Attachment
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Expectation, Outcome, Talk
from pmdesk.records.project import Project
from pmdesk.records.transparency import ChangeRequest, Decision


def follow(journal: Journal, act: Act, record: Any) -> Any:
    """Save what follows from `record`; the record itself, with what it keeps of the state before."""
    match record:
        case ChangeRequest():
            return _new_baseline(journal, act, record)
        case Talk():
            return _agreed_anew(journal, act, record)
        case Entry():
            _follow_entry(journal, act, record)
    return record


def client_of(entry: Entry) -> int | None:
    """The client of an entry's files: the one whom it is about alone."""
    return entry.clients[0] if len(entry.clients) == 1 else None


def _follow_entry(journal: Journal, act: Act, entry: Entry) -> None:
    """The files of an entry are of its client."""
    if entry.id is None:
        return
    client = client_of(entry)
    for one in journal.find(Attachment, "owner = ?", [f"entry:{entry.id}"]):
        if one.client_id != client:
            act.save(replace(one, client_id=client))


def _new_baseline(journal: Journal, act: Act, change: ChangeRequest) -> ChangeRequest:
    """An approved change moves its project's baseline once; the old one stays with the change."""
    if change.decision is not Decision.APPROVED or change.baseline_before:
        return change
    project = journal.get(Project, change.project_id) if change.project_id is not None else None
    if project is None or (change.new_end is None and change.new_budget_minor is None):
        return change
    end = project.baseline_end.isoformat() if project.baseline_end else "–"
    budget = "–" if project.budget_minor is None else f"{project.budget_minor / 100:.2f}"
    act.save(
        replace(
            project,
            baseline_end=change.new_end or project.baseline_end,
            budget_minor=project.budget_minor
            if change.new_budget_minor is None
            else change.new_budget_minor,
        )
    )
    return replace(change, baseline_before=f"{end} · {budget} {project.currency}")


def _agreed_anew(journal: Journal, act: Act, talk: Talk) -> Talk:
    """A new agreement becomes what is expected; the value that held before stays with the talk."""
    if talk.outcome is not Outcome.AGREED or talk.old_value or talk.expectation_id is None:
        return talk
    held = journal.get(Expectation, talk.expectation_id)
    if held is None:
        return talk
    if talk.new_day is not None:
        act.save(replace(held, expected_day=talk.new_day))
        return replace(talk, old_value=held.expected_day.isoformat() if held.expected_day else "–")
    if talk.new_minor is not None:
        act.save(replace(held, expected_minor=talk.new_minor))
        before = "–" if held.expected_minor is None else f"{held.expected_minor / 100:.2f}"
        return replace(talk, old_value=f"{before} {held.currency}")
    if talk.new_number is not None:
        act.save(replace(held, expected_number=talk.new_number))
        before = "–" if held.expected_number is None else f"{held.expected_number:g}"
        return replace(talk, old_value=f"{before} {held.unit}".strip())
    return talk
