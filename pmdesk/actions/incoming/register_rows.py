"""The rows of a register as drafts of records; what of a cell was not understood is named."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from pmdesk.actions.incoming.register_asking import Sheet
from pmdesk.actions.incoming.register_fields import BY_NAME, LEAVE, fields_of
from pmdesk.actions.incoming.register_names import plain_name
from pmdesk.actions.incoming.register_notes import notes_of
from pmdesk.actions.incoming.register_states import Stated, stated
from pmdesk.actions.incoming.register_values import (
    LiesAhead,
    NotUnderstood,
    Setting,
    text_of,
    value_of,
)
from pmdesk.actions.incoming.register_whose import Known, Owners
from pmdesk.actions.incoming.values import Draft, LeftOut, Read, Reading, Untaken, named_uuid
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.text.said import Said, said
from pmdesk.exchange.tables.values import Row
from pmdesk.records.client import Client
from pmdesk.records.declare import Field, Shape, kind_of
from pmdesk.records.expectations import Expectation
from pmdesk.records.problems import problems_of
from pmdesk.records.transparency import ChangeRequest, Issue, Raid
from pmdesk.records.trust import Promise, Side
from pmdesk.words import mark

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A key that a tracker gives once, whatever the file is called: ABC-12.
_KEY: Final = re.compile(r"[A-Z][A-Z0-9_]+-\d+")
_KEY_NAMES: Final = frozenset(("issuekey", "key", "问题关键字", "关键字"))
# What tells one edition of a file from the next, behind its name: a day, a week, (2), v3. A number alone
# may be another register: what is made twice is seen, what is taken for another is lost.
_EDITION: Final = re.compile(
    r"[\s_\-–.]*(?:[(（]\d+[)）]|v\d+(?:\.\d+)?|(?:第?\d{1,2}周|w\d{1,2})|copy|final|副本|终稿"
    r"|20\d\d[-_.年]?\d{1,2}(?:[-_.月]?\d{1,2})?[日月]?(?:[t_\s-]*\d\d[-_.:]?\d\d(?:[-_.:]?\d\d)?)?"
    r"(?:[+-]\d{4})?)$",
    re.IGNORECASE,
)
# Fields that follow the source when it comes in again; texts are our own once they are here.
_FOLLOWS: Final = frozenset((
    "severity", "probability", "impact", "owner", "told_at", "fix_date", "closed_on", "decision",
    "decided_by", "decided_on", "told_on", "new_end", "due", "delivered_on", "broken_on", "new_due",
    "expected_day", "forecast_day", "forecast_minor", "forecast_number", "ended_on", "asked_on",
    "found_at",
))  # fmt: skip
_TRIES: Final = 4

_NO_TITLE: Final = mark("Nothing says what this row is about.")
_NOT_UNDERSTOOD: Final = mark("“{text}” is not understood here: the rest of the row was taken.")
_AHEAD: Final = mark("“{text}” lies ahead, which cannot be here: the rest of the row was taken.")
_UNCLEAR: Final = mark("“{text}” is no day that is understood, and it is needed.")


class Rows:
    """The rows of one table, made into drafts."""

    def __init__(self, reading: Reading, sheet: Sheet, owners: Owners, known: Known) -> None:
        self.reading, self.sheet, self.owners, self.known = reading, sheet, owners, known
        self._times: dict[tuple[str, ...], int] = {}
        self._named: set[tuple[str, str]] = set()
        self._zones: dict[int | None, ZoneInfo] = {}

    def drafts(self) -> Iterator[Read]:
        """A draft of each row, its notes behind it, and what was not taken."""
        for row in self.sheet.table.rows:
            self.reading.job.check()
            register = self.sheet.register_of(row)
            client = self.owners.of(self.sheet, row)
            if register == LEAVE:
                yield LeftOut(mark("Rows of a type that is not taken"))
            elif not text_of(self.sheet.cell(row, "title")):
                yield Untaken(self._where(row), said(_NO_TITLE))
            elif client is None:
                yield LeftOut(mark("Rows of no client"))
            else:
                yield from self._of_row(row, register, client)

    def _of_row(self, row: Row, register: str, client: Client) -> Iterator[Read]:
        cls = BY_NAME[register].cls if register in BY_NAME else Issue
        setting = Setting(self.sheet.order, self._zone(client), self.reading.at)
        values, renews, unclear = {}, set[str](), None
        for slot, field in fields_of(cls).items():
            if slot not in self.sheet.places or slot in {"type", "status"}:
                continue
            cell, column = self.sheet.cell(row, slot), self._column(slot)
            try:
                value = (
                    self._project(cell, client) if field.meta.refers
                    else value_of(cell, field, column, setting._replace(scale=self.sheet.scales.get(slot, 5)))
                )  # fmt: skip
            except NotUnderstood as error:
                if field.meta.required and field.shape in {Shape.DAY, Shape.MOMENT}:
                    unclear = said(_UNCLEAR, text=text_of(cell))
                else:
                    yield from self._not_taken(row, slot, cell, ahead=isinstance(error, LiesAhead))
                continue
            if value is not None:
                values[field.name] = value
                renews.add(field.name)
        title = values.get(kind_of(cls).title, "")
        if not title:
            yield Untaken(self._where(row), said(_NO_TITLE))
            return
        uuid, there = self._identity(row, cls, client, str(title))
        state = self._stated(row, cls, values, there)
        if state.not_understood:
            yield from self._not_taken(row, "status", self.sheet.cell(row, "status"))
        values |= state.values
        renews |= state.values.keys()
        values |= self._defaults(cls, register, values, client, setting, there)
        record = cls(uuid=uuid, client_id=client.id, **_kept_seconds(values, there))
        record, refused = _without_problems(record)
        for name, sentence in refused:
            yield Untaken(f"{self._where(row)}{self._column_of(cls, name)}", sentence)
            renews.discard(name)
        left = problems_of(record)
        if left and unclear is None:
            unclear = said(left[0].sentence, **left[0].values)
        yield Draft(
            record, str(title), self._more(register, client),
            renews=tuple(sorted(renews & _FOLLOWS)), unclear=unclear, source=self._where(row),
        )  # fmt: skip
        if unclear is None:
            yield from notes_of(self.sheet, row, record, client, setting)

    def _more(self, register: str, client: Client) -> Said:
        title = BY_NAME[register].title if register in BY_NAME else Raid(register).label
        return said(mark("{what} of {name}"), what=said(title), name=client.name)

    def _where(self, row: Row) -> str:
        return f"{self.sheet.name}: {row.number}"

    def _column(self, slot: str) -> str:
        return self.sheet.table.head[self.sheet.places[slot]]

    def _column_of(self, cls: type[Any], name: str) -> str:
        """The column that fills a field, as it is named behind its row."""
        slots = [slot for slot, field in fields_of(cls).items() if field.name == name]
        return next((f" · {self._column(one)}" for one in slots if one in self.sheet.places), "")

    def _not_taken(
        self, row: Row, slot: str, cell: Any, *, ahead: bool = False
    ) -> Iterator[Untaken]:
        """A cell that was not taken: what stands in many rows is named once."""
        text, column = text_of(cell), self._column(slot)
        if (slot, text) not in self._named:
            self._named.add((slot, text))
            where = f"{self._where(row)} · {column}"
            yield Untaken(where, said(_AHEAD if ahead else _NOT_UNDERSTOOD, text=text[:80]))

    def _zone(self, client: Client) -> ZoneInfo:
        if client.id not in self._zones:
            self._zones[client.id] = zone_of(self.reading.journal, client)
        return self._zones[client.id]

    def _project(self, cell: Any, client: Client) -> int | None:
        text = text_of(cell)
        if not text:
            return None
        project = self.known.project(text, client)
        if project is None:
            raise NotUnderstood(text)
        return project.id

    def _identity(self, row: Row, cls: type[Any], client: Client, title: str) -> tuple[str, Any]:
        """The uuid of a row, and the record that it is already."""
        own = text_of(self.sheet.cell(row, "uuid")).lower()
        if _UUID.fullmatch(own):
            return own, self.known.by_uuid(cls, own)
        number = text_of(self.sheet.cell(row, "id"))
        kind = kind_of(cls)
        if number and plain_name(self._column("id")) in _KEY_NAMES and _KEY.fullmatch(number):
            parts = ["register", client.uuid, kind.name, number]
        else:
            place = (_without_edition(self.sheet.stem), self.sheet.table.name.strip().casefold())
            parts = ["register", client.uuid, kind.name, *place, number or title]
        times = self._times[tuple(parts)] = self._times.get(tuple(parts), 0) + 1
        uuid = named_uuid(*parts, *([str(times)] if times > 1 else []))
        there = self.known.by_uuid(cls, uuid)
        if there is None and not number and times == 1 and client.id is not None:
            there = self.known.called(cls, kind.title, client.id, title)
        return (there.uuid, there) if there is not None else (uuid, None)

    def _stated(self, row: Row, cls: type[Any], values: dict[str, Any], there: Any) -> Stated:
        if "status" not in self.sheet.places:
            return Stated({})
        place = self.sheet.columns.plain
        category = place.index("statuscategory") if "statuscategory" in place else None
        texts = [text_of(self.sheet.cell(row, "status"))]
        if category is not None:
            texts.append(text_of(row.at(category)))
        return stated(cls, texts, values, there, self.sheet.day)

    def _defaults(
        self, cls: type[Any], register: str, values: dict[str, Any], client: Client,
        setting: Setting, there: Any,
    ) -> dict[str, Any]:  # fmt: skip
        """What a record needs where its row says nothing: what it says already, else the table's day."""
        found: dict[str, Any] = {}
        if cls is Issue:
            found["raid"] = Raid.ISSUE if register == "problem" else Raid(register)
            if "found_at" not in values:
                day = datetime.combine(self.sheet.day, time(), setting.zone)
                found["found_at"] = there.found_at if there else day.astimezone(UTC)
        elif cls is ChangeRequest:
            if "asked_on" not in values:
                found["asked_on"] = there.asked_on if there else self.sheet.day
        elif cls is Promise:
            if values.get("by", Side.US) is Side.US and not values.get("to_whom"):
                found["to_whom"] = client.name
        elif cls is Expectation and not values.get("said_by"):
            found["said_by"] = client.name
        return found


