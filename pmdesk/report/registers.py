"""Registers as tables: all of their fields for a workbook, the main ones of the first rows for paper."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Final

from pmdesk.answers.registers import REGISTERS, Register, RegisterRow, Registers
from pmdesk.answers.text.said import say
from pmdesk.answers.text.who import person
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.declare import Field, Shape
from pmdesk.records.transparency import Severity
from pmdesk.report import tables
from pmdesk.report.asks import EDITION, LANGUAGE, PARTS, PROJECT, Request
from pmdesk.report.cut import MOST_ROWS
from pmdesk.report.declare import Part, ReportKind
from pmdesk.report.setting import Setting
from pmdesk.report.sheets import Book, Cell, Column, Form, Sheet
from pmdesk.report.values import Section
from pmdesk.words import Words, mark

_FORMS: Final[dict[Shape, Form]] = {
    Shape.DAY: "day",
    Shape.MOMENT: "moment",
    Shape.WHOLE: "whole",
    Shape.REAL: "number",
}
# Widths in characters of a workbook's columns.
_WIDTHS: Final[dict[Form, int]] = {
    "text": 18, "day": 13, "moment": 17, "whole": 12, "number": 14, "money": 16,
}  # fmt: skip
_WIDE, _NARROW = 46, 14
# Shares of a printed row.
_SHARES: Final[dict[Form, float]] = {
    "text": 1.7, "day": 1.85, "moment": 2.5, "whole": 1, "number": 1, "money": 1.4,
}  # fmt: skip
_TITLE_SHARE: Final = 4.0


def _facts(journal: Journal, client: Client | None, request: Request, at: datetime) -> Registers:
    return Registers(journal, client, request.internal, at, request.project)


def _subtitle(facts: Registers, setting: Setting) -> str:
    if facts.client is not None:
        return facts.title_of("project", facts.project)
    n = len(facts.clients)
    return setting.words.plural("{n} client", "{n} clients", n)


def _period(facts: Registers, setting: Setting) -> str:
    words = setting.words
    return words("As of {moment}", moment=words.moment(facts.at, setting.zone))


def book(facts: Registers, setting: Setting) -> Book:
    """The chosen registers as a workbook: a sheet for each, a first one that says what is in it."""
    words = setting.words
    by_name = {one.name: one for one in REGISTERS}
    chosen = [by_name[part.name] for part in REGISTERS_KIND.chosen(setting.request)]
    edition = words("internal, not for the client") if facts.internal else words("for the client")
    return Book(
        title=words(REGISTERS_KIND.title),
        whose=_whose(facts, words),
        remarks=(
            _period(facts, setting),
            words("Edition: {edition}", edition=edition),
            words("All times are those of {zone}.", zone=setting.zone.key),
        ),
        sheets=tuple(_sheet(facts, setting, one) for one in chosen),
        language=setting.language,
    )


def _whose(facts: Registers, words: Words) -> str:
    if facts.client is None:
        return words("All clients")
    names = (facts.client.name, facts.title_of("project", facts.project))
    return " · ".join(name for name in names if name)


@dataclass(frozen=True)
class _Column(Column):
    """A column with its cell; one without a share of a printed row stands in the workbook alone.

    `tells` is how the row on paper tells it.
    """

    share: float
    cell: Callable[[RegisterRow], Cell]
    tells: Callable[[str], str] = str

    def on_paper(self, setting: Setting) -> tables.Column[RegisterRow]:
        """The column as a section has it."""
        return self.title, self.share, lambda row: self.tells(_printed(setting, self.cell(row)))


def _columns(
    facts: Registers, setting: Setting, register: Register, shown: Iterable[Field]
) -> Iterator[_Column]:
    """Whose a record is, those of its fields, how it stands, and who confirmed it."""
    words = setting.words

    def state(row: RegisterRow) -> Cell:
        return say(words, row.state) if row.state else ""

    def confirmed(row: RegisterRow) -> tuple[Cell, Cell]:
        return (row.confirmed.by, row.confirmed.day) if row.confirmed else (None, None)

    if facts.client is None:
        yield _Column(words("Client"), "text", 24, 1.7, lambda row: row.client)
    for field in shown:
        form, is_title = _form(field), field.name == register.kind.title
        wide = field.meta.long or is_title
        yield _Column(
            _head(words, field),
            form,
            _WIDE if wide else _NARROW if field.choices else _WIDTHS[form],
            _TITLE_SHARE if is_title else _SHARES[form],
            partial(_cell, facts, setting, field),
            # an address fills no narrow column: the workbook has it
            person if field.name == "who" else str,
        )
    if register.states:
        yield _Column(words("State"), "text", 18, 1.5, state)
    if register.name == "expectations":
        yield _Column(words("Confirmed by"), "text", 20, 0, lambda row: confirmed(row)[0])
        yield _Column(words("Confirmed on"), "day", 13, 0, lambda row: confirmed(row)[1])


def _sheet(facts: Registers, setting: Setting, register: Register) -> Sheet:
    words, shown = setting.words, register.fields(internal=facts.internal)
    columns = list(_columns(facts, setting, register, shown))

    def rows(most: int) -> Iterator[tuple[Cell, ...]]:
        return (tuple(one.cell(row) for one in columns) for row in facts.rows(register, most))

    return Sheet(
        words(register.title),
        tuple(columns),
        rows,
        facts.count(register),
        words(register.empty),
        frozen=2 if facts.client is None else 1,
    )


def _form(field: Field) -> Form:
    if field.meta.refers:
        return "text"
    return "money" if field.meta.checks == "money" else _FORMS.get(field.shape, "text")


def _head(words: Words, field: Field) -> str:
    label = words(field.label)
    if not field.meta.unit:
        return label
    return words("{label} ({unit})", label=label, unit=words(field.meta.unit))


def _cell(facts: Registers, setting: Setting, field: Field, row: RegisterRow) -> Cell:
    """A value as a workbook keeps it: dates, moments of the zone and numbers as what they are."""
    words, value = setting.words, getattr(row.record, field.name)
    if value is None:
        return None
    if isinstance(value, Severity):  # its label says how soon we tell: a rule of ours
        return value.value
    if field.choices is not None:
        return words(value.label)
    if field.meta.refers and isinstance(value, int):
        return facts.title_of(field.meta.refers, value)
    match field.shape:
        case Shape.YES_NO:
            return words("Yes") if value else words("No")
        case Shape.TEXTS | Shape.REFS:
            return "\n".join(map(str, value))
        case Shape.MOMENT:
            local: datetime = value.astimezone(setting.zone)
            return local.replace(tzinfo=None, second=0, microsecond=0)
        case Shape.WHOLE if field.meta.checks == "money":
            return float(value) / 100
    cell: Cell = value
    return cell


def section(register: Register, facts: Registers, setting: Setting) -> Section:
    """A register on paper: its main fields, the first rows; the rest is counted."""
    words, kind = setting.words, register.kind
    main = (kind.title, *kind.columns)
    shown = [one for one in register.fields(internal=facts.internal) if one.name in main]
    # a log reads by its days: the moment of a contact comes first
    shown.sort(key=lambda one: one.shape is not Shape.MOMENT or kind.date != one.name)
    columns = _columns(facts, setting, register, shown)
    rows = list(facts.rows(register, MOST_ROWS))
    rest, more = facts.count(register) - len(rows), ""
    if rest > 0:
        more = words("and {n} more; the Excel file has them all", n=words.number(rest, 0))
    return tables.table(
        words,
        words(register.title),
        rows,
        *(one.on_paper(setting) for one in columns if one.share),
        empty=words(register.empty),
        more=more,
    )


def _printed(setting: Setting, cell: Cell) -> str:
    words = setting.words
    match cell:
        case None | "":
            return "–"
        case datetime():
            return f"{words.date(cell.date())} {cell:%H:%M}"
        case date():
            return words.date(cell)
        case int():
            return words.number(cell, 0)
        case float():
            return f"{cell:g}"
    return words.listed(cell.split("\n"))


REGISTERS_KIND: Final[ReportKind[Registers]] = ReportKind(
    name="registers",
    title=mark("Registers"),
    explained="Write the registers as Excel (.xlsx) or PDF, of a client or of all of them.",
    template="report",
    asks=(LANGUAGE, EDITION, PROJECT, PARTS),
    facts=_facts,
    subtitle=_subtitle,
    period=_period,
    parts=tuple(Part(partial(section, one), name=one.name, title=one.title) for one in REGISTERS),
    of="client_or_journal",
    sheets=book,
)
