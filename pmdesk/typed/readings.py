"""How Chinese characters are read, alone and in a name; the tables are in resources/chinese."""

from functools import lru_cache
from typing import Final, NamedTuple

from pmdesk.places import data_dir

_LONGEST: Final = 4  # characters of a phrase
_LONGEST_SYLLABLE: Final = 6


class _Tables(NamedTuple):
    """Readings as qing1 (ü is v): of characters, of surnames, of phrases."""

    usual: dict[str, str]
    others: dict[str, list[str]]
    surnames: dict[str, str]
    phrases: dict[str, list[str]]
    heads: frozenset[str]  # what phrases begin with, two characters


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    text = (data_dir("resources") / "chinese" / "readings.txt").read_text("utf-8")
    usual, others, surnames, phrases = (
        [line.split(" ", 1) for line in part.splitlines()] for part in text.split("\n\n")
    )
    seldom: dict[str, list[str]] = {}
    for reading, characters in others:
        for character in characters:
            seldom.setdefault(character, []).append(reading)
    known = {phrase: readings.split() for phrase, readings in phrases}
    return _Tables(
        {character: reading for reading, characters in usual for character in characters},
        seldom,
        dict(surnames),
        known,
        frozenset(phrase[:2] for phrase in known),
    )


def is_read(character: str) -> bool:
    """Whether the character is a Chinese one of which a reading is known."""
    return character > "\u3400" and character in _tables().usual


def reading(name: str) -> list[str]:
    """How each character of `name` is read there, with its tone (chong2 qing4); "" for others.

    What the name begins with is read as a surname, unless it is a word of its own.
    """
    tables = _tables()
    found: list[str] = []
    while len(found) < len(name):
        at = len(found)
        phrase = _phrase_at(name, at, tables) if name[at : at + 2] in tables.heads else None
        if phrase:
            found += tables.phrases[phrase]
        else:
            one = tables.usual.get(name[at], "")
            found.append(one if at else tables.surnames.get(name[0], one))
    return found


def _phrase_at(name: str, at: int, tables: _Tables) -> str | None:
    parts = (name[at : at + length] for length in range(_LONGEST, 1, -1))
    return next((part for part in parts if part in tables.phrases), None)


@lru_cache(maxsize=1 << 13)
def readings(character: str) -> tuple[str, ...]:
    """Every way in which the character is read, without tones; the usual one first.

    ü may be typed as v or as u.
    """
    usual, others, surnames, *_ = _tables()
    if character not in usual:
        return ()
    toned = [usual[character], *others.get(character, ())]
    if character in surnames:
        toned.append(surnames[character])
    return typed_as(toned)


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    usual, others, *_ = _tables()
    toned = {*usual.values(), *(one for every in others.values() for one in every)}
    return frozenset(typed_as(list(toned)))


@lru_cache(maxsize=1 << 10)
def is_pinyin(letters: str) -> bool:
    """Whether the letters are whole syllables, one after the other."""
    reached = {0}
    for start in range(len(letters)):
        if start in reached:
            ends = range(start + 1, start + _LONGEST_SYLLABLE + 1)
            reached |= {end for end in ends if letters[start:end] in _syllables()}
    return len(letters) in reached


def typed_as(toned: list[str]) -> tuple[str, ...]:
    """Readings with tones as they are typed."""
    plain = [one[:-1] for one in toned]
    plain += [one.replace("v", "u") for one in plain if "v" in one]
    return tuple(dict.fromkeys(plain))
