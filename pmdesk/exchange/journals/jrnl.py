"""jrnl's text files: "[2026-11-28 09:30] Title. Text", each entry up to the next such line.

Source of the form: jrnl.sh, "Privacy and security" and "Formats".
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from pmdesk.exchange.blocks import Check, blocks, unwatched
from pmdesk.exchange.journals.values import OtherEntry

_HEAD: Final = re.compile(
    r"^\[(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d(?::\d\d)?)(?: ?[AP]M)?\] ?(.*)$", re.MULTILINE
)
_TAG: Final = re.compile(r"(?<![\w@])@([\w-]+)")


def looks_like_jrnl(text: str) -> bool:
    """Whether a text begins as jrnl writes."""
    return _HEAD.match(text.lstrip("\ufeff\r\n")) is not None


def read_jrnl(text: str, check: Check = unwatched) -> Iterator[OtherEntry]:
    """The entries of a file; a head whose day no calendar has is text of the entry before it.

    `check` is told how far it is and may raise to stop.
    """
    heads = _heads(text, check)
    last = next(heads, None)
    while last is not None:
        following = next(heads, None)
        (head, day), end = last, following[0].start() if following else len(text)
        said = "\n".join((head[5].removesuffix(" *"), text[head.end() : end].strip())).strip()
        yield OtherEntry(f"{day} {head[4]}", day, said, tuple(dict.fromkeys(_TAG.findall(said))))
        last = following


def _heads(text: str, check: Check) -> Iterator[tuple[re.Match[str], date]]:
    for start, end in blocks(text, check):
        for head in _HEAD.finditer(text, start, end):
            day = _day(head)
            if day is not None:
                yield head, day


def _day(head: re.Match[str]) -> date | None:
    try:
        return date(int(head[1]), int(head[2]), int(head[3]))
    except ValueError:
        return None
