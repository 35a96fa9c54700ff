"""How well what is typed fits a name: as it is written, by pinyin, by initials."""

import re
from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache
from itertools import islice, product
from typing import Final, NamedTuple

from pmdesk.typed.fold import normal
from pmdesk.typed.readings import is_read, reading, readings, typed_as
from pmdesk.typed.simplified import simplified

_KEPT: Final = 1 << 16  # names whose spelling is kept
_UNITS: Final = 40  # characters and words of a name that can be spelled
_UNIT: Final = re.compile(r"[^\W\d_\u3400-\u9fff]+|\d+|[\u3400-\u9fff]")
_SPELLED: Final = re.compile(r"[a-z]")
_BORDER: Final = re.compile("[ _]")  # of two units in a spelling
_APART: Final = re.compile(r"['’\s]+")
_UNCLEAR: Final = 8  # characters with two readings of one initial: each doubles the ways to look
_MOST: Final = 8  # spellings of one name that are told


class Fit(IntEnum):
    """How well it fits; the better is the less."""

    WHOLE = 0
    START = 1
    WORD = 2  # a word of the name begins so
    INSIDE = 3
    PINYIN = 4
    PINYIN_INSIDE = 5
    INITIALS = 6  # at least one syllable only begun: qszz, qings
    INITIALS_INSIDE = 7


@lru_cache(maxsize=_KEPT)
def compared(text: str) -> str:
    """`text` as names are compared: simplified, half width, without case and accents."""
    return " ".join(simplified(normal(text)).split())


@lru_cache(maxsize=_KEPT)
def _spelling(plain: str) -> str:
    """What each character or word may be typed as, one after the other: " 重|chong|zhong 庆|qing_bi".

    What is typed may begin after " " and "|", so not with a later Latin word.
    """
    spelled: list[str] = []
    unclear = 0
    toned = [] if plain.isascii() else reading(plain)
    for unit in islice(_UNIT.finditer(plain), _UNITS):
        here = toned[unit.start()] if toned else ""
        if not here:
            spelled.append(f"_{unit[0]}")
            continue
        every = typed_as([here])
        if unclear < _UNCLEAR:
            every = tuple(dict.fromkeys((*every, *readings(unit[0]))))
        unclear += len({one[0] for one in every}) < len(every)
        spelled.append(f" {unit[0]}|{'|'.join(every)}")
    return " " + "".join(spelled)[1:]


class _Asked(NamedTuple):
    """What was typed: as written, its words, and how it is looked for in a spelling.

    With `whole` every syllable is there in full, the last one begun by two letters at least; with
    `begun` each may be begun only. Both are None where no letters were typed.
    """

    plain: str
    words: tuple[str, ...]
    begun: re.Pattern[str] | None
    whole: re.Pattern[str] | None


@lru_cache(maxsize=64)
def _asked(typed: str) -> _Asked:
    plain = compared(typed)
    words, letters = tuple(plain.split()), _APART.sub("", plain)
    if len(letters) > _UNITS or not letters.isalnum() or not _SPELLED.search(letters):
        return _Asked(plain, words, None, None)
    first, rest = letters[0], letters[1:]
    begun = f"[ |]{first}" + "".join(f"(?:{c}|[^ _]*{_NEXT}{c})" for c in rest)
    full = [f"{c}|(?:\\|[^ _]*)?{_NEXT}{c}" for c in rest]
    if full:
        full[-1] = f"{rest[-1]}|(?:\\|[^ _]*)?{_NEXT}{rest[-1]}{_ENDS}"
    whole = f"[ |]{first}" + ("".join(f"(?:{one})" for one in full) or _ENDS)
    return _Asked(plain, words, re.compile(begun), re.compile(whole))


_NEXT: Final = r"[ _](?:[^ _|]*\|)*"  # the next syllable, up to where one of its readings begins
_ENDS: Final = r"(?![^ _|])"


def matches(name: str, typed: str) -> Fit | None:
    """How well `typed` fits `name`; None where it does not. Nothing typed fits every name.

    Of several words each must fit, in any order: the worst of them counts.
    """
    asked, plain = _asked(typed), compared(name)
    at = plain.find(asked.plain)
    if at >= 0:
        return _written(plain, asked.plain, at)
    if asked.begun and asked.whole:
        spelling = _spelling(plain)
        if hit := asked.begun.search(spelling):
            if whole := asked.whole.search(spelling):
                return Fit.PINYIN if _is_first(spelling, whole) else Fit.PINYIN_INSIDE
            return Fit.INITIALS if _is_first(spelling, hit) else Fit.INITIALS_INSIDE
    if len(asked.words) > 1:
        fits = [matches(name, word) for word in asked.words]
        known = [one for one in fits if one is not None]
        return max(known) if len(known) == len(fits) else None
    return None


