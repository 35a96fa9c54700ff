"""Whether the log still tells what it was told: what rows were before each change."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pmdesk.journal import schema
from pmdesk.journal.engine import Connection
from pmdesk.journal.seals import digest

_STATES: Final = (
    "SELECT id, row_id, op, before, lag(op) OVER w, lag(digest) OVER w FROM change WHERE tbl = ?"
    " WINDOW w AS (PARTITION BY row_id ORDER BY id) ORDER BY row_id, id"
)


class States:
    """What the log may tell of the rows of one table."""

    def __init__(self, conn: Connection, table: str) -> None:
        """`conn` is of a journal whose table is whole."""
        self._conn = conn
        self._table = table
        self._gained: Mapping[str, Any] | None = None

    def broken(self) -> Iterator[tuple[int, int]]:
        """Changes that tell another state than the one before had left: id, row id."""
        for id_, row_id, *states in self._conn.execute(_STATES, (self._table,)):
            if not self.follows(*states):
                yield id_, row_id

    def follows(
        self, op: str, before: str | None, former_op: str | None, former: str | None
    ) -> bool:
        """Whether a change can come after the `former` one of its row, which left that digest."""
        if former_op in {None, "D"}:
            return op == "I" and before is None
        return op in {"U", "D"} and before is not None and self.is_state(before, former)

    def is_state(self, state: str, sum_: str | None) -> bool:
        """Whether a row's JSON has this digest, with what its table gained since."""
        if digest(state) == sum_:
            return True
        try:
            values = json.loads(state)
        except ValueError:
            return False
        if not isinstance(values, dict) or not self.gained.keys() - values:
            return False
        return schema.digest_of(self._conn, {**self.gained, **values}) == sum_

    @property
    def gained(self) -> Mapping[str, Any]:
        """What each column holds in rows that were made before the table had it."""
        if self._gained is None:
            self._gained = {
                name: self._conn.execute(f"SELECT {default or 'NULL'}").fetchone()[0]
                for _, name, _, _, default, _ in self._conn.execute(
                    f"PRAGMA table_info({self._table})"
                )
            }
        return self._gained
