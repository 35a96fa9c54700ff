"""The people of a .vcf file: vCard 2.1, 3 (RFC 2426) and 4 (RFC 6350), each card by itself.

Bytes are taken apart before they are decoded: in a card of 2.1 each line may name its own charset.
"""

import binascii
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pmdesk.exchange.blocks import Check, byte_blocks, unwatched
from pmdesk.exchange.cards.people import addresses_in, birthday_in, full_name, line, phones_in
from pmdesk.exchange.cards.values import Broken, Card, Why
from pmdesk.exchange.cards.written import LUNAR
from pmdesk.exchange.mail.charsets import clean, decode

_MOST_CARDS: Final = 50_000
_MOST_LINE: Final = 20_000
_NAMED: Final = re.compile(
    rb"^[ \t]*(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)((?:;[^:\"]*|\"[^\"]*\")*):"
)
_BEGIN: Final = re.compile(rb"[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*", re.IGNORECASE)
_END: Final = re.compile(rb"[ \t]*END[ \t]*:[ \t]*VCARD[ \t]*", re.IGNORECASE)
_QUOTED: Final = re.compile(rb"QUOTED-PRINTABLE", re.IGNORECASE)
_BASE64: Final = re.compile(rb"(?:ENCODING=|;)(?:B|BASE64)\b", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"CHARSET=\"?([A-Za-z0-9._-]+)", re.IGNORECASE)
_WANTED: Final = frozenset((
    "N", "FN", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "UID", "NICKNAME", "BDAY", "IMPP", "X-WECHAT", LUNAR,
))  # fmt: skip
_WECHAT: Final = re.compile(r"(?:wechat|weixin):(?://)?", re.IGNORECASE)
_LINE: Final = re.compile(rb"\r\n|\n|\r")
_ESCAPE: Final = re.compile(r"\\([\\,;:nN])")


def looks_like_vcf(head: bytes) -> bool:
    """Whether bytes begin as cards do."""
    start = _in_bytes(head)[:400].lstrip(b"\xef\xbb\xbf\r\n \t")
    return bool(_BEGIN.match(start))


class _Line(NamedTuple):
    """A property: its name and its value, in parts where semicolons part it."""

    name: str
    parts: tuple[str, ...]

    @property
    def whole(self) -> str:
        """The value as one text."""
        return line(" ".join(self.parts))


def read_vcf(data: bytes, check: Check = unwatched) -> Iterator[Card | Broken]:
    """Every card, or why it cannot be read; `check` is told how far it is and may raise to stop."""
    for number, lines in enumerate(_cards(_in_bytes(data), check), start=1):
        if number > _MOST_CARDS:
            yield Broken(str(number), Why.TOO_MANY)
            return
        if lines is None:
            yield Broken(str(number), Why.DAMAGED)
            continue
        card = _card([read for text in lines if (read := _property(text)) is not None])
        yield card if card.name else Broken(str(number), Why.NOBODY)


