"""Since we last spoke, as a card."""

from datetime import datetime
from functools import partial

from pmdesk.answers.relationship import Relationship
from pmdesk.answers.since import Since, SinceLine
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.line_row import LineRow
from pmdesk.gui.widgets.lines_card import LinesCard
from pmdesk.words import Words

SHOWN = 8


class SinceCard(LinesCard):
    """What changed since the last real contact."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.words("Since we last spoke"), SHOWN)

    def show_since(self, rel: Relationship, since: Since) -> None:
        """Show these lines instead of what was there."""
        words = self._desk.words
        make = partial(self._row, rel)
        self.show_lines(
            since.lines, make, words("Nothing has changed since."), say(words, since.head)
        )

    def _row(self, rel: Relationship, line: SinceLine) -> LineRow:
        words = self._desk.words
        more = " · ".join(filter(None, (say(words, part) for part in line.more)))
        day = _day_told(words, rel, line)
        return LineRow(self._desk, line.key, line.badge, line.title, more, day)


def _day_told(words: Words, rel: Relationship, line: SinceLine) -> str:
    """The day of a line, with its weekday where it is one of this year."""
    day = rel.day_of(line.at) if isinstance(line.at, datetime) else line.at
    return words.near_day(day) if day.year == rel.today.year else words.date(day)
