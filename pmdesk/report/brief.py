"""The brief as one printed page: lists are cut so that it never goes on to a second one.

The page is set in two columns. A row takes one line or two for its title, and as many for what
stands below; how many that are is decided here, and the template gives them that room and no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pmdesk.answers.brief import Brief, BriefLine, brief, planned_said
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
SMALL_LETTERS: Final = 60
LEFT: Final = ("since", "promises", "turns", "who", "contacts")
RIGHT: Final = ("expectations", "told", "changes", "feedback", "opportunities")
# So many lines stand there in any case, before what room is left goes to the longer lists.
_LEAST: Final = {"since": 4, "contacts": 3}
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
    known = Cut.of(rows(facts, setting)[name], shares(facts, setting)[name])
    return Section(
        words(found.title),
        (),
        (),
        tuple(row.texts for row in known.shown),
        words(found.empty),
        say(words, found.remark) if found.remark else "",
        known.more(words),
    )


@dataclass(frozen=True)
class Row:
    """A row of the page: what it says, and the lines that its two parts take."""

    tone: str
    state: str
    title: str
    more: str
    title_lines: int
    second_lines: int

    @property
    def texts(self) -> tuple[str, ...]:
        """The row as the template reads it."""
        lines = (str(self.title_lines), str(self.second_lines))
        return self.tone, self.state, self.title, self.more, *lines

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.title_lines * TITLE_LINE + self.second_lines * SECOND_LINE + GAP

    @property
    def is_cut(self) -> bool:
        """Whether what stands below its title would take two lines."""
        return self.second_lines == 1 and lines_of(f"{self.state} {self.more}", SMALL_LETTERS) > 1


def _row(line: BriefLine, setting: Setting) -> Row:
    words = setting.words
    tone, state = (line.badge[1], words(line.badge[0])) if line.badge else ("none", "")
    title = " ".join(line.title.split()) or words("(no subject)")
    more = " · ".join(told for part in line.more if (told := say(words, part)))
    return Row(
        tone, state, title, " ".join(more.split()), lines_of(title), int(bool(more or state))
    )


def lines_of(text: str, letters: int = LETTERS) -> int:
    """How many lines of so many letters a text takes, two at most: the template gives it these."""
    seen = text[: letters + 1]  # so many fill a line, however long the rest
    return 2 if sum(1 if letter < "\u2e80" else 2 for letter in seen) > letters else 1


def rows(facts: Brief, setting: Setting) -> dict[str, list[Row]]:
    """The rows of each part; below a title stand two lines where its column has room for them."""
    found = {one.name: [_row(line, setting) for line in one.lines] for one in facts.sections}
    for names in (LEFT, RIGHT):
        column = [found[name] for name in names]
        spare = COLUMN - _height(column, [len(part) for part in column])
        for part in column:
            for n, row in enumerate(part):
                if row.is_cut and spare >= SECOND_LINE:
                    part[n] = replace(row, second_lines=2)
                    spare -= SECOND_LINE
    return found


def shares(facts: Brief, setting: Setting) -> dict[str, int]:
    """How many lines of each part stand on the page."""
    known = rows(facts, setting)
    found: dict[str, int] = {}
    for names in (LEFT, RIGHT):
        found |= _column({name: known[name] for name in names})
    return found


def _column(parts: Mapping[str, Sequence[Row]]) -> dict[str, int]:
    """The lines of each part of a column: a few of each, then in turn as long as there is room."""
    column = list(parts.values())
    shown = [min(_LEAST.get(name, _FEW), len(part)) for name, part in parts.items()]
    grown = True
    while grown:
        grown = False
        for n, part in enumerate(column):
            more = [*shown[:n], shown[n] + 1, *shown[n + 1 :]]
            if shown[n] < len(part) and _height(column, more) <= COLUMN:
                shown, grown = more, True
    return dict(zip(parts, shown, strict=True))


def _height(column: Sequence[Sequence[Row]], shown: Sequence[int]) -> float:
    """How high a column is with so many lines of each part."""
    return sum(
        HEAD + sum(row.height for row in part[:n]) + (REST if n < len(part) or not part else 0.0)
        for part, n in zip(column, shown, strict=True)
    )