def _in_bytes(data: bytes) -> bytes:
    """UTF-16 as UTF-8: all other charsets of cards keep the signs of the form as they are."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace").encode()
    return data


def _cards(data: bytes, check: Check) -> Iterator[list[bytes] | None]:
    """The unfolded lines of each card, None of one that does not end."""
    inside: list[bytes] | None = None
    depth = 0
    for text in _unfolded(data.removeprefix(b"\xef\xbb\xbf"), check):
        if _BEGIN.fullmatch(text):
            if inside is not None and depth == 1 and not _holds_a_card(inside):
                yield None
                inside, depth = [], 1
                continue
            depth = 1 if inside is None else depth + 1  # AGENT holds a card of its own
            inside = [] if inside is None else inside
        elif _END.fullmatch(text) and inside is not None:
            depth -= 1
            if depth == 0:
                yield inside
                inside = None
        elif inside is not None and depth == 1:
            inside.append(text)
    if inside is not None:
        yield None


def _holds_a_card(lines: list[bytes]) -> bool:
    named = _NAMED.match(lines[-1]) if lines else None
    return named is not None and named[1].upper() == b"AGENT"


def _unfolded(data: bytes, check: Check) -> Iterator[bytes]:
    """Lines without their folds and, of quoted-printable, without soft breaks."""
    held: bytes | None = None
    soft = False
    lines = (each for block in byte_blocks(data, check) for each in _LINE.split(block))
    for text in lines:
        if held is not None and soft:
            held = held[:-1] + text.lstrip(b" \t")
        elif held is not None and text[:1] in {b" ", b"\t"} and not _BEGIN.fullmatch(text) and not _END.fullmatch(text):  # fmt: skip
            held += text[1:]
        else:
            if held is not None:
                yield held
            held = text
        head = held.partition(b":")[0]
        soft = held.endswith(b"=") and bool(_QUOTED.search(head)) and not _END.fullmatch(text)
        if len(held) > _MOST_LINE:  # a picture: nothing of it is wanted
            held, soft = held[:200], False
    if held is not None:
        yield held


def _property(text: bytes) -> _Line | None:
    named = _NAMED.match(text)
    if named is None or (name := named[1].decode("ascii").upper()) not in _WANTED:
        return None
    value, labels = text[named.end() :], named[2]
    if _QUOTED.search(labels):
        # what is coded is no separator: parted first
        parts = [binascii.a2b_qp(part) for part in re.split(rb"(?<!\\);", value)]
    elif _BASE64.search(labels):
        try:
            parts = re.split(rb"(?<!\\);", binascii.a2b_base64(value))
        except binascii.Error:
            return None
    else:
        parts = [value]
    charset = _CHARSET.search(labels)
    label = charset[1].decode("ascii") if charset else None
    texts = [clean(decode(part, label)) for part in parts]
    if not _QUOTED.search(labels):
        texts = [piece for whole in texts for piece in _parted(whole)]
    return _Line(name, tuple(line(_ESCAPE.sub(_plain, piece)) for piece in texts))


def _parted(text: str) -> list[str]:
    """A value at its semicolons; those behind a backslash belong to it."""
    return re.split(r"(?<!\\);", text)


def _plain(hit: re.Match[str]) -> str:
    return " " if hit[1] in "nN" else hit[1]


def _card(lines: list[_Line]) -> Card:
    def all_of(name: str) -> list[_Line]:
        return [one for one in lines if one.name == name]

    def first(*names: str) -> str:
        return next((one.whole for name in names for one in all_of(name) if one.whole), "")

    name = first("FN")
    organisation = next((one.parts[0] for one in all_of("ORG") if one.parts[0]), "")
    units = next((one.parts[1:] for one in all_of("ORG") if any(one.parts[1:])), ())
    written = all_of("N")
    beside = written[0].parts[3:5] if written else ()
    birthday, lunar = birthday_in(first("BDAY"))
    if by_moon := first(LUNAR):
        birthday, lunar = birthday_in(f"农历{by_moon}")
    chats = (one.whole for one in all_of("IMPP") if _WECHAT.match(one.whole))
    addresses = addresses_in(one.whole for one in all_of("EMAIL"))
    if not name and written:
        family, given, middle, *_ = (*written[0].parts, "", "", "")
        name = full_name(family, given, middle)
    return Card(
        name=name or first("NICKNAME") or next(iter(addresses), ""),
        organisation=organisation,
        role=first("TITLE", "ROLE"),
        addresses=addresses,
        phones=phones_in(one.whole for one in all_of("TEL")),
        uid=first("UID"),
        honorific=next(filter(None, beside), ""),
        department=line(" ".join(units)),
        wechat=first("X-WECHAT") or _WECHAT.sub("", next(chats, "")),
        birthday=birthday,
        birthday_lunar=lunar,
    )
