"""Outlook .msg files."""

import re
from datetime import UTC, datetime
from email import message_from_string
from email.message import Message
from pathlib import Path
from typing import Any, Final

from pmdesk.exchange.mail.body import AttachmentInfo, html_text
from pmdesk.exchange.mail.charsets import clean, decode
from pmdesk.exchange.mail.headers import Address, thread_index_keys
from pmdesk.exchange.mail.message import MailMessage, doubt_of, made_id, message_of, parts_of
from pmdesk.exchange.mail.subjects import is_automatic_subject, is_reply_subject, normalise_subject

_STRING8: Final = 0x001E
_CODE_PAGES: Final = (0x3FFD, 0x3FDE)
_SUBJECT, _BODY, _HEADERS, _SENDER_NAME = 0x0037, 0x1000, 0x007D, 0x0C1A
_SENDER_SMTP, _SENDER_MAIL, _MESSAGE_ID, _TOPIC_INDEX = 0x5D01, 0x0C1F, 0x1035, 0x0071
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_RESPONSES: Final = re.compile(r"IPM\.Schedule\.Meeting\.Resp|REPORT\.", re.IGNORECASE)


def read_msg(path: Path) -> MailMessage:
    """The message in a .msg file; raises what the library raises on files it cannot read."""
    from oxmsg import Message as OutlookMessage  # loaded only where a .msg is met

    found = OutlookMessage.load(str(path))
    texts = _Texts(found)
    subject = texts.of(_SUBJECT)
    body = texts.of(_BODY)
    if not body.strip():
        html = found.html_body
        body = html_text(html) if html else ""
    head = _transport(texts.of(_HEADERS))
    submitted = _utc(found.properties.date_prop_value(_SUBMITTED))
    delivered = _utc(found.properties.date_prop_value(_DELIVERED))
    if head is not None:
        return _with_headers(head, found, body, subject, submitted, str(path))
    sender = Address(
        texts.of(_SENDER_NAME).strip(),
        (texts.of(_SENDER_SMTP) or _smtp(texts.of(_SENDER_MAIL))).strip().lower(),
    )
    raw_index = found.properties.binary_prop_value(_TOPIC_INDEX)
    keys = thread_index_keys(_as_base64(raw_index)) if raw_index else ()
    text = clean(body).strip()
    own_id = texts.of(_MESSAGE_ID).strip().strip("<>")
    return MailMessage(
        message_id=own_id or made_id(submitted, sender, subject, text),
        parents=tuple(reversed(keys[:-1])),
        aliases=keys[-1:],
        sent_at=submitted,
        offset_minutes=None,
        received_at=delivered,
        sender=sender,
        to=_recipients(found),
        cc=(),
        subject=clean(subject).strip(),
        subject_key=normalise_subject(subject),
        is_reply_subject=is_reply_subject(subject),
        automatic=is_automatic_subject(subject) or bool(_RESPONSES.match(found.message_class)),
        text=text,
        attachments=_attachments(found),
        source=str(path),
        date_doubt=doubt_of(submitted, delivered),
    )


def _with_headers(
    head: Message, found: Any, body: str, subject: str, submitted: datetime | None, source: str
) -> MailMessage:
    from dataclasses import replace

    # the headers are as sent, but the body stands in properties of its own
    for name in ("Content-Type", "Content-Transfer-Encoding"):
        del head[name]
    head.set_payload("")
    message = message_of(parts_of(head), source=source)
    text = clean(body).strip()
    sent_at = message.sent_at or submitted
    return replace(
        message,
        sent_at=sent_at,
        subject=message.subject or clean(subject).strip(),
        subject_key=normalise_subject(message.subject or subject),
        to=message.to or _recipients(found),
        text=text,
        attachments=_attachments(found),
        date_doubt=doubt_of(sent_at, message.received_at),
        message_id=made_id(sent_at, message.sender, message.subject, text)
        if message.message_id.startswith("hash:")
        else message.message_id,
    )


def _transport(text: str) -> Message | None:
    """The transport headers, None in a draft or where they hold no sender."""
    head = message_from_string(text.lstrip()) if text.strip() else None
    return head if head is not None and head.get("From") else None


class _Texts:
    """String properties, 8-bit ones by the code page the message names."""

    def __init__(self, found: Any) -> None:
        self._properties = found.properties
        self._storage = found._storage  # noqa: SLF001 - the library decodes 8-bit strings by one property only
        self._page = next(
            (page for pid in _CODE_PAGES if (page := self._properties.int_prop_value(pid))), None
        )

    def of(self, pid: int) -> str:
        """A property as text, empty where there is none."""
        for entry in self._properties:
            if entry.pid == pid and entry.ptyp == _STRING8:
                data = self._storage.property_stream_bytes(pid, _STRING8)
                return decode(data, _codec(self._page)).rstrip("\x00")
        return self._properties.str_prop_value(pid) or ""


def _codec(page: int | None) -> str | None:
    if page is None:
        return None
    return {65001: "utf-8", 20127: "ascii", 936: "gb18030", 54936: "gb18030"}.get(page, f"cp{page}")


def _recipients(found: Any) -> tuple[Address, ...]:
    made = []
    for recipient in found.recipients:
        address = (recipient.email_address or "").strip().lower()
        made.append(Address(clean(recipient.name or "").strip("'\" "), _smtp(address)))
    return tuple(made)


def _attachments(found: Any) -> tuple[AttachmentInfo, ...]:
    return tuple(
        AttachmentInfo(clean(a.file_name or ""), a.mime_type or "", int(a.size or 0))
        for a in found.attachments
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
