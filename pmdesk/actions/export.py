"""Records as files that other programs read: a table for each kind, or one JSON of everything."""

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from pmdesk.journal.codec import moment_text
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.declare import Field, Kind
from pmdesk.records.kinds import KINDS
from pmdesk.words import Words

_BOM: Final = "\ufeff"  # a spreadsheet takes the file for UTF-8 only with it
# What a spreadsheet would take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def export_tables(
    journal: Journal, folder: Path, words: Words, *, client: Client | None = None
) -> Iterator[Path]:
    """Write a CSV for each kind that has records (of one client where one is given).

    Heads are labels in the language of `words`. Raises OSError. Internal-only records are among
    them: an export is for the person whose journal it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS.values():
        records = _records(journal, kind, client)
        if not records:
            continue
        target = folder / f"{kind.name}.csv"
        with target.open("w", encoding="utf-8", newline="") as file:
            file.write(_BOM)
            writer = csv.writer(file)
            writer.writerow(
                [words(f.label) if f.name not in {"id", "uuid"} else f.name for f in kind.fields]
            )
            for record in records:
                writer.writerow([_cell(f, getattr(record, f.name), words) for f in kind.fields])
        yield target


def export_json(journal: Journal, target: Path, *, client: Client | None = None) -> int:
    """Write all records as one JSON object of lists by kind; how many they are. Raises OSError."""
    by_kind = {
        kind.name: [
            {f.name: _plain(getattr(record, f.name)) for f in kind.fields} for record in records
        ]
        for kind in KINDS.values()
        if (records := _records(journal, kind, client))
    }
    text = json.dumps({"pmdesk": 1, **by_kind}, ensure_ascii=False, indent=1)
    partial = target.with_name(f"{target.name}.partial")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        partial.write_text(text + "\n", "utf-8")
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return sum(len(records) for records in by_kind.values())


def _records(journal: Journal, kind: Kind, client: Client | None) -> list[Any]:
    if client is None:
        return journal.find(kind.cls)
    if kind.client is None:
        if any(f.name == "project_id" for f in kind.fields):
            where = "project_id IN (SELECT id FROM project WHERE client_id = ?)"
            return journal.find(kind.cls, where, [client.id])
        return []
    return journal.find(kind.cls, f'"{kind.client}" = ?', [client.id])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _cell(field: Field, value: Any, words: Words) -> str:
    """A value as a spreadsheet shows it; never a formula."""
    if value is None:
        return ""
    if field.choices is not None:
        return words(value.label)
    if isinstance(value, bool):
        return "1" if value else "0"
    if field.meta.checks == "money":
        return f"{value / 100:.2f}"
    text = "\n".join(map(str, value)) if isinstance(value, tuple) else str(_plain(value))
    number = isinstance(value, int | float)
    return f"'{text}" if text.startswith(_FORMULA) and not number else text
