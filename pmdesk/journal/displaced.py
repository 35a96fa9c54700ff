"""The way back for a journal whose file was moved, deleted or replaced while it was open.

The connection still holds all of it: the file has lost its name, not its content.
"""

from pathlib import Path

from pmdesk.journal import engine
from pmdesk.journal.backup import copy_checked, free_aside, remove, settle
from pmdesk.journal.journal import Journal
from pmdesk.journal.partial import clear_left, partial_of


def put_back(journal: Journal) -> Path | None:
    """Put what is open back in its place and go on with it there; where what stood there is kept.

    None where nothing stood there. Raises JournalError; then everything is as it was.
    """
    path, partial = journal.path, partial_of(journal.path)
    with engine.needing(lambda: journal.size), engine.explained(path):
        engine.make_folder(path.parent)
        clear_left(path)
        try:
            copy_checked(journal, partial, path, None)
            # what takes the place must not meet the log of the file that lost it
            journal.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            aside = free_aside(path, "putting-back") if path.exists() else None
            if aside is not None:
                path.rename(aside)
            settle(partial, path)
        finally:
            remove(partial)
    journal.reopen()
    return aside
