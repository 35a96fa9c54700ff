"""Mail into the journal: looked through first, then taken as one act that can be undone."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from pmdesk.actions.mail_setup import MailSetup, Side, Sorter, save_setup, sorter_for
from pmdesk.exchange.mail.addresses import PROVIDERS
from pmdesk.exchange.mail.headers import Address
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.exchange.mail.reading import Unreadable, read_mail
from pmdesk.exchange.mail.threads import Dated, ThreadIndex, join_by_subject
from pmdesk.journal.changes import Changes
from pmdesk.journal.codec import copied, moment_text
from pmdesk.journal.journal import Act, Journal
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction
from pmdesk.words import mark

IMPORT: Final = mark("Import {count} messages")
_LOOK_UP: Final = 400
_MAIL: Final = Interaction(channel=Channel.MAIL)  # copied for each message, sooner than made anew


class ImportCancelled(Exception):
    """The person stopped the import; nothing of it was kept."""


class Job(NamedTuple):
    """How a long job is watched: told of bytes done, asked whether to stop."""

    progress: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False


class Unclear(NamedTuple):
    """Senders that no client claims yet, by domain (or address, for mail providers)."""

    pattern: str
    messages: int
    example: str


@dataclass
class Preview:
    """What an import would do. Counts are messages."""

    new: int = 0
    there: int = 0
    ignored: int = 0
    ours: int = 0
    by_client: Counter[str] = field(default_factory=Counter)
    unclear: list[Unclear] = field(default_factory=list)
    not_taken: list[Unreadable] = field(default_factory=list)
    first: datetime | None = None
    last: datetime | None = None


@dataclass
class Report(Preview):
    """What an import did."""

    contacts: int = 0
    changes: Changes = field(default_factory=Changes)


def preview_mail(
    journal: Journal | None, paths: Sequence[Path], setup: MailSetup, job: Job | None = None
) -> Preview:
    """What `import_mail` would do with these files; writes nothing."""
    job = job or Job()
    sorter = sorter_for(journal, setup)
    seen = Preview()
    unclear: dict[str, list[str]] = {}
    ids: set[str] = set()
    for batch in _batches(paths, job, seen):
        known = _known(journal, batch)
        for message in batch:
            if message.message_id in known or message.message_id in ids:
                seen.there += 1
                continue
            ids.add(message.message_id)
            _count(seen, message, sorter.side(message), unclear)
    seen.unclear = _unclear(unclear)
    return seen


def import_mail(
    journal: Journal,
    paths: Sequence[Path],
    setup: MailSetup,
    *,
    at: datetime,
    job: Job | None = None,
) -> Report:
    """Take the mail in these files and folders; raises ImportCancelled, then nothing was kept.

    The same message twice adds nothing. What could not be read is listed in the report.
    """
    job = job or Job()
    report = Report()
    with journal.action(IMPORT, at=at, count=0) as act:
        _Import(journal, act, setup, report, at).run(_batches(paths, job, report))
        act.note(count=report.new)
        if job.cancelled():
            raise ImportCancelled
    report.changes = act.changes()
    return report


def _batches(paths: Sequence[Path], job: Job, into: Preview) -> Iterator[list[MailMessage]]:
    batch: list[MailMessage] = []
    for found in read_mail(paths, cancelled=job.cancelled, progress=job.progress):
        if isinstance(found, Unreadable):
            into.not_taken.append(found)
            continue
        batch.append(found)
        if len(batch) >= _LOOK_UP:
            yield batch
            batch = []
    if job.cancelled():
        raise ImportCancelled
    yield batch


def _known(journal: Journal | None, batch: Sequence[MailMessage]) -> set[str]:
    """Ids of the batch that the journal has already taken (or left out on purpose)."""
    if journal is None or not batch:
        return set()
    marks = ", ".join("?" * len(batch))
    rows = journal.rows(
        f"SELECT message_id FROM mail WHERE subject_key IS NOT NULL AND message_id IN ({marks})",
        [message.message_id for message in batch],
    )
    return {row[0] for row in rows}


def _count(seen: Preview, message: MailMessage, side: Side, unclear: dict[str, list[str]]) -> None:
    if side.ignored:
        seen.ignored += 1
        return
    seen.new += 1
    seen.ours += side.ours
    if side.client:
        seen.by_client[side.client] += 1
    if side.unknown and message.sender.address:
        unclear.setdefault(_proposal(message.sender.address), []).append(message.sender.address)
    if message.sent_at:
        seen.first = min(seen.first or message.sent_at, message.sent_at)
        seen.last = max(seen.last or message.sent_at, message.sent_at)


def _proposal(address: str) -> str:
    domain = address.rpartition("@")[2]
    return address if domain in PROVIDERS else f"@{domain}"


def _unclear(found: dict[str, list[str]]) -> list[Unclear]:
    rows = [Unclear(pattern, len(all_), all_[0]) for pattern, all_ in found.items()]
    return sorted(rows, key=lambda row: (-row.messages, row.pattern))


class _Import:
    """One import under way, inside its act."""

    def __init__(
        self, journal: Journal, act: Act, setup: MailSetup, report: Report, at: datetime
    ) -> None:
        self.journal, self.act, self.report, self.at = journal, act, report, at
        self.sorter: Sorter = sorter_for(journal, setup)
        self.client_ids = save_setup(journal, act, setup)
        self.contacts = self._contacts_by_address()
        self.client_of_mail: dict[str, int | None] = {}
        self.unclear: dict[str, list[str]] = {}
        top = journal.rows(
            "SELECT max(coalesce((SELECT max(thread) FROM mail), 0),"
            " coalesce((SELECT max(thread) FROM interaction), 0))"
        )[0][0]
        self.threads = ThreadIndex(first_thread=int(top) + 1, lookup=self._threads_of)
        self.stored: set[str] = set()
        self.taken: list[_Taken] = []
        # written together at the end of a batch, which takes half the time
        self.drafts: list[Interaction] = []
        self.saved: list[int] = []

    def run(self, batches: Iterator[list[MailMessage]]) -> None:
        for batch in batches:
            known = _known(self.journal, batch)
            self.threads.prefetch(
                [i for m in batch for i in (m.message_id, *m.aliases, *m.parents)]
            )
            for message in batch:
                if message.message_id in known or message.message_id in self.stored:
                    self.report.there += 1
                    continue
                self._take(message)
            self.saved += self.act.save_new(self.drafts)
            self.drafts.clear()
        self._finish_threads()
        self.report.unclear = _unclear(self.unclear)

    def _take(self, message: MailMessage) -> None:
        side = self.sorter.side(message)
        _count(self.report, message, side, self.unclear)
        thread = self.threads.add(message.message_id, message.aliases, message.parents)
        place = None
        if not side.ignored:
            place = len(self.saved) + len(self.drafts)
            self.drafts.append(self._draft(message, side, thread))
        self.stored.add(message.message_id)
        self.taken.append(
            _Taken(
                message.message_id,
                thread,
                message.sent_at,
                message.subject_key,
                place,
                message.is_reply_subject and not message.parents,
            )
        )

    def _draft(self, message: MailMessage, side: Side, thread: int) -> Interaction:
        recipients = (*message.to, *message.cc)
        client_id = self._client_id(message, side, recipients)
        self.client_of_mail[message.message_id] = client_id
        other = (
            next((a for a in recipients if not self.sorter.is_own(a.address)), message.sender)
            if side.ours
            else message.sender
        )
        return copied(
            _MAIL,
            client_id=client_id,
            contact_id=self._contact_id(other, client_id),
            direction=Direction.OUTBOUND if side.ours else Direction.INBOUND,
            at=message.sent_at or message.received_at or self.at,
            offset_minutes=message.offset_minutes,
            thread=thread,
            automatic=message.automatic,
            date_doubt=message.date_doubt,
            who=other.shown(),
            to=tuple(a.shown() for a in recipients if a is not other),
            subject=message.subject,
            source=message.source,
            text=message.text,
        )

    def _client_id(
        self, message: MailMessage, side: Side, recipients: Sequence[Address]
    ) -> int | None:
        if side.client:
            return self.client_ids[side.client]
        if not side.ours:
            return None
        name = self.sorter.client_addressed(recipients)
        if name:
            return self.client_ids[name]
        # a list, say: our mail belongs to the client whose message it answers
        for parent in reversed(message.parents):
            if parent in self.client_of_mail:
                return self.client_of_mail[parent]
            rows = self.journal.rows(
                "SELECT i.client_id FROM mail m JOIN interaction i ON i.id = m.interaction_id"
                " WHERE m.message_id = ?",
                [parent],
            )
            if rows:
                return rows[0][0]  # type: ignore[no-any-return] # a row's column
        return None

    def _contact_id(self, person: Address, client_id: int | None) -> int | None:
        if client_id is None or not person.address:
            return None
        found = self.contacts.get(person.address)
        if (
            found is None
            and self.client_ids.get(self.sorter.client_of(person.address) or "") == client_id
        ):
            name = person.name or person.address
            found = self.act.save(
                Contact(client_id=client_id, name=name, addresses=(person.address,))
            )
            self.contacts[person.address] = found
            self.report.contacts += 1
        elif found is not None and person.name and found.name == person.address:
            # an address was all we knew; now it has a name
            found = self.act.save(replace(found, name=person.name))
            self.contacts[person.address] = found
        return found.id if found else None

    def _contacts_by_address(self) -> dict[str, Contact]:
        return {
            address.lower(): contact
            for contact in self.journal.find(Contact)
            for address in contact.addresses
        }

    def _threads_of(self, ids: Sequence[str]) -> dict[str, int]:
        marks = ", ".join("?" * len(ids))
        rows = self.journal.rows(
            f"SELECT message_id, thread FROM mail WHERE message_id IN ({marks})", ids
        )
        return dict(rows)

    def _finish_threads(self) -> None:
        """Write what only the whole import could tell: which threads turned out to be one."""
        join_by_subject(self.threads, self._dated())
        for old, new in self.threads.merged().items():
            for table in ("interaction", "mail"):
                self.act.execute(
                    f"UPDATE {table} SET thread = ? WHERE thread = ?", (new, old), touches=table
                )
        rows: list[tuple[str, int, str | None, str | None, int | None]] = [
            (
                taken.message_id,
                self.threads.final(taken.thread),
                moment_text(taken.sent_at) if taken.sent_at else None,
                taken.subject_key,
                None if taken.place is None else self.saved[taken.place],
            )
            for taken in self.taken
        ]
        # ids that were only named: a later import may bring the message, or another that names it
        rows += [
            (id_, thread, None, None, None)
            for id_, thread in self.threads.known().items()
            if id_ not in self.stored
        ]
        self.act.execute_many(_REMEMBER, rows, touches="mail")

    def _dated(self) -> Iterator[Dated]:
        """The dated messages of this import, and those of the journal that share a subject."""
        keys = {taken.subject_key for taken in self.taken if taken.joins and taken.subject_key}
        for key in keys:
            for at, thread, id_ in self.journal.rows(
                "SELECT unixepoch(at, 'subsec'), thread, id FROM mail"
                " WHERE subject_key = ? AND at IS NOT NULL",
                [key],
            ):
                yield Dated(at, id_ - _BEFORE, key, thread, joins=False)
        for order, taken in enumerate(self.taken):
            if taken.sent_at and taken.subject_key in keys:
                yield Dated(
                    taken.sent_at.timestamp(), order, taken.subject_key, taken.thread, taken.joins
                )


_BEFORE: Final = 1 << 40  # what the journal held comes before this import
_REMEMBER: Final = """
INSERT INTO mail(message_id, thread, at, subject_key, interaction_id) VALUES(?, ?, ?, ?, ?)
ON CONFLICT(message_id) DO UPDATE SET thread = excluded.thread,
  at = coalesce(excluded.at, at), subject_key = coalesce(excluded.subject_key, subject_key),
  interaction_id = coalesce(excluded.interaction_id, interaction_id)
"""


class _Taken(NamedTuple):
    """What must be remembered of a message until all are read; `place` among those saved."""

    message_id: str
    thread: int
    sent_at: datetime | None
    subject_key: str
    place: int | None
    joins: bool
