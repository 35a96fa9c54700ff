"""One side of a merge: all records of a journal or an archive, with what is known of earlier states."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from pmdesk.actions.carried.links import Values, carried, carried_fields
from pmdesk.actions.carried.log import Log, paged
from pmdesk.actions.carried.row import Shared
from pmdesk.actions.carried.states import Past, state_of
from pmdesk.journal import blobs
from pmdesk.journal.codec import columns
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress, untold
from pmdesk.records.client import Client
from pmdesk.records.declare import Kind
from pmdesk.records.kinds import KINDS

_TOLD_EVERY: Final = 500


@dataclass(frozen=True, slots=True)
class Carried:
    """A record: its values with every link by uuid, the number of its conversation, its past."""

    kind: str
    uuid: str
    values: Values
    thread: int | None
    past: Past

    @property
    def key(self) -> tuple[str, str]:
        """What its state shares with equal ones."""
        return state_of(KINDS[self.kind], self.values).key


class Mail(NamedTuple):
    """What is remembered of one mail: its conversation, the uuid of its record, and its columns."""

    message_id: str
    thread: int
    interaction: str | None
    columns: tuple[str | None, ...]


# The columns of `mail` that travel as they are.
MAIL_TEXTS = ("at", "subject_key", "envelope", "meeting", "lost")


@dataclass
class Side:
    """A journal as it is carried: records by uuid in the order of their ids, and what lies beside.

    `client` is the uuid of the one client whom an archive is of. `recall` gives back what a record
    was before a change, by its number, as long as the journal is open.
    """

    records: dict[str, Carried] = field(default_factory=dict)
    deleted: dict[str, Past] = field(default_factory=dict)
    mail: list[Mail] = field(default_factory=list)
    read_file: Callable[[str], bytes | None] = lambda _hash: None
    ids: dict[str, int] = field(default_factory=dict)
    client: str = ""
    recall: Callable[[Kind, int], Values] | None = None
    close: Callable[[], None] = lambda: None

    def of(self, kind: str) -> Iterator[Carried]:
        """The records of a kind."""
        return (one for one in self.records.values() if one.kind == kind)


def side_of(journal: Journal, client: Client | None = None, *, progress: Progress = untold) -> Side:
    """A journal, or what of it concerns one client. Raises JournalError.

    Of entries those that name this client alone; its work calendar goes along. What `progress`
    raises ends it.
    """
    progress(0, 0)
    log = Log(journal)
    side = Side(
        read_file=lambda name: blobs.read(journal, name), ids=log.ids, recall=log.values,
        client=client.uuid if client else "",
    )  # fmt: skip
    shared = Shared()
    for kind in KINDS.values():
        where, values = whose(kind, client)
        names = tuple(each.name for each in carried_fields(kind))
        listed = ", ".join(f'"{name}"' for name in columns(kind))
        sql = f"SELECT {listed} FROM {kind.name} WHERE id > ? AND ({where}) ORDER BY id LIMIT ?"
        for row in paged(journal, sql, *values):
            known = dict(zip(columns(kind), row, strict=True))
            uuid = log.live(kind.name, known["id"]) or known["uuid"]
            row_values = shared.row(names, carried(kind, known, log.live))
            past = log.past(kind, uuid)
            side.records[uuid] = Carried(kind.name, uuid, row_values, known.get("thread"), past)
            if len(side.records) % _TOLD_EVERY == 0:
                progress(len(side.records), len(log.ids))
    side.deleted = {
        uuid: past for uuid, past in log.deleted() if client is None or _is_of(past, client.uuid)
    }
    texts = ", ".join(MAIL_TEXTS)
    for _, message_id, thread, number, *rest in paged(
        journal,
        f"SELECT id, message_id, thread, interaction_id, {texts} FROM mail WHERE id > ?"
        " ORDER BY id LIMIT ?",
    ):
        interaction = log.live("interaction", number) if number is not None else None
        if client is None or interaction in side.records:
            side.mail.append(Mail(message_id, thread, interaction, tuple(map(shared, rest))))
    return side


def whose(kind: Kind, client: Client | None) -> tuple[str, list[Any]]:
    """The SQL condition on the records that concern a client; all of them without one."""
    if client is None:
        return "1", []
    if kind.name == "calendar":
        return "id = ?", [client.calendar_id]
    if kind.name == "entry":
        return "clients = ?", [json.dumps([client.id])]
    if kind.client is not None:
        return f'"{kind.client}" = ?', [client.id]
    if any(f.name == "project_id" for f in kind.fields):
        return "project_id IN (SELECT id FROM project WHERE client_id = ?)", [client.id]
    return "0", []


def _is_of(past: Past, client: str) -> bool:
    return bool(past.earlier) and past.earlier[-1].links.get("client_id") == client