def _written(plain: str, asked: str, at: int) -> Fit:
    if not at:
        return Fit.WHOLE if len(plain) == len(asked) and asked else Fit.START
    while at > 0:
        if not plain[at - 1].isalnum():
            return Fit.WORD
        at = plain.find(asked, at + 1)
    return Fit.INSIDE


def _is_first(spelling: str, hit: re.Match[str]) -> bool:
    """Whether it begins in the first character or word."""
    return not _BORDER.search(spelling, 1, hit.start() + 1)


def marked(name: str, typed: str) -> list[tuple[int, int]]:
    """The spans of `name` that `typed` fits, for `matches`; the whole of it where they are unclear."""
    spans = _spans(compared(name), typed)
    if spans and len(compared(name)) != len(name):
        return [(0, len(name))]
    return sorted(spans)


def _spans(plain: str, typed: str) -> list[tuple[int, int]]:
    asked = _asked(typed)
    at = plain.find(asked.plain)
    if at >= 0:
        return [(at, at + len(asked.plain))] if asked.plain else []
    if asked.begun and asked.whole:
        spelling = _spelling(plain)
        if hit := asked.whole.search(spelling) or asked.begun.search(spelling):
            units = list(islice(_UNIT.finditer(plain), _UNITS))
            first, last = (_units_up_to(spelling, place) for place in (hit.start() + 1, hit.end()))
            return [(units[first].start(), units[last].end())]
    return [span for word in asked.words for span in _spans(plain, word)] if asked.words[1:] else []


def _units_up_to(spelling: str, place: int) -> int:
    """The number of the unit in which a place of the spelling lies."""
    return len(_BORDER.findall(spelling, 1, place))


def first_letters(name: str, *, every: bool = False) -> set[str]:
    """The letters with which a Chinese name can be begun by pinyin, with `every` at any character."""
    plain = compared(name)
    if plain.isascii():
        return set()
    some = plain if every else plain[:2]  # the second tells how the first is read: 尉迟
    ways = [
        {toned[0], *(one[0] for one in readings(character))}
        for character, toned in zip(some, reading(some), strict=True)
        if toned
    ]
    return set().union(*(ways if every else ways[:1] if is_read(plain[0]) else ()))


@lru_cache(maxsize=1 << 12)
def initials(name: str) -> tuple[str, ...]:
    """What the first letters of a Chinese name spell, each way it is read; () for other names."""
    return _all_spelled(name, lambda reading: reading[0])


@lru_cache(maxsize=1 << 12)
def pinyin(name: str) -> tuple[str, ...]:
    """A Chinese name in letters (qingsongzhizao), each way it is read; () for other names."""
    return _all_spelled(name, str)


def _all_spelled(name: str, part: Callable[[str], str]) -> tuple[str, ...]:
    plain = compared(name)
    if not plain or not all(map(is_read, plain)):
        return ()
    ways: list[tuple[str, ...]] = []
    for character, toned in zip(plain, reading(plain), strict=True):
        every = (*typed_as([toned]), *readings(character))
        ways.append(tuple(dict.fromkeys(map(part, every))))
    spelled = ("".join(one) for one in product(*ways))
    return tuple(dict.fromkeys(islice(spelled, _MOST)))


SortKey = tuple[tuple[int, str, str], ...]


@lru_cache(maxsize=_KEPT)
def sort_key(name: str, tongue: str = "zh") -> SortKey:
    """By what names are put in order, Chinese ones by pinyin.

    In Chinese, and in lists that do not know who reads them, they come after those in Latin
    letters; else among them as they are spelled.
    """
    plain = compared(name)
    if plain.isascii():
        return ((0, plain, ""),)
    chinese = 1 if tongue.startswith("zh") else 0
    key: list[tuple[int, str, str]] = []
    rest = ""
    for character, toned in zip(plain, reading(plain), strict=True):
        if toned:
            if rest:
                key.append((0, rest, ""))
                rest = ""
            key.append((chinese, toned, character))
        else:
            rest += character
    return (*key, (0, rest, ""))


def forget_names() -> None:
    """Keep no name any more: the journal that held them is closed."""
    for kept in (compared, _spelling, _asked, initials, pinyin, sort_key):
        kept.cache_clear()
