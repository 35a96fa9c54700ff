"""Longer courses, broken off at every change of a file: a day of work, and a move to this version."""

import shutil
from dataclasses import replace

from pmdesk.journal.backup import backup, restore
from pmdesk.journal.journal import Journal
from pmdesk.journal.passphrase import change_passphrase
from tests.endure.acts import NOW, save
from tests.endure.courses import SHELF, Course
from tests.endure.days import (
    ASIDE,
    NEW,
    begin,
    begin_migrating,
    guarded,
    not_without_backup,
    opened,
    take,
    take_other,
)


def day(place):
    """Open, save, import, undo, backup, another passphrase, save, close."""
    journal = guarded(Journal.open(place.journal, place.secret))
    try:
        yield journal
        save(journal, 100)
        yield journal
        save(journal, 101)
        yield journal
        take(journal, place, "few.mbox")
        yield journal
        journal.undo(at=NOW)
        yield journal
        backup(journal, place.backup)
        yield journal
        journal = change_passphrase(journal, NEW)
        yield journal
        save(journal, 102)
        yield journal
    finally:
        journal.close()


def begin_moving(place):
    """A journal of an earlier version, and another one to be merged into it."""
    begin(place)
    place.journal.rename(place.folder / "there.pmdesk")
    shutil.rmtree(place.backup.parent)
    begin_migrating(place)


def move(place):
    """Open and migrate, merge, backup, save, restore, save."""
    with opened(place) as journal:
        yield journal
        take_other(journal, place)
        yield journal
        backup(journal, place.backup)
        yield journal
        save(journal, 100)
        yield journal
    restore(place.backup, place.journal, place.secret)
    yield None
    with opened(place) as journal:
        save(journal, 101)
        yield journal


A_DAY = Course("a day", begin, day, {"kept/b.pmdesk": {0: 0, 6: 6}, SHELF: {4: 3, 7: 6}})
SESSIONS = {
    course.name: course
    for course in (
        A_DAY,
        replace(A_DAY, name="a day without a log", where="Dropbox"),
        Course(
            "a move",
            begin_moving,
            move,
            {SHELF: {1: 0, 2: 1}, "kept/b.pmdesk": {3: 3}, ASIDE.format(1): {5: 4}},
            not_without_backup,
        ),
    )
}
