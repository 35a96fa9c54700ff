"""Outlook .msg files."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email import message_from_string
from email.message import Message
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pmdesk.exchange.mail.automatic import is_automatic
from pmdesk.exchange.mail.body import AttachmentInfo
from pmdesk.exchange.mail.bounces import Bounce
from pmdesk.exchange.mail.charsets import clean, decode
from pmdesk.exchange.mail.dates import settled
from pmdesk.exchange.mail.headers import Address, reference_ids, thread_index_keys
from pmdesk.exchange.mail.html_text import html_text
from pmdesk.exchange.mail.meeting import meeting_of_class
from pmdesk.exchange.mail.message import MailMessage, made_id, message_of, parts_of
from pmdesk.exchange.mail.states import ANYWHERE, MailState, Place
from pmdesk.exchange.mail.subjects import read_subject
from pmdesk.records.choices import UnreadPart

_STRING8: Final = 0x001E
_CODE_PAGES: Final = (0x3FFD, 0x3FDE)
# MS-OXPROPS; an address may also be an Exchange directory path, which is none.
_CLASS, _SUBJECT, _BODY, _HEADERS = 0x001A, 0x0037, 0x1000, 0x007D
_SENDER: Final = (
    # who it is from, on whose behalf it may have been sent; then who sent it, then who made it
    (0x0042, (0x5D02, 0x0065)),
    (0x0C1A, (0x5D01, 0x0C1F, 0x5D0A)),
)
_MESSAGE_ID, _IN_REPLY_TO, _REFERENCES, _TOPIC_INDEX = 0x1035, 0x1042, 0x1039, 0x0071
_RETURNED_ID, _FLAGS, _SUBMITTED, _DELIVERED = 0x1046, 0x0E07, 0x0039, 0x0E06
_RECIPIENT_KIND, _TO, _CC, _BCC = 0x0C15, 1, 2, 3
_FILE_NAMES: Final = (0x3707, 0x3704, 0x3001)
_UNSENT: Final = 0x8
_EMBEDDED: Final = "__substg1.0_3701000D"
_EMBEDDED_HEADER: Final = 24
_MACHINE: Final = re.compile(r"REPORT\.|IPM\.Note\.Rules\.(?:Oof|Reply)Template", re.IGNORECASE)
_NOT_DELIVERED: Final = re.compile(r"REPORT\..*\.NDR$", re.IGNORECASE)
_NO_MAIL: Final = re.compile(
    r"IPM\.(?:Appointment|Contact|AbchPerson|DistList|StickyNote|Task|Activity|Post\.Rss)(?:\.|$)",
    re.IGNORECASE,
)
_SMIME: Final = re.compile(r"IPM\.Note\.SMIME(\.MultipartSigned)?(?:\.|$)", re.IGNORECASE)


def read_msg(path: Path, *, place: Place = ANYWHERE, up_to: int = 0) -> MailMessage:
    """The message in a .msg file; raises what the library raises on files it cannot read.

    Bytes of attachments of at most `up_to` bytes are held.
    """
    from oxmsg import Message as OutlookMessage  # loaded only where a .msg is met

    outlook = OutlookMessage.load(str(path))
    texts = _Texts(outlook)
    head = _transport(texts.of(_HEADERS))
    if head is not None:
        # the headers are as sent, but the body stands in properties of its own
        kind = head.get_content_type()
        for name in ("Content-Type", "Content-Transfer-Encoding"):
            del head[name]
        head.set_payload("")
        parts = parts_of(head)._replace(content_type=kind)
        message = message_of(parts, source=str(path), place=place)
        headers: Mapping[str, list[str]] = parts.headers
    else:
        kind, headers = "", {}
        message = _bare(outlook, texts, str(path), place)
    return _completed(message, outlook, texts, headers, kind, up_to)


def _bare(outlook: Any, texts: "_Texts", source: str, place: Place) -> MailMessage:
    """What a message without transport headers says of itself: a draft, or mail within Exchange."""
    submitted = _utc(outlook.properties.date_prop_value(_SUBMITTED))
    delivered = _utc(outlook.properties.date_prop_value(_DELIVERED))
    sent_at, doubt = settled(submitted, delivered)
    return MailMessage(
        message_id=texts.of(_MESSAGE_ID).strip().strip("<>"),
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
    outlook: Any,
    texts: "_Texts",
    headers: Mapping[str, list[str]],
    kind: str,
    up_to: int,
) -> MailMessage:
    """The message with what only Outlook's properties tell."""
    subject = message.subject or clean(texts.of(_SUBJECT)).strip()
    attachments, within = _attachments(outlook, texts, up_to)
    text = "\n\n".join(piece for piece in (_body(outlook, texts), *within) if piece)
    message_class = texts.of(_CLASS)
    sender = message.sender if message.sender.address else _sender(texts, message.sender)
    header_at = message.header_at or _utc(outlook.properties.date_prop_value(_SUBMITTED))
    if message.sent_at is None and header_at is not None:
        sent_at, doubt = settled(header_at, message.received_at)
    else:
        sent_at, doubt = message.sent_at, message.date_doubt
    named = message.message_id if not message.message_id.startswith("hash:") else ""
    own_id = named or texts.of(_MESSAGE_ID).strip().strip("<>")
    keys = _thread_keys(outlook)
    parents = message.parents or reference_ids(texts.of(_IN_REPLY_TO), texts.of(_REFERENCES))
    meeting = message.meeting or meeting_of_class(message_class)
    subject_parts = read_subject(subject)
    to, cc, bcc = _recipients(outlook, texts)
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
        state=_state(outlook, message_class, message.state),
        meeting=meeting,
        bounces=_bounces(texts, message_class, to),
        unread=_unread(message_class, attachments),
    )


