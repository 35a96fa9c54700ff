"""Tables, indexes and triggers, made from the declarations."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from pmdesk.journal.codec import COLUMN_TYPES, columns, stored
from pmdesk.journal.engine import Connection, literal
from pmdesk.journal.index import address_sql, client_fields
from pmdesk.records.declare import Field, Kind
from pmdesk.records.kinds import KINDS

# Logged like the records, but no records of their own: which mail is known and how it hangs together.
# `envelope` is JSON of sender, recipients and lists as written, `meeting` is "METHOD uid" of an
# invitation or its answer, `lost` JSON of the addresses that a message of ours never reached.
MAIL_COLUMNS: Final = (
    "id", "message_id", "thread", "at", "subject_key", "interaction_id",
    "envelope", "meeting", "lost",
)  # fmt: skip

_AT_ONCE: Final = 1_000

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
  id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL UNIQUE, thread INTEGER NOT NULL,
  at TEXT, subject_key TEXT, interaction_id INTEGER,
  envelope TEXT, meeting TEXT, lost TEXT) STRICT;
CREATE TABLE draft(key TEXT PRIMARY KEY, at TEXT NOT NULL, content TEXT NOT NULL) STRICT;
CREATE INDEX mail_thread ON mail(thread);
CREATE INDEX mail_subject ON mail(subject_key, at) WHERE subject_key IS NOT NULL;
CREATE INDEX mail_interaction ON mail(interaction_id) WHERE interaction_id IS NOT NULL;
CREATE INDEX mail_meeting ON mail(meeting) WHERE meeting IS NOT NULL;
CREATE VIRTUAL TABLE search USING fts5(
  title, body, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3');
INSERT INTO search(search, rank) VALUES('hashsize', 16777216);
INSERT INTO search(search, rank) VALUES('automerge', 8);
"""

INDEXES: Final[dict[str, tuple[str, ...]]] = {
    "interaction": (
        (
            "CREATE INDEX IF NOT EXISTS interaction_turns ON interaction"
            "(client_id, at, id, thread, direction, channel, automatic, needs_reply, answered_by, date_doubt, reached)"
        ),
        (
            "CREATE INDEX IF NOT EXISTS interaction_thread ON interaction"
            "(thread, direction, at, id, automatic, date_doubt, client_id) WHERE thread IS NOT NULL"
        ),
        "CREATE INDEX IF NOT EXISTS interaction_at ON interaction(at, id)",
    ),
    "entry": ("CREATE INDEX IF NOT EXISTS entry_day ON entry(day, id)",),
    "attachment": (
        "CREATE INDEX IF NOT EXISTS attachment_owner ON attachment(owner, id)",
        "CREATE INDEX IF NOT EXISTS attachment_hash ON attachment(hash)",
    ),
}


def create_table(conn: Connection, kind: Kind) -> None:
    """The table of `kind`, with indexes for its references."""
    conn.execute(
        f"CREATE TABLE {kind.name}({', '.join(_column(kind, f) for f in kind.fields)}) STRICT"
    )
    create_indexes(conn, kind)


def add_columns(conn: Connection, kind: Kind) -> None:
    """Columns that the declaration has gained since the table was made, holding its defaults."""
    there = {row[1] for row in conn.execute(f"PRAGMA table_info({kind.name})")}
    new = [field for field in kind.fields if field.name not in there]
    for field in new:
        conn.execute(f"ALTER TABLE {kind.name} ADD COLUMN {_column(kind, field)}{_default(field)}")
    create_indexes(conn, kind)
    if new:
        refresh_digests(conn, kind, new)


def add_mail_columns(conn: Connection) -> None:
    """What is known of each mail beside its interaction, and drafts, for journals that lack it."""
    there = {row[1] for row in conn.execute("PRAGMA table_info(mail)")}
    new = [name for name in MAIL_COLUMNS if name not in there]
    for name in new:
        conn.execute(f"ALTER TABLE mail ADD COLUMN {name} TEXT")
    conn.execute(
        "CREATE INDEX IF NOT EXISTS mail_meeting ON mail(meeting) WHERE meeting IS NOT NULL"
    )
    conn.execute(
        "CREATE TABLE IF NOT EXISTS draft"
        "(key TEXT PRIMARY KEY, at TEXT NOT NULL, content TEXT NOT NULL) STRICT"
    )
    if new:
        _renew_digests(conn, "mail", [n for n in MAIL_COLUMNS if n not in new], dict.fromkeys(new))


def _default(field: Field) -> str:
    value = stored(field, field.default)
    if value is None:
        return ""
    return f" DEFAULT {literal(value) if isinstance(value, str) else value}"


def refresh_digests(conn: Connection, kind: Kind, new: Iterable[Field]) -> None:
    """Give the log's digests of a table the columns that it has gained.

    A row that was not as last saved keeps its old digest, so that `check` still finds it. What
    an act made of a row stands in the "before" of the next change, or in the row itself.
    """
    gained = {field.name: stored(field, field.default) for field in new}
    names = [name for name in columns(kind) if name not in gained]
    _renew_digests(conn, kind.name, names, gained)


