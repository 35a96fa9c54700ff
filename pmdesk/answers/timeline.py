"""A client's timeline: everything that happened, newest first, one page at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pmdesk.journal.codec import moment_of
from pmdesk.journal.journal import Journal


class TimelineLine(NamedTuple):
    """One line: what a list shows without reading the whole record."""

    kind: str
    id: int
    at: datetime
    channel: str
    direction: str
    title: str
    who: str
    excerpt: str
    automatic: bool
    internal: bool


# Both parts come ordered from their indexes, so SQLite merges them and stops at LIMIT.
_PAGE = """
SELECT 'interaction' AS kind, id, at FROM interaction WHERE client_id = :client
UNION ALL
SELECT 'entry', e.id, e.day || 'T23:59:59Z' FROM entry e
WHERE EXISTS (SELECT 1 FROM json_each(e.clients) WHERE value = :client)
ORDER BY at DESC, kind, id DESC LIMIT :limit OFFSET :offset
"""


def timeline_count(journal: Journal, client_id: int) -> int:
    """How many lines a client's timeline has."""
    sql = (
        "SELECT (SELECT count(*) FROM interaction WHERE client_id = :client) + (SELECT count(*)"
        " FROM entry e WHERE EXISTS (SELECT 1 FROM json_each(e.clients) WHERE value = :client))"
    )
    return int(journal.rows(sql, {"client": client_id})[0][0])


def timeline_page(
    journal: Journal, client_id: int, *, offset: int, limit: int = 100
) -> list[TimelineLine]:
    """Lines from `offset` on, newest first."""
    keys = journal.rows(_PAGE, {"client": client_id, "limit": limit, "offset": offset})
    return lines_for(journal, [(kind, id_) for kind, id_, _ in keys])


def lines_for(journal: Journal, keys: Sequence[tuple[str, int]]) -> list[TimelineLine]:
    """The lines of these records, in this order."""
    found: dict[tuple[str, int], TimelineLine] = {}
    interactions = [id_ for kind, id_ in keys if kind == "interaction"]
    entries = [id_ for kind, id_ in keys if kind == "entry"]
    for row in _by_ids(
        journal,
        "SELECT id, at, channel, direction, subject, who, substr(text, 1, 240), automatic, internal"
        " FROM interaction WHERE id IN ({})",
        interactions,
    ):
        found["interaction", row[0]] = TimelineLine(
            "interaction",
            row[0],
            moment_of(row[1]),
            row[2],
            row[3],
            row[4] or "",
            row[5] or "",
            " ".join((row[6] or "").split()),
            bool(row[7]),
            bool(row[8]),
        )
    for row in _by_ids(
        journal, "SELECT id, day, substr(text, 1, 240) FROM entry WHERE id IN ({})", entries
    ):
        first, _, rest = row[2].strip().partition("\n")
        found["entry", row[0]] = TimelineLine(
            kind="entry",
            id=row[0],
            at=moment_of(row[1] + "T12:00:00Z"),
            channel="",
            direction="",
            title=first.lstrip("# "),
            who="",
            excerpt=" ".join(rest.split()),
            automatic=False,
            internal=True,
        )
    return [found[key] for key in keys if key in found]


def _by_ids(journal: Journal, sql: str, ids: Sequence[int]) -> list[tuple]:  # type: ignore[type-arg] # rows differ
    if not ids:
        return []
    return journal.rows(sql.format(", ".join("?" * len(ids))), ids)
