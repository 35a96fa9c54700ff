"""What passes of a client's timeline: which rows, in which conversations, and which filter to loosen."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from pmdesk.answers.relationship import Relationship
from pmdesk.answers.timeline import OTHERS, SHORT, Key, newest_first
from pmdesk.answers.waiting import THREAD
from pmdesk.journal.codec import moment_of
from pmdesk.journal.journal import Journal
from pmdesk.journal.persons import contacts_with
from pmdesk.journal.search import places
from pmdesk.journal.sieve import Sieve
from pmdesk.records.kinds import KINDS

_CONTACT: Final = "interaction"
# The kinds that stand in a timeline, as they are offered.
IN_TIMELINE: Final = (_CONTACT, "entry", *(kind.name for kind in OTHERS))
# All that is asked of them stands in one index, in this order.
_LONG: Final = (
    f"SELECT i.id, i.at, {THREAD} FROM interaction i INDEXED BY interaction_turns"
    " WHERE i.client_id = :client AND i.at >= :first AND i.at < :end"
)
_ORDER: Final = " ORDER BY i.at DESC, i.id DESC"


def sifted(journal: Journal, client_id: int, sieve: Sieve, *, at: datetime) -> list[Key]:
    """The rows that pass, newest first; days are those of the zone of `at`. Raises JournalError.

    It takes as long as all that may pass: for a long client it is asked beside the window.
    """
    kinds = sieve.kinds(IN_TIMELINE)
    found = None
    if sieve.text.strip():
        found = places(journal, sieve.text, client_id=client_id, at=at)
    long: list[Key] = []
    if _CONTACT in kinds:
        ids = None if found is None else found.get(_CONTACT, set())
        if sieve.person.strip():
            theirs = contacts_with(journal, sieve.person, client_id)
            ids = theirs if ids is None else ids & theirs
        long = list(_contacts(journal, client_id, sieve, ids, at))
    short = [
        key
        for key in (Key(*row) for row in journal.rows(SHORT, {"client": client_id}))
        if key.kind in kinds
        and (found is None or key.id in found.get(key.kind, ()))
        and sieve.holds(KINDS[key.kind], moment_of(key.at), at.tzinfo)
    ]
    return list(_merged(newest_first(short), long))


def _contacts(
    journal: Journal, client_id: int, sieve: Sieve, ids: set[int] | None, at: datetime
) -> Iterator[Key]:
    sql = _LONG
    first, end = sieve.moment_texts(at.tzinfo)
    given: dict[str, Any] = {"client": client_id, "first": first, "end": end}
    for name in ("channel", "direction"):
        if wanted := getattr(sieve, name):
            sql += f" AND i.{name} = :{name}"
            given[name] = wanted
    if ids is not None:
        sql += " AND i.id IN (SELECT value FROM json_each(:ids))"
        given["ids"] = json.dumps([*ids])
    for row in journal.rows(sql + _ORDER, given):
        yield Key(_CONTACT, *row)


def _merged(short: Iterable[Key], long: list[Key]) -> Iterator[Key]:
    """Both in the order of the timeline, which each has already."""
    n = 0
    for key in short:
        while n < len(long) and (
            long[n].at > key.at or (long[n].at == key.at and key.kind > _CONTACT)
        ):
            yield long[n]
            n += 1
        yield key
    yield from long[n:]


def looser(
    journal: Journal, client_id: int, sieve: Sieve, *, at: datetime
) -> list[tuple[str, int]]:
    """The filters without which something passes, each with how much, the most first."""
    counts = [
        (name, len(sifted(journal, client_id, sieve.without(name), at=at))) for name in sieve.asked
    ]
    return sorted(((name, n) for name, n in counts if n), key=lambda pair: -pair[1])


class Talk(NamedTuple):
    """A conversation by its rows, newest first; a record of its own kind, or what stands alone, is one row."""

    thread: int | None
    keys: list[Key]


def talks(keys: Iterable[Key]) -> list[Talk]:
    """Rows by conversation, that with the newest row first."""
    found: list[Talk] = []
    known: dict[int, Talk] = {}
    for key in keys:
        if key.thread is None:
            found.append(Talk(None, [key]))
        elif key.thread in known:
            known[key.thread].keys.append(key)
        else:
            talk = known[key.thread] = Talk(key.thread, [key])
            found.append(talk)
    return found


class Waits(NamedTuple):
    """Who waits in a conversation: they for us, or we for them, since when, for an answer to which."""

    for_us: bool
    since: datetime
    first_id: int


def waits(rel: Relationship) -> dict[int, Waits]:
    """Who waits, by conversation; where both do, it is for us to answer."""
    found: dict[int, Waits] = {}
    for ours in (False, True):
        for turn in rel.talk.turns("turn", ours_answer=ours):
            if turn.answered_at is None and turn.asked_at <= rel.at.timestamp():
                since = datetime.fromtimestamp(turn.asked_at, rel.zone)
                found[turn.thread] = Waits(ours, since, turn.first_id)
    return found
