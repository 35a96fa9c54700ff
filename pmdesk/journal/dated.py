"""Records of certain days: by the day they are listed under, or any other that they name."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby
from typing import Final, NamedTuple

from pmdesk.journal import index
from pmdesk.journal.codec import moment_text
from pmdesk.journal.journal import Journal
from pmdesk.records.declare import Kind, Shape
from pmdesk.records.kinds import KINDS

SEARCHED: Final = tuple(kind.name for kind in KINDS.values() if kind.search)


class Dated(NamedTuple):
    """The field by which a record is of a day, and that day as it is stored."""

    field: str
    day: str


def on_days(
    journal: Journal, days: Sequence[date], zone: tzinfo | None, expression: str
) -> dict[int, Dated]:
    """The addresses of the records of these days that an FTS5 query finds, of all without one.

    Moments are of a day in `zone`. Raises JournalError.
    """
    of_days: dict[int, Dated] = {}
    for kind in map(KINDS.__getitem__, SEARCHED):
        for field, (where, values) in _of_days(kind, days, zone):
            sql = f'SELECT {index.address_sql(kind)}, "{field}" FROM {kind.name} WHERE {where}'
            for address, day in journal.rows(sql, values):
                of_days.setdefault(address, Dated(field, day))
    if not expression:
        return of_days
    return {one: of_days[one] for one in _found(journal, sorted(of_days), expression)}


def _of_days(
    kind: Kind, days: Sequence[date], zone: tzinfo | None
) -> Iterator[tuple[str, tuple[str, list[str]]]]:
    """The days and moments of a kind, that by which it is listed first, with what SQL asks of each."""
    for field in sorted(kind.fields, key=lambda one: one.name != kind.date):
        if field.meta.hidden or field.name.endswith("_since"):
            continue
        if field.shape is Shape.DAY:
            asked = f'"{field.name}" IN ({", ".join("?" * len(days))})'
            yield field.name, (asked, [day.isoformat() for day in days])
        elif field.shape is Shape.MOMENT:
            asked = " OR ".join([f'("{field.name}" >= ? AND "{field.name}" < ?)'] * len(days))
            borders = ((day, day + timedelta(days=1)) for day in days)
            yield field.name, (asked, [_midnight(one, zone) for pair in borders for one in pair])


def _midnight(day: date, zone: tzinfo | None) -> str:
    return moment_text(datetime.combine(day, time(), zone))


def _found(journal: Journal, addresses: Sequence[int], expression: str) -> Iterator[int]:
    """Those of the addresses at which the query finds something, a day of the index at a time."""
    sql = "SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?"
    for _day, some in groupby(addresses, index.first_of_day):
        there = list(some)
        found = {row[0] for row in journal.rows(sql, (expression, there[0], there[-1]))}
        yield from (address for address in there if address in found)
