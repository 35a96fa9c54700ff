"""A journal put right from what it still holds; a copy of it as it was is kept first."""

import re
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from pmdesk.journal import engine, errors
from pmdesk.journal.backup import copy_journal, free_aside, remove, set_aside, settle
from pmdesk.journal.integrity import DAMAGED, Finding, check, mend
from pmdesk.journal.journal import Journal
from pmdesk.journal.partial import partial_of
from pmdesk.journal.progress import Progress, untold
from pmdesk.journal.salvage import salvage
from pmdesk.words import mark


class Repaired(NamedTuple):
    """What was mended, what is left, each as a sentence with facts; and where the copy is."""

    mended: list[tuple[str, dict[str, object]]]
    left: list[Finding]
    kept: Path


def repair(
    path: Path, passphrase: str | None, *, at: datetime, progress: Progress = untold
) -> Repaired:
    """Mend the journal at `path`: what follows from its records, and a schema that is not ours.

    What is made anew: the search index, all other indexes, what was found of clients, the marks of
    sources, the next numbers. A schema with anything of a stranger, or one that was tampered with,
    is put aside with its file and the rows are carried into a new one, where all of them can be
    read. Raises Damaged where more than that is wrong, and what opening raises; the file is as it
    was then. `progress` is told pages.
    """
    try:
        journal = Journal.open(path, passphrase)
    except (errors.ForeignSchema, errors.Damaged) as error:
        return _carried_over(path, passphrase, error, at, progress)
    with journal:
        found = check(journal)
        for finding in found:
            if finding.sentence == DAMAGED and not _OF_INDEXES.search(str(finding.facts["detail"])):
                raise errors.Damaged(path=errors.shown(path), **finding.facts)
        kept = free_aside(path, "repair")
        copy_journal(journal, kept)
        with engine.explained(path), journal.db.atomic():
            journal.conn.execute("REINDEX")
        mend(journal)
        left = check(journal)
        told = [(f.sentence, f.facts) for f in found if f not in left]
        return Repaired([(_MADE_ANEW, {}), *told], left, kept)


# What SQLite says of an index whose table is sound (`PRAGMA integrity_check`).
_OF_INDEXES: Final = re.compile("missing from index|entries in index|non-unique entry in index")
_MADE_ANEW: Final = mark(
    "The search index and all else that follows from the records is made anew."
)
_CARRIED: Final = mark("What PM Desk did not put there was taken away: {names}.")
_SCHEMA: Final = mark("The tables were made anew and all rows carried over.")


def _carried_over(
    path: Path,
    passphrase: str | None,
    error: errors.JournalError,
    at: datetime,
    progress: Progress,
) -> Repaired:
    partial = partial_of(path)
    try:
        salvaged = salvage(path, partial, passphrase, at=at, progress=progress)
        if not salvaged.whole:
            raise error
        with Journal.open(partial, passphrase) as carried:
            left = check(carried)
        kept = set_aside(path, passphrase, "repair")
        settle(partial, path)
    finally:
        remove(partial)
    names = error.facts.get("names")
    told = (_CARRIED, {"names": names}) if names else (_SCHEMA, {})
    return Repaired([told], left, kept or path)
