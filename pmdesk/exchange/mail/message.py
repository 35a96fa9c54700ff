"""One mail as a value."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from hashlib import sha256
from typing import Final

from pmdesk.exchange.mail.body import AttachmentInfo, read_body
from pmdesk.exchange.mail.bounces import Bounce
from pmdesk.exchange.mail.headers import (
    Address,
    addresses,
    header_text,
    message_id,
    reference_ids,
    sent_time,
    thread_index_keys,
)
from pmdesk.exchange.mail.meeting import Meeting
from pmdesk.exchange.mail.plain import Headers, MailParts
from pmdesk.exchange.mail.states import MailState
from pmdesk.exchange.mail.subjects import is_automatic_subject, is_reply_subject, normalise_subject
from pmdesk.records.choices import DateDoubt, UnreadPart

_SKEW: Final = timedelta(hours=24)
_QUOTED_FROM: Final = re.compile(r"(?m)^>(>*From )")
_SINGLE: Final = ("message-id", "in-reply-to", "references", "thread-index", "date", "subject")


@dataclass(frozen=True, kw_only=True)
class MailMessage:
    """A message as read. `message_id` is its own or made from its content; `parents` are ids.

    `aliases` are further names of this message (Exchange's Thread-Index). `sent_at` is UTC, None
    where the Date header is missing or unreadable; `header_at` is that header with nothing
    corrected, `received_at` the first hop, for showing undated mail. `subject_key` is the subject
    without prefixes, `conversation_key` without those of more languages; `text` is the whole body
    with its quotations. `original_sender` wrote what a list sent in its own name; `lists` and
    `delivered_to` are addresses in lower case. `in_sent`: it lay where sent mail is kept. `raw`
    are the bytes as they stood, only where they were asked for.
    """

    message_id: str
    parents: tuple[str, ...]
    aliases: tuple[str, ...]
    sent_at: datetime | None
    offset_minutes: int | None
    received_at: datetime | None
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    subject_key: str
    is_reply_subject: bool
    automatic: bool
    text: str
    attachments: tuple[AttachmentInfo, ...]
    source: str
    date_doubt: DateDoubt
    header_at: datetime | None = None
    bcc: tuple[Address, ...] = ()
    original_sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    lists: tuple[str, ...] = ()
    delivered_to: tuple[str, ...] = ()
    state: MailState = MailState.TAKEN
    in_sent: bool = False
    meeting: Meeting | None = None
    bounces: tuple[Bounce, ...] = ()
    unread: UnreadPart = UnreadPart.NONE
    no_reply_sender: bool = False
    conversation_key: str = ""
    is_reply_wide: bool = False
    raw: bytes | None = None


class NotMail(ValueError):
    """The bytes hold no header of a mail."""


def parts_of(parsed: Message) -> MailParts:
    """The parts of a message that the email package has parsed."""
    return MailParts(
        _headers(parsed), read_body(parsed), parsed.get_content_type(), _answers_meeting(parsed)
    )


def message_of(
    parts: MailParts, *, source: str, envelope: str | None = None, unquote_from: bool = False
) -> MailMessage:
    """The value of a message that was taken apart; raises NotMail.

    `envelope` is the "From " line of an mbox; `unquote_from` undoes its quoting in the body.
    """
    headers, body = parts.headers, parts.body
    if not any(
        name in headers for name in ("from", "date", "subject", "message-id", "to", "received")
    ):
        raise NotMail
    text = (
        _QUOTED_FROM.sub(r"\1", body.text) if unquote_from and ">From " in body.text else body.text
    )
    senders = addresses(headers.get("from", []) or headers.get("sender", []))
    sender = senders[0] if senders else Address("", "")
    subject = header_text(_first(headers, "subject") or "")
    sent_at, offset = sent_time(_first(headers, "date"))
    received_at = _received(headers, envelope)
    found_id = message_id(_first(headers, "message-id"))
    parents = reference_ids(_first(headers, "in-reply-to"), _first(headers, "references"))
    keys = thread_index_keys(_first(headers, "thread-index"))
    return MailMessage(
        message_id=found_id or made_id(sent_at, sender, subject, text),
        parents=parents or tuple(reversed(keys[:-1])),
        aliases=keys[-1:],
        sent_at=sent_at,
        offset_minutes=offset,
        received_at=received_at,
        sender=sender,
        to=addresses(headers.get("to", [])),
        cc=addresses(headers.get("cc", [])),
        subject=subject,
        subject_key=normalise_subject(subject),
        is_reply_subject=is_reply_subject(subject),
        automatic=_is_automatic(parts, subject),
        text=text,
        attachments=body.attachments,
        source=source,
        date_doubt=doubt_of(sent_at, received_at),
        header_at=sent_at,
        bcc=addresses(headers.get("bcc", [])),
        reply_to=addresses(headers.get("reply-to", [])),
        conversation_key=normalise_subject(subject),
        is_reply_wide=is_reply_subject(subject),
    )


def _headers(parsed: Message) -> dict[str, list[str]]:
    """All headers as they stand, by lower-case name."""
    found: dict[str, list[str]] = {}
    for name, value in parsed.raw_items():
        found.setdefault(name.lower(), []).append(str(value))
    return found


def _first(headers: Headers, name: str) -> str | None:
    values = headers.get(name)
    return values[0] if values else None


def _received(headers: Headers, envelope: str | None) -> datetime | None:
    for value in headers.get("received", []):
        moment, _ = sent_time(value.rpartition(";")[2])
        if moment:
            return moment
    if envelope:
        # an envelope reads: From, the sender, then a date without a zone
        words = envelope.split(None, 2)
        moment, _ = sent_time(words[2]) if len(words) == 3 else (None, None)
        return moment
    return None


def doubt_of(sent_at: datetime | None, received_at: datetime | None) -> DateDoubt:
    """What is wrong with the date a message carries, against the time of its receipt."""
    if sent_at is None:
        return DateDoubt.MISSING
    if received_at is None:
        return DateDoubt.NONE
    if sent_at - received_at > _SKEW:
        return DateDoubt.FUTURE
    return DateDoubt.SKEWED if received_at - sent_at > _SKEW else DateDoubt.NONE


def made_id(sent_at: datetime | None, sender: Address, subject: str, text: str) -> str:
    """An id from the content, the same each time, for mail that carries none."""
    moment = sent_at.astimezone(UTC).isoformat() if sent_at else ""
    content = f"{moment}\x1f{sender.address}\x1f{subject}\x1f{text}"
    return f"hash:{sha256(content.encode('utf-8', 'replace')).hexdigest()}"


def _is_automatic(parts: MailParts, subject: str) -> bool:
    headers = parts.headers
    # RFC 3834; X-Auto-Response-Suppress alone is set on mail that people write, too
    submitted = (_first(headers, "auto-submitted") or "no").split(";")[0].strip().lower()
    precedence = (_first(headers, "precedence") or "").strip().lower()
    if submitted != "no" or precedence in ("bulk", "junk", "auto_reply"):
        return True
    if precedence == "list" and "mailto:" not in (_first(headers, "list-post") or ""):
        return True  # an announcement; on a list that people may write to, people have written
    automatic = parts.content_type == "multipart/report" or is_automatic_subject(subject)
    return automatic or parts.meeting_reply


def _answers_meeting(parsed: Message) -> bool:
    return any(
        part.get_content_type() == "text/calendar"
        and str(part.get_param("method", "")).upper() in ("REPLY", "COUNTER")
        for part in (parsed.get_payload() if parsed.is_multipart() else [parsed])
        if isinstance(part, Message)
    )
