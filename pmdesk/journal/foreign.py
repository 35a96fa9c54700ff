"""Whether a file's schema is the one that we make: told from its text alone, nothing of it runs."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from pmdesk.journal import errors, released, schema
from pmdesk.journal.engine import Connection, in_memory, stand_in

if TYPE_CHECKING:
    from sqlite_utils import Migrations

    from pmdesk.journal.reading import Reading

# What SQLite makes of its own accord where somebody asks it to count what the tables hold.
_COUNTS: Final = {
    "sqlite_stat1": "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "sqlite_stat4": "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
_FIRST: Final = 5  # earlier builds are brought up to it, and made theirs of the same parts
_SHOWN: Final = 5
_NAME: Final = 60
_WORD: Final = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\w+|\S""")
_TABLE: Final = re.compile(
    r"^CREATE TABLE (?P<name>\w+|\"\w+\") \( (?P<body>.*) \)(?P<end>[^()]*)$"
)


class Entry(NamedTuple):
    """A row of sqlite_master."""

    type: str
    name: str
    table: str
    root: int
    sql: str | None


class _Odd(NamedTuple):
    """What is not as it should be: what is there and not ours, and what is ours and not there."""

    foreign: list[str]
    missing: list[str]


def entries(conn: Connection) -> list[Entry]:
    """The schema as the file tells it; nothing of it runs."""
    rows = conn.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master").fetchall()
    return [
        entry for entry in map(Entry._make, rows) if entry.sql != _COUNTS.get(entry.name, object())
    ]


def refuse_foreign(
    journal: "Reading", version: int, current: int, steps: Callable[[], "Migrations"]
) -> None:
    """Raise ForeignSchema where the file holds what is not ours, Damaged where it lacks what is.

    `version` is the file's, `current` that of this program, made by `steps`. A file of an earlier
    version may lack things, and its triggers go by their names alone: they are dropped before
    anything is written.
    """
    there = entries(journal.conn)
    if not all(isinstance(text or "", str) for e in there for text in (*e[:3], e.sql)):
        raise errors.Damaged(path=errors.shown(journal.path), detail="sqlite_master")
    _roots(journal, there)
    if version == current and digest(there) == released.SCHEMA_DIGEST:
        return
    odd = _compared(there, version, current, steps)
    path = errors.shown(journal.path)
    if odd.foreign:
        names = ", ".join(name[:_NAME] for name in odd.foreign[:_SHOWN])
        more = ", …" if len(odd.foreign) > _SHOWN else ""
        raise errors.ForeignSchema(path=path, names=names + more)
    if odd.missing and version == current:
        raise errors.Damaged(path=path, detail=f"{odd.missing[0]} is missing")


def digest(there: Iterable[Entry]) -> str:
    """A digest of a schema, wherever its tables and indexes lie in the file."""
    try:
        from _blake2 import blake2b  # hashlib would load OpenSSL with it
    except ImportError:
        from hashlib import blake2b
    rows = sorted((e.type, e.name, e.table, e.sql or "") for e in there)
    return blake2b(repr(rows).encode(), digest_size=16).hexdigest()


def _roots(journal: "Reading", there: Iterable[Entry]) -> None:
    """Each table and index begins at a page of its own, and nothing else at any; raises Damaged."""
    pages = journal.conn.execute("PRAGMA page_count").fetchone()[0]
    taken = {1}
    for entry in there:
        stored = entry.type in {"table", "index"} and not _virtual(entry)
        sound = type(entry.root) is int and (
            1 < entry.root <= pages and entry.root not in taken if stored else entry.root == 0
        )
        if not sound:
            detail = f"{entry.type} {entry.name} begins at page {entry.root}"[:_NAME]
            raise errors.Damaged(path=errors.shown(journal.path), detail=detail)
        if stored:
            taken.add(entry.root)


def _virtual(entry: Entry) -> bool:
    return str(entry.sql).startswith("CREATE VIRTUAL")


def expected(version: int, current: int, steps: Callable[[], "Migrations"]) -> list[Entry]:
    """The schema that the migrations up to `version` make, in memory."""
    stand_in()
    from sqlite_utils import Database

    conn = in_memory()
    try:
        made = steps()
        later = [step.name for step in made.pending(Database(conn))][version:]
        made.apply(Database(conn), stop_before=later[:1] or None)
        if version == current:
            schema.install_triggers(conn)
        return entries(conn)
    finally:
        conn.close()


