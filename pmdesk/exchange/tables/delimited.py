"""Rows of CSV, as every part of the program reads them: UTF-8, GB18030, UTF-16; comma, semicolon, tab."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import count, islice
from typing import Final

from pmdesk.exchange.blocks import Check, unwatched
from pmdesk.exchange.mail.charsets import clean, decode
from pmdesk.exchange.tables.values import MOST_CELL, Row

SIGNS: Final = ",;\t"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE: Final = 20_000
_SAMPLE_ROWS: Final = 20
_EVERY: Final = 100
_TOLD: Final = len("sep=;")


def text_of(data: bytes) -> str:
    """The text of a table's bytes, without its byte order mark."""
    if data[:2] in _WIDE:
        return clean(data.decode("utf-16", "replace")).lstrip("\ufeff")
    return clean(decode(data)).lstrip("\ufeff")


def beginning_of(head: bytes) -> str:
    """The text of a file's first bytes; a character that they cut in two does not matter."""
    if head[:2] in _WIDE:
        return text_of(head[: len(head) & ~1])
    whole = head.rpartition(b"\n")[0]
    return text_of(whole or head)


def sign_of(text: str) -> str:
    """The sign between the columns: the one that cuts the first rows into the most, all alike."""
    told = text[:20].partition("\n")[0].strip().lower()
    if len(told) == _TOLD and told.startswith("sep=") and told[-1] in SIGNS:
        return told[-1]  # a line of Excel's own before the table

    def fit(sign: str) -> tuple[int, int]:
        first = islice(rows_of(text[:_SAMPLE], sign), _SAMPLE_ROWS)
        widths = Counter(len(row.cells) for row in first if row and len(row.cells) > 1)
        width, times = widths.most_common(1)[0] if widths else (0, 0)
        return times, width

    return max(SIGNS, key=fit)


def rows_of(text: str, sign: str, check: Check = unwatched) -> Iterator[Row | None]:
    """Every row with the number of its last line; None for one that cannot be read."""
    before = csv.field_size_limit(MOST_CELL)
    source = StringIO(text, newline="")
    reader = csv.reader(source, delimiter=sign)
    try:
        for number in count():
            if number % _EVERY == 0 and text:
                check(source.tell() / len(text))
            try:
                row = next(reader, None)
            except csv.Error:
                yield None
                continue
            if row is None:
                return
            yield Row(reader.line_num, tuple(row))
    finally:
        csv.field_size_limit(before)
