"""A journal with all that one may hold, and what stands in it to the byte."""

import time
from contextlib import suppress
from hashlib import blake2b

from pmdesk.actions.openings import create_journal
from pmdesk.journal import drafts, errors, index
from pmdesk.journal.journal import Journal
from tests.conftest import NOW
from tests.endure.person import Person

_TELLING_SECONDS = 20
# What the log keeps of itself grows by an undo; what is kept beside it may be found out again.
_BESIDE = ("action", "change", "standing", "draft", "source_look", "source_file", "blob")


def filled(path, secret=None, *, acts=120, seed=1):
    """A closed journal of every kind, with mail, files, a log with what was undone, drafts."""
    with create_journal(path, secret, at=NOW) as journal:
        person = Person(journal, path.parent / f"{path.name}.files", seed)
        person.begin()
        for name in ("mail", "report", "logo", "meeting", "delete", "import"):
            person.act(name)
        for _ in range(acts):
            person.act()
        for way in (Journal.undo, Journal.undo, Journal.undo, Journal.redo):
            with suppress(errors.Conflict):
                way(journal, at=person.at)
        person.owed()  # keeps what each client stands at
        drafts.keep(journal, "entry:new", {"text": person.text()}, at=person.at)
    return path


def time_to_tell(room):
    """Let what was done be told, though the time is over: it takes a moment."""
    room.ends = max(room.ends, time.monotonic() + _TELLING_SECONDS)


def tables(journal):
    """Every table that has rows of its own, those behind the search index among them."""
    rows = journal.rows(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')"
        " AND name <> 'sqlite_schema' ORDER BY name"
    )
    return [row[0] for row in rows]


def _digest(rows):
    found = blake2b(digest_size=12)
    for row in rows:
        found.update(repr(row).encode())
    return found.hexdigest()


def all_rows(journal):
    """For each table, and for the schema, what tells its rows to the byte."""
    schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    names = tables(journal)
    journal.conn.text_factory = bytes  # damaged text may be none
    found = {"the schema": _digest(journal.conn.execute(schema))}
    for table in names:
        order = " ORDER BY 1, 2" if table.startswith("sqlite_") else ""
        found[table] = _digest(journal.conn.execute(f'SELECT * FROM "{table}"{order}'))
    journal.conn.text_factory = str
    return found


def recorded(journal):
    """The rows of every table that the log follows, to the byte."""
    return {
        table: _digest(journal.conn.execute(f'SELECT * FROM "{table}" ORDER BY 1'))
        for table in tables(journal)
        if table not in _BESIDE and not table.startswith(("search", "sqlite_"))
    }


def index_says(journal):
    """All that a search can find: where each word stands, and each beginning of one."""
    journal.conn.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.said USING fts5vocab(main, search, instance)"
    )
    rows = journal.conn.execute("SELECT * FROM temp.said").fetchall()
    found = blake2b(repr(rows).encode(), digest_size=12)
    for begins in sorted({row[0][:n] for row in rows for n in (1, 2, 3)}):
        quoted = begins.replace('"', '""')
        hits = journal.conn.execute(
            "SELECT rowid FROM search WHERE search MATCH ?", (f'"{quoted}" *',)
        ).fetchall()
        found.update(repr((begins, hits)).encode())
    return found.hexdigest()


def index_is_true(journal):
    """Whether the search index holds what one made anew from the records would."""
    journal.conn.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.found USING fts5vocab(main, search, instance)"
    )
    looks = []
    journal.conn.execute("BEGIN IMMEDIATE")
    for anew in (False, True):
        if anew:
            index.rebuild(journal.conn)
        looks.append(
            _digest(
                journal.conn.execute("SELECT * FROM temp.found ORDER BY term, doc, col, offset")
            )
        )
    journal.conn.execute("ROLLBACK")
    return looks[0] == looks[1]
