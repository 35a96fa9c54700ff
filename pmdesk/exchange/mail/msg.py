"""Outlook .msg files."""

from io import SEEK_END
from pathlib import Path
from typing import Any, BinaryIO, Final

from pmdesk.exchange.mail import outlook_item as of
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.exchange.mail.outlook import outlook_message
from pmdesk.exchange.mail.outlook_item import OutlookItem, Value, value_of
from pmdesk.exchange.mail.states import ANYWHERE, Place

_EMBEDDED: Final = "__substg1.0_3701000D"
_EMBEDDED_HEADER: Final = 24
_MORE_THAN_HELD: Final = "its streams are longer than the file"
_FIXED: Final = frozenset((of.INTEGER, of.BOOLEAN, of.TIME))


def read_msg(
    file: Path | BinaryIO, *, source: str, place: Place = ANYWHERE, up_to: int = 0
) -> MailMessage:
    """The message in a .msg file; raises what the library raises on files it cannot read.

    Bytes of attachments of at most `up_to` bytes are held.
    """
    from oxmsg import Message as OutlookMessage  # loaded only where a .msg is met

    named = str(file) if isinstance(file, Path) else file
    _refuse_more_than_there_is(named)
    if not isinstance(named, str):
        named.seek(0)
    outlook = OutlookMessage.load(named)
    item = OutlookItem(
        _properties(outlook),
        tuple(OutlookItem(_properties(person)) for person in outlook.recipients),
        tuple(_attachment(each) for each in outlook.attachments),
    )
    return outlook_message(item, source=source, place=place, up_to=up_to)


def _refuse_more_than_there_is(file: str | BinaryIO) -> None:
    """Raises OSError where the file claims more than it holds: the library would read on in circles."""
    from olefile import OleFileIO

    with OleFileIO(file) as ole:
        held = ole.fp.seek(0, SEEK_END)
        streams = sum(entry.size for entry in ole.direntries if entry is not None)
        # small streams are counted twice: the root's own size is that of all of them
        if streams > 2 * held or ole.num_mini_fat_sectors * ole.sector_size > held:
            raise OSError(_MORE_THAN_HELD)


def _properties(holder: Any) -> dict[int, Value]:
    """Those that are read, as they lie in the file: the library knows one code page only."""
    storage = holder._storage  # noqa: SLF001 - the library decodes 8-bit strings by one property only
    found: dict[int, Value] = {}
    for entry in holder.properties:
        if entry.pid not in of.WANTED:
            continue
        if entry.ptyp in _FIXED:
            data = entry._payload  # noqa: SLF001 - the eight bytes, whatever their type
        else:
            data = storage.property_stream_bytes(entry.pid, entry.ptyp)
        value = value_of(entry.ptyp, data)
        if value is not None:
            found[entry.pid] = value
    return found


def _attachment(attachment: Any) -> OutlookItem:
    properties = _properties(attachment)
    embedded = _embedded(attachment)
    if embedded is not None:
        return OutlookItem(properties, within=OutlookItem(_properties(embedded)))
    data = attachment.file_bytes or b""
    return OutlookItem(properties, content=data, size=len(data))


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
