"""Registers: the records of a kind as one list, of a client or of the whole journal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.clients import in_order
from pmdesk.answers.of_project import of_project
from pmdesk.answers.relationship import Relationship, relationship
from pmdesk.answers.rows.records import row_of, rows_of
from pmdesk.answers.text.said import Said, said
from pmdesk.journal.codec import moment_text, until_text
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.declare import Field, Kind, kind_of
from pmdesk.records.expectations import Confirmation, Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid
from pmdesk.records.trust import Promise
from pmdesk.words import mark

# So many contacts are read at a time: their texts may be long, and none of them is shown.
_BLOCK: Final = 2000


@dataclass(frozen=True)
class Register:
    """A register: a kind of records, and which of its fields stay out.

    `ours` stand only in our own edition, `never` in none. One with `states` says how each record
    stands.
    """

    name: str
    title: str
    cls: type[Any]
    empty: str
    ours: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    states: bool = True

    @property
    def kind(self) -> Kind:
        """The declaration of its records."""
        return kind_of(self.cls)

    def fields(self, *, internal: bool) -> list[Field]:
        """The declared fields that it shows: what a record is called comes first."""
        shown = [
            one
            for one in self.kind.fields
            if not one.meta.hidden
            and one.name not in self.never
            and one.name != self.kind.client
            and (internal or not (one.meta.internal or one.name in {*self.ours, "internal"}))
        ]
        return sorted(shown, key=lambda one: one.name != self.kind.title)


REGISTERS: Final = (
    Register("raid", mark("RAID log"), Issue, mark("No problem and no risk is written down.")),
    Register(
        "expectations", mark("Expectations"), Expectation, mark("No expectation is written down.")
    ),
    Register("promises", mark("Promises"), Promise, mark("No promise is written down.")),
    Register("changes", mark("Change requests"), ChangeRequest, mark("No change was asked for.")),
    Register(
        "stakeholders",
        mark("Stakeholders"),
        Contact,
        mark("Nobody is known there yet."),
        # what we think of their people is not for them to read
        ours=frozenset({"influence", "interest"}),
        states=False,
    ),
    Register(
        "contacts",
        mark("Contact log"),
        Interaction,
        mark("No contact yet."),
        ours=frozenset({"automatic", "needs_reply"}),
        never=frozenset({"text"}),
        states=False,
    ),
)


class RegisterRow(NamedTuple):
    """A record, whose it is, and how it stands in a word; `confirmed` is its last confirmation."""

    record: Any
    client: str
    state: Said | None = None
    confirmed: Confirmation | None = None


@dataclass(frozen=True)
class Registers:
    """What registers are made of, as things stand at `at`; rows are read when they are asked for.

    Without `internal` nothing that its client may not read is among them, nor what a client is
    first to be told in another way. Of one `project` only what is linked to it, and the people of
    its client; 0 is all. Days and moments are told in `zone`.
    """

    journal: Journal
    client: Client | None
    internal: bool
    at: datetime
    project: int = 0
    _titles: dict[str, Mapping[int, str]] = field(default_factory=dict)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The client's zone; of the whole journal that of its first calendar."""
        return zone_of(self.journal, self.client)

    @cached_property
    def clients(self) -> list[Client]:
        """Those whose records they are, by name."""
        if self.client is not None:
            return [self.client]
        return in_order(self.journal.find(Client))

    @cached_property
    def _relationships(self) -> list[Relationship]:
        found = [relationship(self.journal, client, at=self.at) for client in self.clients]
        return [of_project(rel, self.project) for rel in found] if self.project else found

    def count(self, register: Register) -> int:
        """How many records stand in a register."""
        if register.cls is Interaction:
            return self.journal.count(Interaction, *self._contacts())
        return sum(
            self._open(record) for rel in self._relationships for record in rel.of(register.cls)
        )

    def rows(self, register: Register, most: int) -> Iterator[RegisterRow]:
        """The first `most` rows: by client, what is open first, then the newest."""
        found = (
            self._contact_rows(most)
            if register.cls is Interaction
            else (row for rel in self._relationships for row in self._of(rel, register))
        )
        for _, row in zip(range(most), found, strict=False):
            yield row

    def title_of(self, kind_name: str, record_id: int) -> str:
        """What a record is called that another one refers to; empty where it has gone."""
        if kind_name not in self._titles:
            kind = KINDS[kind_name]
            rows = self.journal.rows(f'SELECT id, "{kind.title}" FROM {kind.name}')
            self._titles[kind_name] = dict(rows)
        return self._titles[kind_name].get(record_id, "")

    def _of(self, rel: Relationship, register: Register) -> Iterator[RegisterRow]:
        known = rel.by_id(register.kind.name)
        for row in rows_of(rel, register.kind.name):
            record = known[row.key.id]
            if self._open(record):
                state = self._state(rel, record) if register.states else None
                yield RegisterRow(record, rel.client.name, state, self._confirmed(rel, record))

    def _state(self, rel: Relationship, record: Any) -> Said | None:
        """How a record stands; whether we told a client in time is no word for a client."""
        if not self.internal and isinstance(record, Issue) and record.raid is Raid.ISSUE:
            return said(mark("Closed") if record.closed_on else mark("Still open"))
        badge = row_of(rel, record).badge
        return said(badge[0]) if badge else None

    def _confirmed(self, rel: Relationship, record: Any) -> Confirmation | None:
        if not isinstance(record, Expectation):
            return None
        of_it = [
            one
            for one in rel.of(Confirmation)
            if one.expectation_id == record.id and self._open(one)
        ]
        return max(of_it, key=lambda one: (one.day or date.min, one.id or 0), default=None)

    def _open(self, record: Any) -> bool:
        return self.internal or is_open_to_client(record)

    def _contacts(self) -> tuple[str, list[Any]]:
        where, values = "client_id IS NOT NULL AND at <= ?", list[Any]([until_text(self.at)])
        if self.client is not None:
            where, values = f"{where} AND client_id = ?", [*values, self.client.id]
        if self.project:
            where, values = f"{where} AND project_id = ?", [*values, self.project]
        if not self.internal:
            where += " AND internal = 0 AND reached"
        return where, values

    def _contact_rows(self, most: int) -> Iterator[RegisterRow]:
        names = {client.id: client.name for client in self.clients}
        where, values = self._contacts()
        begin: list[Any] = []
        while True:
            after = f"{where} AND (at, id) < (?, ?)" if begin else where
            block = self.journal.find(
                Interaction,
                after,
                [*values, *begin],
                order="at DESC, id DESC",
                limit=min(_BLOCK, most),
            )
            for one in block:
                yield RegisterRow(one, names.get(one.client_id, ""))
            if len(block) < _BLOCK or block[-1].at is None:
                return
            begin = [moment_text(block[-1].at), block[-1].id]


def is_open_to_client(record: Any) -> bool:
    """Whether a client may read a record.

    One that is internal never; of a problem and of a decision it is to hear from us first, and a
    message that did not go to it is none of its own.
    """
    if kind_of(record).internal or getattr(record, "internal", False):
        return False
    match record:
        case Issue():
            return record.raid is not Raid.ISSUE or record.told_at is not None
        case ChangeRequest():
            return record.decision is Decision.OPEN or record.told_on is not None
        case Interaction():
            return record.reached
    return True
