"""An insight as plain values: its verdict, its table, and what its chart draws beyond that."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from pmdesk.answers.text.said import Said, say
from pmdesk.words import Words, mark

Cell = str | int | float | date | datetime | Said | None
_TOLD_DIGITS = 1
_CLIENT = mark("Client")


class Column(NamedTuple):
    """A column of the table: its name, the unit of its numbers, and how many digits are told."""

    title: str
    unit: str = ""
    digits: int = _TOLD_DIGITS


class Item(NamedTuple):
    """A row of the table that can be pointed at in the chart, and the record behind it."""

    cells: tuple[Cell, ...]
    record: tuple[str, int] | None = None


@dataclass(frozen=True)
class Insight:
    """The answer to one question about one client.

    `verdict` is the title: a sentence that says no more than `evidence` carries, which tells n with
    interval, bounds or test. `items` are the rows behind it under `columns`. `shape` is whatever the
    chart of its kind draws besides; `values` is the verdict as JSON prints it. Where not `enough`
    is known there is no chart, and the verdict says why.
    """

    verdict: Said
    evidence: Said | None
    columns: tuple[Column, ...] = ()
    items: tuple[Item, ...] = ()
    shape: Any = None
    enough: bool = True
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Panels:
    """Insights of one kind, one for each client by name, which one chart shows on one scale."""

    kind: str
    names: tuple[str, ...]
    insights: tuple[Insight, ...]

    def item(self, place: int) -> tuple[int, int]:
        """Of the items of all panels in a row, the panel of one and its place there."""
        for panel, insight in enumerate(self.insights):
            if place < len(insight.items):
                return panel, place
            place -= len(insight.items)
        raise IndexError(place)

    def told(self, place: int, words: Words) -> list[str]:
        """What is told of an item: its client where there are several, then column by column."""
        panel, n = self.item(place)
        insight = self.insights[panel]
        lines = [self.names[panel]] if len(self.names) > 1 else []
        for column, cell in zip(insight.columns, insight.items[n].cells, strict=True):
            if cell is not None and cell != "":
                lines.append(words.labelled(words(column.title), told(cell, column, words)))
        return lines

    def record(self, place: int) -> tuple[str, int] | None:
        """The record behind an item."""
        panel, n = self.item(place)
        return self.insights[panel].items[n].record


def told(cell: Cell, column: Column, words: Words) -> str:
    """A cell as it reads in a table."""
    match cell:
        case None:
            return "–"
        case Said():
            return say(words, cell)
        case datetime():
            return words.short_moment(cell, cell.tzinfo)  # the client's day, as everywhere
        case date():
            return cell.isoformat()
        case bool() | str():
            return str(cell)
        case int():
            return _with_unit(words.number(cell, 0), column, words)
        case float():
            return _with_unit(words.number(cell, column.digits), column, words)


def _with_unit(number: str, column: Column, words: Words) -> str:
    return f"{number} {words(column.unit)}" if column.unit else number


def plain(cell: Cell, words: Words) -> str:
    """A cell as another program reads it: ISO days, numbers with a point and up to 4 digits."""
    match cell:
        case None:
            return ""
        case Said():
            return say(words, cell)
        case datetime() | date():
            return cell.isoformat()
        case float():
            return f"{cell:.4f}"
        case _:
            return str(cell)


def panel_rows(panels: Panels, words: Words) -> list[list[str]]:
    """The tables of all panels as one, each row with its client, under a head."""
    columns = panels.insights[0].columns if panels.insights else ()
    head = [words(_CLIENT)]
    for column in columns:
        unit = f" ({words(column.unit)})" if column.unit else ""
        head.append(words(column.title) + unit)
    return [head] + [
        [name, *(plain(cell, words) for cell in item.cells)]
        for name, insight in zip(panels.names, panels.insights, strict=True)
        for item in insight.items
    ]
