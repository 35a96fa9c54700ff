"""Looking for damage: pages, references, rows against their log, the search index, attachments."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Final, NamedTuple

from pmdesk.journal import (
    blobs,
    engine,
    errors,
    index,
    index_truth,
    log,
    log_truth,
    seals,
    unclean,
)
from pmdesk.journal.journal import Journal
from pmdesk.journal.migrations import migrations
from pmdesk.journal.progress import Progress
from pmdesk.journal.schema import digest_sql, logged_tables
from pmdesk.records.attachment import Attachment
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark

_SHOWN: Final = 20
_PAGE: Final = re.compile(r"page (\d+)")


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
            if step in _DERIVED and findings:
                continue  # these are held against rows that are sound
            try:
                with engine.explained(journal.path):
                    findings += step(journal)
            except errors.Damaged as error:
                findings.append(_damage(error.facts["detail"]))
            except engine.SqliteError as error:  # such as JSON that is none
                findings.append(_damage(error))
            if any(finding.sentence == DAMAGED for finding in findings):
                break
    return findings


DAMAGED: Final = mark("The file is damaged: {detail}")
_INDEX_DAMAGED: Final = mark("The search index is damaged. It can be made anew from the records.")


def _damage(detail: object) -> Finding:
    if unclean.OF_INDEX in str(detail).lower():
        return Finding(_INDEX_DAMAGED, {}, mends=True)
    return Finding(DAMAGED, {"detail": detail})


def _pages(journal: Journal) -> Iterator[Finding]:
    if journal.passphrase:
        later = unclean.pages_in_log(journal.path)
        for (line,) in journal.rows("PRAGMA cipher_integrity_check"):
            if int((_PAGE.findall(line) or [0])[0]) not in later:
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


def _states(table: str, journal: Journal) -> Iterator[Finding]:
    """What the log tells of a row before a change is what the change before it left."""
    broken = log_truth.States(journal.conn, table).broken()
    for _, row_id in islice(broken, _SHOWN):
        yield Finding(
            mark("The log tells of {table} {id} what it never was."), {"table": table, "id": row_id}
        )


def _acts(journal: Journal) -> Iterator[Finding]:
    for action_id in islice(seals.broken(journal.conn), _SHOWN):
        yield Finding(mark("Step {id} of the log is not as it was written."), {"id": action_id})
    for (table,) in journal.rows(
        "SELECT DISTINCT tbl FROM change WHERE tbl NOT IN (SELECT value FROM json_each(?))",
        [json.dumps(list(logged_tables()))],
    ):
        yield Finding(
            mark("The log tells of a table that is none of ours: {table}"), {"table": table}
        )


def _kept(table: str, journal: Journal) -> Iterator[Finding]:
    sum_ = seals.sealed_sql(table)
    for (n,) in journal.rows(f"SELECT count(*) FROM {table} WHERE checksum IS NOT {sum_}"):
        if n:
            yield Finding(_KEPT[table], {"n": n}, mends=table not in _TYPED)


_TYPED: Final = frozenset({"draft"})  # what somebody typed is found nowhere else
_KEPT: Final = {
    "draft": mark("Drafts that are not as they were kept: {n}"),
    "standing": mark("What was found of clients is damaged ({n}). It can be found again."),
    "source_look": mark("The last look at sources is damaged ({n}). They can be read anew."),
    "source_file": mark("What was read of files is damaged ({n}). They can be read anew."),
}


def _numbers(journal: Journal) -> Iterator[Finding]:
    """The numbers that are given next come after all that were given before."""
    last = (
        "SELECT s.name, s.seq, (SELECT coalesce(max(row_id), 0) FROM change WHERE tbl = s.name)"
        " FROM sqlite_sequence s"
    )
    ours = logged_tables()
    for table, seq, known in journal.rows(last):
        if seq != known or table not in ours:
            yield Finding(
                mark("The next number of {table} is not the one that comes next."),
                {"table": table},
                mends=True,
            )
    named = {name for (name,) in journal.rows("SELECT name FROM _sqlite_migrations")}
    if len(named) != journal.recognised() or migrations().pending(journal.db):
        yield Finding(mark("The file does not tell which version made it."), {})


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


def _words(journal: Journal) -> Iterator[Finding]:
    """The index holds the words of the records, each at its place."""
    if not index_truth.sound(journal.conn):
        yield Finding(_INDEX_DAMAGED, {}, mends=True)


def _blobs(journal: Journal) -> Iterator[Finding]:
    for (name,) in journal.rows(
        f"SELECT hash FROM blob WHERE size IS NOT length(data) LIMIT {_SHOWN}"
    ):
        yield Finding(_BLOB_DAMAGED, {"hash": name[:12]})
    for name in blobs.damaged(journal):
        yield Finding(_BLOB_DAMAGED, {"hash": name[:12]})
    for lost in journal.find(
        Attachment, "hash <> '' AND hash NOT IN (SELECT hash FROM blob)", limit=_SHOWN
    ):
        yield Finding(mark("The attached file “{name}” is not there."), {"name": lost.name})


_BLOB_DAMAGED: Final = mark("An attached file is damaged ({hash}).")
_DERIVED: Final = (_numbers, _words)
_STEPS: Final[tuple[Callable[[Journal], Iterator[Finding]], ...]] = (
    _pages,
    _references,
    *(partial(_rows, table) for table in logged_tables()),
    _acts,
    *(partial(_states, table) for table in logged_tables()),
    *(partial(_kept, table) for table in seals.KEPT),
    _blobs,
    _index,
    *_DERIVED,
)


def mend(journal: Journal) -> None:
    """Make anew what follows from records and log: the search index, and what can be found again."""
    conn = journal.conn
    with engine.explained(journal.path), journal.db.atomic():
        conn.execute("DELETE FROM standing")
        for table in ("source_look", "source_file"):
            conn.execute(f"DELETE FROM {table} WHERE checksum IS NOT {seals.sealed_sql(table)}")
        log.set_numbers(conn)
        index.rebuild(conn)
