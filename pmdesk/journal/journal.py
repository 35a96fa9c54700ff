"""One open journal: records in and out, each act one transaction."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from pmdesk.journal import engine, errors, log, schema
from pmdesk.journal.bigrams import bigrams
from pmdesk.journal.changes import Changes
from pmdesk.journal.codec import column_list, columns, moment_text, row_reader, row_writer
from pmdesk.journal.migrations import VERSION, migrations
from pmdesk.records.declare import kind_of
from pmdesk.words import mark

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")
RESTORED: Final = mark("Restore “{what}”")


def digest(text: str) -> str:
    """A short checksum of a row's JSON."""
    return blake2b(text.encode(), digest_size=12).hexdigest()


class Journal:
    """A journal file and its connection, for use in one thread. Close it, or use it in `with`."""

    def __init__(self, path: Path, passphrase: str | None, *, writable: bool = True) -> None:
        """Connect to an existing file; use `open` and `create` instead."""
        self.path = path
        with engine.explained(path):
            plain = path.stat().st_size > 0 and engine.is_plain(path)
        self.passphrase = None if plain else passphrase
        self.writable = writable
        self._act: Act | None = None
        self._index_later: set[str] = set()
        self._db: Database | None = None
        self.conn = engine.connect(path, passphrase, mode="rw" if writable else "ro")
        make = self.conn.create_function
        make("bigrams", 1, bigrams, deterministic=True)
        make("row_digest", 1, digest, deterministic=True)
        make("current_action", 0, self._current_action)
        make("index_at_once", 1, self._index_at_once)

    @classmethod
    def create(cls, path: Path, passphrase: str | None = None) -> Self:
        """A new, empty journal at `path`; raises JournalExists and the errors of the place."""
        with engine.explained(path):
            if path.exists() and path.stat().st_size:
                raise errors.JournalExists(path=errors.shown(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        try:
            return cls._opened(path, passphrase, new=True, writable=True)
        except BaseException:
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            raise

    @classmethod
    def open(cls, path: Path, passphrase: str | None = None, *, writable: bool = True) -> Self:
        """An existing journal, migrated if it must be; raises JournalError."""
        with engine.explained(path):
            if not path.exists():
                raise errors.NoJournal(path=errors.shown(path))
            if path.is_dir() or path.stat().st_size == 0:
                raise errors.NotAJournal(path=errors.shown(path))
        return cls._opened(path, passphrase, new=False, writable=writable)

    @classmethod
    def _opened(cls, path: Path, passphrase: str | None, *, new: bool, writable: bool) -> Self:
        journal = cls(path, passphrase, writable=writable)
        try:
            with engine.explained(path):
                journal._prepare(new=new)
        except BaseException:
            journal.close()
            raise
        return journal

    def _prepare(self, *, new: bool) -> None:
        ours = self._pragma("application_id") == engine.APPLICATION_ID
        version = self._pragma("user_version")
        if not new and not ours:
            raise errors.NotAJournal(path=errors.shown(self.path))
        if version > VERSION:
            raise errors.NewerJournal(path=errors.shown(self.path))
        engine.settings(self.conn, writable=self.writable)
        if version < VERSION:
            self._migrate(version)
        self.conn.execute("PRAGMA foreign_keys = ON")

    def _migrate(self, version: int) -> None:
        if version:
            from pmdesk.journal.backup import copy_journal

            stamp = f"{self.path.stem}.before-v{VERSION}{self.path.suffix}"
            copy_journal(self, self.path.with_name(stamp))
        db = self.db
        with db.atomic():
            migrations().apply(db)
            schema.install_triggers(self.conn)
            self.conn.execute(f"PRAGMA application_id = {engine.APPLICATION_ID}")
            self.conn.execute(f"PRAGMA user_version = {VERSION}")

    def _pragma(self, name: str) -> int:
        return int(self.conn.execute(f"PRAGMA {name}").fetchone()[0])

    @property
    def db(self) -> "Database":
        """The same connection as sqlite-utils sees it; loaded when first asked for."""
        if self._db is None:
            engine.stand_in()
            from sqlite_utils import Database

            self._db = Database(self.conn)
        return self._db

    def again(self, *, writable: bool = True) -> "Journal":
        """A connection of its own to the same journal, for another thread."""
        return Journal.open(self.path, self.passphrase, writable=writable)

    def close(self) -> None:
        """Close the connection; SQLite folds the write-ahead log into the file."""
        self.conn.close()

    def __enter__(self) -> Self:
        """The journal itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    # reading

    def rows(self, sql: str, values: Iterable[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """All rows of a query as tuples; raises JournalError."""
        with engine.explained(self.path):
            given = values if isinstance(values, Mapping) else tuple(values)
            return list(self.conn.execute(sql, given).fetchall())

    def get(self, cls: type[T], record_id: int) -> T | None:
        """The record with this id, None where it is not (or no longer) there."""
        found = self.find(cls, "id = ?", [record_id], limit=1)
        return found[0] if found else None

    def find(
        self,
        cls: type[T],
        where: str = "1",
        values: Iterable[Any] | Mapping[str, Any] = (),
        *,
        order: str = "id",
        limit: int = -1,
    ) -> list[T]:
        """Records of a kind that fulfil an SQL condition on its columns."""
        kind = kind_of(cls)
        read = row_reader(kind)
        sql = (
            f"SELECT {column_list(kind)} FROM {kind.name} WHERE {where}"
            f" ORDER BY {order} LIMIT {int(limit)}"
        )
        return [read(row) for row in self.rows(sql, values)]

    def count(self, cls: type[Any], where: str = "1", values: Iterable[Any] = ()) -> int:
        """How many records of a kind fulfil an SQL condition."""
        sql = f"SELECT count(*) FROM {kind_of(cls).name} WHERE {where}"
        return int(self.rows(sql, values)[0][0])

    # acting

    @contextmanager
    def action(self, label: str, *, at: datetime | None = None, **facts: object) -> Iterator["Act"]:
        """One act: a transaction and a step of the log. `label` is a key of the catalogue.

        `at` is when it is done (now, without it). Leaving with an exception undoes everything.
        """
        with self._step(label, facts, "do", None, at) as act:
            yield act

    @contextmanager
    def _step(
        self,
        label: str,
        facts: dict[str, object],
        kind: str,
        target: int | None,
        at: datetime | None,
    ) -> Iterator["Act"]:
        if self._act is not None:
            raise RuntimeError("an act inside an act: make it one function")
        moment = moment_text(at or datetime.now(UTC))
        with engine.explained(self.path):
            self.conn.execute("BEGIN IMMEDIATE")
        act = Act(self, label, facts)
        try:
            with engine.explained(self.path):
                act.id = log.begin_step(self.conn, moment, label, facts, kind, target)
                self._act = act
                yield act
                if not act.touched and kind == "do":
                    self.conn.execute("DELETE FROM action WHERE id = ?", (act.id,))
        except BaseException:
            self._act = None
            self._rollback()
            raise
        self._act = None
        self._commit(act)

    def _commit(self, act: "Act") -> None:
        try:
            with engine.explained(self.path):
                self.conn.execute("COMMIT")
        except errors.JournalError as error:
            self._rollback()
            # an error from COMMIT does not say that nothing was saved: look
            with engine.explained(self.path):
                saved = self.conn.execute("SELECT 1 FROM action WHERE id = ?", (act.id,)).fetchone()
            if not saved:
                if isinstance(error.__cause__, engine.IntegrityError):
                    raise errors.StillNeeded(what=act.label) from error
                raise

    def _rollback(self) -> None:
        if self.conn.in_transaction:
            self.conn.execute("ROLLBACK")

    def _current_action(self) -> int:
        if self._act is None or self._act.id is None:
            raise RuntimeError("a write outside an action")
        return self._act.id

    def _index_at_once(self, kind: str) -> bool:
        return kind not in self._index_later

    def undo(self, *, at: datetime | None = None) -> Changes:
        """Take back the last act; raises NothingToUndo and Conflict."""
        return self._revert(log.last_done, errors.NothingToUndo, "undo", "undone", at)

    def redo(self, *, at: datetime | None = None) -> Changes:
        """Repeat the act undone last; raises NothingToRedo and Conflict."""
        return self._revert(log.last_undone, errors.NothingToRedo, "redo", "spent", at)

    def _revert(
        self,
        find: Any,
        nothing: type[errors.JournalError],
        kind: str,
        state: str,
        at: datetime | None,
    ) -> Changes:
        step = find(self.conn)
        if step is None:
            raise nothing
        with self._step(step.label, step.facts, kind, step.id, at) as act:
            act.touched |= log.revert(self.conn, step.id)
            self.conn.execute("UPDATE action SET state = ? WHERE id = ?", (state, step.id))
        return act.changes()

    def restore(self, change_id: int, *, at: datetime | None = None) -> Changes:
        """Bring back a deleted record with what was deleted alongside."""
        row = self.rows("SELECT tbl, row_id FROM change WHERE id = ?", [change_id])[0]
        what = log.name_of(self.conn, row[0], row[1])
        with self.action(RESTORED, at=at, what=what) as act:
            act.touched |= log.restore(self.conn, change_id)
        return act.changes()


class Act:
    """An act under way: what it saves and deletes becomes one step."""

    def __init__(self, journal: Journal, label: str, facts: dict[str, object]) -> None:
        """Made by `Journal.action`."""
        self.journal = journal
        self.label = label
        self.facts = facts
        self.id: int | None = None
        self.touched: set[str] = set()

    def save(self, record: T) -> T:
        """Insert a record without id, update one with; the record as saved."""
        kind = kind_of(record)
        self.touched.add(kind.name)
        conn = self.journal.conn
        values: dict[str, Any] = {}
        if not record.uuid:  # type: ignore[attr-defined] # every kind has id and uuid
            values["uuid"] = str(uuid.uuid4())
        if record.id is not None:  # type: ignore[attr-defined]
            row = row_writer(kind)(record)
            sets = ", ".join(f'"{name}" = ?' for name in columns(kind))
            conn.execute(
                f"UPDATE {kind.name} SET {sets} WHERE id = ?",
                [*row, record.id],  # type: ignore[attr-defined]
            )
            return record
        made = replace(record, **values) if values else record  # type: ignore[type-var]
        marks = ", ".join("?" * len(columns(kind)))
        cursor = conn.execute(
            f"INSERT INTO {kind.name}({column_list(kind)}) VALUES({marks})", row_writer(kind)(made)
        )
        return replace(made, id=cursor.lastrowid)  # type: ignore[type-var]

    def delete(self, record: Any) -> None:
        """Delete a record; what refers to it must be dealt with in the same act."""
        kind = kind_of(record)
        self.touched.add(kind.name)
        self.journal.conn.execute(f"DELETE FROM {kind.name} WHERE id = ?", (record.id,))

    def execute(self, sql: str, values: Iterable[Any] = (), *, touches: str) -> Any:
        """Run a statement on the rows of `touches`; the triggers log it like any other."""
        self.touched.add(touches)
        return self.journal.conn.execute(sql, tuple(values))

    @contextmanager
    def indexed_together(self, cls: type[Any]) -> Iterator[None]:
        """Many new records of a kind: they are put into the search index at the end, together.

        Each statement with triggers makes FTS5 write out what it holds, four times the cost of
        the rest; a search inside the act does not find them yet.
        """
        kind, journal = kind_of(cls), self.journal
        above = journal.conn.execute(f"SELECT coalesce(max(id), 0) FROM {kind.name}").fetchone()[0]
        journal._index_later.add(kind.name)  # noqa: SLF001 - an act is part of its journal
        try:
            yield
        finally:
            journal._index_later.discard(kind.name)  # noqa: SLF001
        schema.index_rows(journal.conn, kind, above)

    def note(self, **facts: object) -> None:
        """Facts of the step that are known only now."""
        self.facts.update(facts)
        text = json.dumps(self.facts, ensure_ascii=False, default=str)
        self.journal.conn.execute("UPDATE action SET facts = ? WHERE id = ?", (text, self.id))

    def changes(self) -> Changes:
        """What it has changed so far."""
        return Changes(frozenset(self.touched), self.id, self.label, dict(self.facts))
