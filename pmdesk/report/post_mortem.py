"""The post-mortem of a crisis: ours with all there is, the client's with moments and what we release.

A crisis is internal with all that belongs to it. The client's edition tells when it was found, told and
over; its texts stay blank to be written for the client, unless somebody asks for them to be told.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from pmdesk.answers.crisis_tasks import Task
from pmdesk.answers.insights.past_crisis import NOT_IN_LOG
from pmdesk.answers.post_mortem import PostMortem, post_mortem
from pmdesk.answers.text.minutes_lines import KeptLine, plain_lines
from pmdesk.answers.text.said import say
from pmdesk.answers.text.spans import span_said
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report.asks import Request
from pmdesk.report.declare import StaysWithUs
from pmdesk.report.setting import Setting
from pmdesk.report.tables import ALL, Column, table
from pmdesk.report.values import Fields, Line, Lines, Section

_MOST_LOGGED: Final = 80
_BLANK_ROWS: Final = 4


def facts(journal: Journal, _client: Client | None, request: Request, at: datetime) -> PostMortem:
    """What the crisis that the request is about taught; a rehearsal is none of the client's."""
    known = post_mortem(journal, request.about, at)
    if known.crisis.rehearsal and not request.internal:
        raise StaysWithUs
    return known


def _tells(setting: Setting) -> bool:
    """Whether what we wrote for ourselves stands in this edition."""
    return setting.request.internal or setting.request.released


def called(_facts: PostMortem, setting: Setting) -> str:
    """What it is to whom it goes to."""
    words = setting.words
    return words("Post-mortem") if setting.request.internal else words("Incident report")


def subtitle(facts: PostMortem, setting: Setting) -> str:
    """What happened."""
    return facts.crisis.title if _tells(setting) else ""


def period(facts: PostMortem, setting: Setting) -> str:
    """From when to when it ran."""
    words, over = setting.words, facts.crisis.stood_down_at
    found = setting.moment(facts.room.found_at)
    if over is None:
        return words("since {day}", day=found)
    return words("{first} to {last}", first=found, last=setting.moment(over))


def head(facts: PostMortem, setting: Setting) -> Fields:
    """When it was found, told and over, and how bad it was; ours with what it is seen as."""
    words, crisis = setting.words, facts.crisis
    pairs = [
        (words("Level"), words(crisis.level.label)),
        (words("Found"), setting.moment(facts.room.found_at)),
        (words("Client to be told by"), setting.moment(facts.room.told_due)),
        (words("Client told"), _told(facts, setting)),
        (words("Stood down"), _moment(crisis.stood_down_at, setting)),
        (words("Lasted"), say(words, span_said(facts.lasted)) if facts.lasted else ""),
    ]
    if setting.request.internal:
        plan = facts.room.plan
        pairs += [
            (words("Seen as"), words(crisis.cause.label)),
            (words("Plan used"), plan.scenario if plan else words("none")),
        ]
        if crisis.untold_reason.strip():
            pairs.append((words("Why the client is not told"), crisis.untold_reason))
    return Fields(words("At a glance"), tuple(pairs), 2)


def _moment(at: datetime | None, setting: Setting) -> str:
    return setting.moment(at) if at else ""


def _told(facts: PostMortem, setting: Setting) -> str:
    """When the client was told, and whether that was in time."""
    told = facts.crisis.told_at
    if told is None:
        return ""
    return f"{_moment(told, setting)} · {_kept(told, facts.room.told_due, setting)}"


def _kept(done: datetime, due: datetime | None, setting: Setting) -> str:
    """Whether something was done within its limit; nothing where there is none."""
    words = setting.words
    if due is None:
        return ""
    if done <= due:
        return words("in time")
    return words("{hours} late", hours=say(words, span_said(done - due)))


def what_happened(facts: PostMortem, setting: Setting) -> Lines:
    """The facts as they were written down."""
    return _written(setting.words("What happened"), facts.crisis.facts, setting)


def causes(facts: PostMortem, setting: Setting) -> Lines:
    """Why it came to it."""
    return _written(setting.words("Causes"), facts.crisis.causes, setting)


def plan_change(facts: PostMortem, setting: Setting) -> Lines:
    """What changes in the plan: for ourselves."""
    return _written(setting.words("What changes in the plan"), facts.crisis.plan_change, setting)


