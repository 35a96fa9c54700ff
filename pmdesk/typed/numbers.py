"""Typed numbers: 1,234.5, １２, 50%, 3.5万, and the Chinese and English words for small ones."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

_CHINESE: Final = "零一二三四五六七八九"
_ENGLISH: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_TIMES: Final = {"k": 1_000, "千": 1_000, "万": 10_000, "萬": 10_000, "m": 1_000_000, "亿": 10**8}
_SIGNS: Final = re.compile(r"^(?:[¥￥$€£]|CNY|RMB|USD|EUR|GBP)\s*|\s*(?:元|%|％)$", re.IGNORECASE)
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．，－＋", "0123456789.,-+")
# 1,234,567 and 12,3456 (people group by four as well); "1,5" is left to the one who typed it
_GROUPED: Final = re.compile(r"[+-]?\d{1,4}(?:,\d{3,4})*(?:\.\d+)?|[+-]?\d+(?:\.\d+)?|[+-]?\.\d+")

NUMBER: Final = r"(?:\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"


def whole(text: str) -> int:
    """A small whole number in digits or words (12, 十二, 两, two); raises ValueError."""
    plain = text.strip().lower().translate(_FULL_WIDTH)
    if plain in _ENGLISH:
        return _ENGLISH[plain]
    plain = plain.replace("两", "二")
    if "十" in plain:
        tens, _, ones = plain.partition("十")
        return 10 * (_CHINESE.index(tens) if tens else 1) + (_CHINESE.index(ones) if ones else 0)
    if len(plain) == 1 and plain in _CHINESE:
        return _CHINESE.index(plain)
    return int(plain)


def number(text: str) -> Decimal:
    """A number as typed, exactly; raises ValueError for what is none or could be two.

    Signs of money and a per cent sign are let go, 万 and 亿, k and m are multiplied out. A comma
    stands between groups only: "1,5" is refused, since half the world means one and a half.
    """
    plain = _SIGNS.sub("", text.strip().translate(_FULL_WIDTH)).replace("，", ",").strip()
    times = _TIMES.get(plain[-1:].lower(), 1)
    if times != 1:
        plain = plain[:-1].strip()
    if not _GROUPED.fullmatch(plain):
        raise ValueError(text)
    try:
        return Decimal(plain.replace(",", "")) * times
    except InvalidOperation as error:
        raise ValueError(text) from error


def integer(text: str) -> int:
    """A number without a fraction; raises ValueError."""
    value = number(text)
    if value != value.to_integral_value():
        raise ValueError(text)
    return int(value)


def minor(text: str) -> int:
    """An amount of money in hundredths, halves rounded away from nothing; raises ValueError."""
    return int((number(text) * 100).to_integral_value(rounding="ROUND_HALF_UP"))
