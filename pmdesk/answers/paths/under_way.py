"""Which paths are under way, over all clients."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from pmdesk.answers.paths.path import Path, Standing, now_at
from pmdesk.answers.paths.talking import TALK
from pmdesk.answers.paths.unhappy import UNHAPPY
from pmdesk.answers.practices.figures import Key, keys
from pmdesk.answers.relationship import Relationship, relationship_in
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.expectations import Expectation, Talk
from pmdesk.records.recovery import Complaint

PATHS: Final[Mapping[type[Any], Path]] = {Complaint: UNHAPPY, Talk: TALK}


class UnderWay(NamedTuple):
    """A path that was begun: whose, about what, how many steps are done, and the next one."""

    key: Key
    path: Path
    client: str
    what: str
    done: int
    of: int
    next: Standing


def path_of(record: Any) -> Path:
    """The path that a record is taken on; raises KeyError for one without."""
    return PATHS[type(record)]


def under_way(journal: Journal, *, at: datetime) -> list[UnderWay]:
    """Every path that is not over: late ones first, then the oldest.

    Only clients who have one are read, and of them only what the paths rest on.
    """
    return sorted(_found(journal, at), key=lambda one: (not one.next.late, one.key.id))


_OPEN: Final = {
    Complaint: "closed_on IS NULL",
    Talk: "outcome NOT IN ('agreed', 'declined')",
}


def _found(journal: Journal, at: datetime) -> Iterator[UnderWay]:
    of_client: dict[int, list[Any]] = {}
    for cls, where in _OPEN.items():
        records: list[Any] = journal.find(cls, where)
        for record in records:
            of_client.setdefault(record.client_id, []).append(record)
    for client_id, begun in of_client.items():
        client = journal.get(Client, client_id)
        if client is None:
            continue
        rel = relationship_in(journal, client, Expectation, at=at)
        yield from (_under_way(rel, record) for record in begun)


def _under_way(rel: Relationship, record: Any) -> UnderWay:
    path = path_of(record)
    standings = path.standings(rel, record)
    place = now_at(standings)
    return UnderWay(
        keys(record)[0], path, rel.client.name, path.title(rel, record), place, len(standings),
        standings[place],
    )  # fmt: skip
