"""The crisis room: what runs, whom to tell and what to do by when, what to say, what may end it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.answers.calendars import calendar_of, rules, shared_clock, zone_of
from pmdesk.answers.crisis_tasks import Criterion, Task, criteria, lines_of, tasks
from pmdesk.answers.text.said import Said, said
from pmdesk.insight.blanks import filled
from pmdesk.insight.disclosure import disclosure_due
from pmdesk.insight.readiness import Cause, Response, response
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.crisis import Crisis, CrisisLine, CrisisPlan
from pmdesk.words import Language, mark, words_for

_ORDER: Final = "rehearsal, level, found_at, id"
# Crisis history: another crisis of the client within so many days (Coombs 2007).
_HISTORY: Final = timedelta(days=730)
POSTURES: Final = {
    Response.INFORM: mark("inform: what happened, what to do now, when the next word comes"),
    Response.DIMINISH: mark(
        "explain: inform, then say how it came about and how little is affected"
    ),
    Response.REBUILD: mark("rebuild: inform, apologise, say what is mended and when"),
}
# The blanks of a text that the room itself fills, by the names they may have.
_BLANKS: Final = {
    "client": ("client", "客户"),
    "title": ("what", "title", "event", "事件"),
    "found": ("found", "发现时间"),
    "owner": ("owner", "负责人"),
    "done": ("done", "已完成"),
    "doing": ("doing", "正在进行"),
    "fix": ("fix", "解决方案"),
}


def blank_names(language: Language) -> list[str]:
    """The blanks that a text may have to be filled in by itself, as a language calls them."""
    return [names[-1] if language == "zh" else names[0] for names in _BLANKS.values()]


class Room(NamedTuple):
    """A crisis as its room shows it. `told_due` is when the client must know at the latest."""

    crisis: Crisis
    client: Client
    plan: CrisisPlan | None
    zone: ZoneInfo
    found_at: datetime
    told_due: datetime
    notices: tuple[Task, ...]
    steps: tuple[Task, ...]
    criteria: tuple[Criterion, ...]
    log: tuple[CrisisLine, ...]
    posture: Response
    history: bool

    @property
    def now(self) -> Task | None:
        """The step that is to be done now: the first that is not done."""
        return next((step for step in self.steps if step.done_at is None), None)

    def statement(self, language: Language, at: datetime) -> str:
        """What is said to the client in a language at `at`, its blanks filled with what is known.

        The crisis's own text, else its plan's; what is not known stays as a blank to be seen.
        """
        name = "statement_zh" if language == "zh" else "statement_en"
        text: str = getattr(self.crisis, name) or (getattr(self.plan, name) if self.plan else "")
        return filled(text, self._facts(language, at))

    def _facts(self, language: Language, at: datetime) -> dict[str, str]:
        words, found = words_for(language), self.found_at.astimezone(self.zone)
        same_day = found.date() == at.astimezone(self.zone).date()
        now, plan = self.now, self.plan
        known = {
            "client": self.client.name,
            "title": self.crisis.title,
            "found": f"{found:%H:%M}" if same_day else words.moment(found, self.zone),
            "owner": plan.owner if plan else "",
            "done": words.clauses(step.what for step in self.steps if step.done_at and step.what),
            "doing": now.what if now else "",
            "fix": plan.fix if plan else "",
        }
        return {name: known[fact] for fact, names in _BLANKS.items() for name in names}

    def posture_said(self) -> Said:
        """The posture, and whether an earlier crisis has made it a humbler one (SCCT, Coombs 2007)."""
        text = (
            mark("Posture (SCCT), with an earlier crisis: {posture}.")
            if self.history
            else mark("Posture (SCCT): {posture}.")
        )
        return said(text, posture=said(POSTURES[self.posture]))

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
    found = journal.find(Crisis, "stood_down_at IS NULL", order=_ORDER)
    return [crisis for crisis in found if crisis.found_at is not None]


def running_at(journal: Journal, at: datetime) -> list[Crisis]:
    """What ran at a moment, as it stood then: what came after has not happened yet."""
    return [
        replace(crisis, stood_down_at=None, told_at=told if told and told <= at else None)
        for crisis in journal.find(Crisis, order=_ORDER)
        if crisis.found_at is not None
        and crisis.found_at <= at
        and (crisis.stood_down_at is None or crisis.stood_down_at > at)
        for told in (crisis.told_at,)
    ]


def room(journal: Journal, crisis: Crisis, at: datetime | None = None) -> Room | None:
    """The room of a crisis, with its log up to `at` or whole; None where its client has gone."""
    client, found = journal.get(Client, crisis.client_id or 0), crisis.found_at
    if client is None or found is None:
        return None
    plan = journal.get(CrisisPlan, crisis.plan_id) if crisis.plan_id is not None else None
    lines = journal.find(CrisisLine, "crisis_id = ?", [crisis.id], order="at, id")
    log = [line for line in lines if at is None or (line.at and line.at <= at)]
    zone, calendar = zone_of(journal, client), rules(calendar_of(journal, client))
    day = found.astimezone(zone).date()
    due = disclosure_due(crisis.level.value, found, shared_clock(calendar, day, day))
    history = _lived_through_one(journal, crisis, found)
    return Room(
        crisis, client, plan, zone, found, due,
        tasks(crisis, lines_of(crisis, plan, "notices"), log, calendar, zone, notice=True),
        tasks(crisis, lines_of(crisis, plan, "steps"), log, calendar, zone, notice=False),
        criteria(crisis, plan, log), tuple(reversed(log)),
        response(Cause(crisis.cause.value), history=history), history,
    )  # fmt: skip


def _lived_through_one(journal: Journal, crisis: Crisis, found: datetime) -> bool:
    """Whether the client has lived through another crisis lately; a rehearsal is none."""
    others = journal.find(
        Crisis, "client_id = ? AND id <> ? AND rehearsal = 0", [crisis.client_id, crisis.id]
    )
    return any(one.found_at and found - _HISTORY <= one.found_at < found for one in others)
