"""Looking for damage: pages, references, rows against their log, the search index, attachments."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

from pmdesk.journal import blobs, engine, errors, index
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress
from pmdesk.journal.schema import digest_sql, logged_tables
from pmdesk.records.attachment import Attachment
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark

_SHOWN: Final = 20
_OF_INDEX: Final = "fts5"


class Finding(NamedTuple):
    """One thing that is wrong; `sentence` is a key of the catalogue, `facts` fill it.

    `mends` says that `mend` makes it good from what the journal still holds.
    """

    sentence: str
    facts: dict[str, object]
    mends: bool = False


def check(journal: Journal, progress: Progress | None = None) -> list[Finding]:
    """Everything that is wrong with the journal; an empty list when nothing is.

    Writes nothing. A file whose pages are damaged is not looked into any further. `progress` is
    told steps.
    """
    findings: list[Finding] = []
    with journal.snapshot():
        for n, step in enumerate(_STEPS):
            if progress:
                progress(n, len(_STEPS))
            try:
                with engine.explained(journal.path):
                    findings += step(journal)
            except errors.Damaged as error:
                findings.append(_damage(error.facts["detail"]))
            if any(finding.sentence == _DAMAGED for finding in findings):
                break
    return findings


_DAMAGED: Final = mark("The file is damaged: {detail}")
_INDEX_DAMAGED: Final = mark("The search index is damaged. It can be made anew from the records.")


def _damage(detail: object) -> Finding:
    if _OF_INDEX in str(detail).lower():
        return Finding(_INDEX_DAMAGED, {}, mends=True)
    return Finding(_DAMAGED, {"detail": detail})


def _pages(journal: Journal) -> Iterator[Finding]:
    if journal.passphrase:
        for (line,) in journal.rows("PRAGMA cipher_integrity_check"):
            yield _damage(line)
    for (line,) in journal.rows(f"PRAGMA integrity_check({_SHOWN})"):
        if line != "ok":
            yield _damage(line)


def _references(journal: Journal) -> Iterator[Finding]:
    for table, row_id, parent, _ in journal.rows("PRAGMA foreign_key_check")[:_SHOWN]:
        yield Finding(
            mark("{table} {id} points to a {parent} that is not there."),
            {"table": table, "id": row_id, "parent": parent},
        )


def _rows(table: str, journal: Journal) -> Iterator[Finding]:
    """Rows that are not as their last act left them: SQLite itself cannot tell."""
    digest = digest_sql(logged_tables()[table], "t.")
    last = (
        f"SELECT c.digest FROM change c WHERE c.tbl = '{table}' AND c.row_id = t.id"
        " ORDER BY c.id DESC LIMIT 1"
    )
    for (row_id,) in journal.rows(
        f"SELECT t.id FROM {table} t WHERE {digest} IS NOT ({last}) LIMIT {_SHOWN}"
    ):
        yield Finding(
            mark("{table} {id} is not as it was last saved."), {"table": table, "id": row_id}
        )
    for (row_id,) in journal.rows(
        "SELECT c.row_id FROM change c WHERE c.tbl = ? AND c.op != 'D'"
        f" AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = c.row_id)"
        " AND NOT EXISTS (SELECT 1 FROM change n"
        f"  WHERE n.tbl = c.tbl AND n.row_id = c.row_id AND n.id > c.id) LIMIT {_SHOWN}",
        [table],
    ):
        yield Finding(mark("{table} {id} has disappeared."), {"table": table, "id": row_id})


def _index(journal: Journal) -> Iterator[Finding]:
    expected = " UNION ALL ".join(
        f"SELECT {index.address_sql(kind)} AS address FROM {kind.name}"
        for kind in KINDS.values()
        if kind.search
    )
    missing, extra = journal.rows(
        f"WITH expected AS ({expected}) SELECT"
        " (SELECT count(*) FROM expected WHERE address NOT IN (SELECT id FROM search_docsize)),"
        " (SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT address FROM expected))"
    )[0]
    if missing or extra:
        yield Finding(
            mark("The search index lacks {missing} records and has {extra} too many."),
            {"missing": missing, "extra": extra},
            mends=True,
        )


def _blobs(journal: Journal) -> Iterator[Finding]:
    for name in blobs.damaged(journal):
        yield Finding(mark("An attached file is damaged ({hash})."), {"hash": name[:12]})
    for lost in journal.find(
        Attachment, "hash <> '' AND hash NOT IN (SELECT hash FROM blob)", limit=_SHOWN
    ):
        yield Finding(mark("The attached file “{name}” is not there."), {"name": lost.name})


_STEPS: Final[tuple[Callable[[Journal], Iterator[Finding]], ...]] = (
    _pages,
    _references,
    *(partial(_rows, table) for table in logged_tables()),
    _index,
    _blobs,
)


def mend(journal: Journal) -> None:
    """Make anew what can be made from the records: the search index."""
    with engine.explained(journal.path), journal.db.atomic():
        index.rebuild(journal.conn)
