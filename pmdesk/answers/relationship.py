"""All that is recorded of one client, read once for every figure of the nine practices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, wraps
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from pmdesk.answers.calendars import calendar_of, rules, shared_clock, zone_of
from pmdesk.answers.earlier import earlier
from pmdesk.answers.limits import limits_of
from pmdesk.answers.open_records import open_records
from pmdesk.answers.responsiveness import Answer, Question, ask
from pmdesk.answers.waiting import Conversation, conversation
from pmdesk.insight.worktime import CalendarRules, WorkClock
from pmdesk.journal.codec import moment_of, until_text
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Channel, Direction, ProjectStatus
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.declare import Kind, kind_of
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
        figure: T = rel.__dict__[name]
        return figure

    return remembered


# The stretch of days that the figures of answering look at.
RECENT: Final = timedelta(days=91)


# Where both sides speak at once: a contact whoever began it.
# A project that stands there is over.
OVER: Final = frozenset({ProjectStatus.DONE, ProjectStatus.CANCELLED})
SPOKEN: Final = (Channel.CALL, Channel.MEETING, Channel.VIDEO, Channel.VISIT)
_SPOKEN_SQL: Final = ", ".join(f"'{channel}'" for channel in SPOKEN)


class Contacted(NamedTuple):
    """A real contact: a call, a meeting or a visit, or a message of ours that reached them."""

    id: int
    at: datetime
    channel: Channel
    who: str


# The kinds whose records make up a relationship.
RECORDED: Final = tuple(
    kind for kind in KINDS.values() if kind.practice or kind.cls in {Contact, Project, Stage}
)


@dataclass(frozen=True)
class Relationship:
    """A client with every record of the practices, as they stood at `at`.

    Its conversation, which may be long, is read when a figure first asks for it. `for_client` says
    that it knows what a client may know, and no more.
    """

    client: Client
    at: datetime
    zone: ZoneInfo
    calendar: CalendarRules
    records: Mapping[str, Sequence[Any]]
    journal: Journal
    read_talk: Callable[[], Conversation]
    for_client: bool = False

    def of(self, cls: type[T]) -> list[T]:
        """The records of a kind."""
        return list(self.records.get(kind_of(cls).name, ()))

    @property
    def today(self) -> date:
        """The day at the client."""
        return self.at.astimezone(self.zone).date()

    def by_id(self, kind_name: str) -> Mapping[int, Any]:
        """The records of a kind by their ids."""
        if kind_name not in self._by_id:
            self._by_id[kind_name] = {r.id: r for r in self.records.get(kind_name, ())}
        return self._by_id[kind_name]

    @cached_property
    def _by_id(self) -> dict[str, dict[int, Any]]:
        return {}

    @cached_property
    def talk(self) -> Conversation:
        """The client's conversation."""
        return self.read_talk()

    @cached_property
    def answer(self) -> Answer:
        """Our answers of the last 13 weeks."""
        return self.answered(Question(), (recent_since(self.at, self.zone), None))

    def answered(
        self, question: Question, period: tuple[date | None, date | None] = (None, None)
    ) -> Answer:
        """The answers to turns that began within `period`, found once for all who ask for them."""
        known = self._answers.get((question, period))
        if known is None:
            known = self._answers[question, period] = ask(
                self.journal, self.client, question, at=self.at, period=period, talk=self.talk
            )
        return known

    @cached_property
    def _answers(self) -> dict[tuple[Question, tuple[date | None, date | None]], Answer]:
        return {}

    @cached_property
    def contacted(self) -> Contacted | None:
        """How we last reached them, or met; None where we never did."""
        return _contacted(self.journal, int(self.client.id or 0), self.at)

    @property
    def last_contact(self) -> datetime | None:
        """When we last reached them, or met."""
        return self.contacted.at if self.contacted else None

    @cached_property
    def limits(self) -> Mapping[str, int]:
        """From when on something is owed, by the name of the limit."""
        return limits_of(self.journal, self.client.id)

    @cached_property
    def clock(self) -> WorkClock:
        """The client's working time."""
        return shared_clock(self.calendar, self.today - timedelta(days=400), self.today)

    def day_of(self, moment: datetime) -> date:
        """The day on which a moment falls at the client."""
        return moment.astimezone(self.zone).date()

    def current_stages(self) -> list[Stage]:
        """Of each project that is not over the first stage that is not finished."""
        current = []
        for project in self.of(Project):
            if project.status in OVER:
                continue
            stages = sorted(
                (s for s in self.of(Stage) if s.project_id == project.id),
                key=lambda stage: (stage.position, stage.id or 0),
            )
            current += [stage for stage in stages if stage.finished_on is None][:1]
        return current

    def as_of(self, at: datetime) -> "Relationship":
        """The same as it stood at an earlier moment, as far as days and the action log tell."""
        day = at.astimezone(self.zone).date()
        records = earlier(self.journal, self.records, at=at, day=day)
        if self.for_client:
            records = open_records(records, at=at)  # the log knows what was internal then
        return replace(self, at=at, records=records, read_talk=lambda: self.talk)

    def opened(self) -> "Relationship":
        """The same as far as the client may know of it: no contact of theirs is one marked internal."""
        if self.for_client:
            return self
        return replace(
            self,
            for_client=True,
            records=open_records(self.records, at=self.at),
            read_talk=lambda: self.talk.without(
                internal_contacts(self.journal, int(self.client.id or 0))
            ),
        )