def _compared(
    there: Iterable[Entry], version: int, current: int, steps: Callable[[], "Migrations"]
) -> _Odd:
    ours = {(e.type, e.name): e for e in expected(max(version, _FIRST), current, steps)}
    tables = {name for kind, name in ours if kind == "table"}
    foreign: list[str] = []
    missing: list[str] = []
    seen = set()
    for entry in there:
        key = (entry.type, entry.name)
        seen.add(key)
        if entry.type == "trigger" and version < current:
            if not _named_as_ours(entry, tables):
                foreign.append(_told(entry))
        elif key not in ours or entry.table != ours[key].table:
            foreign.append(_told(entry))
        else:
            odd = _parts_compared(entry, ours[key], version)
            foreign += odd.foreign
            missing += odd.missing
    missing += [_told(entry) for key, entry in ours.items() if key not in seen]
    return _Odd(foreign, missing)


def _told(entry: Entry) -> str:
    return f"{entry.type} {entry.name}"


def _named_as_ours(entry: Entry, tables: set[str]) -> bool:
    use, _, rest = entry.name.partition("_")
    table, _, when = rest.rpartition("_")
    return (
        use in {"log", "search"} and table in tables and table == entry.table and when in set("iud")
    )


def _parts_compared(entry: Entry, ours: Entry, version: int) -> _Odd:
    """How an entry differs from ours of the same name, however its text is set out."""
    if entry.sql is None or ours.sql is None:
        return _Odd([] if entry.sql is ours.sql else [_told(entry)], [])
    text, wanted = _spaced(entry.sql), _spaced(ours.sql)
    if text == wanted or (version < _FIRST and text in map(_spaced, released.INDEXES_BEFORE_5)):
        return _Odd([], [])
    mine, there = _TABLE.match(wanted), _TABLE.match(text)
    if entry.type != "table" or mine is None or there is None or mine["end"] != there["end"]:
        return _Odd([_told(entry)], [])
    wanted_parts, parts = list(_parts(mine["body"])), list(_parts(there["body"]))
    allowed = {*wanted_parts, *_gained(entry.name)}
    names = [_first(part) for part in parts]
    foreign = [
        f"column {entry.name}.{_first(part)}"
        for n, part in enumerate(parts)
        if part not in allowed or _first(part) in names[:n]
    ]
    lacking = [p for p in wanted_parts if _first(p) not in names]
    return _Odd(foreign, [f"column {entry.name}.{_first(p)}" for p in lacking])


def _spaced(sql: str) -> str:
    """A statement, its words parted by one space each."""
    return " ".join(_WORD.findall(sql))


def _parts(body: str) -> Iterator[str]:
    """What stands between the commas of a table's definition."""
    depth, part = 0, list[str]()
    for word in _WORD.findall(body):
        depth += (word == "(") - (word == ")")
        if word == "," and not depth:
            yield " ".join(part)
            part = []
        else:
            part.append(word)
    yield " ".join(part)


def _first(part: str) -> str:
    return part.split(" ", 1)[0].strip('"')


def _gained(table: str) -> Iterator[str]:
    """Columns as versions gave them to tables that had been made without."""
    for gained in released.ALL_GAINED:
        for column in gained.get(table, ()):
            yield _spaced(f'"{column.name}" {column.type}')
            yield _spaced(f'"{column.name}" {column.type} DEFAULT {column.default}')


def columns_of(sql: str) -> list[str]:
    """The columns of a table's rows, in their order, as its text tells; none of no table's text."""
    found = _TABLE.match(_spaced(sql))
    parts = [part for part in _parts(found["body"]) if _stored(part)] if found else []
    return [name for name in map(_first, parts) if name.upper() not in _OF_TABLES]


def _stored(part: str) -> bool:
    """Whether rows hold the column: those that are worked out when they are asked for are in none."""
    words = part.upper().split(" ")
    return "AS" not in words[1:] or words[-1] == "STORED"


_OF_TABLES: Final = {"PRIMARY", "CHECK", "UNIQUE", "FOREIGN", "CONSTRAINT"}
