"""jrnl's text files: "[2026-11-28 09:30] Title. Text", each entry up to the next such line.

Source of the form: jrnl.sh, "Privacy and security" and "Formats".
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from pmdesk.exchange.journals.values import OtherEntry

_HEAD: Final = re.compile(
    r"^\[(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d(?::\d\d)?)(?: ?[AP]M)?\] ?(.*)$", re.MULTILINE
)
_TAG: Final = re.compile(r"(?<![\w@])@([\w-]+)")


def looks_like_jrnl(text: str) -> bool:
    """Whether a text begins as jrnl writes."""
    return _HEAD.match(text.lstrip("\ufeff\r\n")) is not None


def read_jrnl(text: str) -> Iterator[OtherEntry]:
    """The entries of a file; a head whose day no calendar has is text of the entry before it."""
    heads = [(head, day) for head in _HEAD.finditer(text) if (day := _day(head)) is not None]
    ends = [head.start() for head, _ in heads[1:]] + [len(text)]
    for (head, day), end in zip(heads, ends, strict=True):
        said = "\n".join((head[5].removesuffix(" *"), text[head.end() : end].strip())).strip()
        yield OtherEntry(f"{day} {head[4]}", day, said, tuple(dict.fromkeys(_TAG.findall(said))))


def _day(head: re.Match[str]) -> date | None:
    try:
        return date(int(head[1]), int(head[2]), int(head[3]))
    except ValueError:
        return None
