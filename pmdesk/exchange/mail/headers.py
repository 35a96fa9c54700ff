"""Mail headers into values: words, addresses, ids and dates as real mail writes them."""

import base64
import binascii
import calendar
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import getaddresses, parsedate_tz
from functools import lru_cache
from inspect import signature
from typing import Final, NamedTuple

from pmdesk.exchange.mail.charsets import clean, decode

_WORD: Final = re.compile(r"=\?([^?\s*]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN: Final = re.compile(r"(\?=)\s+(?==\?[^?\s]+\?[bBqQ]\?)")
_ANGLE: Final = re.compile(r"<([^<>]*)>")
_SPACE: Final = re.compile(r"\s+")
_ZONE: Final = re.compile(r"(?:[+-]\d{2}:?\d{2}|\b(?!AM|PM)[A-Z]{1,5})\s*(?:\([^)]*\)\s*)?$")
_LENIENT: Final = {"strict": False} if "strict" in signature(getaddresses).parameters else {}
THREAD_INDEX_ROOT: Final = 22
_THREAD_INDEX_STEP: Final = 5


class Address(NamedTuple):
    """A mailbox: the name as written, the address in lower case."""

    name: str
    address: str

    def shown(self) -> str:
        """Name and address as a person reads them."""
        if self.name and self.address and self.name != self.address:
            return f"{self.name} <{self.address}>"
        return self.name or self.address


def header_text(raw: str) -> str:
    """A header decoded: encoded words joined as bytes first, raw 8-bit text guessed."""
    text = raw
    if not text.isascii():
        text = decode(text.encode("ascii", "surrogateescape")) if _has_escapes(text) else text
    if "=?" in text:
        text = _decode_words(text)
    return clean(_SPACE.sub(" ", text)).strip()


def _has_escapes(text: str) -> bool:
    # surrogates alone come from raw bytes; other characters are already text
    return all(c.isascii() or "\udc80" <= c <= "\udcff" for c in text)


def _decode_words(text: str) -> str:
    text = _BETWEEN.sub(r"\1", text)
    out: list[str] = []
    place = 0
    run = b""
    key: tuple[str, str] | None = None
    for hit in _WORD.finditer(text):
        if hit.start() > place or key != (hit[1].lower(), hit[2].lower()):
            # only neighbours of one charset and encoding may share a character
            out.append(decode(run, key[0]) if key else "")
            run = b""
            out.append(text[place : hit.start()])
        key = (hit[1].lower(), hit[2].lower())
        run += _word_bytes(hit[3], key[1])
        place = hit.end()
    out.append(decode(run, key[0]) if key else "")
    out.append(text[place:])
    return "".join(out)


def _word_bytes(text: str, encoding: str) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    if encoding == "b":
        return _base64(data)
    return binascii.a2b_qp(data.replace(b" ", b"_"), header=True)


def _base64(data: bytes) -> bytes:
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    while kept:
        try:
            return base64.b64decode(kept + b"=" * (-len(kept) % 4))
        except binascii.Error:
            kept = kept[:-1]  # one stray character at the end
    return b""


def addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """All mailboxes of these header values; those without an @ are left out."""
    return _addresses(tuple(_flat(value) for value in values if value))


@lru_cache(maxsize=4096)
def _addresses(given: tuple[str, ...]) -> tuple[Address, ...]:
    # the same few people write most of a mailbox
    found = []
    for name, address in getaddresses(given, **_LENIENT):
        if address or name:
            found.append(Address(header_text(name).strip("'\" "), clean(address).strip().lower()))
    return tuple(found)


def _flat(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")


def message_id(raw: str | None) -> str | None:
    """The first <…> token without white space, else the stripped value; None where empty."""
    if not raw:
        return None
    hit = _ANGLE.search(raw)
    found = _SPACE.sub("", hit[1] if hit else raw.strip())
    return clean(found) or None


def reference_ids(in_reply_to: str | None, references: str | None) -> tuple[str, ...]:
    """Parents of a message: the tokens of In-Reply-To, then those of References.

    An In-Reply-To without <> is a token when it looks like an id.
    """
    found = [_SPACE.sub("", token) for token in _ANGLE.findall(in_reply_to or "")]
    bare = (in_reply_to or "").strip()
    if not found and "@" in bare and not _SPACE.search(bare):
        found.append(bare)
    found += [_SPACE.sub("", token) for token in _ANGLE.findall(references or "")]
    return tuple(clean(token) for token in dict.fromkeys(found) if token)


def thread_index_keys(raw: str | None) -> tuple[str, ...]:
    """Exchange's Thread-Index as ids from the root to the message itself: 22 bytes, then 5 each."""
    if not raw:
        return ()
    data = _base64(raw.encode("ascii", "ignore"))
    if len(data) < THREAD_INDEX_ROOT:
        return ()
    lengths = range(THREAD_INDEX_ROOT, len(data) + 1, _THREAD_INDEX_STEP)
    return tuple(f"ti:{data[:length].hex()}" for length in lengths)


def sent_time(raw: str | None) -> tuple[datetime | None, int | None]:
    """The moment in UTC and the offset in minutes; no zone and "-0000" are UTC without offset."""
    parsed = parsedate_tz(_flat(raw)) if raw else None
    if parsed is None:
        return None, None
    offset = parsed[9] if raw and _ZONE.search(raw) and "-0000" not in raw else None
    try:
        seconds = calendar.timegm((*parsed[:6], 0, 1, 0)) - (parsed[9] or 0)
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return None, None
    if not 1 <= moment.year <= 9998:
        return None, None
    return moment, None if offset is None else round(offset / 60)
