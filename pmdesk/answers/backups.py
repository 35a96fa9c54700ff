"""What a backup holds and what has changed since: for who chooses one to be restored."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pmdesk.journal import engine
from pmdesk.journal.backups.differences import Difference
from pmdesk.journal.backups.manifest import Backup
from pmdesk.journal.journal import Journal
from pmdesk.typed.spelled import sort_key
from pmdesk.words import Words, mark

_MOST: Final = 3
_ADDED: Final = mark("{kind} +{n}")
_GONE: Final = mark("{kind} −{n}")
_CHANGED: Final = mark("{kind}: changed {n}")


class Names(NamedTuple):
    """The clients in a backup, and those of them that the journal does not hold now, by name."""

    clients: tuple[str, ...]
    missing: tuple[str, ...]


def names_in(journal: Journal, backup: Backup, passphrase: str | None) -> Names:
    """Whose records a backup holds; it is opened for reading. Raises JournalError."""
    sql = "SELECT uuid, name FROM client"
    given = passphrase if backup.encrypted else None
    with engine.explained(backup.path), Journal(backup.path, given, writable=False) as copy:
        copy.recognised()
        then = sorted(copy.rows(sql), key=lambda row: sort_key(row[1]))
    now = {uuid for uuid, _ in journal.rows(sql)}
    missing = tuple(name for uuid, name in then if uuid not in now)
    return Names(tuple(name for _, name in then), missing)


def in_short(words: Words, differences: Sequence[Difference]) -> str:
    """What has changed since a backup, in a line: the most first."""
    parts = [
        (n, words(text, kind=words(found.kind.many), n=words.number(n, 0)))
        for found in differences
        for text, n in ((_ADDED, found.added), (_GONE, found.gone), (_CHANGED, found.changed))
        if n
    ]
    if not parts:
        return words("Nothing has changed since.")
    parts.sort(key=lambda part: -part[0])
    said = [text for _, text in parts[:_MOST]]
    if len(parts) > _MOST:
        said.append(words("{n} more", n=len(parts) - _MOST))
    return words("Since then: {what}", what=" · ".join(said))


def records_in(counts: Mapping[str, int]) -> int:
    """How many records a backup holds, of all kinds together."""
    return sum(counts.values())
