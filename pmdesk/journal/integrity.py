"""Looking for damage: pages, references, rows against their log, the search index, attachments."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final, NamedTuple

from pmdesk.journal import engine
from pmdesk.journal.journal import Journal
from pmdesk.journal.schema import index_rows, logged_tables, row_json, search_address
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark

_SHOWN: Final = 20


class Finding(NamedTuple):
    """One thing that is wrong; `sentence` is a key of the catalogue, `facts` fill it."""

    sentence: str
    facts: dict[str, object]


def check(journal: Journal) -> list[Finding]:
    """Everything that is wrong with the journal; an empty list when nothing is."""
    with engine.explained(journal.path):
        found = list(_pages(journal))
        if found:
            return found
        return [
            *_references(journal),
            *_rows_against_log(journal),
            *_index(journal),
            *_blobs(journal),
        ]


def _pages(journal: Journal) -> Iterator[Finding]:
    for (line,) in journal.rows("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield Finding(mark("The file is damaged: {detail}"), {"detail": line})
    if journal.passphrase:
        for (line,) in journal.rows("PRAGMA cipher_integrity_check"):
            yield Finding(mark("The file is damaged: {detail}"), {"detail": line})


def _references(journal: Journal) -> Iterator[Finding]:
    for table, row_id, parent, _ in journal.rows("PRAGMA foreign_key_check")[:_SHOWN]:
        yield Finding(
            mark("{table} {id} points to a {parent} that is not there."),
            {"table": table, "id": row_id, "parent": parent},
        )


def _rows_against_log(journal: Journal) -> Iterator[Finding]:
    """Rows that are not as their last act left them: SQLite itself cannot tell."""
    for table, names in logged_tables().items():
        last = f"(SELECT c.digest FROM change c WHERE c.tbl = '{table}' AND c.row_id = t.id ORDER BY c.id DESC LIMIT 1)"
        changed = journal.rows(
            f"SELECT t.id FROM {table} t WHERE row_digest({row_json(names, 't.')}) IS NOT {last} LIMIT {_SHOWN}"
        )
        for (row_id,) in changed:
            yield Finding(
                mark("{table} {id} is not as it was last saved."), {"table": table, "id": row_id}
            )
        lost = journal.rows(
            "SELECT c.row_id FROM change c WHERE c.tbl = ? AND c.op != 'D' AND NOT EXISTS"
            f" (SELECT 1 FROM {table} t WHERE t.id = c.row_id) AND NOT EXISTS (SELECT 1 FROM change n"
            f" WHERE n.tbl = c.tbl AND n.row_id = c.row_id AND n.id > c.id) LIMIT {_SHOWN}",
            [table],
        )
        for (row_id,) in lost:
            yield Finding(mark("{table} {id} has disappeared."), {"table": table, "id": row_id})


def _index(journal: Journal) -> Iterator[Finding]:
    expected = " UNION ALL ".join(
        f"SELECT {search_address(kind, '')} AS a FROM {kind.name}"
        for kind in KINDS.values()
        if kind.search
    )
    wrong = journal.rows(
        f"SELECT (SELECT count(*) FROM ({expected}) WHERE a NOT IN (SELECT id FROM search_docsize)),"
        f" (SELECT count(*) FROM search_docsize WHERE id NOT IN ({expected}))"
    )[0]
    if any(wrong):
        yield Finding(
            mark("The search index lacks {missing} records and has {extra} too many."),
            {"missing": wrong[0], "extra": wrong[1]},
        )


def _blobs(journal: Journal) -> Iterator[Finding]:
    for name, data in journal.conn.execute("SELECT hash, data FROM blob"):
        if sha256(data).hexdigest() != name:
            yield Finding(mark("An attached file is damaged ({hash})."), {"hash": name[:12]})


def reindex(journal: Journal) -> None:
    """Make the search index anew from the records."""
    with engine.explained(journal.path), journal.db.atomic():
        journal.conn.execute("INSERT INTO search(search) VALUES('delete-all')")
        for kind in KINDS.values():
            if kind.search:
                index_rows(journal.conn, kind, -1)
