"""The post-mortem of a crisis: ours with all there is, the client's with moments and what we release.

A crisis is internal with all that belongs to it. The client's edition tells when it was found, told and
over; its texts stay blank to be written for the client, unless somebody asks for them to be told.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pmdesk.answers.crisis_tasks import Task
from pmdesk.answers.post_mortem import PostMortem, post_mortem
from pmdesk.answers.text.minutes_lines import plain_lines
from pmdesk.answers.text.said import say
from pmdesk.answers.text.spans import span_said
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report.asks import Request
from pmdesk.report.cut import Cut
from pmdesk.report.declare import StaysWithUs
from pmdesk.report.setting import Setting
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
    words, over = setting.tables, facts.crisis.stood_down_at
    found = words.short_moment(facts.room.found_at, setting.zone)
    if over is None:
        return words("since {day}", day=found)
    return words("{first} to {last}", first=found, last=words.short_moment(over, setting.zone))


def head(facts: PostMortem, setting: Setting) -> Fields:
    """When it was found, told and over, and how bad it was; ours with what it is seen as."""
    words, crisis = setting.tables, facts.crisis
    pairs = [
        (words("Level"), words(crisis.level.label)),
        (words("Found"), words.short_moment(facts.room.found_at, setting.zone)),
        (words("Client to be told by"), words.short_moment(facts.room.told_due, setting.zone)),
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
    return setting.tables.short_moment(at, setting.zone) if at else ""


def _told(facts: PostMortem, setting: Setting) -> str:
    """When the client was told, and whether that was in time."""
    told = facts.crisis.told_at
    if told is None:
        return ""
    return f"{_moment(told, setting)} · {_kept(told, facts.room.told_due, setting)}"


def _kept(done: datetime, due: datetime | None, setting: Setting) -> str:
    """Whether something was done within its limit; nothing where there is none."""
    words = setting.tables
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
    words = setting.tables
    known = Cut.of(sorted(_moments(facts, setting), key=lambda row: row[0]), _MOST_LOGGED)
    return Section(
        words("Timeline"),
        (words("When"), words("Kind"), words("Who"), words("What")),
        (1.9, 1.9, 1.7, 5),
        tuple((words.short_moment(at, setting.zone), *rest) for at, *rest in known.shown),
        words("Nothing was noted."),
        known.remark(words, words("the earliest")),
        known.more(words),
    )


def _moments(facts: PostMortem, setting: Setting) -> Iterator[tuple[datetime, str, str, str]]:
    words, crisis = setting.tables, facts.crisis
    yield facts.room.found_at, words("Found"), "", crisis.title
    for at, label in (
        (crisis.told_at, words("Client told")),
        (crisis.stood_down_at, words("Stood down")),
    ):
        if at:
            yield at, label, "", ""
    for line in facts.room.log:
        if line.at:
            text = "" if line.text == line.who else line.text
            yield line.at, words(line.what.label), line.who, text


def notices(facts: PostMortem, setting: Setting) -> Section:
    """The client and everybody of the tree of notices: told when, against which limit."""
    words, crisis, room = setting.tables, facts.crisis, facts.room
    first = (room.client.name, "", _moment(room.told_due, setting), *_result(crisis.told_at, room.told_due, setting))  # fmt: skip
    rows: list[tuple[str, ...]] = [] if crisis.rehearsal else [first]
    rows += [_row(task.who, task.what, task, setting) for task in room.notices]
    return _tasks(words("Told when, against the limits"), words("Whom"), words("Channel"), rows, setting)  # fmt: skip


def steps(facts: PostMortem, setting: Setting) -> Section:
    """The steps of the plan: done when, against which limit."""
    words = setting.tables
    rows = [_row(task.what, task.who, task, setting) for task in facts.room.steps]
    return _tasks(words("Steps against their limits"), words("Step"), words("Owner"), rows, setting)


def _tasks(
    title: str, what: str, beside: str, rows: list[tuple[str, ...]], setting: Setting
) -> Section:
    words, known = setting.tables, Cut.of(rows)
    return Section(
        title,
        (what, beside, words("Limit"), words("Done at"), words("Result")),
        (3.4, 1.8, 2, 2, 1.8),
        tuple(known.shown),
        words("The plan has none."),
        "",
        known.more(words),
    )


def _row(what: str, beside: str, task: Task, setting: Setting) -> tuple[str, ...]:
    limit = _moment(task.due, setting) or task.limit
    return (what, beside, limit, *_result(task.done_at, task.due, setting))


def _result(done: datetime | None, due: datetime | None, setting: Setting) -> tuple[str, str]:
    if done is None:
        return "–", setting.tables("not done")
    return _moment(done, setting), _kept(done, due, setting)


def actions(facts: PostMortem, setting: Setting) -> Section:
    """What is done now, by whom and by when; an owner nobody named is blank to be filled."""
    words = setting.tables
    listed = facts.actions if _tells(setting) else []
    rows = [
        (str(n), one.what, one.who, words.date(one.day) if one.day else "")
        for n, one in enumerate(listed, 1)
    ]
    if not _tells(setting):
        rows = [(str(n), "", "", "") for n in range(1, _BLANK_ROWS + 1)]
    return Section(
        words("What we do now"),
        (words("No."), words("What"), words("Owner"), words("By when")),
        (0.5, 5.5, 2, 1.6),
        tuple(rows),
        words("Not written down yet."),
    )


def risks(facts: PostMortem, setting: Setting) -> Section:
    """What of it stands in the risk log; in the client's edition what the client was told of."""
    words = setting.tables
    known = Cut.of(
        [
            one
            for one in facts.risks
            if setting.is_open_to_reader(one) and (setting.request.internal or one.told_at)
        ]
    )
    rows = tuple(
        (one.statement, words(one.raid.label), one.owner, one.fix, setting.day(one.fix_date))
        for one in known.shown
    )
    return Section(
        words("In the risk log"),
        (words("Risk"), words("Kind"), words("Owner"), words("What is done about it"), words("By when")),
        (3.4, 1, 1.5, 3.4, 1.5),
        rows,
        words("Nothing of it stands in the risk log."),
        "",
        known.more(words),
    )  # fmt: skip
