"""Finding records by their words, Chinese and English, newest first or best first."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Final, NamedTuple

from pmdesk.journal import engine, index
from pmdesk.journal.asked import Asked, asked
from pmdesk.journal.dated import SEARCHED, Dated, on_days
from pmdesk.journal.journal import Journal
from pmdesk.journal.marks import excerpt, marks
from pmdesk.journal.naming import Names
from pmdesk.journal.persons import contacts_with
from pmdesk.journal.sieve import EVERYTHING, Sieve
from pmdesk.records.declare import Kind

Span = tuple[int, int]

_NEWEST: Final = 2**63 - 1
_READ: Final = 20_000  # characters of a text that are looked through for an excerpt
_READ_ON: Final = 2_000_000  # and how many more where none of them is marked
_SPARE: Final = 4  # times as many of the best as are wanted: some lie outside of the days asked for


class Hit(NamedTuple):
    """A record that holds all words of the query. `address` is the key of the next page.

    `named`: its client is named by one of several words. `dated`: how it is of a day asked for.
    """

    kind: str
    id: int
    title: str
    text: str
    title_marks: list[Span]
    text_marks: list[Span]
    at: str | None
    client_id: int | None
    address: int
    named: bool = False
    dated: Dated | None = None


def search(
    journal: Journal,
    query: str,
    *,
    kinds: Collection[str] | None = None,
    client_id: int | None = None,
    before: int | None = None,
    limit: int = 50,
    names: Names | None = None,
    at: datetime | None = None,
    sieve: Sieve = EVERYTHING,
    by_fit: bool = False,
) -> list[Hit]:
    """Records that hold every word of `query`, newest first; those without a date come first.

    With `names` a word that names a client is there in all its records, too, beside another word
    ("青松 例会"), and a client or contact is named by pinyin as well. With `at`, the moment that it
    is asked in the reader's zone, a day that is written finds the records of that day.
    `before` is the address of the last hit of the page before. A query of punctuation finds
    nothing; no query at all whatever passes a `sieve` that asks for something. Of those that pass,
    `by_fit` brings first where the words stand in the title, are rare and many (BM25). Raises
    KeyError for a kind that is none, and JournalError.
    """
    with engine.explained(journal.path):
        wanted = asked(journal, query, names=names, at=at)
    passing = _kinds(kinds, sieve)
    if (passing is not None and not passing) or not (wanted.terms or _lists(query, sieve)):
        return []
    narrowed = index.only(passing, client_id)
    sifted = _Sifted.of(journal, sieve, at.tzinfo if at else UTC)
    expression = wanted.expression() if wanted.terms else index.any_of(SEARCHED)
    edge = _NEWEST if before is None else before
    if by_fit and wanted.terms:
        keys = _best(journal, expression + narrowed, limit, sifted)
    else:
        keys = _newest(journal, expression + narrowed, edge, limit, sifted)
    dated: dict[int, Dated] = {}
    if wanted.days and at is not None:
        beside = wanted.beside_the_day() or (index.any_of(SEARCHED) if narrowed else "")
        of_days = on_days(journal, wanted.days, at.tzinfo, beside + narrowed)
        # an exact key holds kind and id as its address does
        of_records = {index.place(address): how for address, how in of_days.items()}
        passed = sifted.passing(journal, [*of_days])
        dated = {key: of_records[index.place(key)] for key in passed}
        more = [key for key in dated if key < edge]
        keys = [*dict.fromkeys((*keys, *more))] if by_fit else sorted({*keys, *more}, reverse=True)
        keys = keys[:limit]
    return [hit._replace(dated=dated.get(hit.address)) for hit in _hits(journal, keys, wanted)]


def places(journal: Journal, query: str, *, client_id: int, at: datetime) -> dict[str, set[int]]:
    """The ids of all records of a client that hold every word of `query`, by kind; days as in `search`."""
    with engine.explained(journal.path):
        wanted = asked(journal, query, at=at)
    found: defaultdict[str, set[int]] = defaultdict(set)
    if not wanted.terms:
        return found
    narrowed = index.only(None, client_id)
    rows = journal.rows(_ALL, (wanted.expression() + narrowed,))
    addresses = [row[0] for row in rows]
    if wanted.days:
        beside = wanted.beside_the_day() or index.any_of(SEARCHED)
        addresses += on_days(journal, wanted.days, at.tzinfo, beside + narrowed)
    for address in addresses:
        kind, record_id = index.place(address)
        found[kind.name].add(record_id)
    return found


def _kinds(kinds: Collection[str] | None, sieve: Sieve) -> Collection[str] | None:
    """The kinds that may be found; None for all of them."""
    if kinds is None and not sieve.asked:
        return None
    every = SEARCHED if kinds is None else kinds
    passing = sieve.kinds(every)
    return None if kinds is None and len(passing) == len(every) else passing


def _lists(query: str, sieve: Sieve) -> bool:
    """Whether nothing is typed, and all that passes is asked for."""
    return bool(sieve.asked) and not query.strip()


class _Sifted(NamedTuple):
    """How SQL narrows the matches: more of its WHERE with what fills it, from which address up to which."""

    sieve: Sieve
    zone: tzinfo | None
    sql: str = ""
    values: tuple[str, ...] = ()
    low: int = 0
    high: int = _NEWEST

    @classmethod
    def of(cls, journal: Journal, sieve: Sieve, zone: tzinfo | None) -> "_Sifted":
        """Raises JournalError."""
        sql, values = "", []
        for name in ("channel", "direction"):
            if asked_for := getattr(sieve, name):
                sql += f" AND i.{name} = ?"
                values.append(asked_for)
        if sql:
            sql = f" AND EXISTS (SELECT 1 FROM interaction i WHERE i.id = {index.ID_SQL}{sql})"
        if sieve.person.strip():
            sql += f" AND {index.ID_SQL} IN (SELECT value FROM json_each(?))"
            values.append(json.dumps([*contacts_with(journal, sieve.person)]))
        first, end = sieve.moments(zone)
        # a day of the index is one of UTC: the border days are looked at record by record
        low = index.addresses_up_to(_key_at(first)) - _TWO_DAYS if first else 0
        high = index.addresses_up_to(_key_at(end)) + _TWO_DAYS if end else _NEWEST
        if first or end:
            high = min(high, index.addresses_up_to(_LAST_DATED))
        return cls(sieve, zone, sql, tuple(values), max(low, 0), high)

    def passing(self, journal: Journal, addresses: Sequence[int]) -> list[int]:
        """The exact keys of those of these addresses that pass."""
        if self.sql and addresses:
            sql = "SELECT rowid FROM (SELECT value AS rowid FROM json_each(?)) AS search WHERE true"
            rows = journal.rows(sql + self.sql, (json.dumps([*addresses]), *self.values))
            addresses = [row[0] for row in rows]
        return self.within(_exact_keys(journal, addresses))

    def within(self, keys: Sequence[int]) -> list[int]:
        """The exact keys of those that lie within the days."""
        if self.sieve.since is None and self.sieve.until is None:
            return [*keys]
        return [key for key in keys if self._holds(key)]

    def _holds(self, key: int) -> bool:
        at = datetime.fromtimestamp(index.second(key), UTC)
        return self.sieve.holds(index.place(key).kind, at, self.zone)


def _key_at(moment: datetime) -> int:
    return index.exact_key(max(0, int(moment.timestamp())), 0)


def named_first(hits: Sequence[Hit]) -> list[Hit]:
    """Hits with the clients and contacts whose name was found before the rest."""
    return sorted(hits, key=lambda hit: not (hit.kind in _CALLED and hit.title_marks))


_CALLED: Final = ("client", "contact")


def _newest(
    journal: Journal, expression: str, before: int, limit: int, sifted: _Sifted
) -> list[int]:
    """The greatest exact keys below `before` of records that match and pass.

    The index orders by day, so the days are read whole and put in order here.
    """
    keys: list[int] = []
    edge = min(index.addresses_up_to(before), sifted.high)
    sql = _MATCHES.format(sifted.sql)
    while len(keys) < limit:
        rows = journal.rows(sql, (expression, sifted.low, edge, *sifted.values, limit))
        addresses = [row[0] for row in rows]
        if len(addresses) == limit:
            edge = index.first_of_day(addresses[-1])
            rest = journal.rows(sql, (expression, edge, addresses[-1], *sifted.values, -1))
            addresses += [row[0] for row in rest]
        exact = sifted.within(_exact_keys(journal, addresses))
        keys += [key for key in exact if key < before]
        if len(rows) < limit:
            break
    keys.sort(reverse=True)
    return keys[:limit]


def _best(journal: Journal, expression: str, limit: int, sifted: _Sifted) -> list[int]:
    """The exact keys of records that match best and pass, the best first."""
    most = limit * _SPARE
    values = (expression, sifted.low, sifted.high, *sifted.values, most)
    addresses = [row[0] for row in journal.rows(_BEST.format(sifted.sql), values)]
    exact = {index.place(key): key for key in sifted.within(_exact_keys(journal, addresses))}
    keys = (exact.get(index.place(address)) for address in addresses)
    return [key for key in keys if key is not None][:limit]


_TWO_DAYS: Final = index.addresses_up_to(0) * 2
_LAST_DATED: Final = index.exact_key(index.LAST_SECOND, 0)
_ALL: Final = "SELECT rowid FROM search WHERE search MATCH ?"
_BETWEEN: Final = f"{_ALL} AND rowid >= ? AND rowid < ?{{}}"
_MATCHES: Final = f"{_BETWEEN} ORDER BY rowid DESC LIMIT ?"
# a word in the title tells what a record is about
_BEST: Final = f"{_BETWEEN} ORDER BY bm25(search, 4.0, 1.0), rowid DESC LIMIT ?"


def _exact_keys(journal: Journal, addresses: Sequence[int]) -> list[int]:
    keys = []
    for kind, ids in _by_kind(addresses):
        rows = journal.rows(
            f"SELECT {index.seconds_sql(kind)}, {index.address_sql(kind)} FROM {kind.name}"
            " WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(ids)],
        )
        keys += [index.exact_key(seconds, address) for seconds, address in rows]
    return keys


def _by_kind(keys: Sequence[int]) -> list[tuple[Kind, list[int]]]:
    """The ids that stand behind addresses or exact keys, kind by kind."""
    kinds: dict[int, Kind] = {}
    ids: defaultdict[int, list[int]] = defaultdict(list)
    for key in keys:
        kind, record_id = index.place(key)
        kinds[kind.number] = kind
        ids[kind.number].append(record_id)
    return [(kind, ids[number]) for number, kind in kinds.items()]


def _hits(journal: Journal, keys: Sequence[int], wanted: Asked) -> list[Hit]:
    rows = {
        (kind.number, row[0]): row
        for kind, ids in _by_kind(keys)
        for row in journal.rows(_row_sql(kind, 1, _READ), [json.dumps(ids)])
    }
    hits = []
    for key in keys:
        kind, record_id = index.place(key)
        row = rows.get((kind.number, record_id))
        if row is not None:  # else it was deleted in this moment
            hits.append(_hit(journal, kind, key, row, wanted))
    return hits


def _hit(journal: Journal, kind: Kind, key: int, row: Any, wanted: Asked) -> Hit:
    record_id, at, client_id, title, body = row
    first = _first_line(title)
    title_marks = marks(first, wanted.sought)
    text, text_marks = excerpt(body, wanted.sought)
    if len(body) == _READ and not title_marks and not text_marks:
        sql = _row_sql(kind, _READ, _READ_ON)
        rest = [whole[4] for whole in journal.rows(sql, [json.dumps([record_id])])]
        later, later_marks = excerpt(rest[0], wanted.sought) if rest else ("", [])
        if later_marks:
            text, text_marks = later, later_marks
    named = client_id in wanted.clients and len(wanted.terms) > 1
    return Hit(
        kind.name, record_id, first, text, title_marks, text_marks, at, client_id, key, named
    )


def _row_sql(kind: Kind, start: int, length: int) -> str:
    """SQL for what a hit shows of the records with the given ids."""
    title, body = index.text_sql(kind)
    if body == "''" or kind.field(kind.search[0]).meta.long:
        body = title  # a long text shows its first line as title and the rest as its text
    date = f'"{kind.date}"' if kind.date else "NULL"
    client = f'"{kind.client}"' if kind.client else "NULL"
    return (
        f"SELECT id, {date}, {client}, substr({title}, 1, {_READ}), substr({body}, {start}, {length})"
        f" FROM {kind.name} WHERE id IN (SELECT value FROM json_each(?))"
    )


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].lstrip("# ")[:200]
