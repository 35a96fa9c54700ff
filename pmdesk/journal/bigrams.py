"""Words for the search index, Chinese and English alike, and their marks in the original text."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import add
from typing import Final

from pmdesk.typed.fold import normal

CJK: Final = (
    "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUN: Final = re.compile(f"[{CJK}]+")
_TOKEN: Final = re.compile(f"[{CJK}]+|[^\\W_{CJK}]+")
_BEYOND_ASCII: Final = re.compile(f"([{CJK}]+)|[^\x00-\x7f{CJK}]+")
_FOREIGN: Final = re.compile("[^\x00-\x7f]+")
_IDEOGRAPHS: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_SHORT: Final = 24
# What Unicode may join with the character before it: vowels of Hangul, half-width voice marks.
_JOINING: Final = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\uff9e-\uffdc]")

# How the index finds every word that a prefix begins.
Completions = Callable[[str], Sequence[str] | None]


def bigrams(text: str | None) -> str:
    """The index's view of `text`: words as they are, Chinese runs as overlapping pairs.

    A run ends with its last character alone, so that every character begins a token and one
    character finds it as a prefix.
    """
    if not text:
        return ""
    # the tokenizer folds ASCII and splits at the same places, but takes all else for letters
    if text.isascii():
        return text
    # asking a line whether it is ASCII is many times as fast as looking for what is not
    lines = text.split("\n")
    return "\n".join([line if line.isascii() else _FOREIGN.sub(_foreign, line) for line in lines])


def _foreign(hit: re.Match[str]) -> str:
    if _IDEOGRAPHS.fullmatch(hit[0]):
        return f" {_pairs(hit[0])} "  # these have no other form that normal() would give them
    return (
        _words_of(hit[0]) if len(hit[0]) <= _SHORT else _BEYOND_ASCII.sub(_spread, normal(hit[0]))
    )


@lru_cache(maxsize=1 << 14)
def _words_of(run: str) -> str:
    # names, greetings and punctuation come again and again
    return _BEYOND_ASCII.sub(_spread, normal(run))


def _spread(hit: re.Match[str]) -> str:
    if hit[1]:
        return f" {_pairs(hit[1])} "
    return "".join(c if c.isalnum() else " " for c in hit[0])


def _pairs(run: str) -> str:
    return " ".join([*map(add, run, run[1:]), run[-1]])


def match_expression(query: str, completions: Completions = lambda _prefix: None) -> str:
    """The FTS5 query: each chunk a phrase whose last token is a prefix, all of them needed.

    `completions` gives the words of the index that a prefix begins, or None where FTS5 is to
    find them itself: named words are read newest first and no further than needed, whereas a
    prefix makes FTS5 first collect every row that any of its words occurs in.
    """
    phrases = (_phrase(_TOKEN.findall(chunk), completions) for chunk in normal(query).split())
    return " AND ".join(phrase for phrase in phrases if phrase)


def _phrase(parts: Sequence[str], completions: Completions) -> str:
    """A chunk of a query as FTS5 takes it; nothing for a chunk of punctuation."""
    tokens: list[str] = []
    for n, part in enumerate(parts):
        if _RUN.fullmatch(part):
            tokens += [part[i : i + 2] for i in range(len(part) - 1)]
            if n < len(parts) - 1 or len(part) == 1:
                tokens.append(part[-1])
        else:
            tokens.append(part)
    if not tokens:
        return ""
    if _RUN.fullmatch(parts[-1]) and len(parts[-1]) > 1:
        return _quoted(tokens)
    words = completions(tokens[-1])
    if words is None:
        return _quoted(tokens) + "*"
    # a prefix without any word stays, so that the phrase finds nothing
    return f"({' OR '.join(_quoted([*tokens[:-1], word]) for word in words or tokens[-1:])})"


def _quoted(tokens: Sequence[str]) -> str:
    return '"' + " ".join(tokens) + '"'


def marks(text: str, query: str) -> list[tuple[int, int]]:
    """Spans of the original `text` that `query` found, in order and without overlap."""
    folded, places = _folded(text)
    spans: list[tuple[int, int]] = []
    for chunk in normal(query).split():
        parts = _TOKEN.findall(chunk)
        if parts:
            for hit in re.finditer(_pattern(parts), folded):
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


def excerpt(text: str, query: str, width: int = 120) -> tuple[str, list[tuple[int, int]]]:
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
    pattern = "" if _RUN.match(parts[0]) else f"(?<![^\\W_{CJK}])"
    for n, part in enumerate(parts):
        if n:
            joined = bool(_RUN.match(part)) != bool(_RUN.match(parts[n - 1]))
            pattern += r"[\W_]*" if joined else r"[\W_]+"
        pattern += re.escape(part)
    return pattern
