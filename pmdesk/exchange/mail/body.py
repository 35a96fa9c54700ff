"""The body of a message as plain text, and what is attached to it."""

from collections.abc import Iterator
from email.message import Message
from hashlib import sha256
from typing import Any, Final, NamedTuple

from pmdesk.exchange.mail.charsets import clean, decode
from pmdesk.exchange.mail.headers import header_text
from pmdesk.exchange.mail.html_text import html_text
from pmdesk.exchange.mail.meeting import Meeting, read_meeting
from pmdesk.records.choices import UnreadPart

_MAX_PARTS: Final = 1_000
_DEEPEST: Final = 3
_MOST_WITHIN: Final = 50
_CALENDAR: Final = ("text/calendar", "application/ics")
# Parts that only a mail program looks at.
_SIGNATURES: Final = (
    "application/pgp-signature",
    "application/pgp-encrypted",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "message/delivery-status",
    "message/disposition-notification",
)
_MESSAGES: Final = ("message/rfc822", "message/global")
PGP_MESSAGE: Final = "-----BEGIN PGP MESSAGE-----"
# The object identifier of signed data, 1.2.840.113549.1.7.2 (RFC 5652 5.1).
_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")


class AttachmentInfo(NamedTuple):
    """What is attached; `size` in bytes; `data` and `sha256` (hex) only where they were asked for."""

    name: str
    media_type: str
    size: int
    data: bytes | None = None
    sha256: str = ""


class Body(NamedTuple):
    """Text of a message, its attachments, the meeting it is about, and what stayed unread."""

    text: str
    attachments: tuple[AttachmentInfo, ...]
    meeting: Meeting | None = None
    unread: UnreadPart = UnreadPart.NONE


def read_body(message: Message, *, up_to: int = 0) -> Body:
    """Plain text where there is some, else the text of the HTML; messages within are read, too.

    The bytes of attachments of at most `up_to` bytes are held.
    """
    reading = _Reading(up_to)
    reading.read(message, depth=0)
    text = reading.text()
    if reading.within:
        text = "\n\n".join([text.strip("\n"), *reading.within])
    unread = reading.unread
    if text.lstrip()[:30].startswith(PGP_MESSAGE):
        unread = UnreadPart.ENCRYPTED
    return Body(finished(text), tuple(reading.attached), reading.meeting, unread)


class _Reading:
    """One message under way: what its parts gave so far."""

    def __init__(self, up_to: int) -> None:
        self.up_to = up_to
        self.plain: list[str] = []
        self.html: list[Message] = []
        self.within: list[str] = []
        self.attached: list[AttachmentInfo] = []
        self.meeting: Meeting | None = None
        self.unread = UnreadPart.NONE

    def read(self, message: Message, depth: int) -> None:
        whole = message.get_content_type()
        if whole == "multipart/encrypted":
            self.unread = UnreadPart.ENCRYPTED
        for part in _leaves(message):
            kind = part.get_content_type()
            name = _file_name(part) if _may_be_named(part) else ""
            if kind in ("text/plain", "text/html") and not _is_attached(part, name):
                if kind == "text/plain":
                    self.plain.append(_plain(part))
                else:
                    self.html.append(part)
                continue
            if kind in _CALENDAR:
                method = str(part.get_param("method", ""))
                self.meeting = self.meeting or read_meeting(_decoded(part), method)
            inner = _inner(part)
            if inner is not None and not name:
                subject = header_text(str(inner.get("Subject", ""))) or kind
                name = subject if kind == "text/rfc822-headers" else f"{subject}.eml"
            if kind not in _SIGNATURES and (name or not self._belongs_to_body(part, kind)):
                self.attached.append(self._attachment(part, inner, name or kind, kind))
            if inner is not None and whole != "multipart/report":
                self._read_within(inner, name, depth)
            self.unread = _unread(part, kind, name) or self.unread

    def text(self) -> str:
        """The plain text, else that of the HTML: most mail says the same in both forms."""
        if any(piece.strip() for piece in self.plain):
            return "\n".join(self.plain)
        return "\n".join(html_text(_decoded(part)) for part in self.html)

    def _belongs_to_body(self, part: Message, kind: str) -> bool:
        """Whether a part without a name is no file but the body in another form."""
        if _disposed(part).startswith("attachment"):
            return False
        return kind in _CALENDAR or (
            kind.startswith("image/") and ("Content-ID" in part or _disposed(part) == "inline")
        )

    def _attachment(
        self, part: Message, inner: Message | None, name: str, kind: str
    ) -> AttachmentInfo:
        size = _size(part)
        if not 0 < size <= self.up_to:
            return AttachmentInfo(name, kind, size)
        data = _bytes_of(inner) if inner is not None else part.get_payload(decode=True)
        if not isinstance(data, bytes):
            return AttachmentInfo(name, kind, size)
        return AttachmentInfo(name, kind, len(data), data, sha256(data).hexdigest())

    def _read_within(self, inner: Message, name: str, depth: int) -> None:
        if depth >= _DEEPEST or len(self.within) >= _MOST_WITHIN:
            return
        reading = _Reading(self.up_to)
        reading.read(inner, depth + 1)
        self.within.append(f"[{name}]\n" + reading.text().strip("\n"))
        self.within += reading.within
        self.attached += reading.attached


