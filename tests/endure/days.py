"""The acts that are broken off: each a course as a person takes it, on a small journal."""

from contextlib import contextmanager

from pmdesk.actions.openings import create_journal
from pmdesk.journal.journal import Journal
from tests.endure.acts import NOW, save
from tests.endure.courses import Course


@contextmanager
def opened(place):
    """The journal of a place, open for a course."""
    with Journal.open(place.journal, place.secret) as journal:
        yield journal


def begin(place):
    """A journal with some clients."""
    with create_journal(place.journal, place.secret, at=NOW) as journal:
        for number in range(8):
            save(journal, number)


def saving(place):
    with opened(place) as journal:
        yield journal
        for number in range(100, 108):
            save(journal, number)
            yield journal


COURSES = {"save": Course("save", begin, saving)}
