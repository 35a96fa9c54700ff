"""Marks at what a query found, in the original text."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pmdesk.journal.bigrams import CJK, RUN, numbers_either_way
from pmdesk.typed.fold import normal
from pmdesk.typed.simplified import forms

# What Unicode may join with the character before it: vowels of Hangul, half-width voice marks.
_JOINING: Final = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\uff9e-\uffdc]")

Sought = tuple[re.Pattern[str], ...]


@lru_cache(maxsize=64)
def sought(query: str) -> Sought:
    """How each chunk of a query is looked for in a text that is folded."""
    return tuple(
        re.compile(_pattern(parts))
        for chunk in normal(query).split()
        for parts in numbers_either_way(chunk)
        if parts
    )


def marks(text: str, query: str | Sought) -> list[tuple[int, int]]:
    """Spans of the original `text` that `query` found, in order and without overlap."""
    folded, places = _folded(text)
    spans: list[tuple[int, int]] = []
    for pattern in sought(query) if isinstance(query, str) else query:
        for hit in pattern.finditer(folded):
            end = max(places[hit.end()], places[hit.end() - 1] + 1)
            spans.append((places[hit.start()], end))
    spans.sort()
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def excerpt(text: str, query: str | Sought, width: int = 120) -> tuple[str, list[tuple[int, int]]]:
    """A piece of `text` of about `width` characters around the first mark, and its marks."""
    flat = " ".join(text.split())
    spans = marks(flat, query)
    start = max(0, spans[0][0] - width // 3) if spans else 0
    end = min(len(flat), start + width)
    before, after = ("…" if start else ""), ("…" if end < len(flat) else "")
    shift = len(before) - start
    inside = [(a + shift, min(b, end) + shift) for a, b in spans if start <= a < end]
    return before + flat[start:end] + after, inside


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text as compared, and for each of its characters where it came from."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    table = {ord(character): _alone(character) for character in set(text)}
    if None not in table.values():
        return text.translate(table), range(len(text) + 1)
    characters: list[str] = []
    places: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not _joins(text[end]):
            compared = normal(text[start:end])
            characters.append(compared)
            places.extend([start] * len(compared))
            start = end
    return "".join(characters), [*places, len(text)]


@lru_cache(maxsize=1 << 14)
def _alone(character: str) -> str | None:
    """The one character that this one is compared as, whatever stands beside it; None if none."""
    compared = normal(character)
    return compared if len(compared) == 1 and not _joins(character) else None


def _joins(character: str) -> bool:
    """Whether the character may become one with that before it."""
    return unicodedata.category(character)[0] == "M" or bool(_JOINING.match(character))


def _pattern(parts: Sequence[str]) -> str:
    """A regular expression with the meaning of one phrase."""
    pattern = "" if RUN.match(parts[0]) else f"(?<![^\\W_{CJK}])"
    for n, part in enumerate(parts):
        chinese = bool(RUN.match(part))
        if n:
            pattern += r"[\W_]*" if chinese != bool(RUN.match(parts[n - 1])) else r"[\W_]+"
        pattern += "".join(map(_written, part)) if chinese else re.escape(part)
    return pattern


def _written(character: str) -> str:
    every = forms(character)
    return f"[{every}]" if len(every) > 1 else re.escape(character)
