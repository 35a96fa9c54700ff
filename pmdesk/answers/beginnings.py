"""New records as they often begin: what a form can be filled with at one press."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple

from pmdesk.records.choices import Cadence, Channel
from pmdesk.records.communication import Weekday
from pmdesk.records.declare import kind_of
from pmdesk.records.transparency import Raid, Severity
from pmdesk.records.trust import Side
from pmdesk.words import Words, mark

_DAY: Final = timedelta(days=1)
_WEEK: Final = 7


class Begun(NamedTuple):
    """When it begins: `at` in the zone of the user, and on which days work is done."""

    at: datetime
    is_workday: Callable[[date], bool]

    @property
    def today(self) -> date:
        """The day of it."""
        return self.at.date()

    @property
    def now(self) -> datetime:
        """The moment as records keep it: UTC, whole seconds."""
        return self.at.astimezone(UTC).replace(microsecond=0)

    def workdays_on(self, count: int) -> date:
        """The working day so many after today; a year that holds too few ends the search."""
        day = last = self.today
        while count and (day - last).days < 366:
            day += _DAY
            count -= 1 if self.is_workday(day) else 0
        return day

    def coming(self, weekday: int) -> date:
        """The next such day of a week (Monday 0), today not among them."""
        return self.today + timedelta(days=(weekday - self.today.weekday() - 1) % _WEEK + 1)


@dataclass(frozen=True)
class Beginning:
    """How a record of a kind often begins; `texts` are put in the user's words."""

    text: str
    kind: str
    values: Callable[[Begun], dict[str, Any]]
    texts: tuple[tuple[str, str], ...] = ()

    def of(self, record: Any, begun: Begun, words: Words) -> Any:
        """A new record begun so; what else it says stays as it is, also a text that stands there."""
        said = {name: words(text) for name, text in self.texts if not getattr(record, name)}
        return replace(record, **self.values(begun), **said)


BEGINNINGS: Final = (
    Beginning(
        mark("From a meeting"), "promise",
        lambda b: {"by": Side.US, "made_on": b.today, "due": b.workdays_on(5)},
    ),
    Beginning(
        mark("Their homework"), "promise",
        lambda b: {"by": Side.CLIENT, "made_on": b.today, "due": b.workdays_on(3)},
    ),
    Beginning(
        mark("S1 problem"), "issue",
        lambda b: {"raid": Raid.ISSUE, "severity": Severity.S1, "found_at": b.now},
    ),
    Beginning(
        mark("New risk"), "issue",
        lambda b: {"raid": Raid.RISK, "severity": Severity.S3, "found_at": b.now},
    ),
    Beginning(
        mark("Weekly call"), "plan_line",
        lambda b: {"channel": Channel.CALL, "cadence": Cadence.WEEKLY, "weekday": Weekday.FRIDAY,
                   "first_on": b.coming(4), "report": False},
        (("what", mark("Weekly call")),),
    ),
    Beginning(
        mark("Monthly report"), "plan_line",
        lambda b: {"channel": Channel.MAIL, "cadence": Cadence.MONTHLY, "first_on": b.coming(4),
                   "report": True},
        (("what", mark("Monthly report")),),
    ),
    Beginning(
        mark("Call just now"), "interaction",
        lambda b: {"channel": Channel.CALL, "at": b.now},
    ),
    Beginning(
        mark("Meeting on the next working day"), "appointment",
        lambda b: {"channel": Channel.MEETING, "minutes": 60,
                   "at": datetime.combine(b.workdays_on(1), datetime.min.time().replace(hour=10),
                                          b.at.tzinfo).astimezone(UTC)},
    ),
    Beginning(
        mark("Contract renewal"), "key_date",
        lambda _b: {"yearly": True},
        (("what", mark("Contract renewal")),),
    ),
)  # fmt: skip


def beginnings_of(record: Any) -> tuple[Beginning, ...]:
    """How a new record of this kind often begins; none for one that is stored."""
    kind = kind_of(record).name
    return tuple(one for one in BEGINNINGS if one.kind == kind and record.id is None)
