"""The body of a message as plain text, and what is attached to it."""

from collections.abc import Iterable
from email.message import Message
from hashlib import sha256
from typing import Final, NamedTuple

from pmdesk.exchange.mail.charsets import clean
from pmdesk.exchange.mail.headers import header_text
from pmdesk.exchange.mail.html_text import html_text
from pmdesk.exchange.mail.leaves import Leaf, leaves_of
from pmdesk.exchange.mail.meeting import Meeting, read_meeting
from pmdesk.records.choices import UnreadPart

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
    return body_of(message.get_content_type(), leaves_of(message), up_to=up_to)


def body_of(whole: str, leaves: Iterable[Leaf], *, up_to: int = 0) -> Body:
    """The body of a message of the content type `whole` with these parts, as `read_body` says."""
    reading = _Reading(up_to)
    reading.read(whole, leaves, depth=0)
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
        self.html: list[Leaf] = []
        self.within: list[str] = []
        self.attached: list[AttachmentInfo] = []
        self.meeting: Meeting | None = None
        self.unread = UnreadPart.NONE

    def read(self, whole: str, leaves: Iterable[Leaf], depth: int) -> None:
        if whole == "multipart/encrypted":
            self.unread = UnreadPart.ENCRYPTED
        for leaf in leaves:
            kind, name = leaf.kind, leaf.name
            if kind in ("text/plain", "text/html") and not _is_attached(leaf):
                if kind == "text/plain":
                    self.plain.append(_plain(leaf))
                else:
                    self.html.append(leaf)
                continue
            if kind in _CALENDAR:
                self.meeting = self.meeting or read_meeting(leaf.text(), leaf.parameter("method"))
            inner = leaf.inner
            if inner is not None and not name:
                subject = header_text(str(inner.get("Subject", ""))) or kind
                name = subject if kind == "text/rfc822-headers" else f"{subject}.eml"
            if kind not in _SIGNATURES and (name or not _belongs_to_body(leaf)):
                self.attached.append(self._attachment(leaf, name or kind))
            if inner is not None and whole != "multipart/report":
                self._read_within(inner, name, depth)
            self.unread = _unread(leaf, name) or self.unread

    def text(self) -> str:
        """The plain text, else that of the HTML: most mail says the same in both forms."""
        if any(piece.strip() for piece in self.plain):
            return "\n".join(self.plain)
        return "\n".join(html_text(leaf.text()) for leaf in self.html)

    def _attachment(self, leaf: Leaf, name: str) -> AttachmentInfo:
        size = leaf.size()
        data = leaf.data() if 0 < size <= self.up_to else None
        if data is None:
            return AttachmentInfo(name, leaf.kind, size)
        return AttachmentInfo(name, leaf.kind, len(data), data, sha256(data).hexdigest())

    def _read_within(self, inner: Message, name: str, depth: int) -> None:
        if depth >= _DEEPEST or len(self.within) >= _MOST_WITHIN:
            return
        reading = _Reading(self.up_to)
        reading.read(inner.get_content_type(), leaves_of(inner), depth + 1)
        self.within.append(f"[{name}]\n" + reading.text().strip("\n"))
        self.within += reading.within
        self.attached += reading.attached


def _belongs_to_body(leaf: Leaf) -> bool:
    """Whether a part without a name is no file but the body in another form."""
    if leaf.disposition.startswith("attachment"):
        return False
    return leaf.kind in _CALENDAR or (
        leaf.kind.startswith("image/") and (leaf.has_content_id or leaf.disposition == "inline")
    )


def _is_attached(leaf: Leaf) -> bool:
    return leaf.disposition.startswith("attachment") or (
        bool(leaf.name) and not leaf.disposition.startswith("inline")
    )


def _unread(leaf: Leaf, name: str) -> UnreadPart | None:
    kind = leaf.kind
    if kind in ("application/ms-tnef", "application/vnd.ms-tnef") or name.lower() == "winmail.dat":
        return UnreadPart.TNEF
    if kind not in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return None
    form = leaf.parameter("smime-type").lower()
    if not form:
        start = (leaf.data() or b"")[:40]
        form = "signed-data" if _SIGNED_DATA in start else ""
    if form == "certs-only":
        return None
    return UnreadPart.SIGNED if form == "signed-data" else UnreadPart.ENCRYPTED


def _plain(leaf: Leaf) -> str:
    text = leaf.text()
    if leaf.parameter("format").lower() == "flowed":
        return unflowed(text, delete_space=leaf.parameter("delsp").lower() == "yes")
    return text


def finished(text: str) -> str:
    """The text as it is kept: clean, without empty lines around it."""
    return clean(text).strip("\n")


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
