"""All that is recorded of one client, read once for every figure of the nine practices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, wraps
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from pmdesk.answers.calendars import calendar_of, rules, shared_clock, zone_of
from pmdesk.answers.earlier import earlier
from pmdesk.answers.responsiveness import Answer, Question, ask
from pmdesk.answers.waiting import Conversation, conversation
from pmdesk.insight.worktime import CalendarRules, WorkClock
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.declare import kind_of
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


@dataclass(frozen=True)
class Relationship:
    """A client with every record of the practices, as they stood at `at`.

    `last_contact` is when we last reached them or met, `answer` our answers of the last 13 weeks.
    """

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
        """The same as it stood at an earlier moment, as far as days and the action log tell."""
        day = at.astimezone(self.zone).date()
        return replace(
            self,
            at=at,
            records=earlier(self.journal, self.records, at=at, day=day),
            last_contact=_last_contact(self.journal, int(self.client.id or 0), at),
            answer=_recent_answer(self.journal, self.client, self.talk, at),
        )


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


def recent_since(at: datetime, zone: ZoneInfo) -> date:
    """The first day of the last 13 weeks."""
    return (at - RECENT).astimezone(zone).date()


def _recent_answer(journal: Journal, client: Client, talk: Conversation, at: datetime) -> Answer:
    first = recent_since(at, zone_of(journal, client))
    return ask(journal, client, Question(), at=at, period=(first, None), talk=talk)


def _last_contact(journal: Journal, client_id: int, at: datetime) -> datetime | None:
    """When we last spoke to the client, or met: their mail alone is no contact of ours."""
    from pmdesk.journal.codec import moment_of, moment_text

    rows = journal.rows(
        "SELECT at FROM interaction WHERE client_id = ? AND automatic = 0 AND at <= ?"
        " AND (channel IN ('call', 'meeting', 'video') OR direction = 'outbound' AND reached)"
        " ORDER BY at DESC LIMIT 1",
        [client_id, moment_text(at)],
    )
    return moment_of(rows[0][0]) if rows else None
