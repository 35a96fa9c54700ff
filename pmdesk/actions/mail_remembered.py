"""What is remembered of each mail beside its interaction: names, thread, envelope, meeting."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from pmdesk.actions.mail_followups import meeting_key
from pmdesk.actions.sort_mail import StoredMail
from pmdesk.exchange.mail.envelope import Envelope, envelope_text
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.exchange.mail.threads import ThreadIndex
from pmdesk.journal.codec import moment_text
from pmdesk.journal.journal import Act
from pmdesk.records.interaction import Interaction

_REMEMBER: Final = """
INSERT INTO mail(message_id, thread, at, subject_key, interaction_id, envelope, meeting)
VALUES(?, ?, ?, ?, ?, ?, ?)
ON CONFLICT(message_id) DO UPDATE SET thread = excluded.thread,
  at = coalesce(excluded.at, at), subject_key = coalesce(excluded.subject_key, subject_key),
  interaction_id = coalesce(excluded.interaction_id, interaction_id),
  envelope = coalesce(excluded.envelope, envelope), meeting = coalesce(excluded.meeting, meeting)
"""


class Draft(NamedTuple):
    """A message that is taken, before it is written."""

    message: MailMessage
    interaction: Interaction
    envelope: Envelope
    at: datetime


class Written(NamedTuple):
    """What must be known of a message that was taken, until all are."""

    mail: StoredMail
    at: datetime
    message_id: str
    header_at: datetime | None
    subject_key: str
    meeting: str | None
    parent: str | None
    sent_at: datetime | None


def remembered(draft: Draft, id_: int) -> Written:
    """A draft that has been written as interaction `id_`."""
    message, interaction = draft.message, draft.interaction
    mail = StoredMail(
        id_,
        interaction.thread or 0,
        draft.envelope,
        frozenset(),
        interaction.client_id,
        interaction.direction.value,
        interaction.reached,
        interaction.reached_too,
        interaction.internal,
    )
    return Written(
        mail,
        draft.at,
        message.message_id,
        message.header_at,
        message.conversation_key,
        meeting_key(message.meeting) if message.meeting else None,
        message.parents[0] if message.parents else None,
        message.sent_at,
    )


def remember(act: Act, threads: ThreadIndex, written: Sequence[Written]) -> None:
    """Which threads turned out to be one, and what is remembered of each message.

    Of mail that was left out nothing is kept but the names by which it joins what was taken.
    """
    for old, new in threads.merged().items():
        for table in ("interaction", "mail"):
            act.execute(
                f"UPDATE {table} SET thread = ? WHERE thread = ?", (new, old), touches=table
            )
    rows: list[tuple[object, ...]] = [
        (
            w.message_id,
            threads.final(w.mail.thread),
            moment_text(w.header_at) if w.header_at else None,
            w.subject_key,
            w.mail.id,
            envelope_text(w.mail.envelope),
            w.meeting,
        )
        for w in written
    ]
    taken_ids = {w.message_id for w in written}
    joined = {threads.final(w.mail.thread) for w in written}
    # ids that were only named: a later import may bring the message, or another that names it
    rows += [
        (id_, thread, None, None, None, None, None)
        for id_, thread in threads.known().items()
        if id_ not in taken_ids and thread in joined
    ]
    act.execute_many(_REMEMBER, rows, touches="mail")
