"""The search index: where a record stands in it, which words it holds, and how it keeps up."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from pmdesk.journal.engine import Connection
from pmdesk.journal.progress import Progress, untold
from pmdesk.records.declare import Kind, Shape
from pmdesk.records.kinds import KIND_NUMBERS, KINDS

_NUMBER_BITS: Final = 6
_ID_BITS: Final = 25
_LOW_BITS: Final = _NUMBER_BITS + _ID_BITS
_LOW_MASK: Final = (1 << _LOW_BITS) - 1
_ID_MASK: Final = (1 << _ID_BITS) - 1
ID_SQL: Final = (
    f"(search.rowid & {_ID_MASK})"  # the id of the record that a row of the index stands for
)
_DAY: Final = 86_400
_LAST_DAY: Final = 49_710  # in 2106; kinds without a date stand here, before all that have one
LAST_SECOND: Final = _LAST_DAY * _DAY - 1  # that a date may have
_UNDATED: Final = _LAST_DAY * _DAY

# Words that no one can type: they begin with a character of the private use area.
_KIND_WORD: Final = "\ue000"
_CLIENT_WORD: Final = "\ue001"

AT_ONCE: Final = 4_000  # records out of date before it is worth mending the index
_TEXTS_AT_ONCE: Final = 100
_MANY_WORDS: Final = 100
_INDEXED_PREFIX: Final = 3


class Place(NamedTuple):
    """A record as the index knows it."""

    kind: Kind
    id: int


def address_sql(kind: Kind, prefix: str = "") -> str:
    """SQL for a record's rowid in the index: day, kind and id in one sortable number.

    31 bits hold the kind (6) and the id (25), the rest the day since 1970. Days, not seconds:
    close numbers make the index a third smaller. `exact_key` orders within a day.
    """
    day = str(_LAST_DAY)
    if kind.date:
        seconds = f'coalesce(unixepoch({prefix}"{kind.date}"), 0)'
        day = f"max(0, min({_LAST_DAY - 1}, {seconds} / {_DAY}))"
    return f"(({day} << {_LOW_BITS}) | {kind.number << _ID_BITS} | {prefix}id)"


def seconds_sql(kind: Kind, prefix: str = "") -> str:
    """SQL for the second by which a record is ordered."""
    if not kind.date:
        return str(_UNDATED)
    return f'max(0, min({LAST_SECOND}, coalesce(unixepoch({prefix}"{kind.date}"), 0)))'


def exact_key(seconds: int, address: int) -> int:
    """A number by which records sort exactly, the newest having the greatest."""
    return (seconds << _LOW_BITS) | (address & _LOW_MASK)


def second(key: int) -> int:
    """The second, since 1970, by which the record with this exact key is ordered."""
    return key >> _LOW_BITS


def addresses_up_to(key: int) -> int:
    """The first address after the day in which a record with this exact key stands."""
    return ((key >> _LOW_BITS) // _DAY + 1) << _LOW_BITS


def first_of_day(address: int) -> int:
    """The least address of the same day."""
    return address >> _LOW_BITS << _LOW_BITS


def place(address: int) -> Place:
    """The record that an address or an exact key stands for."""
    return Place(KIND_NUMBERS[(address >> _ID_BITS) & 63], address & _ID_MASK)


def client_fields(kind: Kind) -> list[str]:
    """The fields that say to which clients a record belongs."""
    many = [f.name for f in kind.fields if f.shape is Shape.REFS and f.meta.refers == "client"]
    return [*filter(None, [kind.client]), *many]


def text_sql(kind: Kind, prefix: str = "") -> tuple[str, str]:
    """SQL for the title and the body that are indexed."""
    title, *rest = (_searched(kind, name, prefix) for name in kind.search)
    return title, " || char(10) || ".join(rest) or "''"


def _searched(kind: Kind, name: str, prefix: str) -> str:
    column = f'{prefix}"{name}"'
    if kind.field(name).shape is Shape.TEXTS:  # kept as JSON, read as lines
        column = f"(SELECT group_concat(value, char(10)) FROM json_each({column}))"
    return f"coalesce({column}, '')"


def any_of(kinds: Iterable[str]) -> str:
    """The FTS5 query for the records of these kinds."""
    words = (f'"{_KIND_WORD}{KINDS[name].number}"' for name in sorted(kinds))
    return f"({' OR '.join(words)})"


def client_word(client_id: int) -> str:
    """The FTS5 query for the records of a client."""
    return f'"{_CLIENT_WORD}{client_id}"'


def only(kinds: Iterable[str] | None, client_id: int | None) -> str:
    """What an FTS5 query must add to find only records of these kinds and of this client."""
    added = ""
    if kinds is not None:
        added += f" AND {any_of(kinds)}"
    if client_id is not None:
        added += f" AND {client_word(client_id)}"
    return added


def none_of(kinds: Collection[str]) -> str:
    """What an FTS5 query must add to find no records of these kinds."""
    words = (f'"{_KIND_WORD}{KINDS[name].number}"' for name in sorted(kinds))
    return f" NOT ({' OR '.join(words)})" if kinds else ""


def completions(conn: Connection, prefix: str) -> list[str] | None:
    """The words of the index that begin with `prefix`; None when FTS5 had better look itself.

    Prefixes of up to three characters have an index of their own. A longer one that begins very
    many words (numbers, say) is best left to FTS5, for then each of the words is rare.
    """
    if len(prefix) <= _INDEXED_PREFIX:
        return None
    conn.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, search, instance)"
    )
    terms: list[str] = []
    edge = prefix
    while len(terms) <= _MANY_WORDS:
        row = conn.execute(
            "SELECT term FROM temp.word WHERE term >= ? AND term < ? LIMIT 1",
            (edge, prefix + "\U0010ffff"),
        ).fetchone()
        if row is None:
            return terms
        terms.append(row[0])
        edge = row[0] + "\x01"  # the least that comes after it: no word holds such a character
    return None


class Stale:
    """Records whose words in the index are out of date, until `flush` mends it.

    Written many at once and in order, an import takes half the time and its undoing a third: FTS5
    writes out all it has gathered whenever an address is less than the one before.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._was: dict[int, int | None] = {}

    def note(self, number: int, record_id: int, address: int | None) -> None:
        """A record changes; `address` is where the index has it now, None when nowhere."""
        self._was.setdefault((number << _ID_BITS) | record_id, address)

    def flush(self, *, at_least: int = 1, progress: Progress = untold) -> None:
        """Mend the index if as many records are out of date.

        `progress` is told how many of them are done; what it raises passes through.
        """
        if len(self._was) < at_least:
            return
        was, self._was = self._was, {}
        gone = sorted(address for address in was.values() if address is not None)
        self._conn.executemany("DELETE FROM search WHERE rowid = ?", ((a,) for a in gone))
        ids: defaultdict[int, list[int]] = defaultdict(list)
        for low in was:
            ids[low >> _ID_BITS].append(low & _ID_MASK)
        there = [a for number, some in ids.items() for a in _addresses(self._conn, number, some)]
        add_words(self._conn, there, progress)


