"""Words as the tables of a report write them: days and moments in one form."""

import datetime as dt

from pmdesk.words import Words


class TableWords(Words):
    """Days and moments in one form; in a narrow column a long Chinese date would break anywhere."""

    def date(self, day: dt.date) -> str:
        """A day: 9 Nov 2026, 2026-11-09."""
        return day.isoformat() if self.language == "zh" else super().date(day)

    def short_moment(self, at: dt.datetime, zone: dt.tzinfo | None = None) -> str:
        """A moment: the day in the same form, and the time."""
        local = at.astimezone(zone)
        return f"{self.date(local.date())} {local:%H:%M}"
