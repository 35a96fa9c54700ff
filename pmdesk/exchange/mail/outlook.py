"""A message of Outlook as a `MailMessage`, whichever file it lay in."""

import base64
import re
from collections.abc import Mapping
from datetime import datetime
from email import message_from_string
from email.message import Message
from hashlib import sha256
from typing import Final

from pmdesk.exchange.mail import outlook_item as of
from pmdesk.exchange.mail.automatic import is_automatic
from pmdesk.exchange.mail.body import AttachmentInfo
from pmdesk.exchange.mail.bounces import Bounce
from pmdesk.exchange.mail.charsets import clean, decode
from pmdesk.exchange.mail.dates import settled
from pmdesk.exchange.mail.headers import Address, reference_ids, thread_index_keys
from pmdesk.exchange.mail.html_text import html_text
from pmdesk.exchange.mail.meeting import meeting_of_class
from pmdesk.exchange.mail.message import MailMessage, made_id, message_of, parts_of
from pmdesk.exchange.mail.outlook_item import Narrow, OutlookItem
from pmdesk.exchange.mail.rtf import rtf_text, unpacked_rtf
from pmdesk.exchange.mail.states import MailState, Place
from pmdesk.exchange.mail.subjects import read_subject
from pmdesk.records.choices import UnreadPart

_TO, _CC, _BCC = 1, 2, 3
_UNSENT: Final = 0x8
_DEEPEST: Final = 3
_MACHINE: Final = re.compile(r"REPORT\.|IPM\.Note\.Rules\.(?:Oof|Reply)Template", re.IGNORECASE)
_NOT_DELIVERED: Final = re.compile(r"REPORT\..*\.NDR$", re.IGNORECASE)
_NO_MAIL: Final = re.compile(
    r"IPM\.(?:Appointment|Contact|AbchPerson|DistList|StickyNote|Task|Activity|Post\.Rss|Microsoft"
    r"|Configuration|Rule|ExtendedRule|Document|Journal|OLE\.CLASS|WunderBar|Sharing\.Index"
    r"|Aggregation|InfoPathForm)(?:\.|$)",
    re.IGNORECASE,
)
_SMIME: Final = re.compile(r"IPM\.Note\.SMIME(\.MultipartSigned)?(?:\.|$)", re.IGNORECASE)
_META_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,30})", re.IGNORECASE)


def outlook_message(item: OutlookItem, *, source: str, place: Place, up_to: int) -> MailMessage:
    """The message; bytes of attachments of at most `up_to` bytes are held."""
    texts = _Texts(item)
    head = _transport(texts.of(of.HEADERS))
    if head is not None:
        # the headers are as sent, but the body stands in properties of its own
        kind = head.get_content_type()
        for name in ("Content-Type", "Content-Transfer-Encoding"):
            del head[name]
        head.set_payload("")
        parts = parts_of(head)._replace(content_type=kind)
        message = message_of(parts, source=source, place=place)
        headers: Mapping[str, list[str]] = parts.headers
    else:
        kind, headers = "", {}
        message = _bare(texts, source, place)
    return _completed(message, texts, headers, kind, up_to)


def message_id_of(item: OutlookItem) -> str:
    """The id as it is written, empty where there is none."""
    return _Texts(item).of(of.MESSAGE_ID)


def _bare(texts: "_Texts", source: str, place: Place) -> MailMessage:
    """What a message without transport headers says of itself: a draft, or mail within Exchange."""
    submitted, delivered = texts.moment(of.SUBMITTED), texts.moment(of.DELIVERED)
    sent_at, doubt = settled(submitted, delivered)
    return MailMessage(
        message_id=_id(texts),
        parents=(),
        aliases=(),
        sent_at=sent_at,
        offset_minutes=None,
        received_at=delivered,
        sender=Address("", ""),
        to=(),
        cc=(),
        subject="",
        subject_key="",
        is_reply_subject=False,
        automatic=False,
        text="",
        attachments=(),
        source=source,
        date_doubt=doubt,
        header_at=submitted,
        state=place.state,
        in_sent=place.in_sent,
    )


