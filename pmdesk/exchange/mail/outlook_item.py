"""An item of Outlook as a plain value: its properties by number, recipients and attachments.

Numbers and types of properties: MS-OXPROPS and MS-OXCDATA 2.11.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

CLASS, SUBJECT, BODY, RTF, HTML, HEADERS = 0x001A, 0x0037, 0x1000, 0x1009, 0x1013, 0x007D
SENDER: Final = (
    # who it is from, on whose behalf it may have been sent; then who sent it, then who made it
    # an address may also be an Exchange directory path, which is none
    (0x0042, (0x5D02, 0x0065)),
    (0x0C1A, (0x5D01, 0x0C1F, 0x5D0A)),
)
MESSAGE_ID, IN_REPLY_TO, REFERENCES, TOPIC_INDEX = 0x1035, 0x1042, 0x1039, 0x0071
RETURNED_ID, FLAGS, SUBMITTED, DELIVERED = 0x1046, 0x0E07, 0x0039, 0x0E06
MESSAGE_PAGE, INTERNET_PAGE = 0x3FFD, 0x3FDE
RECIPIENT_KIND, NAME, SMTP, ADDRESS = 0x0C15, 0x3001, 0x39FE, 0x3003
FILE_NAMES: Final = (0x3707, 0x3704, NAME)
MEDIA_TYPE, CONTENT, METHOD = 0x370E, 0x3701, 0x3705
# All that is read of an item; the content of an attachment is asked for by itself.
WANTED: Final = frozenset(
    (
        CLASS, SUBJECT, BODY, RTF, HTML, HEADERS, MESSAGE_ID, IN_REPLY_TO, REFERENCES, TOPIC_INDEX,
        RETURNED_ID, FLAGS, SUBMITTED, DELIVERED, MESSAGE_PAGE, INTERNET_PAGE, RECIPIENT_KIND, NAME,
        SMTP, ADDRESS, *FILE_NAMES, MEDIA_TYPE, METHOD,
        *(pid for _name, pids in SENDER for pid in pids), *(pid for pid, _pids in SENDER),
    )
)  # fmt: skip

INTEGER, BOOLEAN, NARROW, WIDE, TIME, BINARY = 0x0003, 0x000B, 0x001E, 0x001F, 0x0040, 0x0102
_BEGINNING: Final = datetime(1601, 1, 1, tzinfo=UTC)


class Narrow(bytes):
    """Text of 8 bits, in the code page that the message names."""

    __slots__ = ()


Value = int | str | bytes | Narrow | datetime


@dataclass(frozen=True, slots=True)
class OutlookItem:
    """A message, a recipient or an attachment.

    `content` are an attachment's bytes where they were asked for, `size` their number; `within` is
    the message that it is.
    """

    properties: Mapping[int, Value]
    recipients: tuple["OutlookItem", ...] = ()
    attachments: tuple["OutlookItem", ...] = ()
    content: bytes | None = field(default=None, repr=False)
    size: int = 0
    within: "OutlookItem | None" = None

    def held(self) -> int:
        """How many bytes it takes in memory, roughly."""
        own = sum(len(v) for v in self.properties.values() if isinstance(v, (str, bytes)))
        return own + sum(len(file.content or b"") for file in self.attachments)


def value_of(kind: int, data: bytes) -> Value | None:
    """The value of a property of this type as it lies in a file, None of a type nobody reads."""
    if kind in {INTEGER, BOOLEAN}:
        return int.from_bytes(data[:4], "little")
    if kind == WIDE:
        return data[: len(data) & ~1].decode("utf-16-le", "replace")
    if kind == NARROW:
        return Narrow(data)
    if kind == TIME:
        return _moment(int.from_bytes(data[:8], "little"))
    return data if kind == BINARY else None


def _moment(ticks: int) -> datetime | None:
    """A time in tenths of a microsecond since 1601, None beyond the calendar."""
    try:
        return _BEGINNING + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None