def _inner(part: Message) -> Message | None:
    """The message that a part holds."""
    payload: Any = part.get_payload()
    if part.get_content_type() in _MESSAGES and isinstance(payload, list) and payload:
        return payload[0] if isinstance(payload[0], Message) else None
    return None


def _bytes_of(message: Message) -> bytes | None:
    try:
        return message.as_bytes()
    except (UnicodeError, LookupError, ValueError, TypeError, AttributeError):
        return None  # it cannot be written as it was read: its text is kept, its file is not


def _unread(part: Message, kind: str, name: str) -> UnreadPart | None:
    if kind in ("application/ms-tnef", "application/vnd.ms-tnef") or name.lower() == "winmail.dat":
        return UnreadPart.TNEF
    if kind not in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return None
    form = str(part.get_param("smime-type", "")).lower()
    if not form:
        data = part.get_payload(decode=True)
        start = data[:40] if isinstance(data, bytes) else b""
        form = "signed-data" if _SIGNED_DATA in start else ""
    if form == "certs-only":
        return None
    return UnreadPart.SIGNED if form == "signed-data" else UnreadPart.ENCRYPTED


def finished(text: str) -> str:
    """The text as it is kept: clean, without empty lines around it."""
    return clean(text).strip("\n")


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that hold something; a nested message is one part, not opened."""
    pending: list[Message] = [message]
    for _ in range(_MAX_PARTS):
        if not pending:
            return
        part = pending.pop()
        payload: Any = part.get_payload()
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            pending.extend(p for p in reversed(payload) if isinstance(p, Message))
        else:
            yield part


def _may_be_named(part: Message) -> bool:
    """Whether a file name may stand in the headers: asking for one parses them all."""
    return "Content-Disposition" in part or "name" in str(part.get("Content-Type", "")).lower()


def _is_attached(part: Message, name: str) -> bool:
    disposition = _disposed(part)
    return disposition.startswith("attachment") or (
        bool(name) and not disposition.startswith("inline")
    )


def _disposed(part: Message) -> str:
    return str(part.get("Content-Disposition", "")).partition(";")[0].strip().lower()


def _file_name(part: Message) -> str:
    """The name of a file, RFC 2231 or RFC 2047, whatever charset it names; empty without one."""
    for parameter, header in (("filename", "Content-Disposition"), ("name", "Content-Type")):
        if parameter not in str(part.get(header, "")).lower():
            continue
        try:
            found = part.get_param(parameter, header=header)
        except (LookupError, UnicodeError, ValueError, TypeError):
            continue  # parameters that make no sense
        if isinstance(found, tuple):
            return header_text(decode(found[2].encode("latin-1", "replace"), found[0]))
        if found:
            return header_text(str(found))
    return ""


def _size(part: Message) -> int:
    inside: Any = part.get_payload()
    if isinstance(inside, list):
        return sum(len(_bytes_of(piece) or b"") for piece in inside)
    payload = part.get_payload(decode=True)
    return len(payload) if isinstance(payload, bytes) else 0


def _label(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload, _label(part)) if isinstance(payload, bytes) else ""


def _plain(part: Message) -> str:
    text = _decoded(part)
    if str(part.get_param("format", "")).lower() == "flowed":
        return unflowed(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """format=flowed text with its soft line breaks joined (RFC 3676)."""
    lines: list[str] = []
    open_line: tuple[int, str] | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        rest = line[depth:]
        rest = rest.removeprefix(" ")
        soft = rest.endswith(" ") and rest != "-- "
        whole = rest[:-1] if soft and delete_space else rest
        if open_line is not None and open_line[0] == depth and rest != "-- ":
            whole = open_line[1] + whole
        elif open_line is not None:
            lines.append(_quoted(*open_line))
        open_line = (depth, whole) if soft else None
        if not soft:
            lines.append(_quoted(depth, whole))
    if open_line is not None:
        lines.append(_quoted(*open_line))
    return "\n".join(lines)


def _quoted(depth: int, text: str) -> str:
    return f"{'>' * depth} {text}" if depth else text
