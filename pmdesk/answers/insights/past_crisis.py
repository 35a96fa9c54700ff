"""A crisis that is over as a timeline: what was due when, and when it was done."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.crisis_room import Room, room
from pmdesk.answers.crisis_tasks import Task
from pmdesk.answers.insights.periods import lies_in
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.practices.crisis import crises
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Said, said
from pmdesk.answers.text.spans import span_said
from pmdesk.records.crisis import Crisis, CrisisLine, LineKind
from pmdesk.words import mark

# What nobody wrote down may have been done all the same.
NOT_IN_LOG: Final = mark("not in the log")
_COLUMNS = (
    Column(mark("What")),
    Column(mark("Kind")),
    Column(mark("When")),
    Column(mark("After finding")),
    Column(mark("Limit")),
    Column(mark("State")),
)
_FOUND, _CLIENT_TOLD, _STOOD_DOWN = mark("Found"), mark("Client told"), mark("Stood down")
_NOTICE, _STEP, _CRITERION, _LOG = mark("Notice"), mark("Step"), mark("Criterion"), mark("Noted")
_KINDS: Final = {LineKind.TOLD: _NOTICE, LineKind.STEP: _STEP, LineKind.CRITERION: _CRITERION,
                 LineKind.LOG: _LOG}  # fmt: skip


class Event(NamedTuple):
    """Something of a crisis: when it was done (None: nothing says so), and by when it was due (None: no limit)."""

    what: str | Said
    kind: str
    at: datetime | None
    due: datetime | None
    record: tuple[str, int]

    @property
    def in_time(self) -> bool | None:
        """Whether it kept its limit; None without one, or where nothing says when it was done."""
        if self.due is None or self.at is None:
            return None
        return self.at <= self.due


class Shown(NamedTuple):
    """An event as the chart draws it: minutes after the finding, done (None: nothing says so) and due."""

    what: str | Said
    kind: str
    minutes: float | None
    due_minutes: float | None
    in_time: bool | None


class CrisisShape(NamedTuple):
    """The events in the order of their moments, what nothing says was done at its limit."""

    events: tuple[Shown, ...]
    title: str


def past_crisis(rel: Relationship, period: Period, about: int = 0) -> Insight:
    """The crisis of that id; else the last found in a period and over, or the last that runs."""
    if about:
        named = rel.by_id("crisis").get(about)
        found = [named] if named and named.found_at and named.found_at <= rel.at else []
    else:
        found = _in_order(rel, period)
    return (
        crisis_timeline(rel, found[-1])
        if found
        else Insight(
            said(mark("No crisis in this time")),
            None,
            _COLUMNS,
            enough=False,
            values={"crisis": None},
        )
    )


def _in_order(rel: Relationship, period: Period) -> list[Crisis]:
    """The crises found in a period, those that run first, then by their finding."""
    return sorted(
        (
            c
            for c in crises(rel)
            if c.found_at and c.found_at <= rel.at and lies_in(rel.day_of(c.found_at), period)
        ),
        key=lambda c: (_is_over(c, rel.at), c.found_at or rel.at, c.id or 0),
    )


def _is_over(crisis: Crisis, at: datetime) -> bool:
    return crisis.stood_down_at is not None and crisis.stood_down_at <= at


def crisis_timeline(rel: Relationship, crisis: Crisis) -> Insight:
    """One crisis as a timeline up to `rel.at`; raises ValueError where its client has gone."""
    of = room(rel.journal, crisis, rel.at)
    if of is None:
        raise ValueError("the client of a crisis is known")
    events = sorted(_events(of, rel.at), key=lambda e: (e.at or e.due or rel.at, _order(e)))
    limited = [event for event in events if event.in_time is not None]
    kept = sum(bool(event.in_time) for event in limited)
    over = _is_over(crisis, rel.at)
    return Insight(
        _verdict(of, rel.at, over=over),
        said(
            mark("{level} · {what} · found {moment} · within its limit: {n} of {all}, not in the log: {m}"),
            level=crisis.level.value, what=crisis.title, moment=of.found_at.astimezone(rel.zone),
            n=kept, all=len(limited), m=sum(event.at is None for event in events),
        ),
        _COLUMNS,
        tuple(_item(rel, event, of) for event in events),
        CrisisShape(tuple(_shown(event, of) for event in events), crisis.title),
        values={
            "crisis": crisis.title,
            "told_minutes": _minutes(of, _until(crisis.told_at, rel.at)),
            "stood_down_minutes": _minutes(of, _until(crisis.stood_down_at, rel.at)),
            "in_time": kept,
            "limited": len(limited),
        },
    )  # fmt: skip


def _order(event: Event) -> int:
    """At one moment: found, then who was told, at last stood down."""
    return {_FOUND: 0, _CLIENT_TOLD: 1, _STOOD_DOWN: 9}.get(event.kind, 5)


def _until(moment: datetime | None, at: datetime) -> datetime | None:
    return moment if moment is not None and moment <= at else None


def _events(of: Room, at: datetime) -> Iterator[Event]:
    crisis = of.crisis
    record = ("crisis", int(crisis.id or 0))
    yield Event(said(_FOUND), _FOUND, of.found_at, None, record)
    told = _until(crisis.told_at, at)
    if told is not None or crisis.owed:
        yield Event(said(_CLIENT_TOLD), _CLIENT_TOLD, told, of.told_due, record)
    settled = set()
    for kind, tasks in ((LineKind.TOLD, of.notices), (LineKind.STEP, of.steps)):
        for task in tasks:
            line = next((one for one in of.log if _settles(one, task, kind)), None)
            settled.add(line.id if line else None)
            yield Event(
                _task_said(task, kind), _KINDS[kind], task.done_at, task.due,
                ("crisis_line", int(line.id or 0)) if line else record,
            )  # fmt: skip
    for line in of.log:
        if line.id not in settled:
            what = said("{name}: {text}", name=line.who, text=line.text) if line.who else line.text
            yield Event(what, _KINDS[line.what], line.at, None, ("crisis_line", int(line.id or 0)))
    if over := _until(crisis.stood_down_at, at):
        yield Event(said(_STOOD_DOWN), _STOOD_DOWN, over, None, record)


def _settles(line: CrisisLine, task: Task, kind: LineKind) -> bool:
    """Whether a line of the log is what a task was done with."""
    named = line.who if kind is LineKind.TOLD else line.text
    by_word = named.strip() == (task.who if kind is LineKind.TOLD else task.what)
    return line.what is kind and line.at == task.done_at and (line.about == task.line or by_word)


def _task_said(task: Task, kind: LineKind) -> str | Said:
    if kind is LineKind.TOLD:
        return f"{task.who} · {task.what}" if task.what else task.who
    return said("{name}: {text}", name=task.who, text=task.what) if task.who else task.what


def _minutes(of: Room, moment: datetime | None) -> float | None:
    return None if moment is None else round((moment - of.found_at) / timedelta(minutes=1), 2)


def _shown(event: Event, of: Room) -> Shown:
    return Shown(
        event.what, event.kind, _minutes(of, event.at), _minutes(of, event.due), event.in_time
    )


def after_said(minutes: float) -> Said:
    """How long after the finding."""
    return said("+{span}", span=span_said(timedelta(minutes=minutes)))


def state_said(in_time: bool | None, *, done: bool) -> Said:
    """Whether something kept its limit."""
    if not done:
        return said(NOT_IN_LOG)
    if in_time is None:
        return said("–")
    return said(mark("in time")) if in_time else said(mark("too late"))


def _item(rel: Relationship, event: Event, of: Room) -> Item:
    at, due = _minutes(of, event.at), _minutes(of, event.due)
    cells = (event.what, said(event.kind), event.at.astimezone(rel.zone) if event.at else None,
             after_said(at) if at else None, after_said(due) if due is not None else None,
             state_said(event.in_time, done=event.at is not None))  # fmt: skip
    return Item(cells, event.record)


def _verdict(of: Room, at: datetime, *, over: bool) -> Said:
    crisis = of.crisis
    told = _until(crisis.told_at, at)
    if told is not None:
        after = span_said(told - of.found_at)
        text = (
            mark("Told after {span}")
            if told <= of.told_due
            else mark("Told too late, after {span}")
        )
        first = said(text, span=after)
    else:
        first = said(mark("The client was not told"))
    end = crisis.stood_down_at
    then = (
        said(mark("stood down after {span}"), span=span_said(end - of.found_at))
        if over and end
        else said(mark("not stood down"))
    )
    return said("{first} · {then}", first=first, then=then)
