"""Words for the search index, Chinese and English alike, and their marks in the original text."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

CJK: Final = (
    "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUN: Final = re.compile(f"[{CJK}]+")
# Runs and the punctuation of Chinese sentences, which the tokenizer takes as gaps.
_CHINESE: Final = re.compile(f"[{CJK}\u3000-\u3003\u3008-\u3011\u2018-\u201d\u2014\u2026\u00b7]+")
_TOKEN: Final = re.compile(f"[{CJK}]+|[^\\W_{CJK}]+")


def normal(text: str) -> str:
    """`text` as it is compared: full-width as half-width, no difference of case."""
    return unicodedata.normalize("NFKC", text).casefold()


def bigrams(text: str | None) -> str:
    """The index's view of `text`: words as they are, Chinese runs as overlapping pairs.

    A run ends with its last character alone, so that every character begins a token and one
    character finds it as a prefix.
    """
    if not text:
        return ""
    if text.isascii():
        return text  # the tokenizer folds case and splits at the same places
    folded = normal(text)
    if _CHINESE.sub("", folded).isascii():
        # Chinese and ASCII alone: the tokenizer splits the ASCII at the same places
        return _RUN.sub(_spread, folded)
    return " ".join(
        _pairs(part) if part[0] >= "\u3005" and _RUN.match(part) else part
        for part in _TOKEN.findall(folded)
    )


def _spread(run: re.Match[str]) -> str:
    return f" {_pairs(run[0])} "


def _pairs(run: str) -> str:
    return " ".join([run[i : i + 2] for i in range(len(run) - 1)] + [run[-1]])


def match_expression(query: str) -> str:
    """The FTS5 query: each word a phrase whose last token is a prefix, all of them needed."""
    phrases = []
    for chunk in normal(query).split():
        parts = _TOKEN.findall(chunk)
        tokens: list[str] = []
        for n, part in enumerate(parts):
            if _RUN.fullmatch(part):
                tokens += [part[i : i + 2] for i in range(len(part) - 1)]
                if n < len(parts) - 1 or len(part) == 1:
                    tokens.append(part[-1])
            else:
                tokens.append(part)
        if tokens:
            prefix = not _RUN.fullmatch(parts[-1]) or len(parts[-1]) == 1
            phrases.append('"' + " ".join(tokens) + '"' + ("*" if prefix else ""))
    return " AND ".join(phrases)


def marks(text: str, query: str) -> list[tuple[int, int]]:
    """Spans of the original `text` that `query` found, in order and without overlap."""
    folded, places = _folded(text)
    found: list[tuple[int, int]] = []
    for chunk in normal(query).split():
        parts = _TOKEN.findall(chunk)
        if parts:
            hits = re.finditer(_pattern(parts), folded)
            found.extend((places[hit.start()], places[hit.end() - 1] + 1) for hit in hits)
    found.sort()
    merged: list[tuple[int, int]] = []
    for start, end in found:
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


# Characters that stay single ones when they are made comparable: most Chinese mail is of these.
_ONE_TO_ONE: Final = re.compile("[\x00-\x7f\u3001\u3002\u4e00-\u9fff\uff01-\uff5e\u2018-\u201d]*")


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text as compared, and for each of its characters where it came from."""
    if text.isascii():
        return text.casefold(), range(len(text) + 1)
    if _ONE_TO_ONE.fullmatch(text):
        return normal(text), range(len(text) + 1)
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for made in normal(character):
            characters.append(made)
            places.append(place)
    return "".join(characters), [*places, len(text)]


def _pattern(parts: Sequence[str]) -> str:
    """A regular expression with the meaning of one phrase."""
    pattern = "" if _RUN.match(parts[0]) else f"(?<![^\\W_{CJK}])"
    for n, part in enumerate(parts):
        if n:
            joined = bool(_RUN.match(part)) != bool(_RUN.match(parts[n - 1]))
            pattern += r"[\W_]*" if joined else r"[\W_]+"
        pattern += re.escape(part)
    return pattern
