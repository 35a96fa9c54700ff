"""What reading gives, and how one message becomes it: read, met before, or not to be read."""

import logging
from collections.abc import Callable
from email.parser import BytesParser
from email.policy import compat32
from typing import Final, NamedTuple

from pmdesk.exchange.mail.fields import head_of
from pmdesk.exchange.mail.marks import Marks
from pmdesk.exchange.mail.message import (
    MailMessage,
    NotMail,
    SavedPage,
    message_of,
    parts_of,
)
from pmdesk.exchange.mail.pieces import cut_parts
from pmdesk.exchange.mail.refusals import ReadProblem
from pmdesk.exchange.mail.states import Place
from pmdesk.words import Words

_LOG: Final = logging.getLogger(__name__)
_PARSER: Final = BytesParser(policy=compat32)
_WIDE: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Unreadable(NamedTuple):
    """Something that was not taken: where it stands and why."""

    source: str
    reason: ReadProblem
    detail: str = ""

    def sentence(self, words: Words) -> str:
        """The reason in the language of `words`, with the detail."""
        said = words(self.reason.value)
        return f"{said} ({self.detail})" if self.detail else said


class Again(NamedTuple):
    """A message of `size` bytes with the id of one that came before it, read only where it must be."""

    message_id: str
    size: int
    read: Callable[[], "MailMessage | Unreadable"]


Item = MailMessage | Again | Unreadable


class Keep(NamedTuple):
    """What is held beside the text: attachments up to so many bytes each, the original bytes."""

    attachments_up_to: int = 0
    originals: bool = False


class Reader(NamedTuple):
    """How messages are read, the ids of those that were, as written in their heads, and how far.

    With `marks` what a look before has read is passed over.
    """

    keep: Keep
    ids: dict[str, str]
    cancelled: Callable[[], bool]
    marks: Marks | None = None


def parsed(data: bytes, source: str, envelope: str | None, place: Place, reader: Reader) -> Item:
    """The mail of these bytes; `envelope` is its "From " line where it lies in an mbox."""
    text = data if envelope is not None else narrow(data).lstrip(b"\r\n")
    head = head_of(text)
    up_to = reader.keep.attachments_up_to
    raw = data if reader.keep.originals else None

    def read() -> MailMessage:
        parts = None if head is None else cut_parts(text, head, up_to=up_to)
        return message_of(
            parts or parts_of(_PARSER.parsebytes(text), up_to=up_to),
            source=source,
            envelope=envelope,
            unquote_from=envelope is not None,
            place=place,
            raw=raw,
        )

    written_id = head.headers.get("message-id", [""])[0] if head is not None else ""
    return once(written_id, len(data), read, source, reader)


def once(
    written_id: str, size: int, read: Callable[[], MailMessage], source: str, reader: Reader
) -> Item:
    """The message, unread where one of this id, as it is written, came before."""
    if written_id in reader.ids:
        return Again(reader.ids[written_id], size, lambda: guarded(read, source))
    item = guarded(read, source)
    # an id made of the content names no copy
    if isinstance(item, MailMessage) and item.message_id in written_id:
        reader.ids[written_id] = item.message_id
    return item


def narrow(data: bytes) -> bytes:
    """Mail that an editor saved in UTF-16, or with a byte order mark, as other mail is."""
    for beginning, charset in _WIDE:
        if data.startswith(beginning):
            return data[: len(data) & ~1].decode(charset, "replace").encode("utf-8")
    return data.removeprefix(b"\xef\xbb\xbf")


def guarded(read: Callable[[], MailMessage], source: str) -> MailMessage | Unreadable:
    """The one place where a message that breaks its reader is set aside and named."""
    try:
        return read()
    except SavedPage:
        return Unreadable(source, ReadProblem.WEB_PAGE)
    except NotMail:
        return Unreadable(source, ReadProblem.NOT_MAIL)
    except Exception as error:  # noqa: BLE001 - real files raise anything; it is reported, not hidden
        _LOG.info("not read: %s", source, exc_info=True)
        return Unreadable(source, ReadProblem.DAMAGED, f"{type(error).__name__}: {error}"[:200])