def _renew_digests(
    conn: Connection, table: str, names: list[str], gained: Mapping[str, Any]
) -> None:
    sql = (
        "SELECT c.id, c.digest, coalesce((SELECT n.before FROM change n WHERE n.tbl = c.tbl"
        "  AND n.row_id = c.row_id AND n.id > c.id ORDER BY n.id LIMIT 1),"
        f"  (SELECT {row_json(names, '')} FROM {table} WHERE id = c.row_id))"
        " FROM change c WHERE c.tbl = ? AND c.digest IS NOT NULL AND c.id > ? ORDER BY c.id LIMIT ?"
    )
    last = 0
    while rows := conn.execute(sql, (table, last, _AT_ONCE)).fetchall():
        last = rows[-1][0]
        for change_id, digest, state in rows:
            values = json.loads(state) if state else {}
            if state and _digest(conn, {name: values.get(name) for name in names}) == digest:
                renewed = _digest(conn, {**gained, **values})
                conn.execute("UPDATE change SET digest = ? WHERE id = ?", (renewed, change_id))


def _digest(conn: Connection, values: Mapping[str, Any]) -> str:
    marks = ", ".join(f"'{name}', :{name}" for name in sorted(values))
    sql = f"SELECT row_digest(CAST(json_object({marks}) AS BLOB))"
    return str(conn.execute(sql, values).fetchone()[0])


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
        # never a number twice: history and links of a deleted record must not become another's
        return '"id" INTEGER PRIMARY KEY AUTOINCREMENT'
    parts = [f'"{field.name}" {COLUMN_TYPES[field.shape]}']
    if field.name == "uuid":
        parts.append("NOT NULL UNIQUE")
    if field in kind.references:
        parts.append(f"REFERENCES {field.meta.refers}(id) DEFERRABLE INITIALLY DEFERRED")
    return " ".join(parts)


def row_json(names: Iterable[str], prefix: str) -> str:
    """SQL for a row as JSON, its columns in an order that no declaration can change."""
    pairs = ", ".join(f"'{name}', {prefix}\"{name}\"" for name in sorted(names))
    return f"json_object({pairs})"


def digest_sql(names: Iterable[str], prefix: str = "") -> str:
    """SQL for the digest of a row; of its bytes, for damaged text may be no text at all."""
    return f"row_digest(CAST({row_json(names, prefix)} AS BLOB))"


@lru_cache(maxsize=1)
def logged_tables() -> Mapping[str, tuple[str, ...]]:
    """Every table whose rows the action log follows, with its columns."""
    tables = {kind.name: columns(kind) for kind in KINDS.values()}
    return MappingProxyType(tables | {"mail": MAIL_COLUMNS})


_LOG: Final = """
CREATE TRIGGER log_{t}_i AFTER INSERT ON {t} BEGIN
  INSERT INTO change(action_id, tbl, row_id, op, before, digest)
  VALUES(current_action(), '{t}', new.id, 'I', NULL, {digest}); END;
CREATE TRIGGER log_{t}_d AFTER DELETE ON {t} BEGIN
  INSERT INTO change(action_id, tbl, row_id, op, before, digest)
  VALUES(current_action(), '{t}', old.id, 'D', {old}, NULL); END;
CREATE TRIGGER log_{t}_u AFTER UPDATE ON {t} WHEN {old} IS NOT {new} BEGIN
  INSERT INTO change(action_id, tbl, row_id, op, before, digest)
  VALUES(current_action(), '{t}', new.id, 'U', {old}, {digest}); END;
"""

_SEARCH: Final = """
CREATE TRIGGER search_{t}_i AFTER INSERT ON {t} BEGIN
  SELECT index_later({number}, new.id, NULL); END;
CREATE TRIGGER search_{t}_d AFTER DELETE ON {t} BEGIN
  SELECT index_later({number}, old.id, {address}); END;
CREATE TRIGGER search_{t}_u AFTER UPDATE OF {watched} ON {t} BEGIN
  SELECT index_later({number}, old.id, {address}); END;
"""


def install_triggers(conn: Connection) -> None:
    """Drop and make anew the triggers that keep log and search index."""
    there = conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in there:
        conn.execute(f"DROP TRIGGER {name}")
    for table, names in logged_tables().items():
        old, new = (row_json(names, prefix) for prefix in ("old.", "new."))
        _run(conn, _LOG.format(t=table, old=old, new=new, digest=digest_sql(names, "new.")))
    for kind in KINDS.values():
        if kind.search:
            watched = dict.fromkeys(
                [*kind.search, *filter(None, [kind.date]), *client_fields(kind)]
            )
            _run(
                conn,
                _SEARCH.format(
                    t=kind.name,
                    number=kind.number,
                    address=address_sql(kind, "old."),
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
