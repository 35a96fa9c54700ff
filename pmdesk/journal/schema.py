"""Tables, indexes and triggers, made from the declarations."""

from collections.abc import Iterable
from typing import Final

from pmdesk.journal.codec import COLUMN_TYPES, columns
from pmdesk.journal.engine import Connection
from pmdesk.records.declare import Field, Kind
from pmdesk.records.kinds import KINDS

# Logged like the records, but no records of their own: which mail is known and how it hangs together.
MAIL_COLUMNS: Final = ("id", "message_id", "thread", "at", "subject_key", "interaction_id")

BASE: Final = """
CREATE TABLE action(
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, label TEXT NOT NULL, facts TEXT NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('do', 'undo', 'redo')),
  state TEXT NOT NULL CHECK(state IN ('live', 'undone', 'spent')), target INTEGER) STRICT;
CREATE INDEX action_state ON action(state, kind, id);
CREATE TABLE change(
  id INTEGER PRIMARY KEY, action_id INTEGER NOT NULL REFERENCES action(id), tbl TEXT NOT NULL,
  row_id INTEGER NOT NULL, op TEXT NOT NULL, before TEXT, digest TEXT) STRICT;
CREATE INDEX change_row ON change(tbl, row_id, id);
CREATE INDEX change_action ON change(action_id);
CREATE TABLE blob(hash TEXT PRIMARY KEY, size INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
CREATE TABLE mail(
  id INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, thread INTEGER NOT NULL, at TEXT,
  subject_key TEXT, interaction_id INTEGER) STRICT;
CREATE INDEX mail_thread ON mail(thread);
CREATE INDEX mail_subject ON mail(subject_key, at) WHERE subject_key IS NOT NULL;
CREATE INDEX mail_interaction ON mail(interaction_id) WHERE interaction_id IS NOT NULL;
CREATE VIRTUAL TABLE search USING fts5(
  title, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2',
  prefix='1 2 3');
"""

INDEXES: Final[dict[str, tuple[str, ...]]] = {
    "interaction": (
        (
            "CREATE INDEX IF NOT EXISTS interaction_turns ON interaction"
            "(client_id, at, id, thread, direction, channel, automatic, needs_reply, answered_by, date_doubt)"
        ),
        (
            "CREATE INDEX IF NOT EXISTS interaction_thread ON interaction"
            "(thread, direction, at, id, automatic, date_doubt) WHERE thread IS NOT NULL"
        ),
        "CREATE INDEX IF NOT EXISTS interaction_at ON interaction(at, id)",
    ),
    "entry": ("CREATE INDEX IF NOT EXISTS entry_day ON entry(day, id)",),
}


def create_table(conn: Connection, kind: Kind) -> None:
    """The table of `kind`, with indexes for its references."""
    conn.execute(
        f"CREATE TABLE {kind.name}({', '.join(_column(kind, f) for f in kind.fields)}) STRICT"
    )
    create_indexes(conn, kind)


def add_columns(conn: Connection, kind: Kind) -> None:
    """Columns that the declaration has gained since the table was made."""
    there = {row[1] for row in conn.execute(f"PRAGMA table_info({kind.name})")}
    for field in kind.fields:
        if field.name not in there:
            conn.execute(f"ALTER TABLE {kind.name} ADD COLUMN {_column(kind, field)}")
    create_indexes(conn, kind)


def create_indexes(conn: Connection, kind: Kind) -> None:
    """Indexes that deleting a parent and opening a client need."""
    own = INDEXES.get(kind.name, ())
    for field in kind.references:
        if not any(f"({field.name}," in text for text in own):
            conn.execute(
                f"CREATE INDEX IF NOT EXISTS {kind.name}_{field.name} ON {kind.name}"
                f"({field.name}) WHERE {field.name} IS NOT NULL"
            )
    for text in own:
        conn.execute(text)


def _column(kind: Kind, field: Field) -> str:
    if field.name == "id":
        return '"id" INTEGER PRIMARY KEY'
    parts = [f'"{field.name}" {COLUMN_TYPES[field.shape]}']
    if field.name == "uuid":
        parts.append("NOT NULL UNIQUE")
    if field in kind.references:
        parts.append(f"REFERENCES {field.meta.refers}(id) DEFERRABLE INITIALLY DEFERRED")
    return " ".join(parts)


