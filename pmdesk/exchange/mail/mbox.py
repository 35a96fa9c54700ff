"""mbox files, one message at a time whatever their size."""

import re
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final, NamedTuple

_Box = mmap | bytes
_BOM: Final = b"\xef\xbb\xbf"
_LONGEST_LINE: Final = 1_000
# "Mon Mar  2 09:00:00 2026", a zone before or after the year, "Mon, 2 Mar 2026 09:00:00 +0800", or
# a numeric date; nothing but year and zone behind it, or a sentence of dates would part a mail.
_DATED: Final = re.compile(
    rb"From (?:\S* +|.*?[ \t])?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?[ \t]+"
    rb"(?:[A-Z][a-z][a-z][ \t]+\d{1,2}|\d{1,2}[ -][A-Z][a-z][a-z][ -]\d{4})[ \t]+"
    rb"|\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]+)\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?Z?"
    rb"(?:[ \t]+(?:[A-Z]{1,5}|[+-]\d\d:?\d\d|\d{4}|\([^)]*\)|remote|from|[\w.]*\.[\w.]+))*\s*",
)
# Newer programs write no date at all.
_BARE: Final = re.compile(rb"From (?:-|\S+@\S+|MAILER-DAEMON|)\s*")
_ONE_WORD: Final = re.compile(rb"From \S*\s*")
_FIELD: Final = re.compile(rb">?[!-9;-~]+:(?!//)|>From ")
# ImportExportTools repeats the separator, quoted, above the headers.
_REPEATED: Final = re.compile(rb"(?:>+From [^\r\n]*\r?\n)+")


class Slice(NamedTuple):
    """One message's bytes without its "From " line, where it began, where the next begins."""

    start: int
    end: int
    envelope: str
    data: bytes


def slices(box: Path | bytes, start: int = 0) -> Iterator[Slice]:
    """The messages of an mbox, a file or bytes, from `start` on, where one begins.

    A separator is a "From " line that ends in a date, after an empty line or above a header; or
    one without any text but an address, above a header. Where the first separator of a file is
    neither, all that stand above a header after an empty line are.
    """
    if isinstance(box, bytes):
        yield from _slices(box, start)
        return
    with box.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        yield from _slices(data, start)


def _slices(data: _Box, wanted: int) -> Iterator[Slice]:
    start = _beginning(data)
    if start < 0:
        return
    first = data[start : _line_end(data, start)].lstrip(b">")
    while wanted > start and data[wanted : wanted + 1] in {b"\r", b"\n"}:
        wanted += 1
    start = max(start, wanted)
    if start >= len(data):
        return
    strict = bool(_DATED.fullmatch(first) or _BARE.fullmatch(first))
    begins = _line_end(data, start)
    while True:
        following, then = _next(data, begins, strict=strict)
        end = len(data) if following < 0 else following
        envelope = data[start:begins].decode("latin-1").strip().lstrip(">")
        message = data[begins:end]
        if message[:1] == b">" and (repeated := _REPEATED.match(message)):
            message = message[repeated.end() :]
        yield Slice(start, end, envelope, message)
        if following < 0:
            return
        start, begins = following, then


def _beginning(data: _Box) -> int:
    start = len(_BOM) if data[: len(_BOM)] == _BOM else 0
    while data[start : start + 1] in {b"\r", b"\n"}:
        start += 1
    if data[start : start + 5] == b"From " or data[start : start + 6] == b">From ":
        return start
    newline = data.find(b"\nFrom ", start)
    return newline + 1 if newline >= 0 else -1


def _line_end(data: _Box, start: int) -> int:
    return data.find(b"\n", start) + 1 or len(data)


def _next(data: _Box, place: int, *, strict: bool) -> tuple[int, int]:
    """Where the next separator stands at or after `place` and where it ends, -1 without one."""
    start = data.find(b"\nFrom ", place - 1) + 1
    while start:
        end = _line_end(data, start)
        line = data[start : min(end, start + _LONGEST_LINE)]
        after_empty = (
            start == place
            or data[start - 2 : start] == b"\n\n"
            or data[start - 3 : start] == b"\n\r\n"
        )
        if _DATED.fullmatch(line):
            separates = after_empty or _heads(data, end)
        elif strict:
            separates = bool(_BARE.fullmatch(line)) and _heads(data, end)
        else:
            separates = (after_empty or bool(_ONE_WORD.fullmatch(line))) and _heads(data, end)
        if separates:
            return start, end
        start = data.find(b"\nFrom ", end - 1) + 1
    return -1, -1


def _heads(data: _Box, place: int) -> bool:
    """Whether a header field begins here."""
    return _FIELD.match(data[place : place + _LONGEST_LINE]) is not None


def looks_like_mbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox."""
    return head.removeprefix(_BOM).lstrip(b"\r\n").startswith((b"From ", b">From "))
