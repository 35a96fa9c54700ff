"""The sentences that are new in a message, each with its place; quotations and signatures are cut."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from pmdesk.insight.quoted import split_quoted

# Longer ones are tables, logs and contracts: nobody promises anything in them.
_LONGEST: Final = 400
# Mail programs break lines at 72 columns or more; one that ends sooner was ended by its writer.
_WRAPPED: Final = 64
_SIGNATURE: Final = re.compile(r"-- ?\r?$|_{5,}\s*$")
_BULLET: Final = re.compile(
    r"\s*(?:[-*+•·–—>＞]+\s+|[-•·]|\(?\d{1,2}[.)）、]\s*|[（(][一二三四五六七八九十\d][)）]\s*)?\s*"
)
_NEW_ITEM: Final = re.compile(
    r"\s*(?:[-*+•·–—]\s|\(?\d{1,2}[.)）、]|[（(][一二三四五六七八九十\d][)）])"
)
_ENDS: Final = re.compile(r"[.。！？；!?;…]+[\"”』」’)）]*")
# A full stop ends a sentence where a new one may begin behind it, and not in "Mr. Zhou".
_BEGINS: Final = re.compile(r"\s+[\"“(]?[A-Z\u2e80-\uffef]|\s*$")
_ABBREVIATED: Final = re.compile(r"\b(?:Mrs?|Ms|Dr|Prof|St|No|vs|Inc|Ltd|approx|e\.g|i\.e)\.$")
_WIDE: Final = re.compile(r"(?<=[\u2e80-\uffef])\s*\n\s*(?=[\u2e80-\uffef])")


class Sentence(NamedTuple):
    """A sentence in one line, and from where to where it stands in the message."""

    text: str
    start: int
    end: int


def sentences(message: str, worth: Callable[[str], bool]) -> Iterator[Sentence]:
    """The new sentences of a message in their order, without what opens an item of a list.

    A stretch of text that is not `worth` a look is left out before it is taken apart.
    """
    if not worth(message):
        return
    new = split_quoted(message).new
    if not worth(new):
        return
    for start, end in _paragraphs(new):
        if worth(new[start:end]):
            yield from _parted(new, start, end)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """From where to where a text runs on: lines that a mail program broke are one."""
    begin = end = place = 0
    last = ""  # the line before, "" where none is to be continued
    for line in text.split("\n"):
        words = line.strip()
        if words.startswith(("--", "__")) and _SIGNATURE.match(line):
            break
        cited = words.startswith((">", "＞"))
        if last and (not words or cited or _begins_anew(last, words)):
            yield begin, end
            last = ""
        if words and not cited:
            begin = begin if last else place
            end, last = place + len(line), words
        place += len(line) + 1
    if last:
        yield begin, end


def _begins_anew(last: str, words: str) -> bool:
    """Whether `words` are no continuation of the line before."""
    first = words.split(maxsplit=1)[0]
    return _columns(last) + 1 + _columns(first) < _WRAPPED or _NEW_ITEM.match(words) is not None


def _columns(text: str) -> int:
    return len(text) if text.isascii() else sum(1 + (east_asian_width(c) in "WF") for c in text)


def _parted(text: str, start: int, end: int) -> Iterator[Sentence]:
    begin = start
    for hit in _ENDS.finditer(text, start, end):
        if _is_end(text, hit, end):
            yield from _sentence(text, begin, hit.end())
            begin = hit.end()
    yield from _sentence(text, begin, end)


def _is_end(text: str, hit: re.Match[str], end: int) -> bool:
    if hit[0].strip('."”)'):
        return True
    return (
        _BEGINS.match(text, hit.end(), end) is not None
        and _ABBREVIATED.search(text, max(0, hit.end() - 8), hit.end()) is None
    )


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    if opened := _BULLET.match(text, start, end):
        start = opened.end()
    words = text[start:end].rstrip()
    if words and len(words) <= _LONGEST:
        plain = " ".join(_WIDE.sub("", words).split())
        yield Sentence(plain, start, start + len(words))