def _written(title: str, text: str, setting: Setting) -> Lines:
    words = setting.words
    if not _tells(setting):
        return Lines(title, (), words("To be written for the client."))
    lines = tuple(Line(line) for line in plain_lines(text))
    return Lines(title, lines, words("Not written down yet."))


def timeline(facts: PostMortem, setting: Setting) -> Section:
    """The log with its moments, and where it was found, told and stood down: the oldest first."""
    words = setting.words
    return table(
        words,
        words("Timeline"),
        sorted(_moments(facts, setting), key=lambda one: one.at),
        (words("When"), 1.9, lambda one: setting.moment(one.at)),
        (words("Kind"), 1.9, lambda one: one.kind),
        (words("Who"), 1.7, lambda one: one.who),
        (words("What"), 5, lambda one: one.what),
        empty=words("Nothing was noted."),
        most=_MOST_LOGGED,
        order=words("the earliest"),
    )


class _Moment(NamedTuple):
    """What happened at a moment, and who had a hand in it."""

    at: datetime
    kind: str
    who: str
    what: str


def _moments(facts: PostMortem, setting: Setting) -> Iterator[_Moment]:
    words, crisis = setting.words, facts.crisis
    yield _Moment(facts.room.found_at, words("Found"), "", crisis.title)
    for at, label in (
        (crisis.told_at, words("Client told")),
        (crisis.stood_down_at, words("Stood down")),
    ):
        if at:
            yield _Moment(at, label, "", "")
    for line in facts.room.log:
        if line.at:
            text = "" if line.text == line.who else line.text
            yield _Moment(line.at, words(line.what.label), line.who, text)


def notices(facts: PostMortem, setting: Setting) -> Section:
    """The client and everybody of the tree of notices: told when, against which limit."""
    words, crisis, room = setting.words, facts.crisis, facts.room
    client = Task("", room.client.name, "", "", room.told_due, crisis.told_at)
    return _tasks(
        words("Told when, against the limits"),
        room.notices if crisis.rehearsal else (client, *room.notices),
        setting,
        (words("Whom"), 3.4, lambda task: task.who),
        (words("Channel"), 1.8, lambda task: task.what),
    )


def steps(facts: PostMortem, setting: Setting) -> Section:
    """The steps of the plan: done when, against which limit."""
    words = setting.words
    return _tasks(
        words("Steps against their limits"),
        facts.room.steps,
        setting,
        (words("Step"), 3.4, lambda task: task.what),
        (words("Owner"), 1.8, lambda task: task.who),
    )


def _tasks(title: str, tasks: tuple[Task, ...], setting: Setting, *named: Column[Task]) -> Section:
    words = setting.words

    def result(task: Task) -> str:
        return _kept(task.done_at, task.due, setting) if task.done_at else words(NOT_IN_LOG)

    return table(
        words,
        title,
        tasks,
        *named,
        (words("Limit"), 2, lambda task: _moment(task.due, setting) or task.limit),
        (words("Done at"), 2, lambda task: setting.moment(task.done_at)),
        (words("Result"), 1.8, result),
        empty=words("The plan has none."),
    )


def actions(facts: PostMortem, setting: Setting) -> Section:
    """What is done now, by whom and by when; an owner nobody named is blank to be filled."""
    words = setting.words
    listed = facts.actions if _tells(setting) else [KeptLine("", None, "")] * _BLANK_ROWS
    return table(
        words,
        words("What we do now"),
        list(enumerate(listed, 1)),
        (words("No."), 0.7, lambda one: str(one[0])),
        (words("What"), 5.5, lambda one: one[1].what),
        (words("Owner"), 2, lambda one: one[1].who),
        (words("By when"), 1.6, lambda one: words.date(one[1].day) if one[1].day else ""),
        empty=words("Not written down yet."),
        most=ALL,
    )


def risks(facts: PostMortem, setting: Setting) -> Section:
    """What of it stands in the risk log; in the client's edition what the client was told of."""
    words, internal = setting.words, setting.request.internal
    return table(
        words,
        words("In the risk log"),
        [
            one
            for one in facts.risks
            if setting.is_open_to_reader(one) and (internal or one.told_at)
        ],
        (words("Risk"), 3.4, lambda one: one.statement),
        (words("Kind"), 1, lambda one: words(one.raid.label)),
        (words("Owner"), 1.5, lambda one: one.owner),
        (words("What is done about it"), 3.4, lambda one: one.fix),
        (words("By when"), 1.5, lambda one: setting.day(one.fix_date)),
        empty=words("Nothing of it stands in the risk log."),
    )
