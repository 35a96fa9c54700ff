"""The log of rows that came out of a damaged file: kept where it is right, begun anew where not."""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from pmdesk.journal import engine, index, log, schema, seals
from pmdesk.journal.act import Act
from pmdesk.journal.bringing import Bringing
from pmdesk.journal.codec import moment_text
from pmdesk.journal.journal import Journal
from pmdesk.journal.log_truth import States
from pmdesk.journal.schema import digest_sql, logged_tables
from pmdesk.words import mark

SALVAGED: Final = mark("Salvaged")
LOST_STEP: Final = mark("A step of which nothing is left")


class Saved(NamedTuple):
    """What became of one table: rows read, rows lost as far as known, references cut."""

    table: str
    read: int
    lost: int
    cut: int


class Salvaged(NamedTuple):
    """What a salvage brought over: each table that held anything, and sentences with their facts."""

    tables: list[Saved]
    sentences: list[tuple[str, dict[str, object]]]

    @property
    def whole(self) -> bool:
        """Whether nothing at all was lost, cut or taken in an earlier state."""
        return not self.sentences and not any(one.lost or one.cut for one in self.tables)


class _Fate(NamedTuple):
    """Which rows of a table begin anew, came in an earlier state, and are lost."""

    anew: list[int]
    earlier: list[int]
    lost: list[int]


def log_anew(journal: Journal, brought: Bringing, *, at: datetime) -> Salvaged:
    """Make one journal of the rows that were brought: a right log, references that lead somewhere.

    The journal has no triggers when this begins, and all that it needs when it ends.
    """
    conn = journal.conn
    read, lost = brought.read, Counter(brought.refused)
    with journal.db.atomic():
        for table, names in brought.had.items():
            if table in logged_tables():
                gained = States(conn, table).gained
                new = {name: value for name, value in gained.items() if name not in names}
                if new:
                    schema.renew_digests(conn, table, names, new)
        for table in ("action", "change"):
            sql = f"SELECT coalesce(max(id), 0) - count(*) FROM {table}"
            lost[table] = conn.execute(sql).fetchone()[0]
        fates = {table: _fate(conn, table) for table in logged_tables()}
        lost_steps = _steps_stand_in(conn, at)
        schema.install_triggers(conn)
    cut: Counter[str] = Counter()
    with journal.action(SALVAGED, at=at) as act:
        for table, fate in fates.items():
            _begin(act, table, fate.anew)
        for table, row_id, column in _loose(conn):
            sql = f'UPDATE {table} SET "{column}" = NULL WHERE id = ?'
            cut[table] += act.execute(sql, (row_id,), touches=table).rowcount
        lost["blob"] = conn.execute(_BLOBS_LOST).fetchone()[0]
        act.execute(f"UPDATE attachment SET hash = '' WHERE {_NO_BYTES}", touches="attachment")
    with journal.db.atomic():
        seals.renew(conn, ())
        conn.execute(f"UPDATE draft SET checksum = {seals.sealed_sql('draft')}")
        log.set_numbers(conn)
        index.rebuild(conn)
    for table, fate in fates.items():
        lost[table] += len(fate.lost)
    tables = [
        Saved(table, read.get(table, 0), max(0, lost[table]), cut[table])
        for table in [*logged_tables(), "action", "change", "blob", "draft"]
        if read.get(table) or lost[table] > 0
    ]
    return Salvaged(tables, [*_told(fates.values(), lost_steps, brought)])


def _told(
    fates: Collection[_Fate], lost_steps: int, brought: Bringing
) -> Iterator[tuple[str, dict[str, object]]]:
    if n := sum(len(fate.anew) for fate in fates):
        yield mark("Rows whose log begins anew, for it did not tell what they are: {n}"), {"n": n}
    if n := sum(len(fate.earlier) for fate in fates):
        yield mark("Rows taken from the log in an earlier state: {n}"), {"n": n}
    if brought.log_broken:
        yield mark("The log itself is damaged: there may have been rows that nothing tells of."), {}
    if lost_steps:
        yield mark("Steps of which nothing is left but what they changed: {n}"), {"n": lost_steps}


_NO_BYTES: Final = "hash <> '' AND hash NOT IN (SELECT hash FROM blob)"
_BLOBS_LOST: Final = f"SELECT count(DISTINCT hash) FROM attachment WHERE {_NO_BYTES}"
_LAST_CHANGES: Final = """
SELECT row_id, op, before, digest FROM change c WHERE tbl = ? AND NOT EXISTS (
  SELECT 1 FROM change n WHERE n.tbl = c.tbl AND n.row_id = c.row_id AND n.id > c.id)
"""


def _fate(conn: engine.Connection, table: str) -> _Fate:
    """What becomes of the rows of a table; what the log tells wrongly of them is taken away."""
    states = States(conn, table)
    broken = {row_id for _, row_id in states.broken()}
    sums = dict(conn.execute(f"SELECT id, {digest_sql(logged_tables()[table])} FROM {table}"))
    last = {row[0]: row[1:] for row in conn.execute(_LAST_CHANGES, (table,))}
    anew = [
        id_
        for id_, sum_ in sums.items()
        if id_ in broken or id_ not in last or last[id_][2] != sum_
    ]
    earlier: list[int] = []
    lost: list[int] = []
    for id_, (op, before, _) in last.items():
        if id_ in sums or op == "D":
            continue
        # what it was before the last change that the log tells of
        back = before is not None and id_ not in broken and _put(conn, table, states, before)
        (earlier if back else lost).append(id_)
    gone = {*anew, *earlier, *lost, *(broken - sums.keys())}
    conn.executemany(
        "DELETE FROM change WHERE tbl = ? AND row_id = ?", [(table, id_) for id_ in gone]
    )
    return _Fate(sorted({*anew, *earlier}), earlier, lost)


def _put(conn: engine.Connection, table: str, states: States, state: str) -> bool:
    values = {**states.gained, **json.loads(state)}
    values = {name: values[name] for name in logged_tables()[table]}
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    try:
        conn.execute(f"INSERT INTO {table}({columns}) VALUES({marks})", [*values.values()])
    except engine.IntegrityError:
        return False
    return True


def _steps_stand_in(conn: engine.Connection, at: datetime) -> int:
    """Give changes whose step was lost one to stand in for it; how many."""
    return int(
        conn.execute(
            "INSERT INTO action(id, at, label, facts, kind, state)"
            " SELECT DISTINCT action_id, ?, ?, '{}', 'do', 'spent' FROM change"
            " WHERE action_id NOT IN (SELECT id FROM action)",
            (moment_text(at), LOST_STEP),
        ).rowcount
    )


def _begin(act: Act, table: str, ids: Collection[int]) -> None:
    """Let the log of these rows begin with this act."""
    act.execute_many(
        "INSERT INTO change(action_id, tbl, row_id, op, before, digest)"
        f" SELECT {act.id}, '{table}', id, 'I', NULL, {digest_sql(logged_tables()[table])}"
        f" FROM {table} WHERE id = ?",
        [(id_,) for id_ in ids],
        touches=table,
    )


def _loose(conn: engine.Connection) -> Iterator[tuple[str, int, str]]:
    """References to rows that are not there: table, row id, column."""
    for table, row_id, _, number in conn.execute("PRAGMA foreign_key_check").fetchall():
        links: list[Any] = conn.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        column = next(link[3] for link in links if link[0] == number)
        yield table, row_id, column
