"""All that is recorded of one client, read once for every figure of the nine practices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, cached_property, wraps
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from pmdesk.answers.calendars import calendar_of, rules, shared_clock, zone_of
from pmdesk.answers.responsiveness import Answer, Question, ask
from pmdesk.answers.waiting import Conversation, conversation
from pmdesk.insight.worktime import CalendarRules, WorkClock
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.declare import Shape, kind_of
from pmdesk.records.kinds import KINDS
from pmdesk.records.project import Project, Stage

T = TypeVar("T")


def once(ask: Callable[["Relationship"], T]) -> Callable[["Relationship"], T]:
    """A figure of a relationship that is computed once for all who ask for it."""
    name = f"_{ask.__module__}.{ask.__name__}"

    @wraps(ask)
    def remembered(rel: "Relationship") -> T:
        if name not in rel.__dict__:
            rel.__dict__[name] = ask(rel)
        found: T = rel.__dict__[name]
        return found

    return remembered


# The stretch of days that the figures of answering look at.
RECENT: Final = timedelta(days=91)
# Days that lie ahead by their nature; every other day tells what has happened.
_AHEAD: Final = frozenset(
    {"due", "new_due", "fix_date", "new_end", "expected_day", "forecast_day", "new_day", "next_on",
     "first_on", "ended_on", "baseline_start", "baseline_end", "forecast_end"}
)  # fmt: skip


@dataclass(frozen=True)
class Relationship:
    """A client with every record of the practices, as they stood at `at`."""

    client: Client
    at: datetime
    zone: ZoneInfo
    calendar: CalendarRules
    records: Mapping[str, Sequence[Any]]
    talk: Conversation
    last_contact: datetime | None
    answer: Answer
    journal: Journal

    def of(self, cls: type[T]) -> list[T]:
        """The records of a kind."""
        return list(self.records.get(kind_of(cls).name, ()))

    @property
    def today(self) -> date:
        """The day at the client."""
        return self.at.astimezone(self.zone).date()

    @cached_property
    def clock(self) -> WorkClock:
        """The client's working time."""
        return shared_clock(self.calendar, self.today - timedelta(days=400), self.today)

    def day_of(self, moment: datetime) -> date:
        """The day on which a moment falls at the client."""
        return moment.astimezone(self.zone).date()

    def current_stages(self) -> list[Stage]:
        """Of each running project the first stage that is not finished."""
        found = []
        for project in self.of(Project):
            stages = sorted(
                (s for s in self.of(Stage) if s.project_id == project.id),
                key=lambda stage: (stage.position, stage.id or 0),
            )
            found += [stage for stage in stages if stage.finished_on is None][:1]
        return found

    def as_of(self, at: datetime) -> "Relationship":
        """The same as it stood at an earlier moment, as far as the records' own days tell.

        What was recorded only later about that time counts; a forecast is known only as it is now.
        """
        day = at.astimezone(self.zone).date()
        records = {
            name: [_as_of(record, at, day) for record in found if _was_there(record, at, day)]
            for name, found in self.records.items()
        }
        answer = _recent_answer(self.journal, self.client, self.talk, at)
        return replace(self, at=at, records=records, answer=answer)


def relationship(journal: Journal, client: Client, *, at: datetime) -> Relationship:
    """Everything recorded of `client`, and how fast we answered in the last 13 weeks."""
    id_ = int(client.id or 0)
    records: dict[str, Sequence[Any]] = {
        kind.name: journal.find(kind.cls, "client_id = ?", [id_])
        for kind in KINDS.values()
        if kind.practice is not None
    }
    records["contact"] = journal.find(Contact, "client_id = ?", [id_])
    records["project"] = journal.find(Project, "client_id = ?", [id_])
    records["stage"] = journal.find(
        Stage, "project_id IN (SELECT id FROM project WHERE client_id = ?)", [id_]
    )
    talk = conversation(journal, id_)
    return Relationship(
        client=client,
        at=at,
        zone=zone_of(journal, client),
        calendar=rules(calendar_of(journal, client)),
        records=records,
        talk=talk,
        last_contact=_last_contact(journal, id_, at),
        answer=_recent_answer(journal, client, talk, at),
        journal=journal,
    )


def _recent_answer(journal: Journal, client: Client, talk: Conversation, at: datetime) -> Answer:
    first = (at - RECENT).astimezone(zone_of(journal, client)).date()
    return ask(journal, client, Question(), at=at, period=(first, None), talk=talk)


def _last_contact(journal: Journal, client_id: int, at: datetime) -> datetime | None:
    from pmdesk.journal.codec import moment_of, moment_text

    rows = journal.rows(
        "SELECT at FROM interaction WHERE client_id = ? AND automatic = 0 AND at <= ?"
        " ORDER BY at DESC LIMIT 1",
        [client_id, moment_text(at)],
    )
    return moment_of(rows[0][0]) if rows else None


def _later(value: Any, at: datetime, day: date) -> bool:
    if isinstance(value, datetime):
        return value > at
    return isinstance(value, date) and value > day


def _was_there(record: Any, at: datetime, day: date) -> bool:
    name = kind_of(record).date
    return not name or not _later(getattr(record, name), at, day)


def _as_of(record: Any, at: datetime, day: date) -> Any:
    names = _told_later(kind_of(record).name)
    later = {name: None for name in names if _later(getattr(record, name), at, day)}
    return replace(record, **later) if later else record


@cache
def _told_later(kind_name: str) -> tuple[str, ...]:
    """The days of a kind that tell what has happened, but for the day it began."""
    kind = KINDS[kind_name]
    return tuple(
        field.name
        for field in kind.fields
        if field.name not in _AHEAD | {kind.date} and field.shape in {Shape.DAY, Shape.MOMENT}
    )