def rebuild(conn: Connection) -> None:
    """Make the index anew from the records; inside a transaction of the caller."""
    conn.execute("INSERT INTO search(search) VALUES('delete-all')")
    searched = [kind for kind in KINDS.values() if kind.search]
    add_words(
        conn,
        [
            row[0]
            for kind in searched
            for row in conn.execute(f"SELECT {address_sql(kind)} FROM {kind.name}")
        ],
    )


def texts(conn: Connection) -> Iterator[tuple[int, tuple[str, str]]]:
    """What the index is to hold: the address of every record, the words of its title and body."""
    for kind in KINDS.values():
        if not kind.search:
            continue
        there = [row[0] for row in conn.execute(f"SELECT {address_sql(kind)} FROM {kind.name}")]
        for start in range(0, len(there), _TEXTS_AT_ONCE):
            yield from _words(conn, kind, there[start : start + _TEXTS_AT_ONCE])


def add_words(conn: Connection, addresses: list[int], progress: Progress = untold) -> None:
    """Index the records that stand at these addresses, none of which is taken yet."""
    addresses.sort()
    for start in range(0, len(addresses), _TEXTS_AT_ONCE):
        progress(start, len(addresses))
        some = addresses[start : start + _TEXTS_AT_ONCE]
        words = {
            address: pair for kind in _kinds_at(some) for address, pair in _words(conn, kind, some)
        }
        conn.executemany(
            "INSERT INTO search(rowid, title, body) VALUES(?, ?, ?)",
            [(address, *words[address]) for address in some],
        )


def _kinds_at(addresses: Sequence[int]) -> list[Kind]:
    numbers = dict.fromkeys((address >> _ID_BITS) & 63 for address in addresses)
    return [KIND_NUMBERS[number] for number in numbers]


def _words(
    conn: Connection, kind: Kind, addresses: Sequence[int]
) -> Iterator[tuple[int, tuple[str, str]]]:
    """What the index holds of the records of `kind` among those at `addresses`."""
    from pmdesk.journal.bigrams import bigrams  # its patterns take 8 ms: not before the first act

    ids = [at & _ID_MASK for at in addresses if (at >> _ID_BITS) & 63 == kind.number]
    title, body = text_sql(kind)
    of_kind = f" {_KIND_WORD}{kind.number}"
    clients = ", ".join(f'"{name}"' for name in client_fields(kind)) or "NULL"
    for address, *of, head, text in conn.execute(
        f"SELECT {address_sql(kind)}, {clients}, {title}, {body} FROM {kind.name}"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    ):
        of_clients = "".join([f" {_CLIENT_WORD}{client}" for client in _client_ids(of)])
        yield address, (f"{bigrams(head)}{of_kind}{of_clients}", bigrams(text))


def _client_ids(values: Sequence[int | str | None]) -> Iterator[int]:
    for value in values:
        if isinstance(value, int):
            yield value
        elif value is not None:
            yield from json.loads(value)


def _addresses(conn: Connection, number: int, ids: Sequence[int]) -> list[int]:
    """Where those of the records stand that still exist."""
    kind = KIND_NUMBERS[number]
    rows = conn.execute(
        f"SELECT {address_sql(kind)} FROM {kind.name} WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    return [row[0] for row in rows]
