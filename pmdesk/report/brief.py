"""The brief as one printed page: lists are cut so that it never goes on to a second one.

The page is set in two columns. A row takes one line or two for its title and one for what stands
below; how many that are is decided here, and the template gives them that room and no more.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from pmdesk.answers.brief import Brief, BriefLine, BriefSection, brief, planned_said
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report.asks import Request
from pmdesk.report.cut import Cut
from pmdesk.report.setting import Setting
from pmdesk.report.values import Section

# What a column of the page holds, in points; the template leaves at least that (brief.typ).
COLUMN: Final = 708.0
HEAD: Final = 27.0
TITLE_LINE: Final = 11.0
SECOND_LINE: Final = 10.0
GAP: Final = 4.0
REST: Final = 12.0
# Letters in a line of a title; a Chinese character counts twice. Longer ones take two lines.
LETTERS: Final = 46
LEFT: Final = ("since", "who", "contacts", "turns")
RIGHT: Final = ("promises", "expectations", "told", "changes", "feedback", "opportunities")
# So many lines stand there in any case, before what room is left goes to the longer lists.
_LEAST: Final = {"since": 5, "contacts": 4}
_FEW: Final = 2


def brief_facts(journal: Journal, client: Client, _request: Request, at: datetime) -> Brief:
    """The brief of a client as things stand at `at`."""
    return brief(relationship(journal, client, at=at))


def subtitle(facts: Brief, setting: Setting) -> str:
    """What is planned next."""
    if facts.planned is None:
        return setting.words("No contact is planned.")
    return say(setting.words, planned_said(setting.zone, facts.planned))


def period(facts: Brief, setting: Setting) -> str:
    """As of when it stands."""
    return setting.words("As of {moment}", moment=setting.words.moment(facts.at, setting.zone))


def section(name: str, facts: Brief, setting: Setting) -> Section:
    """One part of the brief, cut to its share of the page."""
    words = setting.words
    (found,) = (one for one in facts.sections if one.name == name)
    known = Cut.of(found.lines, shares(facts, setting)[name])
    return Section(
        words(found.title),
        (),
        (),
        tuple(_row(line, setting) for line in known.shown),
        words(found.empty),
        say(words, found.remark) if found.remark else "",
        known.more(words),
    )


def _row(line: BriefLine, setting: Setting) -> tuple[str, ...]:
    """How good or bad it is, the state in a word, the title, what stands below, lines of the title."""
    words = setting.words
    tone, state = (line.badge[1], words(line.badge[0])) if line.badge else ("none", "")
    title = " ".join(line.title.split()) or words("(no subject)")
    more = " · ".join(told for part in line.more if (told := say(words, part)))
    return tone, state, title, " ".join(more.split()), str(lines_of(title))


def lines_of(title: str) -> int:
    """How many lines a title takes: the template gives it these."""
    return 2 if sum(1 if letter < "\u2e80" else 2 for letter in title) > LETTERS else 1


def shares(facts: Brief, setting: Setting) -> dict[str, int]:
    """How many lines of each part stand on the page."""
    by_name = {one.name: one for one in facts.sections}
    found: dict[str, int] = {}
    for names in (LEFT, RIGHT):
        parts = [by_name[name] for name in names]
        found |= _column(parts, [list(_heights(part, setting)) for part in parts])
    return found


def _heights(part: BriefSection, setting: Setting) -> Iterator[float]:
    for line in part.lines:
        *_, more, lines = _row(line, setting)
        second = SECOND_LINE if more or line.badge else 0.0
        yield int(lines) * TITLE_LINE + second + GAP


def _column(parts: Sequence[BriefSection], heights: Sequence[list[float]]) -> dict[str, int]:
    """The lines of each part of a column: a few of each, then in turn as long as there is room."""
    shown = [
        min(_LEAST.get(part.name, _FEW), len(of_part))
        for part, of_part in zip(parts, heights, strict=True)
    ]
    grown = True
    while grown:
        grown = False
        for n, of_part in enumerate(heights):
            more = [*shown[:n], shown[n] + 1, *shown[n + 1 :]]
            if shown[n] < len(of_part) and _height(heights, more) <= COLUMN:
                shown, grown = more, True
    return {part.name: n for part, n in zip(parts, shown, strict=True)}


def _height(heights: Sequence[list[float]], shown: Sequence[int]) -> float:
    """How high a column is with so many lines of each part."""
    return sum(
        HEAD + sum(of_part[:n]) + (REST if n < len(of_part) or not of_part else 0.0)
        for of_part, n in zip(heights, shown, strict=True)
    )
