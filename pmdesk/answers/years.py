"""Years whose holidays nobody has announced yet, named wherever a figure rests on them."""

from collections.abc import Iterable
from datetime import date

from pmdesk.answers.relationship import RECENT, Relationship, once
from pmdesk.answers.text.said import Said, said
from pmdesk.insight.worktime import CalendarRules
from pmdesk.records.expectations import Expectation
from pmdesk.records.project import Project
from pmdesk.words import mark

# As a row says it of its own days.
PRELIMINARY = mark("{what}, preliminary")
_NOTE = mark("holidays of {years} not announced yet: only those fixed by law are counted")


def unannounced_between(calendar: CalendarRules, days: Iterable[date | None]) -> frozenset[int]:
    """The years from the first to the last of these days that nobody has announced."""
    years = [day.year for day in days if day is not None]
    return (
        calendar.unannounced & frozenset(range(min(years), max(years) + 1))
        if years
        else frozenset()
    )


def years_said(years: Iterable[int]) -> Said:
    """The sentence that names them."""
    return said(_NOTE, years=tuple(sorted(years)))


@once
def years_note(rel: Relationship) -> Said | None:
    """What must be said of a client's figures: recent waits, expected days, agreed ends.

    None where every year they touch is announced.
    """
    days: list[tuple[date | None, ...]] = [(rel.day_of(rel.at - RECENT), rel.today)]
    days += [
        (e.expected_day, e.forecast_day)
        for e in rel.of(Expectation)
        if e.ended_on is None and e.expected_day and e.forecast_day
    ]
    days += [
        (p.baseline_end, p.forecast_end)
        for p in rel.of(Project)
        if p.baseline_end and p.forecast_end
    ]
    unannounced = frozenset[int]().union(
        *(unannounced_between(rel.calendar, pair) for pair in days)
    )
    return years_said(unannounced) if unannounced else None
