"""One mail as a value."""

import re
from datetime import UTC, datetime
from email.message import Message
from hashlib import sha256
from typing import Final, NamedTuple

from pmdesk.exchange.mail.automatic import is_automatic
from pmdesk.exchange.mail.body import AttachmentInfo, read_body
from pmdesk.exchange.mail.bounces import Bounce, bounces_by_header, read_bounces
from pmdesk.exchange.mail.dates import timing_of
from pmdesk.exchange.mail.fields import Headers
from pmdesk.exchange.mail.headers import (
    Address,
    addresses,
    header_text,
    message_id,
    reference_ids,
    thread_index_keys,
)
from pmdesk.exchange.mail.meeting import Meeting
from pmdesk.exchange.mail.plain import MailParts
from pmdesk.exchange.mail.states import (
    ANYWHERE,
    STATE_HEADERS,
    MailState,
    Place,
    place_in_headers,
)
from pmdesk.exchange.mail.subjects import read_subject
from pmdesk.exchange.mail.way import takes_no_reply, way_of
from pmdesk.records.choices import DateDoubt, UnreadPart

_QUOTED_FROM: Final = re.compile(r"(?m)^>(>*From )")
_SAVED_BY: Final = re.compile(r"Saved by |Internet Explorer|由.*保存", re.IGNORECASE)
_MAIL_HEADERS: Final = frozenset(("from", "date", "subject", "message-id", "to", "received"))


class MailMessage(NamedTuple):
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


class SavedPage(NotMail):
    """A web page that a browser saved in the form of a mail."""


def parts_of(parsed: Message, *, up_to: int = 0) -> MailParts:
    """The parts of a message that the email package has parsed; attachments held as `read_body` says."""
    kind = parsed.get_content_type()
    bounces = read_bounces(parsed) if kind == "multipart/report" else ()
    return MailParts(_headers(parsed), read_body(parsed, up_to=up_to), kind, bounces)


def message_of(
    parts: MailParts,
    *,
    source: str,
    envelope: str | None = None,
    unquote_from: bool = False,
    place: Place = ANYWHERE,
    raw: bytes | None = None,
) -> MailMessage:
    """The value of a message that was taken apart; raises NotMail.

    `envelope` is the "From " line of an mbox; `unquote_from` undoes its quoting in the body.
    """
    headers, body = parts.headers, parts.body
    if _MAIL_HEADERS.isdisjoint(headers):
        raise NotMail
    if _is_saved_page(headers):
        raise SavedPage
    text = (
        _QUOTED_FROM.sub(r"\1", body.text) if unquote_from and ">From " in body.text else body.text
    )
    senders = addresses(headers.get("from", []) or headers.get("sender", []))
    sender = senders[0] if senders else Address("", "")
    to, cc = addresses(headers.get("to", [])), addresses(headers.get("cc", []))
    subject = header_text(_first(headers, "subject") or "")
    timing = timing_of(headers, envelope)
    found_id = message_id(_first(headers, "message-id"))
    parents = reference_ids(_first(headers, "in-reply-to"), _first(headers, "references"))
    keys = thread_index_keys(_first(headers, "thread-index"))
    if not STATE_HEADERS.isdisjoint(headers):
        place = place_in_headers(
            {name: headers[name][0] for name in STATE_HEADERS & headers.keys()}, place
        )
    subject_parts = read_subject(subject)
    way = way_of(headers, (*to, *cc))
    return MailMessage(
        message_id=found_id or made_id(timing.header_at, sender, subject, text),
        parents=parents or tuple(reversed(keys[:-1])),
        aliases=keys[-1:],
        sent_at=timing.sent_at,
        offset_minutes=timing.offset_minutes,
        received_at=timing.received_at,
        sender=sender,
        to=to,
        cc=cc,
        subject=subject,
        subject_key=subject_parts.key,
        is_reply_subject=subject_parts.replies,
        automatic=_is_automatic(parts, subject),
        text=text,
        attachments=body.attachments,
        source=source,
        date_doubt=timing.doubt,
        header_at=timing.header_at,
        bcc=way.bcc,
        original_sender=way.original_sender,
        reply_to=way.reply_to,
        lists=way.lists,
        delivered_to=way.delivered_to,
        state=place.state,
        in_sent=place.in_sent,
        meeting=body.meeting,
        bounces=parts.bounces or bounces_by_header(headers, text),
        unread=body.unread,
        no_reply_sender=takes_no_reply(headers, sender),
        conversation_key=subject_parts.conversation,
        is_reply_wide=subject_parts.replies_wide,
        raw=raw,
    )


def _is_saved_page(headers: Headers) -> bool:
    """Whether a browser names itself where a mail names its sender."""
    sender = _first(headers, "from") or ""
    if "@" in sender:
        return False
    return "snapshot-content-location" in headers or bool(_SAVED_BY.search(header_text(sender)))


def _headers(parsed: Message) -> dict[str, list[str]]:
    """All headers as they stand, by lower-case name."""
    headers: dict[str, list[str]] = {}
    for name, value in parsed.raw_items():
        headers.setdefault(name.lower(), []).append(str(value))
    return headers


def _first(headers: Headers, name: str) -> str | None:
    values = headers.get(name)
    return values[0] if values else None


def made_id(sent_at: datetime | None, sender: Address, subject: str, text: str) -> str:
    """An id from the content, the same each time, for mail that carries none."""
    moment = sent_at.astimezone(UTC).isoformat() if sent_at else ""
    content = f"{moment}\x1f{sender.address}\x1f{subject}\x1f{text}"
    return f"hash:{sha256(content.encode('utf-8', 'replace')).hexdigest()}"


def _is_automatic(parts: MailParts, subject: str) -> bool:
    meeting = parts.body.meeting
    if meeting is not None and meeting.method != "PUBLISH":
        # an invitation waits for an answer whatever calendar sent it; the answer itself does not
        return meeting.answers
    return is_automatic(parts.headers, parts.content_type, subject, parts.body.text)
