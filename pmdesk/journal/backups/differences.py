"""What has become different since a backup, kind by kind."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from pmdesk.journal import engine
from pmdesk.journal.backups.manifest import Backup
from pmdesk.journal.backups.shelf import tip_at
from pmdesk.journal.journal import Journal
from pmdesk.journal.schema import digest_sql, logged_tables
from pmdesk.records.declare import Kind
from pmdesk.records.kinds import KINDS


class Difference(NamedTuple):
    """How many records of a kind were added, changed, and are gone since a backup."""

    kind: Kind
    added: int
    changed: int
    gone: int


def differences(
    journal: Journal, backup: Backup, passphrase: str | None = None
) -> list[Difference]:
    """What restoring the backup would take back, kinds without any left out.

    Told by the log where the backup is an earlier state of this journal; else both are compared
    record by record, and the backup is opened with `passphrase`. Raises JournalError.
    """
    with journal.snapshot():
        if backup.tip and tip_at(journal, backup.last_change) == backup.tip:
            counted = _by_log(journal, backup.last_change)
        else:
            counted = _by_rows(journal, backup, passphrase)
        return [Difference(kind, *n) for kind, n in counted if any(n)]


# What stood before the first later change tells the state then, the last one's digest that of now.
_SINCE: Final = """
WITH span AS (SELECT min(id) AS first, max(id) AS last FROM change
              WHERE id > :after AND tbl = :table GROUP BY row_id)
SELECT coalesce(sum(f.op = 'I' AND l.op <> 'D'), 0),
       coalesce(sum(CASE WHEN f.op <> 'I' AND l.op <> 'D'
                    THEN row_digest(CAST(f.before AS BLOB)) <> l.digest END), 0),
       coalesce(sum(f.op <> 'I' AND l.op = 'D'), 0)
FROM span JOIN change f ON f.id = span.first JOIN change l ON l.id = span.last
"""


def _by_log(journal: Journal, after: int) -> Iterator[tuple[Kind, tuple[int, int, int]]]:
    for name, kind in KINDS.items():
        yield kind, journal.rows(_SINCE, {"after": after, "table": name})[0]


def _by_rows(
    journal: Journal, backup: Backup, passphrase: str | None
) -> Iterator[tuple[Kind, tuple[int, int, int]]]:
    given = passphrase if backup.encrypted else None
    with engine.explained(backup.path), Journal(backup.path, given, writable=False) as copy:
        copy.recognised()
        for name, kind in KINDS.items():
            then_names = {row[1] for row in copy.rows(f"PRAGMA table_info({name})")}
            names = [column for column in logged_tables()[name] if column in then_names]
            sql = f"SELECT uuid, {digest_sql(names)} FROM {name}"
            now = dict(journal.rows(f"SELECT uuid, {digest_sql(names or ['uuid'])} FROM {name}"))
            then = dict(copy.rows(sql)) if names else {}
            both = now.keys() & then.keys()
            changed = sum(now[uuid] != then[uuid] for uuid in both)
            yield kind, (len(now) - len(both), changed, len(then) - len(both))
