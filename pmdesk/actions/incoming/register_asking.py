"""What a table cannot tell by itself: which register it is, which column is what, how days stand."""

import hashlib
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from pmdesk.actions.incoming.register_fields import (
    BY_NAME,
    BY_TYPE,
    LEAVE,
    REGISTERS,
    Columns,
    columns_of,
    fields_of,
    own_kind,
    proposed_columns,
    proposed_register,
    slots_of,
)
from pmdesk.actions.incoming.register_names import plain_name
from pmdesk.actions.incoming.register_values import SCALES, text_of
from pmdesk.actions.incoming.register_words import CLOSED, TYPES
from pmdesk.actions.incoming.remembered import remembered
from pmdesk.actions.incoming.values import Asked, Reading
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.text.said import Said, said
from pmdesk.exchange.tables.days import Order, is_open, moment_of, order_told
from pmdesk.exchange.tables.values import Row, Table
from pmdesk.records.declare import Shape
from pmdesk.records.transparency import Issue, Raid
from pmdesk.words import mark

# What the importer is called.
NAME: Final = "registers"
# The answer that no column holds something.
NO_COLUMN: Final = "-"
_EXAMPLE: Final = 60
_NAMED_TYPES: Final = 6
_DAYS_LOOKED_AT: Final = 2_000
_LEAVE_OUT: Final = said(mark("leave it out"))
_SHARE: Final = re.compile(r"0?[.]\d+")
_ORDERS: Final[tuple[Order, ...]] = ("dmy", "mdy")


@dataclass
class Sheet:
    """A table, where it stands, and the day it was written as far as its file tells."""

    table: Table
    columns: Columns
    source: str
    stem: str
    written: date
    several: bool
    shape: str = ""
    recalled: Mapping[str, str] = field(default_factory=dict)
    register: str = LEAVE
    others: str = LEAVE
    places: Mapping[str, int] = field(default_factory=dict)
    order: Order = "dmy"
    day: date = date.min
    people: dict[str, str] | None = None
    scales: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What a person calls it."""
        return f"{self.source} · {self.table.name}" if self.table.name else self.source

    @property
    def classes(self) -> tuple[type[Any], ...]:
        """The kinds of record that its rows become."""
        if self.register == BY_TYPE:
            names = {*self.types.values(), self.others} - {LEAVE}
            found = {BY_NAME[one].cls for one in names if one in BY_NAME} | (
                {Issue} if names - BY_NAME.keys() else set()
            )
            return tuple(one.cls for one in _each_class() if one.cls in found) or (Issue,)
        return (BY_NAME[self.register].cls,)

    @property
    def types(self) -> dict[str, str]:
        """What rows say that they are, each with the register that it means."""
        place = self.places.get("type")
        if place is None:
            return {}
        told = dict.fromkeys(text_of(row.at(place)) for row in self.table.rows)
        return {text: TYPES.get(plain_name(text), own_type(text)) for text in told if text}

    def key(self, name: str) -> str:
        """The key of a question about this table alone."""
        return f"{name}:{self.table.name or self.source}" if self.several else name

    def recalling(self, asked: Asked) -> Asked:
        """A question of this table's shape, with what was answered for such a one before."""
        base = asked.key.removesuffix(f":{self.table.name or self.source}")
        before = next((answer for key, answer in self.recalled.items()
                       if key == base or key.startswith(f"{base}:")), None)  # fmt: skip
        asked = asked._replace(shape=self.shape)
        if before is None or before not in dict(asked.choices):
            return asked
        return asked._replace(proposed=before, required=False)

    def register_of(self, row: Row) -> str:
        """The register that a row belongs to."""
        if self.register != BY_TYPE:
            return self.register
        place = self.places.get("type")
        told = text_of(row.at(place)) if place is not None else ""
        known = TYPES.get(plain_name(told), own_type(told)) if told else ""
        return known or self.others

    def cell(self, row: Row, slot: str) -> Any:
        """The cell of a row that holds something; None where no column does."""
        place = self.places.get(slot)
        return None if place is None else row.at(place)


def own_type(text: str) -> str:
    """The register of a type as this program writes it; empty for any other."""
    from pmdesk.actions.incoming.register_values import NotUnderstood, choice_of

    try:
        found = choice_of(text, Raid)
    except NotUnderstood:
        return ""
    return "problem" if found is Raid.ISSUE else str(found.value)


def _each_class() -> Iterator[Any]:
    seen: set[type[Any]] = set()
    for one in REGISTERS:
        if one.cls not in seen:
            seen.add(one.cls)
            yield one


