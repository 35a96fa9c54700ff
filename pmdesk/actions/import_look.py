"""Mail looked through: whose each message is, whether it is taken, and which belong together."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from pmdesk.actions.import_values import MailPreview
from pmdesk.actions.mail_correspondents import Correspondents
from pmdesk.actions.mail_setup import MailSetup, Side, Sorter, merged_setup
from pmdesk.exchange.mail.envelope import Envelope, envelope_of
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.exchange.mail.reading import Again, Unreadable
from pmdesk.exchange.mail.states import MailState
from pmdesk.exchange.mail.threads import Dated, ThreadIndex, join_by_subject
from pmdesk.journal.journal import Journal
from pmdesk.words import mark

NOBODYS: Final = mark("Not of my clients")
_AT_ONCE: Final = 400
_BEFORE: Final = 1 << 40  # what the journal held comes before this import


class Owner(NamedTuple):
    """Whose a message is. One of ours that went to no client waits for its thread to tell."""

    side: Side
    envelope: Envelope
    clients: list[str]
    taken: bool
    waits: bool = False


class Seen(NamedTuple):
    """What must be remembered of a message until all are read."""

    message_id: str
    thread: int
    header_at: datetime | None
    key: str
    joins: bool
    of_client: bool
    waits: bool


class Look:
    """What looking through mail and taking it have in common."""

    def __init__(
        self, journal: Journal | None, paths: Sequence[Path], setup: MailSetup, sorter: Sorter,
        counts: MailPreview,
    ) -> None:  # fmt: skip
        self.journal, self.sorter, self.counts = journal, sorter, counts
        # a journal without mail is not asked for any
        self.holds_mail = journal is not None and bool(journal.rows("SELECT 1 FROM mail LIMIT 1"))
        self._everybody = setup.everybody
        self._people = Correspondents(paths, sorter, merged_setup(journal, setup).own)
        self.seen: list[Seen] = []
        self._seen: dict[str, bool] = {}  # by id, and whether it counts as mail of clients
        self.first_thread = last_thread(journal) + 1
        self.threads = ThreadIndex(first_thread=self.first_thread, lookup=self._threads_of)

    def new(self, batch: Sequence[MailMessage | Again]) -> Iterator[tuple[MailMessage, Owner]]:
        """The messages of a batch that the journal does not hold, each once, with whose they are."""
        known: set[str] = set()
        if self.holds_mail:
            known = _known(self.journal, batch)
            self.threads.prefetch(_ids_named(batch))
        for item in batch:
            seen_before = self._seen.get(item.message_id)
            if seen_before is not None:
                self.counts.there += seen_before
                continue
            message = item.read() if isinstance(item, Again) else item
            if isinstance(message, Unreadable):
                self.counts.not_taken.append(message)
                continue
            owner = self.whose(message)
            counts = owner.taken or owner.waits
            if message.message_id in known:
                self.counts.there += counts
                continue
            self._count(message, owner)
            if message.state is MailState.TAKEN:
                self._seen[message.message_id] = counts
                yield message, owner

    def whose(self, message: MailMessage) -> Owner:
        """Whose a message is, and whether it is taken."""
        sorter = self.sorter
        author = sorter.author_behind(message)
        envelope = envelope_of(message, author)
        if message.state is not MailState.TAKEN:
            return Owner(Side(), envelope, [], taken=False)
        side = sorter.side(author or message.sender)
        clients = sorter.clients_addressed(envelope.recipients) if side.ours else []
        taken = bool(not side.ignored and (self._everybody or side.client or clients))
        return Owner(side, envelope, clients, taken, waits=side.ours and not taken)

    def note(self, message: MailMessage, owner: Owner) -> int:
        """Remember a message that was exchanged; the thread that it belongs to so far."""
        thread = self.threads.add(message.message_id, message.aliases, message.parents)
        self.seen.append(
            Seen(
                message.message_id,
                thread,
                message.header_at,
                message.conversation_key,
                # Outlook's index alone does not bar the way by subject
                message.is_reply_wide and all(p.startswith("ti:") for p in message.parents),
                bool(owner.side.client or owner.clients),
                owner.waits,
            )
        )
        return thread

    def join(self) -> None:
        """Join what answers by its subject alone, once all is read."""
        join_by_subject(self.threads, self._dated())

    def with_clients(self) -> set[int]:
        """The threads in which a client takes part, here or in the journal."""
        with_clients = {self.threads.final(seen.thread) for seen in self.seen if seen.of_client}
        waiting = {self.threads.final(s.thread) for s in self.seen if s.waits} - with_clients
        return with_clients | _of_clients(self.journal, sorted(waiting))

    def finish(self, late: int) -> None:
        """Say what all of it together tells; `late` of ours were taken for their threads."""
        counts = self.counts
        counts.new += late
        counts.ours += late
        if left := sum(seen.waits for seen in self.seen) - late:
            counts.left_out[NOBODYS] += left
        counts.own_proposed = self._people.own()
        counts.unclear, counts.mass = self._people.unclear()

    def _count(self, message: MailMessage, owner: Owner) -> None:
        counts, side = self.counts, owner.side
        if message.state is not MailState.TAKEN:
            counts.left_out[message.state.value] += 1
            return
        self._people.see(message)
        if side.ignored:
            counts.ignored += 1
            return
        if side.unknown and message.sender.address:
            self._people.see_unknown(message)
        if not owner.taken:
            counts.left_out[NOBODYS] += not owner.waits
            return
        counts.new += 1
        counts.ours += side.ours
        if side.client:
            counts.by_client[side.client] += 1
        if message.sent_at:
            counts.first = min(counts.first or message.sent_at, message.sent_at)
            counts.last = max(counts.last or message.sent_at, message.sent_at)

    def _threads_of(self, ids: Sequence[str]) -> dict[str, int]:
        if self.journal is None or not self.holds_mail:
            return {}
        marks = ", ".join("?" * len(ids))
        rows = self.journal.rows(
            f"SELECT message_id, thread FROM mail WHERE message_id IN ({marks})", ids
        )
        return dict(rows)

    def _dated(self) -> Iterator[Dated]:
        """The dated messages read, and those of the journal that share a subject."""
        keys = {seen.key for seen in self.seen if seen.joins and seen.key}
        if self.journal is not None and self.holds_mail:
            for key in keys:
                for at, thread, id_ in self.journal.rows(
                    "SELECT unixepoch(at, 'subsec'), thread, id FROM mail"
                    " WHERE subject_key = ? AND at IS NOT NULL",
                    [key],
                ):
                    yield Dated(at, id_ - _BEFORE, key, thread, joins=False)
        for order, seen in enumerate(self.seen):
            if seen.header_at and seen.key in keys:
                yield Dated(seen.header_at.timestamp(), order, seen.key, seen.thread, seen.joins)


def last_thread(journal: Journal | None) -> int:
    """The highest number that a thread has so far."""
    if journal is None:
        return 0
    rows = journal.rows(
        "SELECT max(coalesce((SELECT max(thread) FROM mail), 0),"
        " coalesce((SELECT max(thread) FROM interaction), 0))"
    )
    return int(rows[0][0])


def _ids_named(batch: Iterable[MailMessage | Again]) -> list[str]:
    """The ids that the messages of a batch have and name."""
    messages = (item for item in batch if isinstance(item, MailMessage))
    return [id_ for m in messages for id_ in (m.message_id, *m.aliases, *m.parents)]


def _known(journal: Journal | None, batch: Sequence[MailMessage | Again]) -> set[str]:
    """Ids of the batch that the journal holds; what was deleted by hand is none of them."""
    if journal is None or not batch:
        return set()
    marks = ", ".join("?" * len(batch))
    rows = journal.rows(
        "SELECT m.message_id FROM mail m JOIN interaction i ON i.id = m.interaction_id"
        f" WHERE m.message_id IN ({marks})",
        [item.message_id for item in batch],
    )
    return {row[0] for row in rows}


def _of_clients(journal: Journal | None, threads: Sequence[int]) -> set[int]:
    """Those of the threads in which the journal knows a client."""
    if journal is None:
        return set()
    of_clients: set[int] = set()
    for start in range(0, len(threads), _AT_ONCE):
        some = threads[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows = journal.rows(
            "SELECT DISTINCT thread FROM interaction WHERE client_id IS NOT NULL"
            f" AND thread IN ({marks})",
            some,
        )
        of_clients |= {row[0] for row in rows}
    return of_clients
