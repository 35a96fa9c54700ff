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

from pmdesk.exchange.mail.charsets import charset_of, clean, decode, strict

# A coded word; up to three stray question marks inside it are forgiven.
_WORD: Final = re.compile(r"=\?([^?\s*]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*){0,3})\?=")
_BETWEEN: Final = re.compile(r"(\?=)\s+(?==\?[^?\s]+\?[bBqQ]\?)")
_ANGLE: Final = re.compile(r"<([^<>]*)>")
_ZONE: Final = re.compile(r"(?:[+-]\d{2}:?\d{2}|\b(?!AM|PM)[A-Z]{1,5})\s*(?:\([^)]*\)\s*)?$")
_NO_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]")
# One mailbox and nothing else: "name" <address> or name <address>.
_ALONE: Final = re.compile(
    r"""(?:"([^"\\<>]*)"|([^"<>()@;:\\]*|[^"<>();:\\,]*@[^"<>();:\\,]*))"""
    r"""\s*<\s*([^<>@\s,;:"()]+@[^<>@\s,;:"()]+)\s*>"""
)
_ADDRESS: Final = re.compile(r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"@]+")
_LONG: Final = 1_000
_LENIENT: Final = {"strict": False} if "strict" in signature(getaddresses).parameters else {}
THREAD_INDEX_ROOT: Final = 22
_THREAD_INDEX_STEP: Final = 5
_DEEPEST: Final = THREAD_INDEX_ROOT + 200 * _THREAD_INDEX_STEP


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
    elif "\x1b$" in text:
        text = decode(text.encode("ascii"))
    if "=?" in text:
        text = _decode_words(text)
    return clean(" ".join(text.split()))


def _has_escapes(text: str) -> bool:
    # surrogates alone come from raw bytes; other characters are already text
    return all(c.isascii() or "\udc80" <= c <= "\udcff" for c in text)


def _decode_words(text: str) -> str:
    text = _BETWEEN.sub(r"\1", text)
    out: list[str] = []
    place = 0
    run: list[str] = []
    key = ("", "")
    for hit in _WORD.finditer(text):
        coding = (hit[1].lower(), hit[2].lower())
        if run and (hit.start() > place or key != coding):
            # only neighbours of one charset and encoding may share a character
            out.append(_run_text(run, *key))
            run = []
        out.append(text[place : hit.start()])
        key = coding
        run.append(hit[3])
        place = hit.end()
    if run:
        out.append(_run_text(run, *key))
    out.append(text[place:])
    return "".join(out)


def _run_text(words: list[str], charset: str, encoding: str) -> str:
    """The text of neighbouring words."""
    coded = [word.encode("utf-8", "surrogateescape") for word in words]
    if encoding == "q":
        pieces = (binascii.a2b_qp(word.replace(b" ", b"_"), header=True) for word in coded)
        return decode(b"".join(pieces), charset)
    each = b"".join(_base64(word) for word in coded)
    if any(len(word) % 4 for word in coded[:-1]):
        # perhaps cut without regard to groups of four
        name = charset_of(charset) or "ascii"
        whole = _base64(b"".join(coded))
        if strict(each, name) is None and strict(whole, name) is not None:
            return decode(whole, charset)
    return decode(each, charset)


def _base64(data: bytes) -> bytes:
    coded = _NO_BASE64.sub(b"", data)
    while coded:
        try:
            return base64.b64decode(coded + b"=" * (-len(coded) % 4))
        except binascii.Error:
            coded = coded[:-1]  # one stray character at the end
    return b""


def addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """All mailboxes of these header values, each once.

    Those without an @ are left out, unless no other is there.
    """
    given = tuple(value for value in values if value)
    if sum(map(len, given)) > _LONG:
        return _addresses(given)
    return _addresses_seen(given)


@lru_cache(maxsize=4096)
def _addresses_seen(given: tuple[str, ...]) -> tuple[Address, ...]:
    # the same few people write most of a mailbox
    return _addresses(given)


def _addresses(given: tuple[str, ...]) -> tuple[Address, ...]:
    by_address: dict[str, Address] = {}
    bare: list[Address] = []
    for value in given:
        for name, address in _mailboxes(" ".join(value.split())):
            mailbox = Address(header_text(name).strip("'\" "), _plain_address(address))
            if "@" in mailbox.address:
                by_address.setdefault(mailbox.address, mailbox)
            elif mailbox.name or mailbox.address:
                bare.append(mailbox)
    return tuple(by_address.values()) or tuple(bare)


