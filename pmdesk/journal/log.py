"""The action log: every act as one step that can be undone, repeated and looked up."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, Final, NamedTuple

from pmdesk.journal import errors
from pmdesk.journal.codec import moment_of
from pmdesk.journal.engine import Connection, IntegrityError
from pmdesk.journal.progress import Progress, untold
from pmdesk.journal.schema import digest_sql, logged_tables, row_json
from pmdesk.records.kinds import KINDS

# Whose acts were not the window's, as the fact "by" of a step says it.
BY_COMMAND_LINE: Final = "cli"
BY_IMPORT: Final = "import"
_NAME: Final = 80
_AT_ONCE: Final = 500
_TOLD_EVERY: Final = 100


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
    """Write the row of a new act."""
    cursor = conn.execute(
        "INSERT INTO action(at, label, facts, kind, state, target) VALUES(?, ?, ?, ?, 'live', ?)",
        (at, label, json.dumps(facts, ensure_ascii=False, default=str), kind, target),
    )
    return int(cursor.lastrowid)


def has_changes(conn: Connection, action_id: int | None) -> bool:
    """Whether the act has changed any row."""
    sql = "SELECT 1 FROM change WHERE action_id = ? LIMIT 1"
    return conn.execute(sql, (action_id,)).fetchone() is not None


def weight(conn: Connection, action_id: int) -> int:
    """How many changes an act made, each of which undo and redo take back one by one."""
    sql = "SELECT count(*) FROM change WHERE action_id = ?"
    return int(conn.execute(sql, (action_id,)).fetchone()[0])


def changed_rows(conn: Connection, action_id: int) -> int:
    """How many records an act wrote."""
    sql = "SELECT count(DISTINCT tbl || row_id) FROM change WHERE action_id = ? AND tbl <> 'mail'"
    return int(conn.execute(sql, (action_id,)).fetchone()[0])


def last_change(conn: Connection) -> int:
    """The number of the latest change of any row; it grows with each, whoever made it."""
    return int(conn.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0])


def tables_changed(conn: Connection, after: int) -> set[str]:
    """The tables whose rows were written after a change, by its number."""
    rows = conn.execute("SELECT DISTINCT tbl FROM change WHERE id > ?", (after,))
    return {table for (table,) in rows}


def set_numbers(conn: Connection, tables: Iterable[str] | None = None) -> None:
    """Let the next number of each table (of all, without `tables`) come after all that the log knows."""
    for table in logged_tables() if tables is None else tables:
        sql = "SELECT max(row_id) FROM change WHERE tbl = ?"
        last = conn.execute(sql, (table,)).fetchone()[0]
        conn.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        if last is not None:
            conn.execute("INSERT INTO sqlite_sequence(name, seq) VALUES(?, ?)", (table, last))


def make_final(conn: Connection) -> None:
    """Let what was undone rest: after a new deed it cannot be repeated."""
    conn.execute("UPDATE action SET state = 'spent' WHERE kind = 'undo' AND state = 'live'")


def last_done(conn: Connection) -> Step | None:
    """The act that undo would take back."""
    return _step_where(conn, "state = 'live' AND kind IN ('do', 'redo')")


def last_undone(conn: Connection) -> Step | None:
    """The undo that redo would take back."""
    return _step_where(conn, "state = 'live' AND kind = 'undo'")


def standing_since(conn: Connection, step: int) -> list[Step]:
    """The acts that stand from a step on, in the order in which undo takes them back."""
    return _steps_since(conn, "kind IN ('do', 'redo')", step)


def undone_since(conn: Connection, step: int) -> list[Step]:
    """The undone acts from a step on, an undo, in the order in which redo repeats them."""
    return _steps_since(conn, "kind = 'undo'", step)


def _steps_since(conn: Connection, where: str, step: int) -> list[Step]:
    sql = f"{_STEPS} WHERE state = 'live' AND {where} AND id >= ? ORDER BY id DESC"
    return [_step(row) for row in conn.execute(sql, (step,))]


def _step_where(conn: Connection, where: str) -> Step | None:
    row = conn.execute(f"{_STEPS} WHERE {where} ORDER BY id DESC LIMIT 1").fetchone()
    return _step(row) if row else None


_STEPS: Final = "SELECT id, at, label, facts, kind, state FROM action"
_TURNS: Final = "SELECT id, at, label, facts, kind, state, target FROM action"


def _step(row: Any) -> Step:
    return Step(row[0], moment_of(row[1]), row[2], json.loads(row[3]), row[4], row[5] == "live")


def steps(conn: Connection, *, before: int | None = None, limit: int = 100) -> list[Step]:
    """Acts, newest first."""
    rows = conn.execute(f"{_STEPS} WHERE id < ? ORDER BY id DESC LIMIT ?", (before or 2**62, limit))
    return [_step(row) for row in rows]


def acts(conn: Connection, limit: int) -> list[Step]:
    """What was done, newest first, without undo and redo."""
    rows = conn.execute(f"{_STEPS} WHERE kind = 'do' ORDER BY id DESC LIMIT ?", (limit,))
    return [_step(row) for row in rows]


def turns_since(conn: Connection, step: int) -> dict[int, Step]:
    """Each undo and redo after a step, by the step that it undid or repeated."""
    rows = conn.execute(f"{_TURNS} WHERE kind <> 'do' AND id > ?", (step,))
    return {row[-1]: _step(row) for row in rows}


def records_of(conn: Connection, steps: Iterable[int]) -> dict[int, int]:
    """How many records each of these steps wrote."""
    sql = (
        "SELECT action_id, count(DISTINCT tbl || row_id) FROM change"
        " WHERE action_id IN (SELECT value FROM json_each(?)) AND tbl <> 'mail' GROUP BY action_id"
    )
    return dict(conn.execute(sql, (json.dumps(list(steps)),)).fetchall())


def revert(conn: Connection, action_id: int, progress: Progress = untold) -> set[str]:
    """Apply the inverse of every change of an act, newest first; the tables it wrote.

    `progress` is told changes. Raises Conflict when a row is no longer as the act left it. Runs
    inside the transaction of a new act, so that what it does is logged in turn.
    """
    touched: set[str] = set()
    total = weight(conn, action_id)
    done = 0
    for some in _changes(conn, action_id):
        standing = _digests(conn, some)
        for change in some:
            if done % _TOLD_EVERY == 0:
                progress(done, total)
            place = change.table, change.row_id
            # a row that changed twice is as the later change, taken back by now, has left it
            now = standing.pop(place) if place in standing else _digest_now(conn, *place)
            if now != change.digest:
                raise errors.Conflict(what=name_of(conn, *place))
            _take_back(conn, change)
            touched.add(change.table)
            done += 1
    return touched


def insert_row(conn: Connection, table: str, values: dict[str, Any]) -> None:
    """Put a logged row back; raises Conflict where another has taken its place."""
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    try:
        conn.execute(f"INSERT INTO {table}({names}) VALUES({marks})", list(values.values()))
    except IntegrityError as error:
        raise errors.Conflict(what=name_of(conn, table, values["id"])) from error


def name_of(conn: Connection, table: str, row_id: int) -> str:
    """What people call a row: its title now, or when it was last there."""
    kind = KINDS.get(table)
    if kind is None:
        return table
    row = conn.execute(f'SELECT "{kind.title}" FROM {table} WHERE id = ?', (row_id,)).fetchone()
    if row is None:
        last = conn.execute(
            "SELECT json_extract(before, ?) FROM change WHERE tbl = ? AND row_id = ?"
            " AND before IS NOT NULL ORDER BY id DESC LIMIT 1",
            (f'$."{kind.title}"', table, row_id),
        ).fetchone()
        row = last or (None,)
    lines = str(row[0] or "").strip().splitlines()
    return lines[0][:_NAME] if lines else kind.one


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
    history = []
    for n, row in enumerate(rows):
        if row[6] == "D":
            history.append(Version(_step(row), None))
            continue
        # what a change made stands in the next change's "before", or in the row itself
        later = rows[n + 1][7] if n + 1 < len(rows) else (current[0] if current else None)
        history.append(Version(_step(row), json.loads(later) if later else None))
    return history


def deleted(conn: Connection, tables: tuple[str, ...], limit: int = 200) -> Iterator[Deleted]:
    """Records that a person deleted and nothing has brought back, the latest first.

    One whose adding was undone is none of them: redo brings it back.
    """
    marks = ", ".join("?" * len(tables))
    rows = conn.execute(
        "SELECT a.id, a.at, a.label, a.facts, a.kind, a.state, c.id, c.tbl, c.row_id, c.before"
        " FROM change c JOIN action a ON a.id = c.action_id"
        f" WHERE c.op = 'D' AND c.tbl IN ({marks})"
        " AND NOT EXISTS (SELECT 1 FROM change n"
        "   WHERE n.tbl = c.tbl AND n.row_id = c.row_id AND n.id > c.id)"
        " AND (a.kind != 'undo' OR EXISTS (SELECT 1 FROM change n JOIN action b ON b.id = n.action_id"
        "   WHERE n.tbl = c.tbl AND n.row_id = c.row_id AND n.op = 'D' AND b.kind != 'undo'))"
        " ORDER BY c.id DESC LIMIT ?",
        (*tables, limit),
    )
    for row in rows:
        yield Deleted(row[6], row[7], row[8], _step(row), json.loads(row[9]))


def restore(conn: Connection, change_id: int) -> set[str]:
    """Bring back a deleted row with all that its act did alongside; the tables written.

    What the act deleted comes back; what it only changed (a link that was cut) is put back
    where nothing has changed it since. Raises NotDeleted and Conflict.
    """
    row = conn.execute(
        "SELECT action_id, tbl, row_id FROM change WHERE id = ? AND op = 'D'", (change_id,)
    ).fetchone()
    if row is None or _digest_now(conn, row[1], row[2]) is not None:
        raise errors.NotDeleted
    touched: set[str] = set()
    for change in chain.from_iterable(_changes(conn, row[0])):
        if change.op != "I" and _digest_now(conn, change.table, change.row_id) == change.digest:
            _take_back(conn, change)
            touched.add(change.table)
    return touched


class _Change(NamedTuple):
    table: str
    row_id: int
    op: str
    before: str | None
    digest: str | None


def _changes(conn: Connection, action_id: int) -> Iterator[list[_Change]]:
    """What an act changed, newest first; of a large act never all at once in memory."""
    sql = (
        "SELECT id, tbl, row_id, op, before, digest FROM change WHERE action_id = ? AND id < ?"
        " ORDER BY id DESC LIMIT ?"
    )
    first = 2**62
    while rows := conn.execute(sql, (action_id, first, _AT_ONCE)).fetchall():
        first = rows[-1][0]
        yield [_Change(*row[1:]) for row in rows]


def _digests(conn: Connection, changes: list[_Change]) -> dict[tuple[str, int], str | None]:
    """The digests of the rows that these changes made, as they stand; None where one is not."""
    digests: dict[tuple[str, int], str | None] = {(c.table, c.row_id): None for c in changes}
    for table in {c.table for c in changes}:
        ids = json.dumps([row_id for t, row_id in digests if t == table])
        sql = f"{_digest_query(table)} WHERE id IN (SELECT value FROM json_each(?))"
        digests |= {(table, row[0]): row[1] for row in conn.execute(sql, (ids,))}
    return digests


def _digest_now(conn: Connection, table: str, row_id: int) -> str | None:
    """The digest of a row as it stands; None where it is not there."""
    row = conn.execute(f"{_digest_query(table)} WHERE id = ?", (row_id,)).fetchone()
    return row[1] if row else None


@cache
def _digest_query(table: str) -> str:
    return f"SELECT id, {digest_sql(logged_tables()[table])} FROM {table}"


def _take_back(conn: Connection, change: _Change) -> None:
    """Apply the inverse of one change."""
    table, row_id = change.table, change.row_id
    if change.before is None:
        conn.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        return
    names = logged_tables()[table]
    values = {n: v for n, v in json.loads(change.before).items() if n in names}
    if change.op == "D":
        insert_row(conn, table, values)
    else:
        sets = ", ".join(f'"{name}" = ?' for name in values)
        conn.execute(f"UPDATE {table} SET {sets} WHERE id = ?", [*values.values(), row_id])


def broken_reference(conn: Connection, action_id: int | None) -> errors.JournalError | None:
    """Why COMMIT found a reference to nothing; asked while the transaction is still open."""
    for table, row_id, parent, number in conn.execute("PRAGMA foreign_key_check"):
        child = name_of(conn, table, row_id)
        links = conn.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        column = next(link[3] for link in links if link[0] == number)
        sql = f'SELECT "{column}" FROM {table} WHERE id = ?'
        parent_id = conn.execute(sql, (row_id,)).fetchone()[0]
        gone = name_of(conn, parent, parent_id)
        sql = "SELECT 1 FROM change WHERE action_id = ? AND tbl = ? AND row_id = ? AND op = 'D'"
        if conn.execute(sql, (action_id, parent, parent_id)).fetchone():
            return errors.StillNeeded(what=gone, by=child)
        return errors.ParentGone(what=child, parent=gone)
    return None
