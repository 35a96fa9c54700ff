"""Bytes into text, whatever their label says."""

from typing import Final

# What the label means in practice: gb2312 is written where gbk or gb18030 is sent.
_MEANT: Final = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "chinese": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "iso-8859-1": "cp1252",
    "unicode-1-1-utf-7": "utf-7",
    "utf8": "utf-8",
}
# Charsets that write other characters with ASCII bytes.
_ESCAPED: Final = ("iso-2022", "hz", "utf-7", "utf-16", "utf-32", "utf16", "unicode-1-1-utf-7")
_SAMPLE: Final = 20_000


def decode(data: bytes, label: str | None = None) -> str:
    """`data` as text: by its label, else strict UTF-8, else gb18030, else the likeliest charset.

    Never fails; what no charset explains becomes replacement characters.
    """
    if data.isascii() and not (label or "").lower().startswith(_ESCAPED):
        return data.decode("ascii")
    known = _known(label)
    if known == "gb18030" and (text := _as_utf8(data)) is not None:
        return text
    for name in (known, "utf-8", "gb18030"):
        if name:
            try:
                return data.decode(name)
            except (UnicodeError, LookupError):
                continue
    from charset_normalizer import from_bytes  # slow to load, rarely needed

    best = from_bytes(data[:_SAMPLE]).best()
    return data.decode(best.encoding if best else "latin-1", "replace")


def _as_utf8(data: bytes) -> str | None:
    """The text of UTF-8 that is labelled GB, as much Chinese mail is; None for real GB.

    Two bytes of GB may be valid UTF-8 by chance, but not such as would spell a Chinese character.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if any(character >= "\u0800" for character in text) else None


def _known(label: str | None) -> str | None:
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    name = _MEANT.get(name, name)
    return None if name in ("us-ascii", "ascii", "unknown-8bit", "x-unknown", "default") else name


def clean(text: str) -> str:
    """Text without what SQLite or a screen cannot hold: lone surrogates, NUL, carriage returns."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