def sheet_of(reading: Reading, table: Table, path: Path, *, several: bool) -> Sheet:
    """A table of a file as it is asked about, with what was answered for one of its head before."""
    written = min(datetime.fromtimestamp(path.stat().st_mtime, UTC), reading.at)
    day = written.astimezone(zone_of(reading.journal, None)).date()
    shape = hashlib.sha256("\x1f".join(table.head).encode("utf-8", "replace")).hexdigest()[:32]
    known = remembered(reading.journal, NAME, shape)
    columns = columns_of(table)
    return Sheet(table, columns, path.name, path.stem, day, several, shape, known, day=day)


def register_asked(reading: Reading, sheet: Sheet) -> Iterator[Asked]:
    """The questions which register it is, and what rows of another type are."""
    proposed = proposed_register(sheet.table, sheet.columns, sheet.stem)
    type_place = proposed_columns(sheet.columns, [one.cls for one in _each_class()]).get("type")
    sheet.places = {} if type_place is None else {"type": type_place}
    if any(sheet.types.values()) or (type_place is not None and proposed == LEAVE):
        proposed = BY_TYPE
    choices: list[tuple[str, str | Said]] = [(one.name, said(one.title)) for one in REGISTERS]
    if type_place is not None:
        column = sheet.columns.names[type_place]
        choices.append((BY_TYPE, said(mark("as each row says in “{column}”"), column=column)))
    asked = sheet.recalling(Asked(
        sheet.key("register"), said(mark("What does the table “{name}” hold?"), name=sheet.name),
        (*choices, (LEAVE, _LEAVE_OUT)), proposed, required=proposed == LEAVE and not sheet.several,
    ))  # fmt: skip
    if asked.required and asked.proposed == LEAVE:
        asked = asked._replace(proposed="")
    yield asked
    sheet.register = reading.answer(asked) or LEAVE
    if sheet.register == BY_TYPE:
        yield from _others(reading, sheet)


def _others(reading: Reading, sheet: Sheet) -> Iterator[Asked]:
    types = sheet.types
    strange = [text for text, known in types.items() if not known]
    if not strange:
        return
    names = (*strange[:_NAMED_TYPES], *("…" for _ in strange[_NAMED_TYPES : _NAMED_TYPES + 1]))
    asked = sheet.recalling(Asked(
        sheet.key("others"), said(mark("What are rows of another type ({types})?"), types=names),
        (*((one.name, said(one.title)) for one in REGISTERS), (LEAVE, _LEAVE_OUT)),
        LEAVE, required=not any(types.values()),
    ))  # fmt: skip
    yield asked
    sheet.others = reading.answer(asked)


def columns_asked(reading: Reading, sheet: Sheet, projects: Container[str]) -> Iterator[Asked]:
    """The questions which column holds what; none for what no column is left for.

    A column of projects is proposed where it names one of these.
    """
    proposed = proposed_columns(sheet.columns, sheet.classes)
    named = proposed.get("project")
    if named is not None and not any(
        text_of(row.at(named)).casefold() in projects for row in sheet.table.rows
    ):
        del proposed["project"]
    slots = slots_of(sheet.classes)
    own = own_kind(sheet.columns) is not None
    examples = _examples(sheet)
    choices: tuple[tuple[str, str | Said], ...] = (
        (NO_COLUMN, said(mark("not taken"))),
        *((name, name) for name in sheet.columns.names if name in examples),
    )
    asked: dict[str, Asked] = {}
    for slot, label in slots.items():
        if slot == "type" and sheet.register != BY_TYPE:
            continue
        place = proposed.get(slot)
        name = sheet.columns.names[place] if place is not None else NO_COLUMN
        one = Asked(
            sheet.key(f"column:{slot}"),
            said(mark("Which column holds “{field}”?"), field=said(label)),
            choices if name in dict(choices) else (*choices, (name, name)),
            name, required=slot == "title" and name == NO_COLUMN, kind="column",
            label=said(label), part=sheet.name, examples=examples,
        )  # fmt: skip
        asked[slot] = sheet.recalling(one)
    held = {slot: reading.answer(one) for slot, one in asked.items()}
    rest = examples.keys() - set(held.values())
    for slot, one in asked.items():
        if (
            held[slot] != NO_COLUMN
            or one.required
            or (rest and not own)
            or reading.is_answered(one)
        ):
            yield one
    places = {slot: sheet.columns.place(name) for slot, name in held.items()}
    sheet.places = {slot: place for slot, place in places.items() if place is not None}
    if own and "uuid" in proposed:
        sheet.places = {**sheet.places, "uuid": proposed["uuid"]}


