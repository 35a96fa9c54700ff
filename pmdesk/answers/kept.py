"""A client's relationship, kept from one look to the next: only what changed is read anew."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any, Final

from pmdesk.answers.relationship import Relationship, relationship
from pmdesk.answers.waiting import Conversation, brought_up_to_date, conversation
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import last_change, tables_changed
from pmdesk.records.client import Client

# Clocks run on: after this time a relationship is looked at anew though nothing was written.
FRESH: Final = timedelta(seconds=30)
# What a thread lays out for itself, see shared_clock().
_OF_ITS_THREAD: Final = frozenset({"clock"})


# So many clients are known at once, and no more of their events than this.
_MOST_CLIENTS: Final = 12
_MOST_EVENTS: Final = 100_000


class Kept:
    """The relationship of the client that was asked for last.

    What it knows is held against the log, so that no write goes by it: an act, an undo, an import,
    or what another program wrote to the same file. For use in one thread.
    """

    def __init__(self) -> None:
        """Nothing is known yet; `until` is the last change of the log that is."""
        self.rel: Relationship | None = None
        self.talk: Conversation | None = None
        self.until = 0

    def of(self, journal: Journal, client: Client, *, at: datetime) -> Relationship:
        """Everything recorded of a client as it stands at `at`, or stood less than `FRESH` ago."""
        until, known = last_change(journal.conn), self.rel
        if known is None or known.client.id != client.id or until < self.until:
            self.talk = None
            return self._keep(journal, client, at, until, {})
        if until == self.until and known.client == client and _is_fresh(known, at):
            return known
        written = tables_changed(journal.conn, self.until)
        if "project" in written:
            written.add("stage")  # those of a client are those of its projects
        records = {name: had for name, had in known.records.items() if name not in written}
        return self._keep(journal, client, at, until, records)

    def _keep(
        self,
        journal: Journal,
        client: Client,
        at: datetime,
        until: int,
        records: dict[str, Sequence[Any]],
    ) -> Relationship:
        rel = relationship(journal, client, at=at, known=records)
        self.rel = replace(rel, read_talk=self.reader(journal, int(client.id or 0)))
        self.until = until
        return self.rel

    def reader(self, journal: Journal, client_id: int) -> Callable[[], Conversation]:
        """Reads a client's conversation: of one that is known only the threads that changed."""

        def read() -> Conversation:
            if self.rel is None or self.rel.client.id != client_id:
                return conversation(journal, client_id)
            known = self.talk
            if known is None:
                known = conversation(journal, client_id)
            self.talk = brought_up_to_date(journal, client_id, known)
            return self.talk

        return read

    def knows_talk(self, client: Client) -> int | None:
        """How many events of a client's conversation are known; None where it is unread."""
        known = self.rel is not None and self.rel.client.id == client.id
        return self.talk.size if known and self.talk is not None else None

    def copied(self, journal: Journal) -> "Kept":
        """What is known, to go on with in another thread and its connection to the journal."""
        copy = Kept()
        copy.talk, copy.until = self.talk, self.until
        if self.rel is not None:
            id_ = int(self.rel.client.id or 0)
            copy.rel = _handed_on(self.rel, journal, copy.reader(journal, id_))
        return copy

    def take_over(self, other: "Kept", journal: Journal) -> None:
        """Know what was found out in another thread, unless more is known here already."""
        if other.rel is None or other.until < self.until:
            return
        self.talk, self.until = other.talk, other.until
        id_ = int(other.rel.client.id or 0)
        self.rel = _handed_on(other.rel, journal, self.reader(journal, id_))


class KeptClients:
    """The relationships of the clients that were asked for last, for who asks of several again.

    For use in one thread at a time, each with a connection to the journal of its own.
    """

    def __init__(self) -> None:
        """Nobody is known yet."""
        self._known: dict[int, Kept] = {}

    def of(self, journal: Journal, client: Client, *, at: datetime) -> Relationship:
        """What `Kept.of` says of a client."""
        id_ = int(client.id or 0)
        known = self._known.pop(id_, None)
        kept = Kept() if known is None else known.copied(journal)
        rel = kept.of(journal, client, at=at)
        self._let_go()
        self._known[id_] = kept
        return rel

    def _let_go(self) -> None:
        """Forget those asked for longest ago, where they are too many or too large."""
        sizes = {id_: kept.talk.size if kept.talk else 0 for id_, kept in self._known.items()}
        total = sum(sizes.values())
        while sizes and (len(sizes) >= _MOST_CLIENTS or total > _MOST_EVENTS):
            id_ = next(iter(sizes))
            total -= sizes.pop(id_)
            del self._known[id_]


def _is_fresh(rel: Relationship, at: datetime) -> bool:
    return rel.at <= at <= rel.at + FRESH


def _handed_on(
    rel: Relationship, journal: Journal, read_talk: Callable[[], Conversation]
) -> Relationship:
    """The same for another connection, with all figures that were computed of it."""
    new = replace(rel, journal=journal, read_talk=read_talk)
    not_handed_on = {field.name for field in fields(Relationship)} | _OF_ITS_THREAD
    new.__dict__.update({k: v for k, v in rel.__dict__.items() if k not in not_handed_on})
    return new
