"""Finding records by their words, Chinese and English, newest first."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final, NamedTuple

from pmdesk.journal.bigrams import excerpt, marks, match_expression
from pmdesk.journal.journal import Journal
from pmdesk.journal.schema import search_text
from pmdesk.records.declare import Kind
from pmdesk.records.kinds import KIND_NUMBERS

Span = tuple[int, int]

_KIND_BITS: Final = 25
_KIND_MASK: Final = 63
_ID_MASK: Final = (1 << _KIND_BITS) - 1
_NEWEST: Final = 2**63 - 1
_READ: Final = 20_000
_BATCH: Final = 200


class Hit(NamedTuple):
    """A record that holds all words of the query. `address` is the key of the next page."""

    kind: str
    id: int
    title: str
    text: str
    title_marks: list[Span]
    text_marks: list[Span]
    at: str | None
    client_id: int | None
    address: int


def search(
    journal: Journal,
    query: str,
    *,
    kinds: Collection[str] | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Hit]:
    """Records that hold every word of `query`, newest first; those without a date come first.

    `before` is the address of the last hit of the page before. A query of punctuation finds
    nothing.
    """
    expression = match_expression(query)
    if not expression:
        return []
    found: list[int] = []
    edge = before or _NEWEST
    while len(found) < limit:
        rows = journal.rows(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
            (expression, edge, limit if kinds is None else _BATCH),
        )
        addresses = [row[0] for row in rows]
        found += [a for a in addresses if kinds is None or kind_at(a).name in kinds]
        if len(addresses) < (limit if kinds is None else _BATCH):
            break
        edge = addresses[-1]
    return _hits(journal, found[:limit], query)


def kind_at(address: int) -> Kind:
    """The kind of the record that an address of the index stands for."""
    return KIND_NUMBERS[(address >> _KIND_BITS) & _KIND_MASK]


def _hits(journal: Journal, addresses: list[int], query: str) -> list[Hit]:
    wanted: dict[str, list[int]] = defaultdict(list)
    for address in addresses:
        wanted[kind_at(address).name].append(address & _ID_MASK)
    rows = {
        (name, row[0]): row for name, ids in wanted.items() for row in _rows(journal, name, ids)
    }
    hits = []
    for address in addresses:
        kind = kind_at(address)
        row = rows.get((kind.name, address & _ID_MASK))
        if row is None:
            continue
        _, at, client_id, title, body = row
        first = _first_line(title or "")
        text, text_marks = excerpt(body or "", query)
        hits.append(
            Hit(
                kind.name,
                row[0],
                first,
                text,
                marks(first, query),
                text_marks,
                at,
                client_id,
                address,
            )
        )
    return hits


def _rows(
    journal: Journal, name: str, ids: list[int]
) -> list[tuple[int, str | None, int | None, str, str]]:
    kind = next(kind for kind in KIND_NUMBERS.values() if kind.name == name)
    title, body = search_text(kind, "")
    if body == "''" or kind.field(kind.search[0]).meta.long:
        body = title  # a long text shows its first line as title and the rest as its text
    date = f'"{kind.date}"' if kind.date else "NULL"
    client = f'"{kind.client}"' if kind.client else "NULL"
    places = ", ".join("?" * len(ids))
    return journal.rows(
        f"SELECT id, {date}, {client}, {title}, substr({body}, 1, {_READ})"
        f" FROM {name} WHERE id IN ({places})",
        ids,
    )


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].lstrip("# ")[:200]
