"""Rows of a damaged file, brought into a new journal as they stand."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

from pmdesk.journal import engine, foreign
from pmdesk.journal.journal import Journal
from pmdesk.journal.log_truth import States
from pmdesk.journal.pages import Pages, Row, schema_rows
from pmdesk.journal.progress import Progress
from pmdesk.journal.schema import digest_sql, logged_tables

# What is found out again, or given by making a journal, is not brought over.
_BESIDE: Final = ("action", "change", "blob", "draft")
_LEAST: Final = 2  # every record has its number and its uuid
_WITHOUT_ID: Final = frozenset({"blob", "draft"})


class Bringing:
    """Brings what can be read; counts the rows `read` and those `refused` by table.

    `had` are the columns that a table had in the file.
    """

    def __init__(
        self,
        source: Pages,
        journal: Journal,
        there: Sequence[foreign.Entry],
        progress: Progress,
    ) -> None:
        """Into `journal`, which has no triggers now; `there` is the schema of the file, if known."""
        self._source = source
        self._journal = journal
        self._conn = journal.conn
        self._progress = progress
        self._there = {e.name: e for e in there if e.type == "table"}
        self._known = bool(there)
        self._broken: set[str] = set()
        self.had: dict[str, list[str]] = {}
        self.read: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def bring(self) -> None:
        """Table by table from where each begins, then page by page where one was broken."""
        tables = [*_BESIDE, *logged_tables()]
        if not any(table in self._there for table in tables):
            self._there = {e.name: e for e in self._schema() if e.type == "table"}
        for table in tables:
            self._take_table(table)
        if self._broken & {"action", "change"}:
            self._look_at_pages(self._take_of_log)
        if self._broken - {"action", "change"}:
            self._look_at_pages(self._take_row)

    @property
    def log_broken(self) -> bool:
        """Whether there may have been rows that no log tells of any more."""
        return "change" in self._broken

    def _schema(self) -> Iterator[foreign.Entry]:
        for number in range(2, self._source.count + 1):
            yield from schema_rows(self._source.page(number))

    def _look_at_pages(self, take: Callable[[Row], None]) -> None:
        for number in range(2, self._source.count + 1):
            self._progress(number, self._source.count)
            for row in self._source.page(number):
                take(row)

    def _take_table(self, table: str) -> None:
        entry = self._there.get(table)
        if entry is None:
            if not self._known:  # else it is of a version that did not have it
                self._broken.add(table)
            return
        own = self._columns(table)
        names = foreign.columns_of(entry.sql or "")
        if not set(own[:1]) <= set(names):
            names = list(own)
        self.had[table] = [name for name in own if name in names]
        tree = self._source.tree(entry.root)
        for row in tree.rows():
            taken = (table != "blob" or _whole(row)) and self._insert(table, names, row)
            self.read[table] += taken
            self.refused[table] += not taken
        if not tree.whole:
            self._broken.add(table)

    def _columns(self, table: str) -> tuple[str, ...]:
        rows = self._conn.execute(f"PRAGMA table_info({table})").fetchall()
        return tuple(row[1] for row in rows)

    def _insert(self, table: str, names: Sequence[str], row: Row) -> bool:
        """Put a row in; False where the table cannot hold it."""
        given = dict(zip(names, row.values, strict=False))
        if table not in _WITHOUT_ID:
            given["id"] = row.id
        values = {name: given.get(name, default) for name, default in self._defaults(table).items()}
        columns = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        try:
            self._conn.execute(
                f"INSERT INTO {table}({columns}) VALUES({marks})", [*values.values()]
            )
        except (engine.IntegrityError, UnicodeError):
            return False
        return True

    def _defaults(self, table: str) -> dict[str, Any]:
        if table not in self._all_defaults:
            self._all_defaults[table] = dict(States(self._conn, table).gained)
        return self._all_defaults[table]

    @cached_property
    def _all_defaults(self) -> dict[str, dict[str, Any]]:
        return {}

    def _take_of_log(self, row: Row) -> None:
        """Take a step or a change that stands on a page of its own."""
        match row.values:
            case (None, int(), str(table), int(), "I" | "U" | "D", before, sum_) if (
                table in logged_tables() and _texts(before, sum_)
            ):
                self._take_once("change", row)
            case (None, str(), str(), str(facts), "do" | "undo" | "redo", str(), _, *_) if _json(
                facts
            ):
                self._take_once("action", row)

    def _take_once(self, table: str, row: Row) -> None:
        if table in self._broken and not self._has(table, row.id):
            self.read[table] += self._insert(table, self._columns(table), row)

    def _has(self, table: str, row_id: int) -> bool:
        sql = f"SELECT 1 FROM {table} WHERE id = ?"
        return self._conn.execute(sql, (row_id,)).fetchone() is not None

    def _take_row(self, row: Row) -> None:
        """Take a record that stands on a page of its own, where the log knows it as it is."""
        values = row.values
        if "blob" in self._broken and _whole(row):
            self.read["blob"] += self._insert("blob", self._columns("blob"), row)
            return
        if (
            values[:1] != (None,) or len(values) < _LEAST
        ):  # every record begins with its number, kept elsewhere
            return
        alike = []
        for table in self._broken - set(_BESIDE):
            names = self._names(table)
            if len(values) > len(names) or self._has(table, row.id):
                continue
            known = self._conn.execute(_LAST, (table, row.id)).fetchone()
            if known is not None and self._insert(table, names, row):
                if self._digest(table, row.id) == known[0]:
                    self.read[table] += 1
                    return
                self._conn.execute(f"DELETE FROM {table} WHERE id = ?", (row.id,))
            if known is None and len(values) == len(names):
                alike.append(table)
        # one that the log has forgotten, too: it must look like those of one table alone
        if len(alike) == 1 and self.log_broken and _UUID.fullmatch(str(values[1])):
            (table,) = alike
            self.read[table] += self._insert(table, self._names(table), row)

    def _names(self, table: str) -> Sequence[str]:
        """The columns of a table in the file, or as a new one has them."""
        entry = self._there.get(table)
        return (foreign.columns_of(entry.sql or "") if entry else []) or self._columns(table)

    def _digest(self, table: str, row_id: int) -> str | None:
        sum_ = digest_sql(logged_tables()[table])
        row = self._conn.execute(f"SELECT {sum_} FROM {table} WHERE id = ?", (row_id,)).fetchone()
        return row[0] if row else None


_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LAST: Final = "SELECT digest FROM change WHERE tbl = ? AND row_id = ? ORDER BY id DESC LIMIT 1"


def _whole(row: Row) -> bool:
    """Whether a row is that of an attached file, its bytes those that were kept."""
    match row.values:
        case (str(name), int(), bytes(data)):
            return sha256(data).hexdigest() == name
    return False


def _texts(*values: Any) -> bool:
    return all(value is None or isinstance(value, str) for value in values)


def _json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
