"""Records as they stood at an earlier moment: by their own days, and by the action log."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from pmdesk.journal.codec import moment_text, row_reader, stored
from pmdesk.journal.journal import Journal
from pmdesk.records.declare import Field, Shape, kind_of
from pmdesk.records.kinds import KINDS

Records = Mapping[str, Sequence[Any]]

# Of each record the first change after a moment: what it replaced is what stood at that moment.
_BEFORE = """
SELECT c.tbl, c.row_id, c.before, min(c.id)
FROM json_each(?) p
JOIN change c ON c.tbl = json_extract(p.value, '$[0]') AND c.row_id = json_extract(p.value, '$[1]')
JOIN action a ON a.id = c.action_id
WHERE a.at > ? GROUP BY c.tbl, c.row_id
"""


def earlier(journal: Journal, records: Records, *, at: datetime, day: date) -> Records:
    """These records as they stood at `at`, which is `day` at the client.

    What has happened counts from its own day, also where it was recorded only later; all else
    (a forecast, a new date, a tolerance) is what the log says was known then. A record added
    later about an earlier time counts as it is, what was planned later was not planned yet; one
    that was deleted was none.
    """
    known, added = _known(journal, records, at)
    return {
        name: [
            _as_of(known.get((name, record.id), record), record, at, day)
            for record in of_kind
            if not _later(_own_day(record), at, day)
            and not (_is_planned(name) and (name, record.id) in added)
        ]
        for name, of_kind in records.items()
    }


def _known(
    journal: Journal, records: Records, at: datetime
) -> tuple[dict[tuple[str, int], Any], set[tuple[str, int]]]:
    """The records that were changed after `at`, as they were recorded then; those added after it."""
    current = {(name, r.id): r for name, of_kind in records.items() for r in of_kind}
    rows = journal.rows(_BEFORE, [json.dumps(list(current)), moment_text(at)])
    known = {
        (table, row_id): _read(current[table, row_id], json.loads(before))
        for table, row_id, before, _ in rows
        if before is not None
    }
    return known, {(table, row_id) for table, row_id, before, _ in rows if before is None}


def _read(record: Any, before: Mapping[str, Any]) -> Any:
    """A logged row as a record; what the log does not know yet is as it is now."""
    kind = kind_of(record)
    row = [
        before[field.name] if field.name in before else stored(field, getattr(record, field.name))
        for field in kind.fields
    ]
    return row_reader(kind)(row)


def _as_of(known: Any, record: Any, at: datetime, day: date) -> Any:
    happened = {}
    for name in _happened(kind_of(record).name):
        value = getattr(record, name)
        value = None if _later(value, at, day) else value
        if value != getattr(known, name):
            happened[name] = value
    return replace(known, **happened) if happened else known


def _own_day(record: Any) -> date | datetime | None:
    """When it happened; None for what is planned, whose day lies ahead by its nature."""
    kind = kind_of(record)
    return getattr(record, kind.date) if kind.date and not _is_planned(kind.name) else None


@cache
def _is_planned(kind_name: str) -> bool:
    kind = KINDS[kind_name]
    return bool(kind.date and kind.field(kind.date).meta.ahead)


def _later(value: date | datetime | None, at: datetime, day: date) -> bool:
    if isinstance(value, datetime):
        return value > at
    return value is not None and value > day


@cache
def _happened(kind_name: str) -> tuple[str, ...]:
    """The days and moments of a kind that tell what has happened."""
    return tuple(field.name for field in KINDS[kind_name].fields if tells_the_past(field))


def tells_the_past(field: Field) -> bool:
    """Whether a field is a day or moment that tells what has happened."""
    return field.shape in {Shape.DAY, Shape.MOMENT} and not field.meta.ahead
