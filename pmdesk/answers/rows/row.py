"""What a row of a list is made of."""

from datetime import datetime
from typing import Literal, NamedTuple

from pmdesk.answers.practices.figures import Key, State
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Said
from pmdesk.records.kinds import KINDS

Tone = State | Literal["info"]
# A state in a word, and how good or bad it is.
Badge = tuple[str, Tone]
# What a kind's own row says: its badge, and what stands behind the title.
Saying = tuple[Badge | None, tuple[Said, ...]]


class RecordRow(NamedTuple):
    """One row; an open one stands before those that are done."""

    key: Key
    badge: Badge | None
    title: str
    second: tuple[Said, ...]
    open: bool = True


def local_moment(rel: Relationship, value: datetime) -> datetime:
    """A moment in the client's zone."""
    return value.astimezone(rel.zone)


def title_of(rel: Relationship, kind: str, record_id: int | None) -> str:
    """The title of a client's record; empty where it has gone."""
    record = rel.by_id(kind).get(record_id) if record_id is not None else None
    return str(getattr(record, KINDS[kind].title)) if record else ""
