"""Tables, indexes and triggers, made from the declarations."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from pmdesk.journal.codec import COLUMN_TYPES, columns
from pmdesk.journal.engine import Connection
from pmdesk.journal.index import address_sql, client_fields
from pmdesk.journal.released import Gained
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

INDEXES: Final[dict[str, tuple[str, ...]]] = {
    "interaction": (
        (
            "CREATE INDEX interaction_turns ON interaction"
            "(client_id, at, id, thread, direction, channel, automatic, needs_reply, answered_by, date_doubt, reached)"
        ),
        (
            "CREATE INDEX interaction_thread ON interaction"
            "(thread, direction, at, id, automatic, date_doubt, client_id) WHERE thread IS NOT NULL"
        ),
        "CREATE INDEX interaction_at ON interaction(at, id)",
    ),
    "entry": ("CREATE INDEX entry_day ON entry(day, id)",),
    "attachment": (
        "CREATE INDEX attachment_owner ON attachment(owner, id)",
        "CREATE INDEX attachment_hash ON attachment(hash)",
    ),
}


def declared(kind: Kind) -> list[str]:
    """The statements that make the table of `kind` and its indexes, as declared today.

    What a release made of them stands in released.py; a test holds the two together.
    """
    fields = ", ".join(_column(kind, field) for field in kind.fields)
    indexes = INDEXES.get(kind.name, ())
    references = [
        f"CREATE INDEX {kind.name}_{field.name} ON {kind.name}"
        f"({field.name}) WHERE {field.name} IS NOT NULL"
        for field in kind.references
        if not any(f"({field.name}," in text for text in indexes)
    ]
    return [f"CREATE TABLE {kind.name}({fields}) STRICT", *references, *indexes]


def run(conn: Connection, script: str) -> None:
    """Run statements parted by semicolons; executescript() would commit the migration."""
    for statement in script.split(";"):
        if statement.strip():
            conn.execute(statement)


def gain(conn: Connection, table: str, columns_gained: Iterable[Gained]) -> None:
    """Add the columns that a table lacks, and give the log's digests of its rows their defaults.

    A row that was not as last saved keeps its old digest, so that `check` still finds it.
    """
    there = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
    new = [column for column in columns_gained if column.name not in there]
    for column in new:
        default = f" DEFAULT {column.default}" if column.default else ""
        conn.execute(f'ALTER TABLE {table} ADD COLUMN "{column.name}" {column.type}{default}')
    if new:
        values = {
            column.name: conn.execute(f"SELECT {column.default or 'NULL'}").fetchone()[0]
            for column in new
        }
        renew_digests(conn, table, there, values)


def set_where_never_edited(
    conn: Connection, table: str, name: str, values: tuple[str, str]
) -> None:
    """Change a default that nobody chose, in rows that are as they were first written, with their digests."""
    if not conn.execute("SELECT 1 FROM change WHERE tbl = ? LIMIT 1", (table,)).fetchone():
        return
    was, becomes = values
    digest = digest_sql([row[1] for row in conn.execute(f"PRAGMA table_info({table})")])
    conn.execute("CREATE TEMP TABLE unchosen(id INTEGER PRIMARY KEY)")
    conn.execute(
        f"INSERT INTO unchosen SELECT t.id FROM {table} t JOIN change c ON c.tbl = ? AND c.row_id = t.id"
        f" WHERE t.{name} = ? GROUP BY t.id HAVING count(*) = 1"
        f" AND max(c.digest) = (SELECT {digest} FROM {table} WHERE id = t.id)",
        (table, was),
    )
    chosen = "IN (SELECT id FROM unchosen)"
    conn.execute(f"UPDATE {table} SET {name} = ? WHERE id {chosen}", (becomes,))
    conn.execute(
        f"UPDATE change SET digest = (SELECT {digest} FROM {table} WHERE id = row_id)"
        f" WHERE tbl = ? AND row_id {chosen}",
        (table,),
    )
    conn.execute("DROP TABLE unchosen")


def renew_digests(
    conn: Connection, table: str, names: list[str], gained: Mapping[str, Any]
) -> None:
    """Renew the digests of rows that had the columns `names` and have gained the values `gained`."""
    # what an act made of a row stands in the "before" of the next change, or in the row itself: most
    # rows have but one change, and these are all done at once
    later = (
        "FROM change n WHERE n.tbl = change.tbl AND n.row_id = change.row_id AND n.id > change.id"
    )
    row = f"FROM {table} WHERE id = change.row_id"
    if not conn.execute("SELECT 1 FROM change WHERE tbl = ? LIMIT 1", (table,)).fetchone():
        return
    conn.execute(
        f"UPDATE change SET digest = (SELECT {digest_sql([*names, *gained])} {row})"
        f" WHERE tbl = ? AND digest = (SELECT {digest_sql(names)} {row}) AND NOT EXISTS (SELECT 1 {later})",
        (table,),
    )
    sql = (
        f"SELECT id, digest, (SELECT n.before {later} ORDER BY n.id LIMIT 1) AS state FROM change"
        " WHERE tbl = ? AND digest IS NOT NULL AND state IS NOT NULL AND id > ? ORDER BY id LIMIT ?"
    )
    last = 0
    while rows := conn.execute(sql, (table, last, _AT_ONCE)).fetchall():
        last = rows[-1][0]
        for change_id, digest, state in rows:
            values = json.loads(state)
            if digest_of(conn, {name: values.get(name) for name in names}) == digest:
                renewed = digest_of(conn, {**gained, **values})
                conn.execute("UPDATE change SET digest = ? WHERE id = ?", (renewed, change_id))


def digest_of(conn: Connection, values: Mapping[str, Any]) -> str:
    """The digest of a row that holds these values."""
    marks = ", ".join(f"'{name}', :{name}" for name in sorted(values))
    sql = f"SELECT row_digest(CAST(json_object({marks}) AS BLOB))"
    return str(conn.execute(sql, values).fetchone()[0])


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


def drop_triggers(conn: Connection) -> None:
    """Take every trigger away, whoever made it."""
    there = conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in there:
        conn.execute(f"DROP TRIGGER {quoted(name)}")


def quoted(name: str) -> str:
    """A name as SQL writes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def install_triggers(conn: Connection) -> None:
    """Drop and make anew the triggers that keep log and search index."""
    drop_triggers(conn)
    for table, names in logged_tables().items():
        old, new = (row_json(names, prefix) for prefix in ("old.", "new."))
        _run_triggers(
            conn, _LOG.format(t=table, old=old, new=new, digest=digest_sql(names, "new."))
        )
    for kind in KINDS.values():
        if kind.search:
            watched = dict.fromkeys(
                [*kind.search, *filter(None, [kind.date]), *client_fields(kind)]
            )
            _run_triggers(
                conn,
                _SEARCH.format(
                    t=kind.name,
                    number=kind.number,
                    address=address_sql(kind, "old."),
                    watched=", ".join(f'"{name}"' for name in watched),
                ),
            )


def _run_triggers(conn: Connection, script: str) -> None:
    # executescript() would commit the transaction that the migration runs in
    for statement in script.split("END;"):
        if statement.strip():
            conn.execute(statement + "END;")
