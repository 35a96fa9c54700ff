"""Words for the search index, Chinese and English alike, and the query that finds them."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from itertools import product
from math import prod
from operator import add
from typing import Final

from pmdesk.typed.fold import normal
from pmdesk.typed.simplified import forms

CJK: Final = (
    "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
RUN: Final = re.compile(f"[{CJK}]+")
TOKEN: Final = re.compile(f"[{CJK}]+|[^\\W_{CJK}]+")
_BEYOND_ASCII: Final = re.compile(f"([{CJK}]+)|[^\x00-\x7f{CJK}]+")
_FOREIGN: Final = re.compile("[^\x00-\x7f]+")
_IDEOGRAPHS: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_SHORT: Final = 24
# Numbers whose thousands are set apart, and such as could be.
_GROUPED: Final = re.compile(r"(?<![a-z0-9_.,-])\d{1,3}(?:,\d{3})+(?![\d,-])")
_PLAIN: Final = re.compile(r"(?<![a-z0-9_.,/-])[1-9]\d{3,11}(?![a-z0-9_年/-]|[.,]\d{3})")
_MOST_WRITINGS: Final = 32

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
    phrases = (phrase(chunk, completions) for chunk in normal(query).split())
    return " AND ".join(found for found in phrases if found)


def phrase(chunk: str, completions: Completions = lambda _prefix: None) -> str:
    """The FTS5 query for a chunk (as `normal` gives it) in any writing; "" for punctuation."""
    every = (
        _phrase(written, completions)
        for parts in numbers_either_way(chunk)
        for written in _in_either_writing(parts)
    )
    return either(dict.fromkeys(filter(None, every)))


def either(expressions: Collection[str]) -> str:
    """The FTS5 query for what any of these finds."""
    joined = " OR ".join(expressions)
    return f"({joined})" if len(expressions) > 1 else joined


def numbers_either_way(chunk: str) -> list[list[str]]:
    """The tokens of a chunk as it stands, and with the thousands of its numbers set apart or not."""
    ways = [chunk, _GROUPED.sub(lambda hit: hit[0].replace(",", ""), chunk)]
    ways.append(_PLAIN.sub(lambda hit: f"{int(hit[0]):,}", chunk))
    return [TOKEN.findall(way) for way in dict.fromkeys(ways)]


def _in_either_writing(parts: Sequence[str]) -> Iterator[list[str]]:
    """Tokens with their Chinese in each combination of traditional and simplified characters.

    Where there are too many: as it stands, all simplified, each in its other forms alone.
    """
    ways: list[list[Sequence[str]]] = [
        [forms(c) for c in part] if RUN.fullmatch(part) else [(part,)] for part in parts
    ]
    if prod(len(of) for part in ways for of in part) <= _MOST_WRITINGS:
        every = [map("".join, product(*part)) for part in ways]
        yield from map(list, product(*every))
        return
    yield list(parts)
    for n in range(max(len(of) for part in ways for of in part)):
        yield ["".join(of[min(n, len(of) - 1)] for of in part) for part in ways]


def _phrase(parts: Sequence[str], completions: Completions) -> str:
    """A chunk of a query as FTS5 takes it; nothing for a chunk of punctuation."""
    tokens: list[str] = []
    for n, part in enumerate(parts):
        if RUN.fullmatch(part):
            tokens += [part[i : i + 2] for i in range(len(part) - 1)]
            if n < len(parts) - 1 or len(part) == 1:
                tokens.append(part[-1])
        else:
            tokens.append(part)
    if not tokens:
        return ""
    if RUN.fullmatch(parts[-1]) and len(parts[-1]) > 1:
        return _quoted(tokens)
    words = completions(tokens[-1])
    if words is None:
        return _quoted(tokens) + "*"
    # a prefix without any word stays, so that the phrase finds nothing
    return f"({' OR '.join(_quoted([*tokens[:-1], word]) for word in words or tokens[-1:])})"


def _quoted(tokens: Sequence[str]) -> str:
    return '"' + " ".join(tokens) + '"'