def _mailboxes(value: str) -> list[tuple[str, str]]:
    """Names and addresses as they stand, names still encoded."""
    alone = _ALONE.fullmatch(value) if len(value) < _LONG else None
    if alone:
        # the name may hold what should have been quoted: Xu, Jing or jing@home
        return [(alone[1] or alone[2] or "", alone[3])]
    try:
        parsed = getaddresses([value], **_LENIENT)
    except RecursionError:
        # brackets within brackets without end
        return [("", address) for address in _ADDRESS.findall(value)]
    mailboxes: list[tuple[str, str]] = []
    before = ""
    for name, address in parsed:
        if "=?" in address and "@" not in address:
            # name and address within one encoded word
            mailboxes += getaddresses([header_text(address)], **_LENIENT)
        elif "@" not in address and not name and "," in value:
            before = address
            continue
        else:
            # Xu, Jing <jing@pine.example> without its quotes
            mailboxes.append((f"{before}, {name}" if before and name else name, address))
        before = ""
    return mailboxes or ([("", before)] if before else [])


def _plain_address(address: str) -> str:
    text = address if address.isascii() else header_text(address)
    return clean(text).strip("'\"<> \t").removeprefix("mailto:").lower()


def message_id(raw: str | None) -> str | None:
    """The first <…> token without white space, else the stripped value; None where empty."""
    if not raw:
        return None
    hit = _ANGLE.search(raw)
    token = "".join((hit[1] if hit else raw).split())
    return clean(token) or None


def reference_ids(in_reply_to: str | None, references: str | None) -> tuple[str, ...]:
    """Parents of a message: the tokens of In-Reply-To, then those of References.

    An In-Reply-To without <> is a token when it looks like an id.
    """
    tokens = _ids(in_reply_to)
    bare = (in_reply_to or "").split()
    if not tokens and len(bare) == 1 and "@" in bare[0]:
        tokens = bare
    tokens += _ids(references)
    return tuple(clean(token) for token in dict.fromkeys(tokens) if token)


def _ids(raw: str | None) -> list[str]:
    return ["".join(token.split()) for token in _ANGLE.findall(raw)] if raw else []


def thread_index_keys(raw: str | None) -> tuple[str, ...]:
    """Exchange's Thread-Index as ids from the root to the message itself: 22 bytes, then 5 each."""
    if not raw:
        return ()
    data = _base64(raw.encode("ascii", "ignore"))[:_DEEPEST]
    if len(data) < THREAD_INDEX_ROOT:
        return ()
    lengths = range(THREAD_INDEX_ROOT, len(data) + 1, _THREAD_INDEX_STEP)
    return tuple(f"ti:{data[:length].hex()}" for length in lengths)


USUAL_DATE: Final = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?([1-9]|[012]\d|3[01]) "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (19[7-9]\d|20\d\d)"
    r" ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) ([+-])([01]\d)([0-5]\d)(?: \([A-Z]+\))?"
)
MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1
    )
}


@lru_cache(maxsize=4096)
def _midnight(year: int, month: int, day: int) -> int:
    return calendar.timegm((year, month, day, 0, 0, 0, 0, 1, 0))


def _usual_time(hit: re.Match[str]) -> tuple[datetime | None, int | None]:
    """The moment of a date in the form that nearly all mail has, without its long way round."""
    day, month, year, hour, minute, second, sign, hours, minutes = hit.groups()
    offset = (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)
    seconds = _midnight(int(year), MONTHS[month], int(day)) + int(second)
    seconds += (int(hour) * 60 + int(minute) - offset) * 60
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment, None if sign == "-" and not offset else offset


def sent_time(raw: str | None) -> tuple[datetime | None, int | None]:
    """The moment in UTC and the offset in minutes; no zone and "-0000" are UTC without offset."""
    text = " ".join(raw[:_LONG].split()) if raw else ""
    if usual := USUAL_DATE.fullmatch(text):
        return _usual_time(usual)
    parsed = parsedate_tz(text) if text else None
    if parsed is None:
        return None, None
    offset = parsed[9] if "-0000" not in text and _ZONE.search(text) else None
    try:
        seconds = calendar.timegm((*parsed[:6], 0, 1, 0)) - (parsed[9] or 0)
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return None, None
    if not 1 <= moment.year <= 9998:
        return None, None
    return moment, None if offset is None else round(offset / 60)
