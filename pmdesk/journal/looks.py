"""How far the files of each source have been read: kept in the file, to be found out again at any time.

No record: no step of the log, nothing to undo, nothing in search or exports.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from pmdesk.journal.codec import moment_of, moment_text
from pmdesk.journal.engine import explained
from pmdesk.journal.journal import Journal
from pmdesk.journal.seals import keep_sql


class Look(NamedTuple):
    """The last look at a source: when, what was known of addresses then, the step that took something.

    `undone` says that the step was taken back since: what was read then is to be read again.
    """

    at: datetime
    known: str
    action_id: int | None
    undone: bool


class FileRead(NamedTuple):
    """A file as it was when it was read: size in bytes, its change in ns since 1970, its state."""

    path: str
    size: int
    changed: int
    state: Mapping[str, Any]


_LOOKS = """
SELECT l.source_id, l.at, l.known, l.action_id, l.action_id IS NOT NULL AND a.state <> 'live'
FROM source_look l LEFT JOIN action a ON a.id = l.action_id
"""


def looks(journal: Journal) -> dict[int, Look]:
    """The last look at each source, by its id."""
    return {
        row[0]: Look(moment_of(row[1]), row[2], row[3], bool(row[4]))
        for row in journal.rows(_LOOKS)
    }


def files_read(journal: Journal, source_id: int) -> Iterator[FileRead]:
    """The files of a source that have been read."""
    sql = "SELECT path, size, changed, state FROM source_file WHERE source_id = ?"
    for path, size, changed, state in journal.rows(sql, [source_id]):
        yield FileRead(path, size, changed, json.loads(state) if state else {})


def keep_look(
    journal: Journal,
    source_id: int,
    look: Look,
    files: Iterable[FileRead],
    *,
    gone: Iterable[str] = (),
) -> None:
    """Keep a look and the files that it read anew; those `gone` are forgotten. Raises JournalError."""
    rows = [
        (source_id, f.path, f.size, f.changed, json.dumps(f.state) if f.state else "")
        for f in files
    ]
    with _written(journal) as conn:
        conn.execute(
            keep_sql("source_look"),
            (source_id, moment_text(look.at), look.known, look.action_id),
        )
        conn.executemany(keep_sql("source_file"), rows)
        conn.executemany(
            "DELETE FROM source_file WHERE source_id = ? AND path = ?",
            [(source_id, path) for path in gone],
        )


@contextmanager
def _written(journal: Journal) -> Iterator[Any]:
    conn = journal.conn
    with explained(journal.path):
        conn.execute("BEGIN IMMEDIATE")
        try:
            yield conn
            conn.execute("COMMIT")
        finally:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
