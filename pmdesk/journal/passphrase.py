"""Setting, changing and removing a journal's passphrase: a new file, verified, then swapped."""

import os
from hmac import compare_digest
from itertools import zip_longest
from pathlib import Path
from typing import Final

from pmdesk.journal import engine, errors
from pmdesk.journal.backup import alone, remove, settle
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.journal import Journal
from pmdesk.journal.partial import partial_of
from pmdesk.journal.progress import Progress
from pmdesk.words import mark

NOT_THE_PASSPHRASE: Final = mark(
    "This is not the journal's passphrase. Check capital letters and keyboard layout."
)


def is_passphrase(journal: Journal, text: str) -> bool:
    """Whether `text` is the passphrase of this open journal; never for one without."""
    if journal.passphrase is None:
        return False
    given, known = (engine.typed(t).encode() for t in (text, journal.passphrase))
    return compare_digest(given, known)


def change_passphrase(
    journal: Journal, passphrase: str | None, progress: Progress | None = None
) -> Journal:
    """The same journal under another passphrase (None: plain); the old object is closed.

    Raises LockedFile while another connection uses the file, and the errors of the place; then
    everything is as it was and the old object stays open. `progress` is told tables compared.
    """
    path = journal.path
    journal.back_up_before(Reason.PASSPHRASE)
    partial = partial_of(path)
    with engine.needing(lambda: engine.size_of(path)), engine.explained(path):
        alone(journal)
        try:
            remove(partial)
            _export(journal, partial, passphrase or None)
            _verify(journal, partial, passphrase or None, progress or (lambda _done, _all: None))
            if os.name == "nt":
                journal.close()  # Windows replaces no file that is open
            settle(partial, path)
        except BaseException:
            _go_on(journal)
            raise
        finally:
            remove(partial)
    journal.close()
    renewed = Journal.open(path, passphrase, busy_seconds=journal.busy_seconds)
    renewed.before = journal.before
    return renewed


def _export(journal: Journal, partial: Path, passphrase: str | None) -> None:
    conn = journal.conn
    key = engine.literal(engine.typed(passphrase or ""))
    conn.execute(f"ATTACH DATABASE {engine.literal(str(partial))} AS renewed KEY {key}")
    try:
        conn.execute("SELECT sqlcipher_export('renewed')")
        for name in ("application_id", "user_version"):
            value = conn.execute(f"PRAGMA main.{name}").fetchone()[0]
            conn.execute(f"PRAGMA renewed.{name} = {value}")
    finally:
        conn.execute("DETACH DATABASE renewed")


def _verify(journal: Journal, partial: Path, passphrase: str | None, progress: Progress) -> None:
    """The new file opens, is sound, and holds the same rows in every table."""
    with Journal(partial, passphrase, writable=False) as copy:
        same = copy.recognised() == journal.recognised()
        same = same and copy.rows("PRAGMA quick_check") == [("ok",)]
        same = same and journal.rows(_SCHEMA) == copy.rows(_SCHEMA)
        tables = [row[0] for row in journal.rows(_TABLES)]
        for n, table in enumerate(tables):
            progress(n, len(tables))
            same = same and _same_rows(journal, copy, table)
        if not same:
            raise errors.BadBackup(path=errors.shown(partial))


_SCHEMA: Final = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
_TABLES: Final = (
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')"
    " AND name != 'sqlite_schema'"
)


def _same_rows(journal: Journal, copy: Journal, table: str) -> bool:
    """Whether both have the same rows, read in the order of their key."""
    # only SQLite's own tables have none
    order = " ORDER BY 1, 2" if table.startswith("sqlite_") else ""
    sql = f'SELECT * FROM "{table}"{order}'
    pairs = zip_longest(journal.conn.execute(sql), copy.conn.execute(sql))
    return all(ours == theirs for ours, theirs in pairs)


def _go_on(journal: Journal) -> None:
    """Let the old object go on with the old file.

    By a new connection: an export that failed leaves the one that made it unfit for anything.
    """
    journal.close()
    journal.connect(journal.passphrase)
    journal.settle_in()
    journal.conn.execute("PRAGMA foreign_keys = ON")
