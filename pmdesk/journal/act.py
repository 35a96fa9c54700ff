"""One act under way: what it saves and deletes becomes one step of the log."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pmdesk.journal import errors, index, log, seals
from pmdesk.journal.changes import Changes
from pmdesk.journal.codec import (
    copied,
    insert_sql,
    new_uuid,
    printable,
    row_writer,
    update_sql,
)
from pmdesk.journal.engine import Connection
from pmdesk.records.declare import Kind, kind_of

if TYPE_CHECKING:
    from pmdesk.journal.journal import Journal

T = TypeVar("T")
_ID: Final = 0  # every kind begins with id and uuid
_UUID: Final = 1


class Act:
    """What is done inside `Journal.action`. Raises JournalError, then nothing of it is kept."""

    def __init__(self, journal: "Journal") -> None:
        """Made by `Journal`."""
        self.journal = journal
        self.label = ""
        self.facts: dict[str, object] = {}
        self.id: int | None = None
        self.touched: set[str] = set()
        self.stale = index.Stale(journal.conn)
        self._kind = "do"

    def begin(
        self,
        moment: str,
        label: str,
        facts: dict[str, object],
        kind: str = "do",
        target: int | None = None,
    ) -> None:
        """Write the step that all changes from here on belong to."""
        self.label, self.facts, self._kind = label, facts, kind
        self.id = log.begin_step(self.journal.conn, moment, label, facts, kind, target)

    def save(self, record: T) -> T:
        """Insert a record without id, update one with; the record as saved.

        Raises RecordGone when the record to update is no longer there.
        """
        self.touched.add(kind_of(record).name)
        try:
            saved = self._written(record)
        except UnicodeEncodeError:  # half a character, as broken mail may hold
            saved = self._written(printable(record))
        self.stale.flush(at_least=index.AT_ONCE)
        return saved

    def _written(self, record: T) -> T:
        kind = kind_of(record)
        conn = self.journal.conn
        row = row_writer(kind)(record)
        record_id = record.id  # type: ignore[attr-defined] # every kind has id and uuid
        if record_id is not None:
            if conn.execute(update_sql(kind), (*row, record_id)).rowcount == 0:
                raise errors.RecordGone(what=log.name_of(conn, kind.name, record_id))
            return record
        row[_UUID] = record.uuid or new_uuid()  # type: ignore[attr-defined] # as above
        record_id = conn.execute(insert_sql(kind), row).lastrowid
        return copied(record, id=record_id, uuid=row[_UUID])

    def save_new(self, records: Sequence[Any]) -> range:
        """Insert records of one kind that have no id, in this order; the ids they have now.

        The same as `save` one by one, only faster.
        """
        if not records:
            return range(0)
        kind = kind_of(records[0])
        conn = self.journal.conn
        self.touched.add(kind.name)
        last = _last_id(conn, kind)
        ids = range(last + 1, last + 1 + len(records))
        try:
            conn.executemany(insert_sql(kind), _new_rows(kind, records, ids))
        except UnicodeEncodeError:  # half a character; the rows before it are in
            there = _last_id(conn, kind) - last
            whole = [printable(record) for record in records[there:]]
            conn.executemany(insert_sql(kind), _new_rows(kind, whole, ids[there:]))
        self.stale.flush(at_least=index.AT_ONCE)
        return ids

    def delete(self, record: Any) -> None:
        """Delete a record; what refers to it must be dealt with in the same act."""
        kind = kind_of(record)
        self.touched.add(kind.name)
        self.journal.conn.execute(f"DELETE FROM {kind.name} WHERE id = ?", (record.id,))

    def execute(self, sql: str, values: Iterable[Any] = (), *, touches: str) -> Any:
        """Run a statement on the rows of `touches`; the triggers log it like any other."""
        self.touched.add(touches)
        return self.journal.conn.execute(sql, tuple(values))

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]], *, touches: str) -> None:
        """Run a statement once for each of `rows`, as `execute` does."""
        self.touched.add(touches)
        self.journal.conn.executemany(sql, rows)

    def note(self, label: str = "", /, **facts: object) -> None:
        """Facts of the step that are known only now, and the label that tells them."""
        self.label = label or self.label
        self.facts.update(facts)
        text = json.dumps(self.facts, ensure_ascii=False, default=str)
        self.journal.conn.execute(
            "UPDATE action SET label = ?, facts = ? WHERE id = ?", (self.label, text, self.id)
        )

    def finish(self) -> bool:
        """Bring the search index up to date; whether anything has changed at all."""
        conn = self.journal.conn
        if self._kind == "do":
            if not log.has_changes(conn, self.id):
                self.id, self.touched = None, set()
                return False
            log.make_final(conn)
        if "mail" in self.touched:
            log.set_numbers(conn, ("mail",))  # what is there already takes a number, too
        self.stale.flush()
        self.seal()
        return True

    def seal(self) -> None:
        """Give the step its checksum: nothing more is written of it."""
        if self.id is not None:
            seals.seal(self.journal.conn, self.id)

    def changes(self) -> Changes:
        """What it has changed so far."""
        return Changes(frozenset(self.touched), self.id, self.label, dict(self.facts))


def _last_id(conn: Connection, kind: Kind) -> int:
    sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?"
    return int(conn.execute(sql, (kind.name,)).fetchone()[0])


def _new_rows(kind: Kind, records: Sequence[Any], ids: range) -> Iterator[list[Any]]:
    write = row_writer(kind)
    for record_id, record in zip(ids, records, strict=True):
        row = write(record)
        row[_ID], row[_UUID] = record_id, record.uuid or new_uuid()
        yield row
