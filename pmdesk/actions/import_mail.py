"""Mail into the journal: looked through first, then taken as one act that can be undone."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pmdesk.actions.import_look import Look, Owner
from pmdesk.actions.import_values import MailPreview, MailReport
from pmdesk.actions.importing import Also, Job, bytes_of, import_act, nothing_more
from pmdesk.actions.mail_followups import (
    Reply,
    note_bounces,
    set_in_order,
    settle_meetings,
)
from pmdesk.actions.mail_kept import keep_files
from pmdesk.actions.mail_people import People
from pmdesk.actions.mail_remembered import Draft, Written, remember, remembered
from pmdesk.actions.mail_setup import MailSetup, other_side, save_setup, sorter_for
from pmdesk.actions.sort_mail import StoredMail, settle, sort_anew, with_ours
from pmdesk.exchange.mail.marks import Marks
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.exchange.mail.reading import Again, Keep, Unreadable, read_each
from pmdesk.journal.codec import copied
from pmdesk.journal.engine import needing
from pmdesk.journal.journal import Act, Journal
from pmdesk.records.choices import Channel, Direction, NeedsReply
from pmdesk.records.interaction import Interaction
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.exchange.mail.bounces import Bounce

IMPORT: Final = mark("{count} messages imported")
IMPORT_AND_SORT: Final = mark("{count} messages imported, {moved} sorted anew")
_LOOK_UP: Final = 400
# A batch is held until it is written: attachments must not fill the memory.
_BATCH_BYTES: Final = 32_000_000
_NOTHING: Final[frozenset[str]] = frozenset()
_MAIL: Final = Interaction(channel=Channel.MAIL)  # copied for each message, sooner than made anew


def preview_mail(
    journal: Journal | None, paths: Sequence[Path], setup: MailSetup, job: Job | None = None,
    marks: Marks | None = None,
) -> MailPreview:  # fmt: skip
    """What `import_mail` would do with these files; writes nothing. `marks` as there."""
    job = job or Job()
    counts = MailPreview()
    look = Look(journal, paths, setup, sorter_for(journal, setup), counts)
    for batch in _batches(paths, job, counts, Keep(), marks):
        for message, owner in look.new(batch):
            look.note(message, owner)
    look.join()
    threads = look.with_clients()
    look.finish(sum(s.waits and look.threads.final(s.thread) in threads for s in look.seen))
    return counts


def import_mail(
    journal: Journal,
    paths: Sequence[Path],
    setup: MailSetup,
    *,
    at: datetime,
    job: Job | None = None,
    marks: Marks | None = None,
    also: Also = nothing_more,
) -> MailReport:
    """Take the mail in these files and folders; raises ImportCancelled, then nothing was kept.

    The same message twice adds nothing; one that was deleted is taken again. What is in the
    journal already is sorted anew where `setup` names more than was known. What could not be
    read is listed in the report. With `marks` only what was added to the files since is read.
    """
    job = job or Job()
    report = MailReport()
    keep = Keep(setup.attachments_up_to, setup.originals != "off")
    needed = needing(lambda: bytes_of(paths))
    with needed, import_act(journal, IMPORT, at=at, job=job) as act:
        _Import(journal, act, paths, setup, report, at).run(
            _batches(paths, job, report, keep, marks)
        )
        label = IMPORT_AND_SORT if report.moved else ""
        act.note(label, count=report.new, moved=report.moved)
        also(act)
    report.changes = act.changes()
    return report


def _batches(
    paths: Sequence[Path], job: Job, into: MailPreview, keep: Keep, marks: Marks | None = None
) -> Iterator[list[MailMessage | Again]]:
    batch: list[MailMessage | Again] = []
    held_bytes = 0
    for item in read_each(
        paths, cancelled=job.cancelled, progress=job.progress, keep=keep, marks=marks
    ):
        if isinstance(item, Unreadable):
            into.not_taken.append(item)
            continue
        batch.append(item)
        if isinstance(item, Again):
            held_bytes += item.size
        elif item.attachments or item.raw is not None:
            held_bytes += sum(len(a.data or b"") for a in item.attachments) + len(item.raw or b"")
        if len(batch) >= _LOOK_UP or held_bytes > _BATCH_BYTES:
            yield batch
            batch, held_bytes = [], 0
    job.check()
    yield batch


class _Import:
    """One import under way, inside its act."""

    def __init__(
        self, journal: Journal, act: Act, paths: Sequence[Path], setup: MailSetup,
        report: MailReport, at: datetime,
    ) -> None:  # fmt: skip
        self.journal, self.act, self.report, self.at, self.setup = journal, act, report, at, setup
        before = sorter_for(journal, MailSetup())
        self.sorter = sorter_for(journal, setup)
        self.look = Look(journal, paths, setup, self.sorter, report)
        known = save_setup(journal, act, setup)
        self.client_ids = known.client_ids
        names = {id_: name for name, id_ in known.client_ids.items()}
        self.people = People(journal, act, self.sorter, names)
        if known.gained:
            report.moved = sort_anew(journal, act, before, known.gained, self.people)
        self.client_of_mail: dict[str, int | None] = {}
        self.wrote: dict[int, dict[int, frozenset[str]]] = {}  # by thread: clients and their lists
        self.bounces: list[Bounce] = []
        self.waiting: list[_Waiting] = []
        self.written: list[Written] = []
        self.unsettled: set[int] = set()  # threads whose end tells whom our mail reached
        # written together at the end of a batch, which takes half the time
        self.drafts: list[Draft] = []

    def run(self, batches: Iterator[list[MailMessage | Again]]) -> None:
        for batch in batches:
            for message, owner in self.look.new(batch):
                self.bounces += message.bounces
                thread = self.look.note(message, owner)
                if owner.taken:
                    self._draft(message, owner, thread)
                elif owner.waits:
                    self.waiting.append(_Waiting(_without_files(message), owner, thread))
            self._write()
        self.look.join()
        self.look.finish(self._take_late())
        self._finish()
        self.report.contacts = self.people.new

    def _write(self) -> None:
        """Write the drafts, with the files that came with them."""
        ids = self.act.save_new([draft.interaction for draft in self.drafts])
        with_files = [
            (draft.message, draft.interaction, id_)
            for draft, id_ in zip(self.drafts, ids, strict=True)
            if draft.message.attachments or draft.message.raw is not None
        ]
        self.report.attachments += keep_files(self.act, with_files, self.setup)
        self.written += map(remembered, self.drafts, ids)
        self.drafts.clear()

    def _take_late(self) -> int:
        """Take our mail that went to no client, where its thread turned out to be one's."""
        threads = self.look.with_clients() if self.waiting else set()
        late = [w for w in self.waiting if self.look.threads.final(w.thread) in threads]
        for start in range(0, len(late), _LOOK_UP):
            for waited in islice(late, start, start + _LOOK_UP):
                self._draft(waited.message, waited.owner, waited.thread)
            self._write()
        return len(late)

    def _draft(self, message: MailMessage, owner: Owner, thread: int) -> None:
        """The interaction of a message, to be written with the batch."""
        side, envelope = owner.side, owner.envelope
        got = self._reached(owner, thread)
        name = side.client or (owner.clients[0] if owner.clients else None)
        client_id = self.client_ids[name] if name else None
        if name is None and side.ours:
            # a list, say: our mail belongs to the client whose message it answers
            client_id = self._client_of_parents(message)
            if client_id is None and got:
                client_id = got[0]
        self.client_of_mail[message.message_id] = client_id
        other = other_side(self.sorter, envelope, name, ours=side.ours)
        reached = not side.ours or client_id is None or client_id in got
        at = message.sent_at or message.received_at or self.at
        called_off = message.meeting is not None and message.meeting.method == "CANCEL"
        interaction = copied(
            _MAIL,
            client_id=client_id,
            contact_id=self.people.contact_id(other, client_id),
            direction=Direction.OUTBOUND if side.ours else Direction.INBOUND,
            at=at,
            offset_minutes=message.offset_minutes,
            thread=thread,
            automatic=message.automatic,
            needs_reply=NeedsReply.NO if called_off else NeedsReply.AUTO,
            date_doubt=message.date_doubt,
            reached=reached,
            reached_too=tuple(id_ for id_ in got if id_ != client_id),
            # what only colleagues got, no client reads
            internal=not reached,
            unread=message.unread,
            who=other.shown(),
            to=tuple(a.shown() for a in envelope.recipients if a is not other),
            subject=message.subject,
            source=message.source,
            text=message.text,
        )
        self.drafts.append(Draft(message, interaction, envelope, at))

    def _reached(self, owner: Owner, thread: int) -> list[int]:
        """The clients that a mail of ours reached, as far as its thread has been read.

        Only the whole thread tells for sure (`settle`), but most of it is told so without a second
        writing.
        """
        side, envelope = owner.side, owner.envelope
        wrote = self.wrote.get(thread)
        if side.client:
            if wrote is None:
                wrote = self.wrote[thread] = {}
            client_id = self.client_ids[side.client]
            lists = wrote.get(client_id, _NOTHING)
            wrote[client_id] = lists.union(envelope.lists) if envelope.lists else lists
            if envelope.lists:
                self.unsettled.add(thread)
        if not side.ours:
            return []
        named = [self.client_ids[name] for name in owner.clients]
        if not named:
            self.unsettled.add(thread)
        if not wrote:
            return named
        through = {a.address for a in envelope.recipients}
        more = (id_ for id_, lists in wrote.items() if not through or lists & through)
        return list(dict.fromkeys([*named, *more]))

    def _client_of_parents(self, message: MailMessage) -> int | None:
        for parent in reversed(message.parents):
            if parent in self.client_of_mail:
                return self.client_of_mail[parent]
            if not self.look.holds_mail:
                continue
            rows = self.journal.rows(
                "SELECT i.client_id FROM mail m JOIN interaction i ON i.id = m.interaction_id"
                " WHERE m.message_id = ?",
                [parent],
            )
            if rows:
                return rows[0][0]  # type: ignore[no-any-return] # a row's column
        return None

    def _finish(self) -> None:
        """Write what only the whole import could tell."""
        remember(self.act, self.look.threads, self.written)
        act, journal = self.act, self.journal
        stored = note_bounces(journal, act, self.bounces)
        settle(act, self.sorter, self.people, self.client_ids, self._conversations(stored))
        replies = [
            Reply(w.mail.id, w.sent_at, w.mail.direction == Direction.OUTBOUND, w.parent)
            for w in self.written
            if w.parent is not None and w.sent_at is not None
        ]
        set_in_order(journal, act, replies)
        uids = [w.meeting.partition(" ")[2] for w in self.written if w.meeting]
        settle_meetings(journal, act, uids)

    def _conversations(self, stored: set[int]) -> Iterator[list[StoredMail]]:
        """The conversations that must be settled, those in `stored` and older ones as stored.

        One that began here is known without reading it back. Settled already are those in which
        all our mail names its clients and none of them wrote through a list.
        """
        final = self.look.threads.final
        begun = {final(thread) for thread in self.unsettled} - stored
        fresh: dict[int, list[Written]] = {}
        for written in self.written:
            thread = final(written.mail.thread)
            if thread < self.look.first_thread:
                stored.add(thread)
            elif thread in begun:
                fresh.setdefault(thread, []).append(written)
        yield from with_ours(self.journal, sorted(stored))
        for thread in sorted(fresh):
            in_time = sorted(fresh[thread], key=lambda w: (w.at, w.mail.id))
            yield [w.mail for w in in_time]


class _Waiting(NamedTuple):
    """Mail of ours to nobody known: its thread decides once all is read."""

    message: MailMessage
    owner: Owner
    thread: int


def _without_files(message: MailMessage) -> MailMessage:
    """A message that may wait long: the bytes of its files would fill the memory."""
    if not message.attachments and message.raw is None:
        return message
    files = tuple(a._replace(data=None) for a in message.attachments)
    return message._replace(attachments=files, raw=None)