def relationship(
    journal: Journal,
    client: Client,
    *,
    at: datetime,
    known: Mapping[str, Sequence[Any]] = MappingProxyType({}),
) -> Relationship:
    """Everything recorded of `client` as it stands at `at`.

    Kinds whose records are `known` are not read again.
    """
    id_ = int(client.id or 0)
    return Relationship(
        client=client,
        at=at,
        zone=zone_of(journal, client),
        calendar=rules(calendar_of(journal, client)),
        records={
            kind.name: known[kind.name] if kind.name in known else records_of(journal, id_, kind)
            for kind in RECORDED
        },
        journal=journal,
        read_talk=lambda: conversation(journal, id_),
    )


def relationship_in(
    journal: Journal, client: Client, *kinds: type[Any], at: datetime
) -> Relationship:
    """A relationship that knows the records of these kinds alone: for what rests on no others."""
    wanted = {kind_of(cls).name for cls in kinds}
    others = dict.fromkeys((kind.name for kind in RECORDED if kind.name not in wanted), ())
    return relationship(journal, client, at=at, known=others)


def records_of(journal: Journal, client_id: int, kind: Kind) -> list[Any]:
    """A client's records of a kind."""
    if kind.cls is Stage:
        where = "project_id IN (SELECT id FROM project WHERE client_id = ?)"
    else:
        where = "client_id = ?"
    return journal.find(kind.cls, where, [client_id])


def internal_contacts(journal: Journal, client_id: int) -> frozenset[int]:
    """The interactions with a client that are marked internal, by their ids."""
    rows = journal.rows(
        "SELECT id FROM interaction WHERE client_id = ? AND internal = 1", [client_id]
    )
    return frozenset(row[0] for row in rows)


def recent_since(at: datetime, zone: ZoneInfo) -> date:
    """The first day of the last 13 weeks."""
    return (at - RECENT).astimezone(zone).date()


def _contacted(journal: Journal, client_id: int, at: datetime) -> Contacted | None:
    """The last contact with a client: their mail alone is no contact of ours."""
    rows = journal.rows(
        "SELECT id, at, channel, who FROM interaction"
        " WHERE client_id = ? AND automatic = 0 AND at <= ?"
        f" AND (channel IN ({_SPOKEN_SQL}) OR direction = '{Direction.OUTBOUND}' AND reached)"
        " ORDER BY at DESC, id DESC LIMIT 1",
        [client_id, until_text(at)],
    )
    return next(
        (Contacted(id_, moment_of(when), Channel(how), who or "") for id_, when, how, who in rows),
        None,
    )
