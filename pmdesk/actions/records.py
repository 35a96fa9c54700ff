"""Saving and deleting records of any kind."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from pmdesk.actions.checks import problems_in
from pmdesk.actions.consequences import follow
from pmdesk.actions.mail_addressed import Addressed
from pmdesk.actions.refusals import Refused
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.text.markdown import plain_line
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.changes import Changes
from pmdesk.journal.codec import moment_of
from pmdesk.journal.journal import Act, Journal
from pmdesk.records.attachment import ORIGINAL_OF, Attachment
from pmdesk.records.client import Client
from pmdesk.records.declare import Kind, Shape, kind_of
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.problems import Problem
from pmdesk.records.terms import follow_terms, terms_of
from pmdesk.words import mark

T = TypeVar("T")

ADD: Final = mark("{kind} “{what}” added")
EDIT: Final = mark("{kind} “{what}” changed")
DELETE: Final = mark("{kind} “{what}” deleted")
EDIT_AND_SORT: Final = mark("{kind} “{what}” changed, {moved} messages sorted anew")
DELETE_AND_SORT: Final = mark("{kind} “{what}” deleted, {moved} messages sorted anew")
# more than this at once, and there is a backup from before
MANY: Final = 20


class Saved(NamedTuple):
    """The record as it stands in the journal, what changed, and what it leaves open at its fields."""

    record: Any
    changes: Changes
    remarks: tuple[Problem, ...] = ()


def save_record(journal: Journal, record: Any, *, at: datetime) -> Saved:
    """Add or change a record; raises Refused with problems at fields, then nothing is written."""
    record = trimmed(record)
    problems = problems_in(journal, record)
    if problems:
        raise Refused(problems)
    stored = None if record.id is None else journal.get(type(record), record.id)
    if stored == record:
        return Saved(record, Changes(), _remarks(record))
    if stored is not None and not _made_on(journal, record, day := _day(journal, record, at)):
        record = follow_terms(stored, record, day)
    label = ADD if record.id is None else EDIT
    before = Addressed.before(journal, record)
    with journal.action(label, at=at, **about(record)) as act:
        saved = act.save(follow(journal, act, record))
        if moved := before.sort_anew(journal, act, saved):
            act.note(EDIT_AND_SORT, moved=moved)
    return Saved(saved, act.changes(), _remarks(saved))


def _day(journal: Journal, record: Any, at: datetime) -> date:
    """The day it is where a record belongs."""
    if isinstance(record, Client):
        return at.astimezone(zone_of(journal, record)).date()
    return at.astimezone(ZoneInfo(getattr(record, "zone", "UTC"))).date()


def _made_on(journal: Journal, record: Any, day: date) -> bool:
    """Whether a record was made on that day: what it said at first has not held yet."""
    if not any(terms_of(record)):
        return True
    rows = journal.rows(
        "SELECT min(a.at) FROM change c JOIN action a ON a.id = c.action_id"
        " WHERE c.tbl = ? AND c.row_id = ?",
        [kind_of(record).name, record.id],
    )
    made_at = rows[0][0]
    return made_at is None or _day(journal, record, moment_of(made_at)) == day


def _remarks(record: Any) -> tuple[Problem, ...]:
    """What a saved record is still asked for; nothing of it stands against saving."""
    asked = getattr(record, "remarks", None)
    return tuple(asked()) if asked else ()


def delete_record(journal: Journal, record: Any, *, at: datetime) -> Changes:
    """Delete a record with all that belongs to it, as one step that can be undone.

    Raises Refused where other records rest on it and would say less without it.
    """
    if standing := _standing_against(journal, record):
        raise Refused(standing)
    if sum(parts_of(journal, record).values()) > MANY:
        journal.back_up_before(Reason.DELETION)
    before = Addressed.before(journal, record)
    with journal.action(DELETE, at=at, **about(record)) as act:
        _delete_with_parts(journal, act, record)
        if isinstance(record, Identity) and (moved := before.sort_anew(journal, act, None)):
            act.note(DELETE_AND_SORT, moved=moved)
    return act.changes()


def parts_of(journal: Journal, record: Any) -> dict[str, int]:
    """How many records of which kind would be deleted along with `record`."""
    counts: dict[str, int] = {}
    for kind, name in _parts(kind_of(record)):
        n = journal.count(kind.cls, f'"{name}" = ?', [record.id])
        if n:
            counts[kind.name] = counts.get(kind.name, 0) + n
    return counts


def open_parts_of(journal: Journal, record: Any) -> dict[str, int]:
    """How many of them are not done with yet: what would be lost unfinished."""
    counts: dict[str, int] = {}
    for kind, name in _parts(kind_of(record)):
        if kind.done:
            n = journal.count(kind.cls, f'"{name}" = ? AND "{kind.done}" IS NULL', [record.id])
            if n:
                counts[kind.name] = counts.get(kind.name, 0) + n
    return counts


def _standing_against(journal: Journal, record: Any) -> list[Problem]:
    resting = [
        (kind, journal.count(kind.cls, f'"{field.name}" = ?', [record.id]))
        for kind in KINDS.values()
        for field in kind.references
        if field.meta.refers == kind_of(record).name and field.meta.keeps
    ]
    return [Problem("", _RESTS, {"n": n, "kind": kind.many}) for kind, n in resting if n]


_RESTS: Final = mark("{kind} rest on this: {n}. Delete them or move them first.")


def about(record: Any) -> dict[str, object]:
    """What a step of the log says of a record: its kind's word and its title, without Markdown.

    Of a contact the word is how it took place.
    """
    kind = kind_of(record)
    title = str(getattr(record, kind.title) or "")
    first = next((plain for line in title.splitlines() if (plain := plain_line(line))), "")
    word = record.channel.label if isinstance(record, Interaction) else kind.one
    return {"kind": word, "what": first[:80]}


def trimmed(record: T) -> T:
    """The record without white space around its one-line texts and without empty items."""
    kind = kind_of(record)
    values: dict[str, Any] = {}
    for field in kind.fields:
        value = getattr(record, field.name)
        if field.shape is Shape.TEXT and isinstance(value, str) and not field.meta.long:
            values[field.name] = value.strip()
        if field.shape is Shape.TEXTS:
            values[field.name] = tuple(item.strip() for item in value if item.strip())
    return replace(record, **values)  # type: ignore[type-var] # every kind is a dataclass


def _delete_with_parts(journal: Journal, act: Act, record: Any) -> None:
    for kind, name in _parts(kind_of(record)):
        for part in journal.find(kind.cls, f'"{name}" = ?', [record.id], order="id DESC"):
            _delete_with_parts(journal, act, part)
    owners = [f"{kind_of(record).name}:{record.id}"]
    if isinstance(record, Interaction):
        owners.append(f"{ORIGINAL_OF}:{record.id}")
    for owner in owners:
        for attachment in journal.find(Attachment, "owner = ?", [owner]):
            act.delete(attachment)
    for kind, name in _loose(kind_of(record)):
        for other in journal.find(kind.cls, f'"{name}" = ?', [record.id]):
            act.save(replace(other, **{name: None}))
    act.delete(record)


def _parts(parent: Kind) -> list[tuple[Kind, str]]:
    return [
        (kind, field.name)
        for kind in KINDS.values()
        for field in kind.references
        if field.meta.refers == parent.name and field.meta.owned
    ]


def _loose(parent: Kind) -> list[tuple[Kind, str]]:
    return [
        (kind, field.name)
        for kind in KINDS.values()
        for field in kind.references
        if field.meta.refers == parent.name and not field.meta.owned
    ]
