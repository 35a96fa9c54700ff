"""A CSV table for each kind of record, as a spreadsheet opens it."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from pmdesk.actions.outgoing.values import Sent, Wish, records_of
from pmdesk.exchange.placing import filled
from pmdesk.exchange.spreadsheet import safe_cell
from pmdesk.journal.journal import Journal
from pmdesk.records.declare import Field, Shape
from pmdesk.records.kinds import KINDS
from pmdesk.words import Words

_AT_ONCE: Final = 1_000
_BOM: Final = "\ufeff"  # a spreadsheet takes the file for UTF-8 only with it


def write(journal: Journal, folder: Path, wish: Wish) -> Sent:
    """A table for each kind that has records. Raises NotWritten and JournalError.

    Heads are labels in the language of the wish, moments are UTC.
    """
    names, total = [], 0
    with filled(folder) as partial:
        for place, kind in enumerate(KINDS.values()):
            records = records_of(journal, kind, wish.client)
            if not records:
                continue
            names.append(f"{kind.name}.csv")
            total += len(records)
            with (partial / names[-1]).open("w", encoding="utf-8", newline="") as file:
                file.write(_BOM)
                writer = csv.writer(file)
                writer.writerow([_head(field, wish.words) for field in kind.fields])
                for number, record in enumerate(records):
                    if number % _AT_ONCE == 0:
                        wish.progress(place, len(KINDS))
                    values = (cell(f, getattr(record, f.name), wish.words) for f in kind.fields)
                    writer.writerow(values)
    return Sent(tuple(folder / name for name in names), total)


def _head(field: Field, words: Words) -> str:
    if field.name in {"id", "uuid"}:
        return field.name
    label = words(field.label)
    return f"{label}{words.bracketed('UTC')}" if field.shape is Shape.MOMENT else label


def cell(field: Field, value: Any, words: Words) -> str:
    """A value as a spreadsheet shows it: a number, a day or a moment as such, a text never a formula."""
    if value is None:
        return ""
    if field.choices is not None:
        return safe_cell(words(value.label))
    match value:
        case bool():
            return "1" if value else "0"
        case int() if field.meta.checks == "money":
            # by whole numbers: no fraction of two holds a hundredth
            sign = "-" if value < 0 else ""
            return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"
        case int() | float():
            return str(value)
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
        case date():
            return value.isoformat()
        case tuple():
            return safe_cell("\n".join(map(str, value)))
    return safe_cell(str(value))
