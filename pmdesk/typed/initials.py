"""Initials of Chinese names as people type them: qszz for 青松制造."""

from bisect import bisect_right
from itertools import product
from typing import Final

# GB2312 orders its first 3,755 characters by their reading: the first one of each letter.
_FIRSTS: Final = [c.encode("gb2312") for c in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"]
_LETTERS: Final = "abcdefghjklmnopqrstwxyz"
_LAST: Final = "座".encode("gb2312")
# Characters that names read otherwise than their place in that order says.
_OTHERWISE: Final = {"重": "c", "长": "z", "单": "s", "曾": "z", "解": "x", "行": "h", "乐": "y",
                     "仇": "q", "尉": "y", "厦": "x"}  # fmt: skip
_MOST: Final = 8  # readings of one name


def initials(name: str) -> tuple[str, ...]:
    """What the first letters of the characters spell, each way they are read; () where unknown."""
    letters: list[str] = []
    for character in name:
        try:
            code = character.encode("gb2312")
        except UnicodeEncodeError:
            return ()
        if not _FIRSTS[0] <= code <= _LAST:
            return ()
        usual = _LETTERS[bisect_right(_FIRSTS, code) - 1]
        letters.append(usual + _OTHERWISE.get(character, ""))
    spelled = ("".join(one) for one in product(*letters))
    return tuple(one for one, _ in zip(spelled, range(_MOST), strict=False))
