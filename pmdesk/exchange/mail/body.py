"""The body of a message as plain text, and what is attached to it."""

import re
from collections.abc import Iterator
from email.message import Message
from html.parser import HTMLParser
from typing import Any, Final, NamedTuple

from pmdesk.exchange.mail.charsets import clean, decode
from pmdesk.exchange.mail.headers import header_text

_BLANKS: Final = re.compile(r"\n{3,}")
_MAX_PARTS: Final = 1_000


class AttachmentInfo(NamedTuple):
    """What is attached; `size` in bytes; `data` and `sha256` (hex) only where they were asked for."""

    name: str
    media_type: str
    size: int
    data: bytes | None = None
    sha256: str = ""


class Body(NamedTuple):
    """Text of a message and its attachments."""

    text: str
    attachments: tuple[AttachmentInfo, ...]


def read_body(message: Message) -> Body:
    """Plain text where there is some, else the text of the HTML."""
    plain: list[str] = []
    html: list[str] = []
    attached: list[AttachmentInfo] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        name = _file_name(part) if _may_be_named(part) else ""
        is_text = kind in ("text/plain", "text/html") and not _is_attached(part, name)
        if not is_text:
            attached.append(AttachmentInfo(name or kind, kind, _size(part)))
        elif kind == "text/plain":
            plain.append(_plain(part))
        else:
            html.append(html_text(_decoded(part)))
    text = "\n".join(plain) if any(piece.strip() for piece in plain) else "\n".join(html)
    return Body(finished(text), tuple(attached))


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
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    return disposition.startswith("attachment") or (
        bool(name) and not disposition.startswith("inline")
    )


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename()
    except (LookupError, UnicodeError, ValueError, TypeError):
        name = None  # a name in a charset that does not exist
    return header_text(name) if name else ""


def _size(part: Message) -> int:
    if part.is_multipart():
        return sum(len(str(piece)) for piece in part.get_payload())
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


class _Text(HTMLParser):
    """Collects what a reader would see of a page."""

    _BLOCKS: Final = frozenset(
        [
            "address",
            "article",
            "aside",
            "blockquote",
            "div",
            "dl",
            "dt",
            "dd",
            "fieldset",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "tr",
            "ul",
        ]
    )
    _HIDDEN: Final = frozenset(("script", "style", "head", "title", "template", "noscript"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser passes them
        if tag in self._HIDDEN:
            self._hidden.append(tag)
        elif tag == "body":
            self._hidden.clear()  # a head that nobody closed ends here
        elif tag == "br" or tag in self._BLOCKS:
            self.parts.append("\n")
            if tag == "li":
                self.parts.append("- ")
        elif tag == "td":
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden and self._hidden.pop() != tag:
                pass
        elif tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"[ \t\r\n\f]+", " ", data))


def html_text(html: str) -> str:
    """The readable text of an HTML page; nothing in it is fetched or run."""
    parser = _Text()
    try:
        parser.feed(html)
        parser.close()
    except (AssertionError, ValueError, IndexError):
        # the parser gives up on some malformed declarations: keep what was read so far
        parser.parts.append("")
    lines = [re.sub(r"[ \u00a0]+", " ", line).strip() for line in "".join(parser.parts).split("\n")]
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()