def _completed(
    message: MailMessage,
    texts: "_Texts",
    headers: Mapping[str, list[str]],
    kind: str,
    up_to: int,
) -> MailMessage:
    """The message with what only Outlook's properties tell."""
    subject = message.subject or _subject(texts)
    attachments, within = _attachments(texts, up_to)
    text = "\n\n".join(piece for piece in (_body(texts), *within) if piece)
    message_class = texts.of(of.CLASS)
    sender = message.sender if message.sender.address else _sender(texts, message.sender)
    header_at = message.header_at or texts.moment(of.SUBMITTED)
    if message.sent_at is None and header_at is not None:
        sent_at, doubt = settled(header_at, message.received_at)
    else:
        sent_at, doubt = message.sent_at, message.date_doubt
    named = message.message_id if not message.message_id.startswith("hash:") else ""
    own_id = named or _id(texts)
    keys = _thread_keys(texts)
    parents = message.parents or reference_ids(texts.of(of.IN_REPLY_TO), texts.of(of.REFERENCES))
    meeting = message.meeting or meeting_of_class(message_class)
    subject_parts = read_subject(subject)
    to, cc, bcc = _recipients(texts)
    return message._replace(
        message_id=own_id or made_id(header_at, sender, subject, text),
        parents=parents,
        # all steps of the conversation are names, not parents: the subject may still find one
        aliases=tuple(dict.fromkeys((*message.aliases, *reversed(keys)))),
        sent_at=sent_at,
        header_at=header_at,
        date_doubt=doubt,
        sender=sender,
        to=message.to or to,
        cc=message.cc or cc,
        bcc=message.bcc or bcc,
        subject=subject,
        subject_key=subject_parts.key,
        is_reply_subject=subject_parts.replies,
        conversation_key=subject_parts.conversation,
        is_reply_wide=subject_parts.replies_wide,
        automatic=meeting.answers
        if meeting
        else bool(_MACHINE.match(message_class)) or is_automatic(headers, kind, subject, text),
        text=text,
        attachments=attachments,
        state=_state(texts, message_class, message.state),
        meeting=meeting,
        bounces=_bounces(texts, message_class, to),
        unread=_unread(message_class, attachments),
    )


class _Texts:
    """The properties of an item by their kind; 8-bit text by the code page the message names."""

    def __init__(self, item: OutlookItem, page: int | None = None) -> None:
        self.item = item
        self.page = self.number(of.MESSAGE_PAGE) or self.number(of.INTERNET_PAGE) or page

    def of(self, pid: int) -> str:
        """A property as text, empty where there is none."""
        value = self.item.properties.get(pid)
        if isinstance(value, Narrow):
            return decode(value, _codec(self.page)).rstrip("\x00")
        return value if isinstance(value, str) else ""

    def number(self, pid: int) -> int:
        value = self.item.properties.get(pid)
        return value if isinstance(value, int) else 0

    def moment(self, pid: int) -> datetime | None:
        value = self.item.properties.get(pid)
        return value if isinstance(value, datetime) else None

    def binary(self, pid: int) -> bytes:
        value = self.item.properties.get(pid)
        return value if isinstance(value, bytes) else b""


def _codec(page: int | None) -> str | None:
    if page is None:
        return None
    return {65001: "utf-8", 20127: "ascii", 936: "gb18030", 54936: "gb18030"}.get(page, f"cp{page}")


def _id(texts: _Texts) -> str:
    return texts.of(of.MESSAGE_ID).strip().strip("<>")


def _subject(texts: _Texts) -> str:
    """The subject without the mark in which a store keeps the length of its prefix.

    Source: MS-PST 2.5.3.1.1.1.
    """
    subject = texts.of(of.SUBJECT)
    return clean(subject[2:] if subject.startswith("\x01") else subject).strip()


def _body(texts: _Texts) -> str:
    body = texts.of(of.BODY)
    if not body.strip():
        html = _html(texts)
        body = html_text(html) if html.strip() else ""
    if not body.strip() and (packed := texts.binary(of.RTF)):
        body = rtf_text(unpacked_rtf(packed))
    return clean(body).strip()


def _html(texts: _Texts) -> str:
    """The HTML, which stands as bytes in a charset that it or the message names, or as text."""
    data = texts.binary(of.HTML)
    if not data:
        return texts.of(of.HTML)
    named = _META_CHARSET.search(data[:4_096])
    page = texts.number(of.INTERNET_PAGE) or texts.page
    return decode(data, _codec(page) or (named[1].decode("ascii") if named else None))


