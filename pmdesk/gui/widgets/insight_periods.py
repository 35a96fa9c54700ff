"""The choice of how many weeks back an insight looks."""

from datetime import timedelta
from typing import Final

from pmdesk.answers.client_summary import Period
from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.choice import Choice
from pmdesk.words import mark

# Weeks back from today; nothing for all time.
_PERIODS: Final = (
    (mark("All time"), None), (mark("Last 13 weeks"), 13), (mark("Last 26 weeks"), 26),
    (mark("Last 12 months"), 52),
)  # fmt: skip


class PeriodChoice(Choice):
    """All time, or some weeks back from today."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setAccessibleName(desk.words("Period"))
        for text, weeks in _PERIODS:
            self.addItem(desk.words(text), weeks)

    @property
    def weeks(self) -> int | None:
        """How many weeks back; None for all time."""
        weeks: int | None = self.currentData()
        return weeks

    def period(self) -> Period:
        """The days that are asked about."""
        today = self._desk.local_now().date()
        weeks = self.weeks
        return Period(None if weeks is None else today - timedelta(weeks=weeks), None)
