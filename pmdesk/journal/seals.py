"""Checksums that the journal keeps of its own rows, so that a flipped bit is found in each.

A record's row has its digest in the log. Sealed are here: each act with what the log holds of its
changes, and the rows that no log follows. What a row was before a change has the digest that the
change before it left, and needs no seal of its own.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final

from pmdesk.journal.engine import Connection

_AT_ONCE: Final = 1_000
_JSON: Final = json.JSONEncoder(separators=(",", ":"))
_ACTS: Final = "SELECT id, at, label, facts, kind, target FROM action"
_CHANGES: Final = "SELECT id, tbl, row_id, op, digest FROM change WHERE action_id = ? ORDER BY id"

# Tables that no log follows, by the columns that are sealed.
KEPT: Final = MappingProxyType(
    {
        "draft": ("key", "at", "content"),
        "standing": ("client_id", "until", "at", "content"),
        "source_look": ("source_id", "at", "known", "action_id"),
        "source_file": ("source_id", "path", "size", "changed", "state"),
    }
)


def digest(row: bytes | str) -> str:
    """A short checksum of a row's JSON."""
    checksum: str = _hash()(row.encode() if isinstance(row, str) else row).hexdigest()
    return checksum


@cache
def _hash() -> Callable[..., Any]:
    from hashlib import blake2b  # loads OpenSSL: not before something is written

    return partial(blake2b, digest_size=12)


def seal(conn: Connection, action_id: int) -> None:
    """Write the checksum of an act that is done."""
    act = conn.execute(f"{_ACTS} WHERE id = ?", (action_id,)).fetchone()
    sum_ = _of(act, _in_parts(conn.execute(_CHANGES, (action_id,))))
    conn.execute("UPDATE action SET checksum = ? WHERE id = ?", (sum_, action_id))


def _in_parts(cursor: Any) -> Iterator[list[Any]]:
    while rows := cursor.fetchmany(_AT_ONCE):
        yield rows


def _of(act: Any, changes: Iterable[list[Any]]) -> str:
    """The checksum of an act; the same in whatever parts its changes come."""
    sum_ = _hash()(_JSON.encode(act).encode())
    for rows in changes:
        sum_.update(_JSON.encode(rows)[1:-1].encode())
        sum_.update(b",")
    return str(sum_.hexdigest())


_ALL: Final = "SELECT action_id, id, tbl, row_id, op, digest FROM change ORDER BY action_id, id"


def broken(conn: Connection) -> Iterator[int]:
    """The acts that are not as they were sealed, and those that changes name and nobody knows."""
    acts = iter(conn.execute(f"SELECT checksum, {_ACTS.removeprefix('SELECT ')} ORDER BY id"))
    act = next(acts, None)
    for action_id, rows in groupby(conn.execute(_ALL), itemgetter(0)):
        while act and act[1] < action_id:
            yield from _unless_sealed(act, ())
            act = next(acts, None)
        changes = ([row[1:]] for row in rows)
        if act and act[1] == action_id:
            yield from _unless_sealed(act, changes)
            act = next(acts, None)
        else:
            yield action_id
    while act:
        yield from _unless_sealed(act, ())
        act = next(acts, None)


def _unless_sealed(act: Any, changes: Iterable[list[Any]]) -> Iterator[int]:
    if act[0] != _of(act[1:], changes):
        yield act[1]


def renew(conn: Connection, spare: Collection[int]) -> None:
    """Seal every act but those that are to stay as they are."""
    for (action_id,) in conn.execute("SELECT id FROM action").fetchall():
        if action_id not in spare:
            seal(conn, action_id)


def sealed_sql(table: str) -> str:
    """SQL for the checksum of a row that no log follows."""
    return f"row_digest(CAST(json_array({', '.join(KEPT[table])}) AS BLOB))"


def keep_sql(table: str) -> str:
    """The statement that keeps the values of such a row with their checksum."""
    marks = ", ".join(f"?{n}" for n in range(1, len(KEPT[table]) + 1))
    return (
        f"INSERT OR REPLACE INTO {table}({', '.join(KEPT[table])}, checksum)"
        f" VALUES({marks}, row_digest(CAST(json_array({marks}) AS BLOB)))"
    )


def renew_kept(conn: Connection) -> None:
    """Seal the rows that were kept before there were seals."""
    for table in KEPT:
        conn.execute(f"UPDATE {table} SET checksum = {sealed_sql(table)} WHERE checksum IS NULL")