def _examples(sheet: Sheet) -> Mapping[str, str]:
    """The columns in which something stands, each with the first of it."""
    found: dict[str, str] = {}
    for place, name in enumerate(sheet.columns.names):
        texts = (" ".join(text_of(row.at(place)).split()) for row in sheet.table.rows)
        example = next(filter(None, texts), "")
        if name and example:
            found[name] = example[:_EXAMPLE]
    return found


def scales_asked(reading: Reading, sheet: Sheet) -> Iterator[Asked]:
    """The questions how far numbers count where none of a column shows it."""
    for slot in ("probability", "impact"):
        cells = [text_of(sheet.cell(row, slot)) for row in _taken_rows(sheet)]
        numbers = {
            int(cell) for cell in cells if cell.isascii() and cell.isdigit() and len(cell) < 3
        }
        highest = max(numbers, default=0)
        if highest <= 1 and any(_SHARE.fullmatch(cell) for cell in cells):
            sheet.scales[slot] = 1  # of shares one is all
            continue
        sheet.scales[slot] = 10 if 5 < highest <= 10 else 5
        if not 0 < highest <= 3:
            continue
        column = sheet.table.head[sheet.places[slot]]
        asked = sheet.recalling(Asked(
            sheet.key(f"scale:{slot}"), said(mark("How far does “{column}” count?"), column=column),
            tuple((str(scale), said(mark("1 to {most}"), most=scale)) for scale in SCALES),
            required=True,
        ))  # fmt: skip
        yield asked
        sheet.scales[slot] = int(reading.answer(asked) or 5)


def days_asked(reading: Reading, sheet: Sheet) -> Iterator[Asked]:
    """The questions in which order days stand, and which day holds where a row tells none."""
    yield from _order(reading, sheet)
    required = _lacks_required_day(sheet)
    if not required and not _lacks_closing_day(sheet):
        return
    asked = Asked(
        sheet.key("day"), said(mark("On which day was “{name}” written? It holds where a row tells none."),
                               name=sheet.name),
        proposed=sheet.written.isoformat(), required=required, kind="day",
    )  # fmt: skip
    yield asked
    today = reading.at.astimezone(zone_of(reading.journal, None)).date()
    sheet.day = min(reading.day(asked) or sheet.written, today)


def _order(reading: Reading, sheet: Sheet) -> Iterator[Asked]:
    cells = list(_day_cells(sheet))
    told = Counter(order for cell in cells if (order := order_told(cell)) is not None)
    if told:
        sheet.order = told.most_common(1)[0][0]
        return
    unclear = next((cell for cell in cells if is_open(cell)), None)
    if unclear is None:
        return
    choices = tuple((order, said("{day}", day=_date(unclear, order))) for order in _ORDERS)
    asked = sheet.recalling(Asked(
        sheet.key("order"), said(mark("Which day is “{text}”?"), text=str(unclear).strip()),
        choices, required=True,
    ))  # fmt: skip
    yield asked
    sheet.order = next((one for one in _ORDERS if one == reading.answer(asked)), "dmy")


def _date(cell: Any, order: Order) -> date:
    found = moment_of(cell, order)
    if isinstance(found, datetime):
        return found.date()
    return found or date.min


def _day_cells(sheet: Sheet) -> Iterator[Any]:
    slots = {
        slot for cls in sheet.classes for slot, one in fields_of(cls).items()
        if one.shape in {Shape.DAY, Shape.MOMENT}
    } & sheet.places.keys()  # fmt: skip
    for row in sheet.table.rows[:_DAYS_LOOKED_AT]:
        for slot in slots:
            yield sheet.cell(row, slot)


def _lacks_required_day(sheet: Sheet) -> bool:
    """Whether a row tells no day where its record needs one."""
    needs = any(
        slot == "since" and one.meta.required
        for cls in sheet.classes
        for slot, one in fields_of(cls).items()
    )
    return needs and any(not text_of(sheet.cell(row, "since")) for row in _taken_rows(sheet))


def _lacks_closing_day(sheet: Sheet) -> bool:
    return "status" in sheet.places and any(
        plain_name(text_of(sheet.cell(row, "status"))) in CLOSED
        and not text_of(sheet.cell(row, "closed"))
        for row in _taken_rows(sheet)
    )


def _taken_rows(sheet: Sheet) -> Iterator[Row]:
    return (row for row in sheet.table.rows if sheet.register_of(row) != LEAVE)