def row_json(names: Iterable[str], prefix: str) -> str:
    """SQL for a row as JSON, its columns in a fixed order."""
    pairs = ", ".join(f"'{name}', {prefix}\"{name}\"" for name in names)
    return f"json_object({pairs})"


def logged_tables() -> dict[str, tuple[str, ...]]:
    """Every table whose rows the action log follows, with its columns."""
    return {**{kind.name: columns(kind) for kind in KINDS.values()}, "mail": MAIL_COLUMNS}


_LOG: Final = """
CREATE TRIGGER log_{t}_i AFTER INSERT ON {t} BEGIN
  INSERT INTO change(action_id, tbl, row_id, op, before, digest)
  VALUES(current_action(), '{t}', new.id, 'I', NULL, row_digest({new})); END;
CREATE TRIGGER log_{t}_d AFTER DELETE ON {t} BEGIN
  INSERT INTO change(action_id, tbl, row_id, op, before, digest)
  VALUES(current_action(), '{t}', old.id, 'D', {old}, NULL); END;
CREATE TRIGGER log_{t}_u AFTER UPDATE ON {t} WHEN {old} IS NOT {new} BEGIN
  INSERT INTO change(action_id, tbl, row_id, op, before, digest)
  VALUES(current_action(), '{t}', new.id, 'U', {old}, row_digest({new})); END;
"""

_SEARCH: Final = """
CREATE TRIGGER search_{t}_i AFTER INSERT ON {t} WHEN index_at_once('{t}') BEGIN
  INSERT INTO search(rowid, title, body)
  VALUES({new_row}, bigrams({new_title}), bigrams({new_body})); END;
CREATE TRIGGER search_{t}_d AFTER DELETE ON {t} BEGIN
  DELETE FROM search WHERE rowid = {old_row}; END;
CREATE TRIGGER search_{t}_u AFTER UPDATE OF {watched} ON {t} BEGIN
  DELETE FROM search WHERE rowid = {old_row};
  INSERT INTO search(rowid, title, body)
  VALUES({new_row}, bigrams({new_title}), bigrams({new_body})); END;
"""


def search_address(kind: Kind, prefix: str) -> str:
    """SQL for a record's place in the index: seconds, kind and id in one sortable number.

    31 bits hold the kind (6) and the id (25), the rest the time, so that "newest first" is
    the index's own order. A kind without a date comes before all that have one.
    """
    seconds = "4294967295"
    if kind.date:
        seconds = f'max(0, min(4294967294, coalesce(unixepoch({prefix}"{kind.date}"), 0)))'
    return f"(({seconds} << 31) | {kind.number << 25} | {prefix}id)"


def search_text(kind: Kind, prefix: str) -> tuple[str, str]:
    """SQL for the title and the body that are indexed."""
    title, *rest = kind.search
    body = " || char(10) || ".join(f"coalesce({prefix}\"{name}\", '')" for name in rest)
    return f'{prefix}"{title}"', body or "''"


def index_rows(conn: Connection, kind: Kind, above: int) -> None:
    """Put the rows of a kind whose id is above `above` into the search index, in one go."""
    title, body = search_text(kind, "")
    conn.execute(
        f"INSERT INTO search(rowid, title, body) SELECT {search_address(kind, '')},"
        f" bigrams({title}), bigrams({body}) FROM {kind.name} WHERE id > ? ORDER BY id",
        (above,),
    )


def install_triggers(conn: Connection) -> None:
    """Drop and make anew the triggers that keep log and search index."""
    old = conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in old:
        conn.execute(f"DROP TRIGGER {name}")
    for table, names in logged_tables().items():
        _run(conn, _LOG.format(t=table, new=row_json(names, "new."), old=row_json(names, "old.")))
    for kind in KINDS.values():
        if kind.search:
            title, body = search_text(kind, "new.")
            watched = [*kind.search, *([kind.date] if kind.date else [])]
            _run(
                conn,
                _SEARCH.format(
                    t=kind.name,
                    new_row=search_address(kind, "new."),
                    old_row=search_address(kind, "old."),
                    new_title=title,
                    new_body=body,
                    watched=", ".join(f'"{name}"' for name in watched),
                ),
            )


def _run(conn: Connection, script: str) -> None:
    # executescript() would commit the transaction that the migration runs in
    for statement in script.split("END;"):
        if statement.strip():
            conn.execute(statement + "END;")


def run_base(conn: Connection) -> None:
    """The tables that hold no records."""
    for statement in BASE.split(";"):
        if statement.strip():
            conn.execute(statement)
