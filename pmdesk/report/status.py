"""The status report: one page that begins with what is to be decided."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.of_project import of_project, project_in
from pmdesk.answers.practices.status import ProjectState, project_states
from pmdesk.answers.relationship import relationship
from pmdesk.answers.status_colour import (
    NAMES,
    TONES,
    estimate,
    money_said,
    over_budget,
    rules_said,
    statuses,
)
from pmdesk.answers.status_points import (
    Point,
    StatusFacts,
    coming,
    days_of,
    decisions,
    done,
    needed,
    risks,
)
from pmdesk.answers.text.said import Signed, said, say
from pmdesk.answers.years import years_note
from pmdesk.insight.gaps import schedule_gap
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.project import Stage
from pmdesk.records.transparency import ChangeRequest, Decision
from pmdesk.report.asks import Request
from pmdesk.report.cut import Cut
from pmdesk.report.setting import Setting
from pmdesk.report.tables import ALL, table
from pmdesk.report.values import Line, Lines, Section
from pmdesk.words import Words

_MOST_PROJECTS: Final = 3
_LETTERS: Final = 30


def status_facts(journal: Journal, client: Client, request: Request, at: datetime) -> StatusFacts:
    """A client as things stand at `at`, and the days that the report is of."""
    today = at.astimezone(zone_of(journal, client)).date()
    first, last = days_of(request.period, today)
    rel = relationship(journal, client, at=at)
    if request.project:
        rel = of_project(rel, request.project)
    if not request.internal:
        rel = rel.opened()
    return StatusFacts(rel, first, last, request.internal, request.project)


def title(facts: StatusFacts, setting: Setting) -> str:
    """What it is called, by the length of its days."""
    words, first, last = setting.words, facts.first, facts.last
    days = (last - first).days + 1
    if days == 7:
        return words("Weekly report, week {n}", n=last.isocalendar().week)
    whole = monthrange(first.year, first.month)[1]
    if days == whole and (first.day == 1 or (first + timedelta(days=whole)).day == first.day):
        return words("Monthly report")
    return words("Status report")


def subtitle(facts: StatusFacts, setting: Setting) -> str:
    """The projects that it is of, in a line."""
    alone = project_in(facts.rel, facts.project)
    names = [alone.name] if alone else [state.project.name for state in project_states(facts.rel)]
    known = Cut.of(names, _MOST_PROJECTS)
    parts = [*map(_short, known.shown), known.more(setting.words)]
    return " · ".join(part for part in parts if part)


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"


def period(facts: StatusFacts, setting: Setting) -> str:
    """The days it is of, and when all else stands as it says."""
    words = setting.words
    text = words("{first} to {last}", first=words.date(facts.first), last=words.date(facts.last))
    today = facts.rel.today
    if today == facts.last:
        return text
    return words("{period}; as of {day}", period=text, day=words.date(today))


def note(facts: StatusFacts, setting: Setting) -> str:
    """What must be said of its working days."""
    known = years_note(facts.rel)
    return "" if known is None else say(setting.words, known)


def wanted(facts: StatusFacts, setting: Setting) -> Lines:
    """What the client is to decide."""
    words = setting.words
    return lines(
        words("Decisions wanted"), decisions(facts), words("Nothing is to be decided."), setting,
        half=False,
    )  # fmt: skip


def was_done(facts: StatusFacts, setting: Setting) -> Lines:
    """What was done in the period."""
    words = setting.words
    return lines(words("Done"), done(facts), words("Nothing was finished in these days."), setting)


def next_done(facts: StatusFacts, setting: Setting) -> Lines:
    """What comes next."""
    words = setting.words
    return lines(words("Next"), coming(facts), words("Nothing is planned."), setting)


def what_may_harm(facts: StatusFacts, setting: Setting) -> Lines:
    """Problems and risks with their answers."""
    words = setting.words
    return lines(
        words("Risks and problems"), risks(facts), words("No problem and no risk is open."), setting
    )


def what_we_need(facts: StatusFacts, setting: Setting) -> Lines:
    """What is needed of the client."""
    words = setting.words
    return lines(words("Needed of you"), needed(facts), words("We wait for nothing."), setting)


def colours(facts: StatusFacts, setting: Setting) -> Lines:
    """How schedule, budget and problems stand, with the rule of each colour."""
    words, tables = setting.words, setting.words
    return Lines(
        words("Status by rule"),
        tuple(
            Line(say(tables, one.why), "", f"● {words(NAMES[one.colour])}", TONES[one.colour])
            for one in statuses(facts)
        ),
        "",
        say(words, rules_said()),
    )


def lines(
    title: str, points: Sequence[Point], empty: str, setting: Setting, *, half: bool = True
) -> Lines:
    """Points as they are set; the page cuts them to its room."""
    return Lines(title, tuple(line(point, setting.words) for point in points), empty, half=half)


def line(point: Point, words: Words) -> Line:
    """A point as it is set: its text in one line, what more there is to say behind one another."""
    return Line(
        " ".join(say(words, point.text).split()),
        " · ".join(" ".join(say(words, part).split()) for part in point.more),
        say(words, point.state) if point.state else "",
        point.tone,
    )


def milestones(facts: StatusFacts, setting: Setting) -> Section:
    """Stages with their agreed end beside what is or is forecast, those that are not over first, then the latest."""
    words = setting.words
    projects = {project.id: project.name for project, _ in facts.stages}

    def name(stage: Stage) -> str:
        if len(projects) == 1:
            return stage.name
        return words.labelled(projects[stage.project_id], stage.name)

    def state(stage: Stage) -> str:
        return words("Finished") if stage.finished_on else words("{n}%", n=stage.progress)

    return table(
        words,
        words("Milestones"),
        sorted(
            (stage for _, stage in facts.stages),
            key=lambda stage: -(stage.finished_on or date.max).toordinal(),
        ),
        (words("Milestone"), 4.0, name),
        (words("Agreed"), 1.5, lambda stage: setting.day(stage.baseline_end)),
        (words("Forecast or finished"), 1.9, lambda stage: setting.day(_end(stage))),
        (words("Difference"), 1.9, lambda stage: _difference(stage, facts, setting)),
        (words("State"), 1.2, state),
        empty=words("No milestone is agreed."),
        most=ALL,
    )


def _end(stage: Stage) -> date | None:
    return stage.finished_on or stage.forecast_end


def _difference(stage: Stage, facts: StatusFacts, setting: Setting) -> str:
    end = _end(stage)
    if stage.baseline_end is None or end is None:
        return "–"
    days = schedule_gap(stage.baseline_end, end, facts.rel.calendar)
    if not days:
        return setting.words("on the day")
    return say(setting.words, said("{gap} working days", gap=Signed(float(days), 0)))


def budget(facts: StatusFacts, setting: Setting) -> Section:
    """Budget, cost so far and estimate at completion of each project."""
    words = setting.words
    listed = [one for one in project_states(facts.rel) if one.project.budget_minor is not None]

    def money(minor: float | None, of: ProjectState) -> str:
        return amount(minor, of.project.currency, words)

    def difference(of: ProjectState) -> str:
        over = over_budget(of)
        return "–" if over is None else say(words, said("{over}%", over=Signed(over * 100, 1)))

    rule = words("At completion: budget ÷ (value of the work done ÷ its cost)")
    return table(
        words,
        words("Budget"),
        listed,
        (words("Project"), 3.4, lambda of: of.project.name),
        (words("Budget"), 1.8, lambda of: money(of.project.budget_minor, of)),
        (words("Spent so far"), 1.8, lambda of: money(of.project.spent_minor, of)),
        (words("At completion"), 1.8, lambda of: money(estimate(of), of)),
        (words("Difference"), 1.4, difference),
        empty=words("No budget is agreed."),
        most=ALL,
        remark=rule if listed else "",
    )


def amount(minor: float | None, currency: str, words: Words) -> str:
    """An amount in minor units with its currency."""
    return say(words, money_said(minor, currency))


def changes(facts: StatusFacts, setting: Setting) -> Section:
    """Changes that wait for a decision, and those decided in the period and told."""
    words = setting.words
    listed = [
        c
        for c in facts.rel.of(ChangeRequest)
        if facts.may(c)
        and (
            c.decision is Decision.OPEN
            or (facts.within(c.decided_on) and (facts.internal or c.told_on))
        )
    ]
    return table(
        words,
        words("Changes"),
        sorted(listed, key=lambda c: (c.decision is not Decision.OPEN, c.id or 0)),
        (words("What should change"), 3.4, lambda c: c.title),
        (words("Asked on"), 1.4, lambda c: setting.day(c.asked_on)),
        (words("Decision"), 1.4, lambda c: words(c.decision.label)),
        (words("Schedule"), 2.6, lambda c: c.impact_schedule or "–"),
        (words("Cost"), 2.6, lambda c: c.impact_cost or "–"),
        empty=words("No change is open, none was decided in these days."),
        most=ALL,
    )