def _body(outlook: Any, texts: "_Texts") -> str:
    body = texts.of(_BODY)
    if not body.strip():
        html = outlook.html_body
        body = html_text(html) if html else ""
    return clean(body).strip()


def _sender(texts: "_Texts", known: Address) -> Address:
    """Who it is from, with an SMTP address where any property holds one."""
    name = known.name
    for name_property, address_properties in _SENDER:
        name = name or texts.of(name_property).strip()
        for pid in address_properties:
            address = _smtp(texts.of(pid)).strip().lower()
            if address:
                return Address(texts.of(name_property).strip() or name, address)
    return Address(name, "")


def _state(outlook: Any, message_class: str, place: MailState) -> MailState:
    if _NO_MAIL.match(message_class):
        return MailState.NOT_MAIL_ITEM
    flags = outlook.properties.int_prop_value(_FLAGS) or 0
    return MailState.DRAFT if flags & _UNSENT else place


def _thread_keys(outlook: Any) -> tuple[str, ...]:
    raw_index = outlook.properties.binary_prop_value(_TOPIC_INDEX)
    return thread_index_keys(_as_base64(raw_index)) if raw_index else ()


def _bounces(
    texts: "_Texts", message_class: str, recipients: tuple[Address, ...]
) -> tuple[Bounce, ...]:
    if not _NOT_DELIVERED.match(message_class):
        return ()
    returned = texts.of(_RETURNED_ID).strip().strip("<>")
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


class _Texts:
    """String properties, 8-bit ones by the code page the message names."""

    def __init__(self, item: Any, page: int | None = None) -> None:
        self._properties = item.properties
        self._storage = item._storage  # noqa: SLF001 - the library decodes 8-bit strings by one property only
        self.page: int | None = next(
            (
                code_page
                for pid in _CODE_PAGES
                if (code_page := self._properties.int_prop_value(pid))
            ),
            page,
        )

    def of(self, pid: int) -> str:
        """A property as text, empty where there is none."""
        for entry in self._properties:
            if entry.pid == pid and entry.ptyp == _STRING8:
                data = self._storage.property_stream_bytes(pid, _STRING8)
                return decode(data, _codec(self.page)).rstrip("\x00")
        return self._properties.str_prop_value(pid) or ""


def _codec(page: int | None) -> str | None:
    if page is None:
        return None
    return {65001: "utf-8", 20127: "ascii", 936: "gb18030", 54936: "gb18030"}.get(page, f"cp{page}")


def _recipients(
    outlook: Any, texts: _Texts
) -> tuple[tuple[Address, ...], tuple[Address, ...], tuple[Address, ...]]:
    """Those of To, Cc and Bcc."""
    by_kind: dict[int, list[Address]] = {_TO: [], _CC: [], _BCC: []}
    for recipient in outlook.recipients:
        person_texts = _Texts(recipient, texts.page)
        address = (person_texts.of(0x39FE) or person_texts.of(0x3003)).strip().lower()
        person = Address(clean(person_texts.of(0x3001)).strip("'\" "), _smtp(address))
        kind = (recipient.properties.int_prop_value(_RECIPIENT_KIND) or _TO) & 0xF
        by_kind.get(kind, by_kind[_TO]).append(person)
    return tuple(by_kind[_TO]), tuple(by_kind[_CC]), tuple(by_kind[_BCC])


def _attachments(
    outlook: Any, texts: _Texts, up_to: int
) -> tuple[tuple[AttachmentInfo, ...], list[str]]:
    """The attached files, and the texts of the Outlook messages among them."""
    attachments: list[AttachmentInfo] = []
    within: list[str] = []
    for attachment in outlook.attachments:
        file_texts = _Texts(attachment, texts.page)
        name = next((clean(name) for pid in _FILE_NAMES if (name := file_texts.of(pid))), "")
        kind = file_texts.of(0x370E)
        embedded = _embedded(attachment)
        if embedded is not None:
            inside = _Texts(embedded, texts.page)
            name = f"{clean(inside.of(_SUBJECT)).strip() or name}.msg"
            within.append(f"[{name}]\n{clean(inside.of(_BODY)).strip()}")
            attachments.append(AttachmentInfo(name, "application/vnd.ms-outlook", 0))
            continue
        data = attachment.file_bytes or b""
        held = data if 0 < len(data) <= up_to else None
        digest = sha256(held).hexdigest() if held is not None else ""
        attachments.append(
            AttachmentInfo(name, kind or "application/octet-stream", len(data), held, digest)
        )
    return tuple(attachments), within


class _Embedded:
    """An Outlook message within another."""

    def __init__(self, storage: Any) -> None:
        from oxmsg.properties import Properties  # as above: only where a .msg is met

        self._storage = storage
        self.properties = Properties(storage, properties_header_offset=_EMBEDDED_HEADER)


def _embedded(attachment: Any) -> _Embedded | None:
    inside = attachment._storage.storages  # noqa: SLF001 - the library opens no message within another
    return next(
        (_Embedded(storage) for storage in inside if storage.path.endswith(_EMBEDDED)), None
    )


def _smtp(address: str) -> str:
    # Exchange names people by a directory path that is no address
    return address if "@" in address else ""


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _as_base64(data: bytes) -> str:
    import base64

    return base64.b64encode(data).decode("ascii")
