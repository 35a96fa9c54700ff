"""The text of a body that Outlook kept as compressed RTF.

Sources: MS-OXRTFCP (compression), MS-OXRTFEX (HTML within RTF), RTF 1.9.1.
"""

import re
from typing import Final

from pmdesk.exchange.mail.charsets import decode
from pmdesk.exchange.mail.html_text import html_text

_LONGEST: Final = 32_000_000
_WINDOW: Final = 4_096
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
# What every window begins with (MS-OXRTFCP 2.2.2.1).
_FIRST: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def unpacked_rtf(packed: bytes) -> bytes:
    """The RTF as it was before Outlook compressed it, as far as it goes; empty where it is none."""
    form, size = packed[8:12], int.from_bytes(packed[4:8], "little")
    if form == _PLAIN:
        return packed[16 : 16 + size]
    if form != _COMPRESSED:
        return b""
    size = min(size, _LONGEST)
    # the window is what was written last, with its beginning before the first byte
    written = bytearray(_FIRST)
    wanted = len(_FIRST) + size
    place = 16
    while place < len(packed) and len(written) < wanted:
        control = packed[place]
        place += 1
        for bit in range(8):
            if not control >> bit & 1:
                written += packed[place : place + 1]
                place += 1
                continue
            pair = int.from_bytes(packed[place : place + 2], "big")
            place += 2
            offset, length = pair >> 4, (pair & 0xF) + 2
            back = (len(written) - offset) % _WINDOW
            if back == 0 or back > len(written):
                return bytes(written[len(_FIRST) : wanted])
            for _ in range(length):
                written.append(written[-back])
    return bytes(written[len(_FIRST) : wanted])


_TOKEN: Final = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)"
)
_LEFT_OUT: Final = frozenset(
    (
        b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"generator", b"listtable", b"filetbl",
        b"listoverridetable", b"rsidtbl", b"themedata", b"datastore", b"mhtmltag", b"header", b"footer",
        b"fldinst", b"xmlnstbl", b"latentstyles", b"pntext", b"bkmkstart", b"bkmkend",
    )
)  # fmt: skip
_SPELT: Final = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t",
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•",
}  # fmt: skip
_SIGNS: Final = {b"~": "\u00a0", b"_": "-", b"\n": "\n", b"\r": "\n"}
# Source: RTF 1.9.1, \fcharset.
_CHARSETS: Final = {
    128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


def rtf_text(rtf: bytes) -> str:
    """What a reader would see of it; of RTF that was made from HTML, the text of that HTML."""
    reading = _Reading(from_html=b"\\fromhtml1" in rtf[:1_000])
    for token in _TOKEN.finditer(rtf):
        reading.take(token)
    text = reading.text()
    return html_text(text) if reading.from_html else text


class _Group:
    """What holds until the group ends."""

    __slots__ = ("charset", "fonts", "html", "skips", "unicode_skip")

    def __init__(self, above: "_Group | None" = None) -> None:
        self.skips: bool = above.skips if above else False
        self.html: bool = above.html if above else False  # within a tag of the HTML
        self.fonts: bool = above.fonts if above else False
        self.charset: str = above.charset if above else "cp1252"
        self.unicode_skip: int = above.unicode_skip if above else 1


class _Reading:
    """RTF under way."""

    def __init__(self, *, from_html: bool) -> None:
        self.from_html = from_html
        self.groups = [_Group()]
        self.pieces: list[str] = []
        self.narrow = bytearray()  # not yet decoded, with its charset
        self.narrow_charset = ""
        self.left = 0  # characters that stand for one given in Unicode
        self.star = False
        self.hidden = False  # RTF that only repeats what the HTML says
        self.ansi = "cp1252"
        self.font_charsets: dict[int, str] = {}
        self.font = 0

    def text(self) -> str:
        self._settle()
        # a character beyond the first plane comes as two
        joined = "".join(self.pieces)
        return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def take(self, token: re.Match[bytes]) -> None:
        coded, word, number, sign, brace, plain = token.groups()
        group = self.groups[-1]
        if brace == b"{":
            self.groups.append(_Group(group))
        elif brace is not None:
            if len(self.groups) > 1:
                self.groups.pop()
        elif word is not None:
            self._word(word, int(number) if number else None)
        elif coded is not None:
            self._narrow(bytes((int(coded, 16),)))
        elif plain is not None:
            self._narrow(plain)
        elif sign == b"*":
            self.star = True
            return
        elif sign in _SIGNS:
            self._write(_SIGNS[sign])
        elif sign is not None:
            self._narrow(sign)
        self.star = False

    def _word(self, word: bytes, number: int | None) -> None:
        group = self.groups[-1]
        if word == b"htmltag":
            group.html = True
        elif word == b"htmlrtf":
            self.hidden = number != 0
        elif word == b"fonttbl":
            group.fonts = True
        elif word in _LEFT_OUT or self.star:
            group.skips = True
        elif word == b"ansicpg" and number:
            self.ansi = {936: "gb18030", 65001: "utf-8"}.get(number, f"cp{number}")
            self.groups[0].charset = group.charset = self.ansi
        elif word == b"fcharset" and group.fonts:
            self.font_charsets[self.font] = _CHARSETS.get(number or 0, "")
        elif word == b"f":
            self.font = number or 0
            group.charset = self.font_charsets.get(self.font) or self.ansi
        elif word == b"uc":
            group.unicode_skip = number or 0
        elif word == b"u" and number is not None:
            self._write(chr(number & 0xFFFF))
            self.left = group.unicode_skip
        elif word in _SPELT:
            self._write(_SPELT[word])

    def _shown(self) -> bool:
        group = self.groups[-1]
        if group.skips or group.fonts:
            return False
        return not (self.from_html and self.hidden and not group.html)

    def _narrow(self, data: bytes) -> None:
        left = min(self.left, len(data))
        self.left -= left
        if not self._shown() or left == len(data):
            return
        charset = self.groups[-1].charset
        if charset != self.narrow_charset:
            self._settle()
            self.narrow_charset = charset
        self.narrow += data[left:]

    def _write(self, text: str) -> None:
        self.left = 0
        if self._shown():
            self._settle()
            self.pieces.append(text)

    def _settle(self) -> None:
        if self.narrow:
            self.pieces.append(decode(bytes(self.narrow), self.narrow_charset))
            self.narrow.clear()
