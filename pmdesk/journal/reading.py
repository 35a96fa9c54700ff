"""What is read of a journal: rows, records, and one state throughout."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from pmdesk.journal import engine, errors
from pmdesk.journal.codec import column_list, row_reader
from pmdesk.records.declare import kind_of

T = TypeVar("T")


class Reading:
    """A connection to a journal file, as far as it reads."""

    path: Path
    conn: engine.Connection

    def rows(self, sql: str, values: Iterable[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """All rows of a query as tuples; raises JournalError."""
        with engine.explained(self.path):
            given = values if isinstance(values, Mapping) else tuple(values)
            return list(self.conn.execute(sql, given).fetchall())

    def get(self, cls: type[T], record_id: int) -> T | None:
        """The record with this id, None where it is not (or no longer) there."""
        records = self.find(cls, "id = ?", [record_id], limit=1)
        return records[0] if records else None

    def find(
        self,
        cls: type[T],
        where: str = "1",
        values: Iterable[Any] | Mapping[str, Any] = (),
        *,
        order: str = "id",
        limit: int = -1,
    ) -> list[T]:
        """Records of a kind that fulfil an SQL condition on its columns; raises JournalError."""
        kind = kind_of(cls)
        read = row_reader(kind)
        sql = (
            f"SELECT {column_list(kind)} FROM {kind.name} WHERE {where}"
            f" ORDER BY {order} LIMIT {int(limit)}"
        )
        try:
            return [read(row) for row in self.rows(sql, values)]
        except ValueError as error:  # no date, no choice: not what we have written
            detail = f"{kind.name}: {error}"
            raise errors.Damaged(path=errors.shown(self.path), detail=detail) from error

    def count(self, cls: type[Any], where: str = "1", values: Iterable[Any] = ()) -> int:
        """How many records of a kind fulfil an SQL condition."""
        sql = f"SELECT count(*) FROM {kind_of(cls).name} WHERE {where}"
        return int(self.rows(sql, values)[0][0])

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one state throughout, whatever other processes write meanwhile; that of an outer one."""
        if self.conn.in_transaction:
            yield
            return
        with engine.explained(self.path):
            self.conn.execute("BEGIN")
        try:
            with engine.explained(self.path):
                # the state is that of the first look
                self.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield
        finally:
            self._rollback()

    def _rollback(self) -> None:
        if self.conn.in_transaction:
            self.conn.execute("ROLLBACK")
