"""What was typed and not saved yet: kept in the journal itself, for it is a client's text.

Drafts are no records: no step of the log, nothing to undo, nothing in search or exports.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from pmdesk.journal.codec import moment_of, moment_text
from pmdesk.journal.engine import explained
from pmdesk.journal.errors import JournalError
from pmdesk.journal.journal import Journal
from pmdesk.journal.seals import keep_sql


class Draft(NamedTuple):
    """What stood in an editor when it was left; `content` as that editor wrote it."""

    key: str
    at: datetime
    content: dict[str, Any]


def keep(journal: Journal, key: str, content: Mapping[str, Any], *, at: datetime) -> bool:
    """Keep what an editor holds; False where the journal cannot be written at the moment.

    Never waits for another writer: who types must not stand still, and the next key tries again.
    """
    text = json.dumps(content, ensure_ascii=False)
    return _written(journal, keep_sql("draft"), (key, moment_text(at), text))


def drop(journal: Journal, key: str) -> bool:
    """Forget a draft: it was saved, or let go on purpose."""
    if read(journal, key) is None:
        return True
    return _written(journal, "DELETE FROM draft WHERE key = ?", (key,))


def read(journal: Journal, key: str) -> Draft | None:
    """The draft of an editor, None where there is none."""
    rows = journal.rows("SELECT key, at, content FROM draft WHERE key = ?", [key])
    return _draft(rows[0]) if rows else None


def _draft(row: Any) -> Draft:
    return Draft(row[0], moment_of(row[1]), json.loads(row[2]))


def _written(journal: Journal, sql: str, values: tuple[str, ...]) -> bool:
    if not journal.writable or journal.displaced:
        return False
    conn = journal.conn
    try:
        with journal.at_once(), explained(journal.path):
            conn.execute("BEGIN IMMEDIATE")
            conn.execute(sql, values)
            conn.execute("COMMIT")
    except JournalError:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        return False  # an import is under way, the disk is full: the text still stands where it is
    return True