def _sender(texts: _Texts, known: Address) -> Address:
    """Who it is from, with an SMTP address where any property holds one."""
    name = known.name
    for name_property, address_properties in of.SENDER:
        name = name or texts.of(name_property).strip()
        for pid in address_properties:
            address = _smtp(texts.of(pid)).strip().lower()
            if address:
                return Address(texts.of(name_property).strip() or name, address)
    return Address(name, "")


def _state(texts: _Texts, message_class: str, place: MailState) -> MailState:
    if _NO_MAIL.match(message_class):
        return MailState.NOT_MAIL_ITEM
    return MailState.DRAFT if texts.number(of.FLAGS) & _UNSENT else place


def _thread_keys(texts: _Texts) -> tuple[str, ...]:
    raw_index = texts.binary(of.TOPIC_INDEX)
    return thread_index_keys(base64.b64encode(raw_index).decode("ascii")) if raw_index else ()


def _bounces(
    texts: _Texts, message_class: str, recipients: tuple[Address, ...]
) -> tuple[Bounce, ...]:
    if not _NOT_DELIVERED.match(message_class):
        return ()
    returned = texts.of(of.RETURNED_ID).strip().strip("<>")
    failed = tuple(person.address for person in recipients if person.address)
    return (Bounce(returned or None, failed),) if failed else ()


def _unread(message_class: str, attachments: tuple[AttachmentInfo, ...]) -> UnreadPart:
    closed = _SMIME.match(message_class)
    if closed:
        return UnreadPart.SIGNED if closed[1] else UnreadPart.ENCRYPTED
    wrapped = any(file.name.lower() == "winmail.dat" for file in attachments)
    return UnreadPart.TNEF if wrapped else UnreadPart.NONE


def _transport(text: str) -> Message | None:
    """The transport headers, None in a draft or where they hold no sender."""
    head = message_from_string(text.lstrip()) if text.strip() else None
    return head if head is not None and head.get("From") else None


def _recipients(
    texts: _Texts,
) -> tuple[tuple[Address, ...], tuple[Address, ...], tuple[Address, ...]]:
    """Those of To, Cc and Bcc."""
    by_kind: dict[int, list[Address]] = {_TO: [], _CC: [], _BCC: []}
    for recipient in texts.item.recipients:
        person = _Texts(recipient, texts.page)
        address = (person.of(of.SMTP) or person.of(of.ADDRESS)).strip().lower()
        name = clean(person.of(of.NAME)).strip("'\" ")
        kind = (person.number(of.RECIPIENT_KIND) or _TO) & 0xF
        by_kind.get(kind, by_kind[_TO]).append(Address(name, _smtp(address)))
    return tuple(by_kind[_TO]), tuple(by_kind[_CC]), tuple(by_kind[_BCC])


def _attachments(
    texts: _Texts, up_to: int, depth: int = 0
) -> tuple[tuple[AttachmentInfo, ...], list[str]]:
    """The attached files, and the texts of the Outlook messages among them."""
    attachments: list[AttachmentInfo] = []
    within: list[str] = []
    for attachment in texts.item.attachments:
        file = _Texts(attachment, texts.page)
        name = next((clean(name) for pid in of.FILE_NAMES if (name := file.of(pid))), "")
        if attachment.within is not None:
            inside = _Texts(attachment.within, texts.page)
            name = f"{_subject(inside) or name}.msg"
            within.append(f"[{name}]\n{_body(inside)}".strip())
            attachments.append(AttachmentInfo(name, "application/vnd.ms-outlook", 0))
            if depth < _DEEPEST:
                more, further = _attachments(inside, up_to, depth + 1)
                attachments += more
                within += further
            continue
        data = attachment.content
        held = data if data is not None and 0 < len(data) <= up_to else None
        digest = sha256(held).hexdigest() if held is not None else ""
        kind = file.of(of.MEDIA_TYPE) or "application/octet-stream"
        attachments.append(AttachmentInfo(name, kind, attachment.size, held, digest))
    return tuple(attachments), within


def _smtp(address: str) -> str:
    # Exchange names people by a directory path that is no address
    return address if "@" in address else ""
