"""The action log: every act as one step that can be undone, repeated and looked up."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from pmdesk.journal import errors
from pmdesk.journal.codec import moment_of
from pmdesk.journal.engine import Connection
from pmdesk.journal.schema import logged_tables, row_json


class Step(NamedTuple):
    """One act in the log. `kind` is do, undo or redo; `live` whether it still stands."""

    id: int
    at: datetime
    label: str
    facts: dict[str, Any]
    kind: str
    live: bool


class Version(NamedTuple):
    """A state of one record: what the act `step` made of it; None when it deleted it."""

    step: Step
    values: dict[str, Any] | None


@dataclass(frozen=True)
class Deleted:
    """A record that was deleted and can be brought back."""

    change_id: int
    table: str
    row_id: int
    step: Step
    values: dict[str, Any]


def begin_step(
    conn: Connection, at: str, label: str, facts: dict[str, object], kind: str, target: int | None
) -> int:
    """Write the row of a new act; a new deed makes what was undone final."""
    if kind == "do":
        conn.execute("UPDATE action SET state = 'spent' WHERE kind = 'undo' AND state = 'live'")
    cursor = conn.execute(
        "INSERT INTO action(at, label, facts, kind, state, target) VALUES(?, ?, ?, ?, 'live', ?)",
        (at, label, json.dumps(facts, ensure_ascii=False, default=str), kind, target),
    )
    return int(cursor.lastrowid)


def last_done(conn: Connection) -> Step | None:
    """The act that undo would take back."""
    return _step_where(conn, "state = 'live' AND kind IN ('do', 'redo')")


def last_undone(conn: Connection) -> Step | None:
    """The undo that redo would take back."""
    return _step_where(conn, "state = 'live' AND kind = 'undo'")


def _step_where(conn: Connection, where: str) -> Step | None:
    row = conn.execute(f"{_STEPS} WHERE {where} ORDER BY id DESC LIMIT 1").fetchone()
    return _step(row) if row else None


_STEPS = "SELECT id, at, label, facts, kind, state FROM action"


def _step(row: Any) -> Step:
    return Step(row[0], moment_of(row[1]), row[2], json.loads(row[3]), row[4], row[5] == "live")


def steps(conn: Connection, *, before: int | None = None, limit: int = 100) -> list[Step]:
    """Acts, newest first."""
    rows = conn.execute(f"{_STEPS} WHERE id < ? ORDER BY id DESC LIMIT ?", (before or 2**62, limit))
    return [_step(row) for row in rows]


def revert(conn: Connection, action_id: int) -> set[str]:
    """Apply the inverse of every change of an act, newest first; the tables it wrote.

    Raises Conflict when a row is no longer as the act left it. Runs inside the transaction of
    a new act, so that what it does is logged in turn.
    """
    tables = logged_tables()
    touched: set[str] = set()
    changes = conn.execute(
        "SELECT tbl, row_id, op, before, digest FROM change WHERE action_id = ? ORDER BY id DESC",
        (action_id,),
    ).fetchall()
    for table, row_id, op, before, digest in changes:
        names = tables[table]
        now = conn.execute(
            f"SELECT row_digest({row_json(names, '')}) FROM {table} WHERE id = ?", (row_id,)
        ).fetchone()
        if (now[0] if now else None) != digest:
            raise errors.Conflict(what=name_of(conn, table, row_id))
        touched.add(table)
        if op == "I":
            conn.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
            continue
        values = {n: v for n, v in json.loads(before).items() if n in names}
        if op == "D":
            insert_row(conn, table, values)
        else:
            sets = ", ".join(f'"{name}" = ?' for name in values)
            conn.execute(f"UPDATE {table} SET {sets} WHERE id = ?", [*values.values(), row_id])
    return touched


def insert_row(conn: Connection, table: str, values: dict[str, Any]) -> None:
    """Put a logged row back."""
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    conn.execute(f"INSERT INTO {table}({names}) VALUES({marks})", list(values.values()))


def name_of(conn: Connection, table: str, row_id: int) -> str:
    """What people call a row: its title now, or when it was last there."""
    from pmdesk.records.kinds import KINDS

    kind = KINDS.get(table)
    if kind is None:
        return table
    row = conn.execute(f'SELECT "{kind.title}" FROM {table} WHERE id = ?', (row_id,)).fetchone()
    if row:
        return str(row[0])
    last = conn.execute(
        "SELECT before FROM change WHERE tbl = ? AND row_id = ? AND before IS NOT NULL"
        " ORDER BY id DESC LIMIT 1",
        (table, row_id),
    ).fetchone()
    return str(json.loads(last[0]).get(kind.title, "")) if last else kind.one


def versions(conn: Connection, table: str, row_id: int) -> list[Version]:
    """Every state of a record, oldest first."""
    rows = conn.execute(
        "SELECT a.id, a.at, a.label, a.facts, a.kind, a.state, c.op, c.before"
        " FROM change c JOIN action a ON a.id = c.action_id"
        " WHERE c.tbl = ? AND c.row_id = ? ORDER BY c.id",
        (table, row_id),
    ).fetchall()
    names = logged_tables()[table]
    current = conn.execute(
        f"SELECT {row_json(names, '')} FROM {table} WHERE id = ?", (row_id,)
    ).fetchone()
    found = []
    for n, row in enumerate(rows):
        if row[6] == "D":
            found.append(Version(_step(row), None))
            continue
        # what a change made stands in the next change's "before", or in the row itself
        later = rows[n + 1][7] if n + 1 < len(rows) else (current[0] if current else None)
        found.append(Version(_step(row), json.loads(later) if later else None))
    return found


def deleted(conn: Connection, tables: tuple[str, ...], limit: int = 200) -> Iterator[Deleted]:
    """Records whose last change was a deletion by a deed, the latest first."""
    marks = ", ".join("?" * len(tables))
    rows = conn.execute(
        "SELECT a.id, a.at, a.label, a.facts, a.kind, a.state, c.id, c.tbl, c.row_id, c.before"
        " FROM change c JOIN action a ON a.id = c.action_id"
        f" WHERE c.op = 'D' AND a.kind IN ('do', 'redo') AND a.state = 'live' AND c.tbl IN ({marks})"
        " AND NOT EXISTS (SELECT 1 FROM change n"
        "   WHERE n.tbl = c.tbl AND n.row_id = c.row_id AND n.id > c.id)"
        " ORDER BY c.id DESC LIMIT ?",
        (*tables, limit),
    )
    for row in rows:
        yield Deleted(row[6], row[7], row[8], _step(row), json.loads(row[9]))


def restore(conn: Connection, change_id: int) -> set[str]:
    """Bring back a deleted row with all that its act deleted alongside; the tables written."""
    action_id = conn.execute("SELECT action_id FROM change WHERE id = ?", (change_id,)).fetchone()[
        0
    ]
    tables = logged_tables()
    touched: set[str] = set()
    rows = conn.execute(
        "SELECT tbl, row_id, before FROM change WHERE action_id = ? AND op = 'D' ORDER BY id DESC",
        (action_id,),
    ).fetchall()
    for table, row_id, before in rows:
        if not conn.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,)).fetchone():
            names = tables[table]
            insert_row(conn, table, {n: v for n, v in json.loads(before).items() if n in names})
            touched.add(table)
    return touched
