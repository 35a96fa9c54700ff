"""Promises in a message: the sentence, what is promised, the day it is due."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from pmdesk.answers.text.promising import chinese, english
from pmdesk.answers.text.promising.commitment import Commitment
from pmdesk.answers.text.promising.sentences import Sentence, sentences
from pmdesk.answers.text.promising.terms import HINT, Term, terms_in
from pmdesk.records.trust import Side

_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_FRONTED: Final = re.compile(r"[\s,，]*(?:[\w’']+[\s,]+){0,4}")
_AND: Final = re.compile(r"\band\b|[,;，；]|并|再|然后")
_LONGEST: Final = 120
_LEAST: Final = 2


class Promised(NamedTuple):
    """A sentence that promises something. `start` and `end` are its place in the message.

    `due` is the day it names, whose words stand in `sentence` from `day_start` up to `day_end`.
    """

    by: Side
    sentence: str
    start: int
    end: int
    what: str
    due: date | None
    day_start: int = 0
    day_end: int = 0


def promises_in(
    message: str, *, written_on: date, writer: Side, notes: bool = False
) -> list[Promised]:
    """What is promised in the new words of a message, in their order.

    `writer` is the side that wrote it on the day `written_on`. `notes` are those of a meeting,
    in which a writer of ours also says what the client will do.
    """
    found: list[Promised] = []
    for sentence in sentences(message, _may_commit):
        found += _of_sentence(sentence, written_on, writer, notes=notes)
    return found


def _of_sentence(
    sentence: Sentence, written_on: date, writer: Side, *, notes: bool
) -> list[Promised]:
    text = sentence.text
    if not _may_commit(text):
        return []
    is_chinese = _CHINESE.search(text) is not None
    if is_chinese:
        terms = _terms(text, written_on)
        commitments = list(chinese.commitments(text, terms, writer, notes=notes))
    else:
        commitments = list(english.commitments(text, writer, notes=notes))
        terms = _terms(text, written_on) if commitments else []
    promised = [
        made
        for one in commitments
        if (made := _promised(sentence, one, terms, is_chinese=is_chinese)) is not None
    ]
    return list(_apart(promised))


def _may_commit(text: str) -> bool:
    """Whether a text is worth a closer look: most sentences are not."""
    return english.may_commit(text) or (not text.isascii() and chinese.may_commit(text))


def _terms(text: str, written_on: date) -> list[Term]:
    return terms_in(text, written_on) if HINT.search(text) else []


def _apart(promised: Sequence[Promised]) -> Iterator[Promised]:
    """One promise a day: what has no day of its own belongs to the one that has."""
    dated = any(one.due for one in promised)
    days: set[date | None] = set()
    for one in promised:
        if one.due not in days and (one.due or not dated):
            days.add(one.due)
            yield one


def _promised(
    sentence: Sentence, made: Commitment, terms: Sequence[Term], *, is_chinese: bool
) -> Promised | None:
    text = sentence.text
    term = _due(text, made, terms)
    if (made.needs_day and term is None) or (made.needs_limit and not (term and term.firm)):
        return None
    what = text[made.start : made.end]
    if term is not None and made.start <= term.start < made.end:
        what = (
            f"{text[made.start : term.start]}{'' if is_chinese else ' '}{text[term.end : made.end]}"
        )
    what = chinese.what(what) if is_chinese else english.what(what)
    if len(what) < _LEAST:
        what = text
    place = (term.start, term.end) if term else (0, 0)
    due = term.day if term else None
    return Promised(made.by, text, sentence.start, sentence.end, what[:_LONGEST], due, *place)


def _due(text: str, made: Commitment, terms: Sequence[Term]) -> Term | None:
    """The day that counts: a limit before a mere day; of several the first, or one after an "and"."""
    near = [
        t
        for t in terms
        if made.day_from <= t.start < made.day_to
        or (t.end <= made.day_from and _FRONTED.fullmatch(text, t.end, made.day_from))
    ]
    near = [t for t in near if t.firm] or near
    if not near:
        return None
    chosen = near[0]
    for other in near[1:]:
        if _AND.search(text, chosen.end, other.start):
            chosen = other
    return chosen
