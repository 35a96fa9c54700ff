"""Registers as tables: all of their fields for a workbook, the main ones of the first rows for paper."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from pmdesk.answers.registers import REGISTERS, Register, RegisterRow, Registers
from pmdesk.answers.text.said import say
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.declare import Field, Shape
from pmdesk.records.transparency import Severity
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
    "text": 1.7, "day": 1.4, "moment": 2.5, "whole": 1, "number": 1, "money": 1.4,
}  # fmt: skip


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


def _sheet(facts: Registers, setting: Setting, register: Register) -> Sheet:
    words, shown = setting.words, register.fields(internal=facts.internal)
    columns = [_column(words, register, one) for one in shown]
    before, after = [], []
    if facts.client is None:
        before.append(Column(words("Client"), "text", 24))
    if register.states:
        after.append(Column(words("State"), "text", 18))
    if register.name == "expectations":
        after.append(Column(words("Confirmed by"), "text", 20))
        after.append(Column(words("Confirmed on"), "day", 13))

    def values(row: RegisterRow) -> tuple[Cell, ...]:
        cells: list[Cell] = [row.client] if before else []
        cells += [_cell(facts, setting, one, getattr(row.record, one.name)) for one in shown]
        if register.states:
            cells.append(say(words, row.state) if row.state else "")
        if register.name == "expectations":
            known = row.confirmed
            cells += [known.by, known.day] if known else [None, None]
        return tuple(cells)

    def rows(most: int) -> Iterator[tuple[Cell, ...]]:
        return map(values, facts.rows(register, most))

    return Sheet(
        words(register.title),
        (*before, *columns, *after),
        rows,
        facts.count(register),
        words(register.empty),
        frozen=2 if before else 1,
    )


def _form(field: Field) -> Form:
    if field.meta.refers:
        return "text"
    return "money" if field.meta.checks == "money" else _FORMS.get(field.shape, "text")


def _column(words: Words, register: Register, field: Field) -> Column:
    form = _form(field)
    wide = field.meta.long or field.name == register.kind.title
    width = _WIDE if wide else _NARROW if field.choices else _WIDTHS[form]
    return Column(_head(words, field), form, width)


def _head(words: Words, field: Field) -> str:
    label = words(field.label)
    if not field.meta.unit:
        return label
    return words("{label} ({unit})", label=label, unit=words(field.meta.unit))


def _cell(facts: Registers, setting: Setting, field: Field, value: Any) -> Cell:
    """A value as a workbook keeps it: dates, moments of the zone and numbers as what they are."""
    words = setting.words
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
    words, kind = setting.tables, register.kind
    main = (kind.title, *kind.columns)
    shown = [one for one in register.fields(internal=facts.internal) if one.name in main]
    # a log reads by its days: the moment of a contact comes first
    shown.sort(key=lambda one: one.shape is not Shape.MOMENT or kind.date != one.name)
    head = [_head(words, one) for one in shown]
    widths = [4.0 if one.name == kind.title else _SHARES[_form(one)] for one in shown]
    if facts.client is None:
        head.insert(0, words("Client"))
        widths.insert(0, 1.7)
    if register.states:
        head.append(words("State"))
        widths.append(1.5)
    rows = []
    for row in facts.rows(register, MOST_ROWS):
        cells = [
            _printed(setting, _cell(facts, setting, one, getattr(row.record, one.name)))
            for one in shown
        ]
        if facts.client is None:
            cells.insert(0, row.client)
        if register.states:
            cells.append(say(words, row.state) if row.state else "–")
        rows.append(tuple(cells))
    rest = facts.count(register) - len(rows)
    more = ""
    if rest > 0:
        more = words("and {n} more; the Excel file has them all", n=words.number(rest, 0))
    return Section(
        words(register.title), tuple(head), tuple(widths), tuple(rows), words(register.empty),
        more=more,
    )  # fmt: skip


def _printed(setting: Setting, cell: Cell) -> str:
    words = setting.tables
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
