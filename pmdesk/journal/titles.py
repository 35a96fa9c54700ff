"""Records by words of their title, for who types on and looks only at the newest."""

import json
from collections.abc import Collection
from typing import Final, NamedTuple

from pmdesk.journal import engine, index
from pmdesk.journal.bigrams import match_expression
from pmdesk.journal.journal import Journal
from pmdesk.records.declare import Kind

_FIRST: Final = 400  # characters of a title that are read


class Titled(NamedTuple):
    """A record by the first line of its title; `at` is its day or moment as it is kept."""

    kind: str
    id: int
    title: str
    client_id: int | None = None
    at: str | None = None


def in_titles(
    journal: Journal, query: str, *, without: Collection[str] = (), limit: int = 10
) -> list[Titled]:
    """Records whose title holds every word of `query`, the days newest first.

    Kinds named in `without` are left out. A query of punctuation finds nothing. Raises JournalError.
    """
    with engine.explained(journal.path):
        words = match_expression(query, lambda prefix: index.completions(journal.conn, prefix))
    if not words:
        return []
    expression = f"{{title}} : ({words}){index.none_of(without)}"
    sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?"
    places = [index.place(row[0]) for row in journal.rows(sql, (expression, limit))]
    rows = {
        (kind.name, row.id): row
        for kind in {place.kind.name: place.kind for place in places}.values()
        for row in titles_of(journal, kind, [place.id for place in places if place.kind is kind])
    }
    keys = [(place.kind.name, place.id) for place in places]
    return [rows[key] for key in keys if key in rows]  # one may just have been deleted


def titles_of(journal: Journal, kind: Kind, ids: Collection[int]) -> list[Titled]:
    """The titles of those records of a kind that are there; it must be one that is searched."""
    client = "id" if kind.name == "client" else f'"{kind.client}"' if kind.client else "NULL"
    date = f'"{kind.date}"' if kind.date else "NULL"
    sql = (
        f"SELECT id, substr({index.text_sql(kind)[0]}, 1, {_FIRST}), {client}, {date}"
        f" FROM {kind.name} WHERE id IN (SELECT value FROM json_each(?))"
    )
    return [
        Titled(kind.name, id_, _first_line(title), client_id, at)
        for id_, title, client_id, at in journal.rows(sql, [json.dumps([*ids])])
    ]


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].lstrip("# ")
