"""One side of a merge: all records of a journal or an archive, with what is known of earlier states."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from pmdesk.actions.carried.links import (
    Values,
    carried,
    carried_fields,
    linking,
    names_in,
)
from pmdesk.journal import blobs
from pmdesk.journal.codec import columns
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.declare import Kind
from pmdesk.records.kinds import KINDS


class State(NamedTuple):
    """What a record was once: a digest of what it said, whom it named, and all of it where known."""

    said: str
    links: Values
    values: Values | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What two equal states share."""
        return self.said, json.dumps(self.links, sort_keys=True)


def state_of(kind: Kind, values: Values) -> State:
    """The state of a record that says `values`."""
    linked = set(linking(kind))
    own = {f.name: values[f.name] for f in carried_fields(kind) if f.name not in linked}
    text = json.dumps(own, sort_keys=True)
    return State(sha256(text.encode()).hexdigest()[:32], names_in(kind, values), values)


@dataclass(frozen=True)
class Past:
    """When a record last changed (UTC, as stored), and what it was before, the latest last."""

    kind: str
    at: str
    earlier: tuple[State, ...] = ()

    @property
    def keys(self) -> frozenset[tuple[str, str]]:
        """What its earlier states share with equal ones."""
        return frozenset(state.key for state in self.earlier)


@dataclass(frozen=True)
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
    """A journal as it is carried: records by uuid in the order of their ids, and what lies beside."""

    records: dict[str, Carried] = field(default_factory=dict)
    deleted: dict[str, Past] = field(default_factory=dict)
    mail: list[Mail] = field(default_factory=list)
    read_file: Callable[[str], bytes | None] = lambda _hash: None
    ids: dict[str, int] = field(default_factory=dict)

    def of(self, kind: str) -> Iterator[Carried]:
        """The records of a kind."""
        return (one for one in self.records.values() if one.kind == kind)


def side_of(journal: Journal, client: Client | None = None) -> Side:
    """A journal, or what of it concerns one client. Raises JournalError.

    Of entries those that name this client alone; its work calendar goes along.
    """
    log = _Log(journal)
    side = Side(read_file=lambda name: blobs.read(journal, name), ids=log.ids)
    for kind in KINDS.values():
        where, values = whose(kind, client)
        for row in journal.rows(
            f"SELECT {', '.join(f'{chr(34)}{name}{chr(34)}' for name in columns(kind))}"
            f" FROM {kind.name} WHERE {where} ORDER BY id",
            values,
        ):
            known = dict(zip(columns(kind), row, strict=True))
            uuid = known["uuid"]
            side.records[uuid] = Carried(
                kind.name, uuid, carried(kind, known, log.live), known.get("thread"),
                log.past(kind, known["id"]),
            )  # fmt: skip
    side.deleted = {
        uuid: past for uuid, past in log.deleted() if client is None or _is_of(past, client.uuid)
    }
    texts = ", ".join(MAIL_TEXTS)
    for message_id, thread, number, *rest in journal.rows(
        f"SELECT message_id, thread, interaction_id, {texts} FROM mail ORDER BY id"
    ):
        interaction = log.live("interaction", number) if number is not None else None
        if client is None or interaction in side.records:
            side.mail.append(Mail(message_id, thread, interaction, tuple(rest)))
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


class _Log:
    """What the action log tells of records: their uuids, also of deleted ones, and earlier states."""

    def __init__(self, journal: Journal) -> None:
        self.ids: dict[str, int] = {}
        self._live: dict[tuple[str, int], str] = {}
        self._known: dict[tuple[str, int], str] = {}
        self._past: dict[tuple[str, int], list[str]] = {}
        self._at: dict[tuple[str, int], str] = {}
        for kind in KINDS:
            for number, uuid in journal.rows(f"SELECT id, uuid FROM {kind}"):
                self._live[kind, number] = uuid
                self.ids[uuid] = number
        self._known.update(self._live)
        self._meant: set[tuple[str, int]] = set()
        for table, number, at, before, meant in journal.rows(
            "SELECT c.tbl, c.row_id, a.at, c.before, c.op = 'D' AND a.kind <> 'undo'"
            " FROM change c JOIN action a"
            " ON a.id = c.action_id WHERE c.tbl <> 'mail' ORDER BY c.id"
        ):
            self._at[table, number] = at
            if meant:
                self._meant.add((table, number))
            if before is not None:
                self._past.setdefault((table, number), []).append(before)
                if (table, number) not in self._known:
                    self._known[table, number] = json.loads(before)["uuid"]

    def live(self, kind: str, number: int) -> str | None:
        """The uuid of a record that is there."""
        return self._live.get((kind, number))

    def known(self, kind: str, number: int) -> str | None:
        """The uuid of a record that is or was there."""
        return self._known.get((kind, number))

    def past(self, kind: Kind, number: int) -> Past:
        """What a record was."""
        place = kind.name, number
        earlier = [
            state_of(kind, carried(kind, json.loads(before), self.known))
            for before in self._past.get(place, ())
        ]
        return Past(kind.name, self._at.get(place, ""), tuple(earlier))

    def deleted(self) -> Iterator[tuple[str, Past]]:
        """Records that were deleted, by uuid; one whose adding was taken back is none of them."""
        for place, uuid in self._known.items():
            if place in self._meant and place not in self._live and uuid not in self.ids:
                yield uuid, self.past(KINDS[place[0]], place[1])
