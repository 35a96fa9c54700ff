"""Finding records by their words, Chinese and English, newest first."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from pmdesk.journal import engine, index
from pmdesk.journal.asked import Asked, asked
from pmdesk.journal.dated import SEARCHED, Dated, on_days
from pmdesk.journal.journal import Journal
from pmdesk.journal.marks import excerpt, marks
from pmdesk.journal.naming import Names
from pmdesk.records.declare import Kind

Span = tuple[int, int]

_NEWEST: Final = 2**63 - 1
_READ: Final = 20_000  # characters of a text that are looked through for an excerpt
_READ_ON: Final = 2_000_000  # and how many more where none of them is marked


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
) -> list[Hit]:
    """Records that hold every word of `query`, newest first; those without a date come first.

    With `names` a word that names a client is there in all its records, too, beside another word
    ("青松 例会"), and a client or contact is named by pinyin as well. With `at`, the moment that it
    is asked in the reader's zone, a day that is written finds the records of that day.
    `before` is the address of the last hit of the page before. A query of punctuation finds
    nothing. Raises KeyError for a kind that is none, and JournalError.
    """
    with engine.explained(journal.path):
        wanted = asked(journal, query, names=names, at=at)
    if not wanted.terms or (kinds is not None and not kinds):
        return []
    narrowed = index.only(kinds, client_id)
    edge = _NEWEST if before is None else before
    keys = _newest(journal, wanted.expression() + narrowed, edge, limit)
    dated: dict[int, Dated] = {}
    if wanted.days and at is not None:
        beside = wanted.beside_the_day() or (index.any_of(SEARCHED) if narrowed else "")
        of_days = on_days(journal, wanted.days, at.tzinfo, beside + narrowed)
        # an exact key holds kind and id as its address does
        of_records = {index.place(address): how for address, how in of_days.items()}
        dated = {key: of_records[index.place(key)] for key in _exact_keys(journal, [*of_days])}
        keys = sorted({*keys, *(key for key in dated if key < edge)}, reverse=True)[:limit]
    return [hit._replace(dated=dated.get(hit.address)) for hit in _hits(journal, keys, wanted)]


def named_first(hits: Sequence[Hit]) -> list[Hit]:
    """Hits with the clients and contacts whose name was found before the rest."""
    return sorted(hits, key=lambda hit: not (hit.kind in _CALLED and hit.title_marks))


_CALLED: Final = ("client", "contact")


def _newest(journal: Journal, expression: str, before: int, limit: int) -> list[int]:
    """The greatest exact keys below `before` of records that match.

    The index orders by day, so the days are read whole and put in order here.
    """
    keys: list[int] = []
    edge = min(index.addresses_up_to(before), _NEWEST)
    while len(keys) < limit:
        rows = journal.rows(_MATCHES, (expression, 0, edge, limit))
        addresses = [row[0] for row in rows]
        if len(addresses) == limit:
            edge = index.first_of_day(addresses[-1])
            rest = journal.rows(_MATCHES, (expression, edge, addresses[-1], -1))
            addresses += [row[0] for row in rest]
        keys += [key for key in _exact_keys(journal, addresses) if key < before]
        if len(rows) < limit:
            break
    keys.sort(reverse=True)
    return keys[:limit]


_MATCHES: Final = (
    "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? AND rowid < ?"
    " ORDER BY rowid DESC LIMIT ?"
)


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
