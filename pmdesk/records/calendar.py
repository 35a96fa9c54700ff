"""Work calendars: when work is done, and which days are free."""

from collections.abc import Iterator
from datetime import date

from pmdesk.records.declare import field, record
from pmdesk.records.problems import BEFORE_HELD, Problem, day_problems, zone_problem
from pmdesk.words import mark


@record(
    "calendar",
    number=8,
    one=mark("Work calendar"),
    many=mark("Work calendars"),
    title="name",
    search=(),
    client=None,
    columns=("name", "zone", "hours", "country"),
)
class WorkCalendar:
    """Working hours in a zone; holidays of `country` plus own days off and make-up workdays."""

    id: int | None = None
    uuid: str = ""
    name: str = field(mark("Name"), default="", required=True)
    zone: str = field(mark("Time zone"), default="Asia/Shanghai", required=True, checks="zone")
    hours: str = field(
        mark("Working hours"),
        default="Mon-Fri 09:00-12:00 13:00-18:00",
        required=True,
        checks="hours",
        since="hours_since",
    )
    hours_since: date | None = field(mark("Hours valid from"), default=None, ahead=True)
    hours_before: tuple[str, ...] = field(default=(), hidden=True)
    country: str = field(mark("Holidays of"), default="", checks="country")
    days_off: tuple[str, ...] = field(mark("More days off"), default=(), checks="days")
    extra_days: tuple[str, ...] = field(mark("Make-up workdays"), default=(), checks="days")

    def remarks(self) -> Iterator[Problem]:
        """What changed hours mean for what came before."""
        if self.hours_since is not None and self.hours_before:
            yield Problem("hours_since", BEFORE_HELD, {"day": self.hours_since})

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        yield from zone_problem(self.zone)
        yield from day_problems("days_off", self.days_off)
        yield from day_problems("extra_days", self.extra_days)
