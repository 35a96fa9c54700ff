"""How a report is set: in which words, whose days, at which moment, and what was asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from pmdesk.report.asks import Request
from pmdesk.report.table_words import TableWords
from pmdesk.words import Language, Words


@dataclass(frozen=True)
class Setting:
    """What every part of a report is set by; moments are told in `zone`, as they were at `at`."""

    request: Request
    zone: ZoneInfo
    at: datetime

    @property
    def language(self) -> Language:
        """The one language it is set in."""
        (language,) = self.request.languages
        return language

    @cached_property
    def words(self) -> Words:
        """Its words: a day has one form from the first page to the last."""
        return TableWords(self.language)

    def is_open_to_reader(self, record: Any) -> bool:
        """Whether a record may stand in this edition."""
        return self.request.internal or not record.internal

    def in_period(self, *days: date | None) -> bool:
        """Whether one of these days lies in the period; nothing to hold against it counts too."""
        first, last = self.request.period
        known = [day for day in days if day]
        if not known:
            return True
        return any((not first or day >= first) and (not last or day <= last) for day in known)

    def day(self, day: date | None) -> str:
        """A day in a table."""
        return "–" if day is None else self.words.date(day)

    def moment(self, at: datetime | None) -> str:
        """A moment in a table."""
        return "–" if at is None else self.words.short_moment(at, self.zone)
