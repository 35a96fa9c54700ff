"""Words as a report writes them: days and moments in one form."""

import datetime as dt

from pmdesk.words import Words


class TableWords(Words):
    """Days and moments in one form; in a narrow column a long Chinese date would break anywhere."""

    def date(self, day: dt.date) -> str:
        """A day: 9 Nov 2026, 2026-11-09."""
        return day.isoformat() if self.language == "zh" else super().date(day)

    def near_day(self, day: dt.date) -> str:
        """A day with its weekday: Mon 30 Nov; 2026-11-30 周一."""
        if self.language != "zh":
            return super().near_day(day)
        return f"{day.isoformat()} 周{'一二三四五六日'[day.weekday()]}"

    def short_moment(self, at: dt.datetime, zone: dt.tzinfo | None = None) -> str:
        """A moment: the day in the same form, and the time."""
        local = at.astimezone(zone)
        return f"{self.date(local.date())} {local:%H:%M}"
