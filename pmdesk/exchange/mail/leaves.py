"""The parts of a message that hold something, whichever way it was taken apart."""

from collections.abc import Iterator
from email.message import Message
from typing import Any, Final, Protocol

from pmdesk.exchange.mail.charsets import decode
from pmdesk.exchange.mail.headers import header_text

_MAX_PARTS: Final = 1_000
MESSAGES: Final = ("message/rfc822", "message/global")


class Leaf(Protocol):
    """A part that holds something. `disposition` is in lower case, `inner` a message within."""

    kind: str
    name: str
    disposition: str
    has_content_id: bool

    @property
    def inner(self) -> Message | None:
        """The message that it holds."""

    def parameter(self, name: str) -> str:
        """A parameter of its Content-Type, empty without."""

    def text(self) -> str:
        """What it holds as text."""

    def data(self) -> bytes | None:
        """What it holds as it was before it was coded; None where that cannot be told."""

    def size(self) -> int:
        """How many bytes it holds."""


class ParsedLeaf:
    """A part that the email package has parsed."""

    def __init__(self, part: Message) -> None:
        """The part as it is."""
        self._part = part
        self.kind = part.get_content_type()
        self.disposition = (
            str(part.get("Content-Disposition", "")).partition(";")[0].strip().lower()
        )
        self.has_content_id = "Content-ID" in part
        self.name = _file_name(part) if _may_be_named(part) else ""

    @property
    def inner(self) -> Message | None:
        """The message that it holds."""
        payload: Any = self._part.get_payload()
        if self.kind in MESSAGES and isinstance(payload, list) and payload:
            return payload[0] if isinstance(payload[0], Message) else None
        return None

    def parameter(self, name: str) -> str:
        """A parameter of its Content-Type, empty without."""
        return str(self._part.get_param(name, ""))

    def text(self) -> str:
        """What it holds as text, by its charset as well as that is known."""
        payload = self._part.get_payload(decode=True)
        return decode(payload, _label(self._part)) if isinstance(payload, bytes) else ""

    def data(self) -> bytes | None:
        """What it holds; of a message within, its bytes written anew."""
        inner = self.inner
        if inner is not None:
            return _bytes_of(inner)
        payload = self._part.get_payload(decode=True)
        return payload if isinstance(payload, bytes) else None

    def size(self) -> int:
        """How many bytes it holds."""
        inside: Any = self._part.get_payload()
        if isinstance(inside, list):
            return sum(len(_bytes_of(piece) or b"") for piece in inside)
        payload = self._part.get_payload(decode=True)
        return len(payload) if isinstance(payload, bytes) else 0


def leaves_of(message: Message) -> Iterator[ParsedLeaf]:
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
            yield ParsedLeaf(part)


def _bytes_of(message: Message) -> bytes | None:
    try:
        return message.as_bytes()
    except (UnicodeError, LookupError, ValueError, TypeError, AttributeError):
        return None  # it cannot be written as it was read: its text is kept, its file is not


def _may_be_named(part: Message) -> bool:
    """Whether a file name may stand in the headers: asking for one parses them all."""
    return "Content-Disposition" in part or "name" in str(part.get("Content-Type", "")).lower()


def _file_name(part: Message) -> str:
    """The name of a file, RFC 2231 or RFC 2047, whatever charset it names; empty without one."""
    for parameter, header in (("filename", "Content-Disposition"), ("name", "Content-Type")):
        if parameter not in str(part.get(header, "")).lower():
            continue
        try:
            value = part.get_param(parameter, header=header)
        except (LookupError, UnicodeError, ValueError, TypeError):
            continue  # parameters that make no sense
        if isinstance(value, tuple):
            return header_text(decode(value[2].encode("latin-1", "replace"), value[0]))
        if value:
            return header_text(str(value))
    return ""


def _label(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None
