"""A line marked up: where its names, moments and tags stand, and the clauses it falls into."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from pmdesk.answers.text.capturing.asked import Chosen
from pmdesk.answers.text.capturing.handles import plain_line
from pmdesk.answers.text.capturing.kinds import Clause, put_down
from pmdesk.answers.text.capturing.known import Known
from pmdesk.answers.text.capturing.patterns import CLIENT, LENGTH, PERSON, SIGNS, WHEN
from pmdesk.answers.text.capturing.phrases import Phrase, channels_in
from pmdesk.answers.text.capturing.whom import Span, Whom, whom
from pmdesk.typed.lengths import FoundLength
from pmdesk.typed.unclear import Unclear, unclear_in
from pmdesk.typed.whens import When, whens_in

_READ: Final = 500  # characters: a text that was pasted is kept, but not read to its end
_TAG: Final = re.compile(r"(?<![\w&/])#(?!\d+(?!\w))([\w\-]+)")
_SIGNS: Final = re.compile(f"[{SIGNS}]")
_BETWEEN: Final = re.compile(r"[;。!?\n()]|,(?!\d{3})|(?<!\sre):|\.(?=\s|$)|\s[-–—]+\s|—+")
_CUT: Final = "\ue005"
_BETWEEN_CHINESE: Final = re.compile(rf"(?<=[\u4e00-\u9fff]){_CUT}+(?=[\u4e00-\u9fff])")
_LEAD: Final = re.compile(r"(?<![a-z])(?:on|at|for|until|from|in) $")
_EMPTY_BRACKETS: Final = re.compile(r"[(（]\s*[)）]|^\s*[)）]|[(（]\s*$")
_BEFORE_COMMA: Final = re.compile(r" +([,，、;；])")
# What is left of a term that was taken out of the end.
_DANGLING: Final = re.compile(r"(?<=\S) (?:on|at|to|for|by|until|from|in|the|of|is|are|be)$")
_EDGES: Final = " \t\r\n:：,，、。;；.·-–—"


class Part(NamedTuple):
    """A clause from `start` up to `end`, and what it puts down; its places count from `start`."""

    start: int
    end: int
    text: str
    put: Clause | None


@dataclass(frozen=True)
class Marked:
    """A line with what was found in it; `text` is as long, with signs for names and moments."""

    line: str
    text: str
    tags: tuple[str, ...]
    tags_at: tuple[Span, ...]
    whom: Whom
    whens: tuple[When, ...]
    lengths: tuple[FoundLength, ...]
    unclear: tuple[Unclear, ...]
    parts: tuple[Part, ...]
    channels: tuple[Phrase, ...]

    def part_of(self, place: int) -> int:
        """The number of the clause in which a place lies."""
        return next((n for n, part in enumerate(self.parts) if place < part.end), 0)

    def within(self, found: Iterable[When], part: Part) -> list[When]:
        """Those of the moments that lie in a clause."""
        return [when for when in found if part.start <= when.start < part.end]

    def words(self, start: int, end: int, without: Iterable[Span] = ()) -> str:
        """The line from `start` up to `end` as it was typed, but for its tags and `without`."""
        left = list(self.line[start:end])
        for a, b in (*self.tags_at, *((self._with_lead(a), b) for a, b in without)):
            first, last = max(a, start) - start, min(b, end) - start
            if first < last:
                left[first:last] = _CUT * (last - first)
        kept = "".join(left)
        is_cut = _CUT in kept
        kept = _BETWEEN_CHINESE.sub("", kept).replace(_CUT, " ")
        kept = _EMPTY_BRACKETS.sub(" ", kept)
        kept = _BEFORE_COMMA.sub(r"\1", " ".join(kept.split())).strip(_EDGES)
        return _DANGLING.sub("", kept).strip(_EDGES) if is_cut else kept

    def _with_lead(self, place: int) -> int:
        """Where a moment begins with the word that leads to it: "on Monday"."""
        lead = _LEAD.search(self.text[:place])
        return lead.start() if lead else place

    def phrase(self, found: When | Unclear) -> str:
        """The words of a moment as they were typed."""
        return self.line[found.start : found.end]


def mark_up(
    line: str,
    known: Known,
    *,
    now: datetime,
    is_workday: Callable[[date], bool] | None,
    chosen: Chosen,
) -> Marked:
    """The line with all that is found in it; of a long one, in as much of it as a person types."""
    plain = _SIGNS.sub(" ", plain_line(line[:_READ]))
    hits = list(_TAG.finditer(plain))
    tags_at = tuple(hit.span() for hit in hits)
    plain = _blank(plain, tags_at)
    who = whom(line, plain, known, chosen)
    text = _covered(_covered(plain, who.clients_at, CLIENT), who.people_at, PERSON)
    found = whens_in(text, now=now, is_workday=is_workday)
    text = _covered(text, ((w.start, w.end) for w in found.whens), WHEN)
    text = _covered(text, ((le.start, le.end) for le in found.lengths), LENGTH)
    unclear = tuple(unclear_in(text, today=now.date(), is_workday=is_workday))
    return Marked(
        line,
        text,
        tuple(dict.fromkeys(line[hit.start(1) : hit.end(1)] for hit in hits)),
        tags_at,
        who,
        found.whens,
        found.lengths,
        unclear,
        tuple(_parts(text)),
        tuple(channels_in(text)),
    )


def _blank(text: str, spans: Iterable[Span]) -> str:
    return _covered(text, spans, " ")


def _covered(text: str, spans: Iterable[Span], sign: str) -> str:
    for start, end in spans:
        text = text[:start] + sign * (end - start) + text[end:]
    return text


def _parts(text: str) -> Iterable[Part]:
    start, parts = 0, []
    for hit in (*_BETWEEN.finditer(text), None):
        end = hit.start() if hit else len(text)
        if text[start:end].strip():
            said = text[start:end]
            parts.append(Part(start, end, said, put_down(said)))
        start = hit.end() if hit else end
    return parts or [Part(0, len(text), text, None)]
