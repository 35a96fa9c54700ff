"""The crisis room: what runs, whom to tell and what to do by when, what may end it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.answers.calendars import calendar_of, rules, zone_of
from pmdesk.answers.text.said import Said, said
from pmdesk.insight.readiness import Cause, Response, response
from pmdesk.insight.within import within
from pmdesk.insight.worktime import CalendarRules
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.crisis import Crisis, CrisisLine, CrisisPlan, LineKind, parts_of_line
from pmdesk.words import Language, mark

_DAY: Final = timedelta(days=1)
# Crisis history: another crisis of the client within so many days (Coombs 2007).
_HISTORY: Final = timedelta(days=730)
POSTURES: Final = {
    Response.INFORM: mark("inform: what happened, what to do now, when the next word comes"),
    Response.DIMINISH: mark(
        "explain: inform, then say how it came about and how little is affected"
    ),
    Response.REBUILD: mark("rebuild: inform, apologise, say what is mended and when"),
}


class Task(NamedTuple):
    """A line of the tree of notices or of the steps: who, how or what, by when, and when done.

    `line` is the line as written: it names the task in the log.
    """

    line: str
    who: str
    what: str
    limit: str
    due: datetime | None
    done_at: datetime | None

    def late(self, at: datetime) -> bool:
        """Whether it was or is done after its limit."""
        return self.due is not None and (self.done_at or at) > self.due


class Criterion(NamedTuple):
    """One thing that must hold before the crisis is over, and since when it does."""

    text: str
    met_at: datetime | None


class Room(NamedTuple):
    """A crisis as its room shows it, at a moment."""

    crisis: Crisis
    client: Client
    plan: CrisisPlan | None
    zone: ZoneInfo
    notices: tuple[Task, ...]
    steps: tuple[Task, ...]
    criteria: tuple[Criterion, ...]
    log: tuple[CrisisLine, ...]
    posture: Response

    def statement(self, language: Language) -> str:
        """What is said to the client in a language: the crisis's own text, else its plan's."""
        name = "statement_zh" if language == "zh" else "statement_en"
        own: str = getattr(self.crisis, name)
        return own or (getattr(self.plan, name) if self.plan else "")

    def standing_against(self) -> list[Said]:
        """What must still be so before it may be stood down (METHODS 8)."""
        against = [
            said(mark("not met yet: {what}"), what=one.text)
            for one in self.criteria
            if one.met_at is None
        ]
        if self.crisis.owed:
            against.append(said(mark("the client is not told, and no reason is given")))
        return against


def running(journal: Journal) -> list[Crisis]:
    """Every crisis and rehearsal that is not stood down, the worst and oldest first."""
    found = journal.find(Crisis, "stood_down_at IS NULL", order="rehearsal, level, found_at, id")
    return [crisis for crisis in found if crisis.found_at is not None]


def room(journal: Journal, crisis: Crisis) -> Room | None:
    """The room of a crisis; None where its client has gone."""
    client = journal.get(Client, crisis.client_id or 0)
    if client is None or crisis.found_at is None:
        return None
    plan = journal.get(CrisisPlan, crisis.plan_id) if crisis.plan_id is not None else None
    log = journal.find(CrisisLine, "crisis_id = ?", [crisis.id], order="at, id")
    zone, calendar = zone_of(journal, client), rules(calendar_of(journal, client))
    return Room(
        crisis, client, plan, zone,
        tasks(crisis, lines_of(crisis, plan, "notices"), log, calendar, zone, notice=True),
        tasks(crisis, lines_of(crisis, plan, "steps"), log, calendar, zone, notice=False),
        _criteria(crisis, plan, log), tuple(reversed(log)), _posture(journal, crisis),
    )  # fmt: skip


def lines_of(crisis: Crisis, plan: CrisisPlan | None, name: str) -> tuple[str, ...]:
    """A crisis's own `notices` or `steps`; those of its plan where it was begun without."""
    own: tuple[str, ...] = getattr(crisis, name)
    return own or (getattr(plan, name) if plan else ())


def tasks(
    crisis: Crisis,
    lines: Sequence[str],
    log: Sequence[CrisisLine],
    calendar: CalendarRules,
    zone: ZoneInfo,
    *,
    notice: bool,
) -> tuple[Task, ...]:
    """The lines with their limits from the finding on; a notice is who | how | within, a step who | within | what."""
    kind = LineKind.TOLD if notice else LineKind.STEP
    done = {_settles(one, notice=notice): one.at for one in reversed(log) if one.what is kind}
    found = crisis.found_at
    if found is None:
        raise ValueError("a stored crisis has its moment")
    made = []
    for line in lines:
        parts = [*parts_of_line(line), "", "", ""]
        who, what, limit = (
            (parts[0], parts[1], parts[2]) if notice else (parts[0], parts[2], parts[1])
        )
        due = _due(found, limit, calendar, zone)
        by_word = done.get(who) if notice else done.get(what)
        made.append(Task(line, who, what, limit, due, done.get(line) or by_word))
    return tuple(made)


def _settles(one: CrisisLine, *, notice: bool) -> str:
    """The task that a line of the log settles: by its line, else by whom or what it names."""
    return one.about or (one.who if notice else one.text).strip()


def _due(found: datetime, text: str, calendar: CalendarRules, zone: ZoneInfo) -> datetime | None:
    limit = within(text)
    if limit is None:
        return None
    if limit.minutes is not None:
        return found + timedelta(minutes=limit.minutes)
    day: date = found.astimezone(zone).date()
    for _ in range(limit.workdays or 0):
        day = calendar.next_workday(day + _DAY)
    return datetime.combine(day + _DAY, time(0), zone).astimezone(UTC)


def _criteria(
    crisis: Crisis, plan: CrisisPlan | None, log: Sequence[CrisisLine]
) -> tuple[Criterion, ...]:
    met = {one.about: one.at for one in reversed(log) if one.what is LineKind.CRITERION}
    text = crisis.criteria.strip() or (plan.criteria if plan else "")
    lines = [line.strip().lstrip("-*•· ") for line in text.splitlines()]
    return tuple(Criterion(line, met.get(line)) for line in lines if line)


def _posture(journal: Journal, crisis: Crisis) -> Response:
    """What fits the cause and whether the client has lived through one before (SCCT, Coombs 2007)."""
    found = crisis.found_at
    before = [
        other
        for other in journal.find(
            Crisis, "client_id = ? AND id <> ?", [crisis.client_id, crisis.id]
        )
        if not other.rehearsal
        and other.found_at
        and found
        and found - _HISTORY <= other.found_at < found
    ]
    return response(Cause(crisis.cause.value), history=bool(before))
