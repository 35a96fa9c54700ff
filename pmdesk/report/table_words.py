"""Words as the tables of a report write them: one form of day, and people by their names."""

import datetime as dt
import re
from typing import Final

from pmdesk.words import Words

_NAMED: Final = re.compile(r"^\s*\"?(?P<name>[^<\"]*[^<\"\s])\"?\s*<[^<>]+>\s*$")


class TableWords(Words):
    """Days and moments in one form; in a narrow column a long Chinese date would break anywhere."""

    def date(self, day: dt.date) -> str:
        """A day: 9 Nov 2026, 2026-11-09."""
        return day.isoformat() if self.language == "zh" else super().date(day)

    def short_moment(self, at: dt.datetime, zone: dt.tzinfo | None = None) -> str:
        """A moment: the day in the same form, and the time."""
        local = at.astimezone(zone)
        return f"{self.date(local.date())} {local:%H:%M}"


def person(who: str) -> str:
    """Somebody by their name; by their address where no name is known."""
    hit = _NAMED.match(who)
    return hit["name"] if hit else who
