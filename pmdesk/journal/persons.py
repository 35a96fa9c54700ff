"""The contacts with a person: as filed under one of the client's people, or as a name was written."""

import json
from typing import Final

from pmdesk.journal import engine, index
from pmdesk.journal.bigrams import match_expression
from pmdesk.journal.journal import Journal
from pmdesk.typed.spelled import compared, matches

_FILED: Final = "SELECT id FROM interaction WHERE contact_id IN (SELECT value FROM json_each(?))"
_WRITTEN: Final = (
    "SELECT id, who FROM interaction WHERE contact_id IS NULL"
    " AND id IN (SELECT value FROM json_each(?))"
)


def contacts_with(journal: Journal, typed: str, client_id: int | None = None) -> set[int]:
    """Ids of the interactions with whom `typed` names: as written, by pinyin, by initials.

    Raises JournalError.
    """
    of_client = "" if client_id is None else " WHERE client_id = ?"
    values = [] if client_id is None else [client_id]
    people = [
        id_
        for id_, name in journal.rows(f"SELECT id, name FROM contact{of_client}", values)
        if matches(name or "", typed) is not None
    ]
    filed = {row[0] for row in journal.rows(_FILED, [json.dumps(people)])}
    return filed | _written(journal, typed, client_id)


def _written(journal: Journal, typed: str, client_id: int | None) -> set[int]:
    """Those that are filed under nobody: only what holds the name anywhere is looked at."""
    with engine.explained(journal.path):
        words = match_expression(typed, lambda prefix: index.completions(journal.conn, prefix))
    if not words:
        return set()
    expression = f"({words}){index.only(('interaction',), client_id)}"
    rows = journal.rows("SELECT rowid FROM search WHERE search MATCH ?", [expression])
    ids = [index.place(row[0]).id for row in rows]
    name = compared(typed)
    return {
        id_ for id_, who in journal.rows(_WRITTEN, [json.dumps(ids)]) if name in compared(who or "")
    }
