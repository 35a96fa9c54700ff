"""What a line of a page is made of."""

from datetime import datetime
from typing import NamedTuple

from pmdesk.answers.practices.figures import Key, State
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.said import Said
from pmdesk.records.kinds import KINDS

Badge = tuple[str, State | str]


class RecordLine(NamedTuple):
    """One line. `acts` are names of ACTS that make sense now."""

    key: Key
    badge: Badge | None
    title: str
    second: tuple[Said, ...]
    acts: tuple[str, ...] = ()
    open: bool = True


def local_moment(rel: Relationship, value: datetime) -> datetime:
    """A moment in the client's zone."""
    return value.astimezone(rel.zone)


def title_of(rel: Relationship, kind: str, record_id: int | None) -> str:
    """The title of a client's record; empty where it has gone."""
    found = next((r for r in rel.of(KINDS[kind].cls) if r.id == record_id), None)
    return str(getattr(found, KINDS[kind].title)) if found else ""
