"""mbox files, one message at a time whatever their size."""

import re
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final, NamedTuple

_BOM: Final = b"\xef\xbb\xbf"
_LONGEST_LINE: Final = 1_000
# "Mon Mar  2 09:00:00 2026", with a zone before or after the year, or a numeric date.
_DATED: Final = re.compile(
    rb"From \S* +[A-Z][a-z][a-z] [A-Z][a-z][a-z] [ 0-3]\d \d\d:\d\d|From .*?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ ,.-]+(?:\d{1,2}|\d{4})\b.*\d{1,2}:\d\d"
    rb"|\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]+\d{1,2}:\d\d)",
    re.IGNORECASE,
)
_BARE: Final = re.compile(rb"From \S*\s*")
_FIELD: Final = re.compile(rb">?[!-9;-~]+:|>From ")
# ImportExportTools repeats the separator, quoted, above the headers.
_REPEATED: Final = re.compile(rb"(?:>+From [^\r\n]*\r?\n)+")


class Slice(NamedTuple):
    """One message's bytes without its "From " line, where it began, where the next begins."""

    start: int
    end: int
    envelope: str
    data: bytes


def slices(path: Path) -> Iterator[Slice]:
    """The messages of an mbox.

    A separator is a "From " line with a date in it, after an empty line or above a header; in a
    file whose first separator names no date, one of a single word above a header.
    """
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        start = _beginning(data)
        if start < 0:
            return
        first = data[start : _line_end(data, start)].lstrip(b">")
        form = _DATED if _DATED.match(first) else _BARE
        while True:
            begins = _line_end(data, start)
            following = _next(data, begins, form)
            end = len(data) if following < 0 else following
            envelope = data[start:begins].decode("latin-1").strip().lstrip(">")
            message = data[begins:end]
            if message[:1] == b">" and (repeated := _REPEATED.match(message)):
                message = message[repeated.end() :]
            yield Slice(start, end, envelope, message)
            if following < 0:
                return
            start = following


def _beginning(data: mmap) -> int:
    start = len(_BOM) if data[: len(_BOM)] == _BOM else 0
    while data[start : start + 1] in {b"\r", b"\n"}:
        start += 1
    if data[start : start + 5] == b"From " or data[start : start + 6] == b">From ":
        return start
    found = data.find(b"\nFrom ", start)
    return found + 1 if found >= 0 else -1


def _line_end(data: mmap, start: int) -> int:
    return data.find(b"\n", start) + 1 or len(data)


def _next(data: mmap, place: int, form: re.Pattern[bytes]) -> int:
    """Where the next separator stands at or after `place`, -1 where there is none."""
    found = data.find(b"\nFrom ", place - 1) + 1
    while found:
        end = _line_end(data, found)
        line = data[found : min(end, found + _LONGEST_LINE)]
        after_empty = data[found - 2 : found] == b"\n\n" or data[found - 3 : found] == b"\n\r\n"
        if form is _DATED:
            separates = form.match(line) and (after_empty or found == place or _heads(data, end))
        else:
            separates = form.fullmatch(line) and _heads(data, end)
        if separates:
            return found
        found = data.find(b"\nFrom ", end - 1) + 1
    return -1


def _heads(data: mmap, place: int) -> bool:
    """Whether a header field begins here."""
    return _FIELD.match(data[place : place + _LONGEST_LINE]) is not None


def looks_like_mbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox."""
    return head.removeprefix(_BOM).lstrip(b"\r\n").startswith((b"From ", b">From "))