def _without_edition(stem: str) -> str:
    """The name of a file in small letters, without what tells its edition."""
    while hit := _EDITION.search(stem):
        stem = stem[: hit.start()]
    return stem.strip().casefold()


def _kept_seconds(values: dict[str, Any], there: Any) -> dict[str, Any]:
    """Values, of moments those that are here already where the source tells them without seconds."""
    return {name: _exact(value, getattr(there, name, None)) for name, value in values.items()}


def _exact(value: Any, before: Any) -> Any:
    if not isinstance(value, datetime) or not isinstance(before, datetime):
        return value
    return before if before.replace(second=0, microsecond=0) == value else value


def _without_problems(record: Any) -> tuple[Any, list[tuple[str, Said]]]:
    """A record without the values that its own rules refuse, and what was refused."""
    refused: list[tuple[str, Said]] = []
    for _ in range(_TRIES):
        kind = kind_of(record)
        wrong = {p.field: p for p in problems_of(record)}
        bad = {
            name: problem for name, problem in wrong.items()
            if getattr(record, name) != _default(kind.field(name)) and not kind.field(name).meta.required
        }  # fmt: skip
        if not bad:
            break
        refused += [(name, said(p.sentence, **p.values)) for name, p in bad.items()]
        record = replace(record, **{name: _default(kind.field(name)) for name in bad})
    return record, refused


def _default(field: Field) -> Any:
    return field.default
