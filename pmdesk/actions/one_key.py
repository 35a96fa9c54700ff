"""Acts that need one key: told, delivered, done. Each is one step that can be undone."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from pmdesk.actions.checks import problems_in
from pmdesk.actions.records import about
from pmdesk.actions.refusals import Refused
from pmdesk.answers.calendars import zone_of
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.crisis import Crisis
from pmdesk.records.longterm import KeyDate
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import ChangeRequest, Issue
from pmdesk.records.trust import Promise
from pmdesk.words import mark

_LABELS: Final = {
    "tell": mark("Client told: “{what}”"),
    "close": mark("{kind} “{what}” closed"),
    "deliver": mark("Delivered: “{what}”"),
    "choose": mark("Option “{what}” chosen"),
    "stand_down": mark("Stood down: “{what}”"),
    "done": mark("Done: “{what}”"),
}
# What is over and was not told stays owed: the step, and the notice of it, say so.
_UNTOLD: Final = {
    "close": mark("Closed, but the client is not told: “{what}”"),
    "stand_down": mark("Stood down, but the client is not told: “{what}”"),
}


def _tell(record: Any, at: datetime, today: date) -> Any:
    if isinstance(record, ChangeRequest):
        return replace(record, told_on=today)
    return replace(record, told_at=at)


_MADE: Final[Mapping[tuple[str, type[Any]], Callable[[Any, datetime, date], Any]]] = {
    ("tell", Issue): _tell,
    ("tell", ChangeRequest): _tell,
    ("tell", Crisis): _tell,
    ("close", Issue): lambda record, _at, today: replace(record, closed_on=today),
    ("deliver", Promise): lambda record, _at, today: replace(record, delivered_on=today),
    ("choose", Option): lambda record, _at, today: replace(record, chosen_on=today),
    ("stand_down", Crisis): lambda record, at, _today: replace(record, stood_down_at=at),
    ("done", KeyDate): lambda record, _at, today: replace(record, done_on=today),
}


def can(act: str, record: Any) -> bool:
    """Whether the act is done at once, without anything to fill in."""
    return (act, type(record)) in _MADE


def one_key(journal: Journal, record: Any, act: str, *, at: datetime) -> Changes:
    """Do `act` to a record at `at`; raises Refused where the record then says something impossible."""
    client = journal.get(Client, record.client_id)
    today = at.astimezone(zone_of(journal, client)).date()
    made = _MADE[act, type(record)](record, at, today)
    if problems := problems_in(journal, made):
        raise Refused(problems)
    owed = isinstance(made, Issue | Crisis) and made.owed
    label = _UNTOLD.get(act, _LABELS[act]) if owed else _LABELS[act]
    with journal.action(label, at=at, **about(record)) as step:
        step.save(made)
    return step.changes()
