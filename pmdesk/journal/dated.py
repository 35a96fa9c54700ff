"""Records of certain days: by the day they are listed under, or any other that they name."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby
from typing import Final

from pmdesk.journal import index
from pmdesk.journal.codec import moment_text
from pmdesk.journal.journal import Journal
from pmdesk.records.declare import Kind, Shape
from pmdesk.records.kinds import KINDS

SEARCHED: Final = tuple(kind.name for kind in KINDS.values() if kind.search)


def on_days(
    journal: Journal, days: Sequence[date], zone: tzinfo | None, expression: str
) -> list[int]:
    """The addresses of the records of these days that an FTS5 query finds, moments in `zone`.

    Raises JournalError.
    """
    of_days = sorted(
        row[0]
        for name in SEARCHED
        if (where := _of_days(KINDS[name], days, zone))
        for row in journal.rows(
            f"SELECT {index.address_sql(KINDS[name])} FROM {name} WHERE {where[0]}", where[1]
        )
    )
    return [*_found(journal, of_days, expression)]


def _of_days(kind: Kind, days: Sequence[date], zone: tzinfo | None) -> tuple[str, list[str]] | None:
    """What SQL asks of the records of a kind; None for a kind that names no day."""
    wheres: list[str] = []
    values: list[str] = []
    for field in kind.fields:
        if field.meta.hidden or field.name.endswith("_since"):
            continue
        if field.shape is Shape.DAY:
            wheres.append(f'"{field.name}" IN ({", ".join("?" * len(days))})')
            values += map(date.isoformat, days)
        elif field.shape is Shape.MOMENT:
            for day in days:
                wheres.append(f'("{field.name}" >= ? AND "{field.name}" < ?)')
                values += [_midnight(day, zone), _midnight(day + timedelta(days=1), zone)]
    return (" OR ".join(wheres), values) if wheres else None


def _midnight(day: date, zone: tzinfo | None) -> str:
    return moment_text(datetime.combine(day, time(), zone))


def _found(journal: Journal, addresses: Sequence[int], expression: str) -> Iterator[int]:
    """Those of the addresses at which the query finds something, a day of the index at a time."""
    sql = "SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?"
    for _day, some in groupby(addresses, index.first_of_day):
        there = list(some)
        found = {row[0] for row in journal.rows(sql, (expression, there[0], there[-1]))}
        yield from (address for address in there if address in found)
