"""Bytes into text, whatever their label says."""

import codecs
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

# What a label means in practice: the larger charset that is written under its name.
_MEANT: Final = {
    "chinese": "gb18030",
    "iso-ir-58": "gb18030",
    "big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7",
}
# gb2312, x-gbk, cn-gb, euc-cn, gb_2312-80, cp936, windows-936: gbk or gb18030 is what is sent.
_GB: Final = re.compile(r"(?:x-|cs)?(?:gb|cn-?gb|euc-?cn|(?:cp|ms|windows-?)936).*")
_NOTHING: Final = frozenset(("us-ascii", "ascii", "unknown-8bit", "x-unknown", "default", "8bit"))
# Python takes these for charsets; mail does not, and decoding some takes its time.
_REFUSED: Final = frozenset(("punycode", "idna", "unicode-escape", "raw-unicode-escape"))
# Charsets that write other characters with ASCII bytes.
_ESCAPED: Final = re.compile(r"iso-?2022|hz|utf-?7|utf-?16|utf-?32")
_WIDE: Final = re.compile(r"utf-?(?:16|32)")
_SINGLE_BYTE: Final = re.compile(r"(?:cp|windows-?)125\d|iso-?8859|koi8")
_LABEL: Final = re.compile(r"[a-z0-9][a-z0-9._:+-]*")
_HIGH_PAIR: Final = re.compile(rb"[\x80-\xff]{2}")
_GB_PAIR: Final = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_COMMON_GB_PAIR: Final = re.compile(rb"[\xa1-\xa9\xb0-\xd7][\xa1-\xfe]")
_JAPANESE: Final = b"\x1b$"
_SAMPLE: Final = 20_000
_FEW: Final = 0.03
_ENOUGH: Final = 5


def decode(data: bytes, label: str | None = None) -> str:
    """`data` as text: by its label, else strict UTF-8, else gb18030, else the likeliest charset.

    Never fails; what no charset explains becomes replacement characters.
    """
    charset = charset_of(label)
    if data.isascii():
        return _seven_bits(data, charset)
    under_other_name = strict(data, "utf-8") if _lies_easily(charset) else None
    if under_other_name is not None and (charset != "gb18030" or _spells(under_other_name)):
        return under_other_name
    for name in (charset, "utf-8"):
        if name and (text := strict(data, name)) is not None:
            return text
    damaged = _little_damaged(data, [name for name in (charset, "utf-8") if name])
    if damaged is not None:
        return damaged
    if _may_be_gb(data) and (text := strict(data, "gb18030")) is not None:
        return text
    return _likeliest(data)


@lru_cache(maxsize=256)
def charset_of(label: str | None) -> str | None:
    """The codec for a label as mail writes it; None where it names none."""
    hit = _LABEL.search((label or "").lower().replace("charset=", ""))
    if hit is None or hit[0] in _NOTHING:
        return None
    name = "gb18030" if _GB.fullmatch(hit[0]) else _MEANT.get(hit[0], hit[0])
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if codec in _REFUSED else name


def strict(data: bytes, charset: str) -> str | None:
    """The text of `data` where it is wholly in `charset`, else None."""
    try:
        return data.decode(charset)
    except (UnicodeError, LookupError):
        # LookupError: a codec that is no charset, such as zlib or base64
        return None


def _seven_bits(data: bytes, charset: str | None) -> str:
    if charset and _ESCAPED.match(charset) and (b"\0" in data or not _WIDE.match(charset)):
        text = strict(data, charset)
    else:
        text = strict(data, "iso2022_jp") if _JAPANESE in data else None
    return data.decode("ascii") if text is None else text


def _lies_easily(charset: str | None) -> bool:
    """Whether UTF-8 is often sent under this name, which would read it without complaint."""
    return charset is not None and (charset == "gb18030" or bool(_SINGLE_BYTE.match(charset)))


def _spells(text: str) -> bool:
    """Whether UTF-8 has characters of three bytes: two bytes of GB may be UTF-8 by chance."""
    return any(character >= "\u0800" for character in text)


def _may_be_gb(data: bytes) -> bool:
    """Whether unlabelled bytes look like Chinese rather than like a Western or Russian text.

    gb18030 would read Müller as M黮ler: there a letter of ASCII follows each high byte. In
    Chinese most pairs are of the 3,755 commonest characters or of the punctuation.
    """
    pairs = _GB_PAIR.findall(data[:_SAMPLE])
    if sum(pair[1] < 0x80 for pair in pairs) * 2 > len(pairs):
        return False
    common = sum(bool(_COMMON_GB_PAIR.fullmatch(pair)) for pair in pairs)
    return len(pairs) < 4 or common / len(pairs) > 0.4


def _little_damaged(data: bytes, charsets: Iterable[str]) -> str | None:
    """The reading with the fewest broken characters, if those are few."""
    readings: list[tuple[int, int, str]] = []
    for name in charsets:
        try:
            text = data.decode(name, "replace")
        except (UnicodeError, LookupError):
            continue
        foreign = sum(not character.isascii() for character in text)
        broken = text.count("\ufffd")
        if broken <= _FEW * foreign or (broken == 1 and foreign > _ENOUGH):
            readings.append((broken, len(readings), text))
    return min(readings)[2] if readings else None


def _likeliest(data: bytes) -> str:
    """The text of bytes that nothing explains."""
    if not _HIGH_PAIR.search(data):
        # single accented letters, too little to guess from
        return data.decode("cp1252", "replace")
    from charset_normalizer import from_bytes  # slow to load, rarely needed

    best = from_bytes(data[:_SAMPLE]).best()
    return data.decode(best.encoding if best else "latin-1", "replace")


def clean(text: str) -> str:
    """Text without what SQLite or a screen cannot hold: lone surrogates, NUL, carriage returns."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = text.encode("utf-8", "replace").decode("utf-8")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x00", "") if "\x00" in text else text
