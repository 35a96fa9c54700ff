"""What of a journal the palette knows by name: clients, contacts, and what was opened last."""

from collections.abc import Iterable
from typing import NamedTuple

from pmdesk.answers.palette.entries import Key
from pmdesk.journal.journal import Journal
from pmdesk.journal.titles import Titled, titles_of
from pmdesk.records.kinds import KINDS


class Person(NamedTuple):
    """A contact by name."""

    id: int
    name: str
    client_id: int | None
    role: str


def people(journal: Journal) -> list[Person]:
    """All contacts."""
    return [Person(*row) for row in journal.rows("SELECT id, name, client_id, role FROM contact")]


def titled(journal: Journal, keys: Iterable[Key]) -> dict[Key, Titled]:
    """The titles of the records with these keys, as far as they are there."""
    ids: dict[str, list[int]] = {}
    for kind, number in keys:
        if kind in KINDS and KINDS[kind].search and isinstance(number, int):
            ids.setdefault(kind, []).append(number)
    return {
        (kind, row.id): row for kind, some in ids.items() for row in titles_of(journal, KINDS[kind], some)
    }  # fmt: skip
