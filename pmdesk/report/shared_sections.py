"""The practices in a report as the client may read them; what is internal-only stays out of theirs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pmdesk.answers.client_summary import SummaryFacts
from pmdesk.answers.practices.expectations import (
    LABELS,
    ExpectationGap,
    expectation_gaps,
    gap_said,
    value_said,
)
from pmdesk.answers.practices.needs import is_confirmed, needs_now
from pmdesk.answers.practices.under import under
from pmdesk.answers.text.said import say
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid
from pmdesk.records.trust import Promise, Side
from pmdesk.report.cut import MOST_IN_A_CELL, Cut
from pmdesk.report.setting import Setting
from pmdesk.report.tables import table
from pmdesk.report.values import Section
from pmdesk.words import Words


def _latest_first(day: date | None) -> int:
    return -(day or date.min).toordinal()


def expectations(facts: SummaryFacts, setting: Setting) -> Section:
    """Each expectation beside what is, its state and who confirmed it; the weightiest first."""
    words = setting.words
    return table(
        words,
        words("Expectations"),
        [g for g in expectation_gaps(facts.rel) if setting.is_open_to_reader(g.expectation)],
        (words("What is expected"), 2.7, lambda g: stated(g, words)),
        (words("Expected"), 1.4, lambda g: say(words, value_said(g.expectation, "expected"))),
        (words("Is or forecast"), 1.5, lambda g: say(words, value_said(g.expectation, "forecast"))),
        (words("Difference"), 1.75, lambda g: say(words, gap_said(g))),
        (words("State"), 1.65, lambda g: words(LABELS[g.state])),
        (words("Confirmed"), 1.9, lambda g: _confirmed(g, setting)),
        empty=words("No expectation is written down."),
        order=words("the weightiest"),
    )


def stated(gap: ExpectationGap, words: Words) -> str:
    """What is expected, after what it is about."""
    about = words(gap.expectation.dimension.label)
    return words("{name}: {text}", name=about, text=gap.expectation.statement)


def _confirmed(gap: ExpectationGap, setting: Setting) -> str:
    known = [c for c in gap.confirmations if c.day and setting.is_open_to_reader(c)]
    if not known:
        return "–"
    last = max(known, key=lambda c: c.day or date.min)
    return setting.words.listed(filter(None, (last.by, setting.day(last.day))))


def promises(facts: SummaryFacts, setting: Setting) -> Section:
    """Promises both ways: open ones by the day they are due, then those of the period."""
    words = setting.words
    listed = [
        p
        for p in facts.rel.of(Promise)
        if setting.is_open_to_reader(p)
        and (p.delivered_on is None or setting.in_period(p.delivered_on, p.made_on))
    ]
    listed.sort(
        key=lambda p: (
            (0, (p.due_now or date.max).toordinal(), p.id or 0)
            if p.delivered_on is None
            else (1, _latest_first(p.delivered_on), p.id or 0)
        )
    )
    return table(
        words,
        words("Promises"),
        listed,
        (words("Who"), 1, lambda p: words(p.by.label)),
        (words("What was promised"), 5, lambda p: p.what),
        (words("Due"), 2.6, lambda p: _due(p, setting)),
        (words("Delivered on"), 1.8, lambda p: setting.day(p.delivered_on)),
        empty=words("No promise is open."),
        order=words("open ones by the day they are due, then the latest delivered"),
        since=lambda p: p.made_on or p.due,
        is_open=lambda p: p.delivered_on is None,
    )


def _due(promise: Promise, setting: Setting) -> str:
    old, new = setting.day(promise.due), promise.new_due
    if new is None:
        return old
    if promise.due is None:
        return setting.day(new)
    return setting.words("{new}, first {old}", new=setting.day(new), old=old)


def problems(facts: SummaryFacts, setting: Setting) -> Section:
    """Problems the client knows, with what is done about them; internally all of them.

    Internally, one that is closed and owed to the client stays, whenever it was closed.
    """
    words, internal = setting.words, setting.request.internal
    listed = [
        i
        for i in facts.rel.of(Issue)
        if i.raid is Raid.ISSUE
        and setting.is_open_to_reader(i)
        and (i.told_at is not None or internal)
        and (i.closed_on is None or i.owed or setting.in_period(i.closed_on))
    ]
    listed.sort(
        key=lambda i: (
            (0, 0, i.severity.value, i.id or 0)
            if i.closed_on is None
            else (1, _latest_first(i.closed_on), i.severity.value, i.id or 0)
        )
    )
    return table(
        words,
        words("Problems"),
        listed,
        (words("What is the matter"), 3.1, lambda i: i.statement),
        (words("Told"), 1.9, lambda i: _told(i, setting)),
        (words("What is done about it"), 3.0, lambda i: i.fix or "–"),
        (words("By"), 1.5, lambda i: setting.day(i.closed_on or i.fix_date)),
        (words("State"), 1.1, lambda i: words("Closed") if i.closed_on else words("Still open")),
        empty=words("No problem is open."),
        order=words("open ones, the most severe first, then the latest closed"),
        since=lambda i: facts.rel.day_of(i.found_at) if i.found_at else None,
        is_open=lambda i: i.closed_on is None,
    )


def _told(issue: Issue, setting: Setting) -> str:
    if issue.told_at:
        return setting.moment(issue.told_at)
    why = issue.untold_reason.strip()
    return setting.words("not told: {why}", why=why) if why else setting.words("not told")


def changes(facts: SummaryFacts, setting: Setting) -> Section:
    """Change requests; for the client only those whose decision was told, or still open."""
    words = setting.words
    listed = [
        c
        for c in facts.rel.of(ChangeRequest)
        if setting.is_open_to_reader(c)
        and (c.decision is Decision.OPEN or c.told_on or setting.request.internal)
        and (c.decision is Decision.OPEN or setting.in_period(c.decided_on, c.asked_on))
    ]
    listed.sort(
        key=lambda c: (
            (0, (c.asked_on or date.min).toordinal(), c.id or 0)
            if c.decision is Decision.OPEN
            else (1, _latest_first(c.decided_on or c.asked_on), c.id or 0)
        )
    )
    return table(
        words,
        words("Change requests"),
        listed,
        (words("What should change"), 3.2, lambda c: c.title),
        (words("Asked on"), 1.5, lambda c: setting.day(c.asked_on)),
        (words("Decision"), 1.3, lambda c: words(c.decision.label)),
        (words("Decided by"), 2.2, lambda c: _decided(c, setting)),
        (words("Schedule and cost"), 2.8, _impact),
        empty=words("No change was asked for."),
        order=words("open ones as they were asked for, then the latest decided"),
        since=lambda c: c.asked_on,
        is_open=lambda c: c.decision is Decision.OPEN,
    )


def _decided(change: ChangeRequest, setting: Setting) -> str:
    if change.decided_on is None:
        return "–"
    return setting.words.listed(filter(None, (change.decided_by, setting.day(change.decided_on))))


def _impact(change: ChangeRequest) -> str:
    return " · ".join(filter(None, (change.impact_schedule, change.impact_cost))) or "–"


class _Sought(NamedTuple):
    """A need, or a problem that options are offered for."""

    text: str
    goal: str
    state: str
    options: tuple[Option, ...]
    since: date | None


def needs(facts: SummaryFacts, setting: Setting) -> Section:
    """Needs with their state and the options under them, the unconfirmed first; then problems."""
    words = setting.words
    return table(
        words,
        words("Needs and options"),
        list(_sought(facts, setting)),
        (words("What they need"), 3, lambda one: one.text),
        (words("Goal"), 2.8, lambda one: one.goal or "–"),
        (words("State"), 1.4, lambda one: one.state),
        (words("Options"), 3.4, lambda one: _options(one.options, words)),
        empty=words("No need is written down."),
        order=words("unconfirmed needs, then the others, then open problems"),
        since=lambda one: one.since,
    )


def _sought(facts: SummaryFacts, setting: Setting) -> Iterator[_Sought]:
    words, rel = setting.words, facts.rel
    options = [o for o in rel.of(Option) if setting.is_open_to_reader(o)]
    of_need, of_problem = under(options, "need_id"), under(options, "issue_id")
    now = [(is_confirmed(rel, n), n) for n in needs_now(rel) if setting.is_open_to_reader(n)]
    for confirmed, need in sorted(now, key=lambda pair: pair[0]):
        state = words("Confirmed") if confirmed else words("Unconfirmed")
        offered = tuple(of_need.get(need.id, ()))
        yield _Sought(need.statement, need.goal, state, offered, need.noted_on)
    for issue in rel.of(Issue):
        offered = tuple(of_problem.get(issue.id, ()))
        known = issue.told_at is not None or setting.request.internal
        if offered and known and setting.is_open_to_reader(issue) and issue.closed_on is None:
            since = rel.day_of(issue.found_at) if issue.found_at else None
            yield _Sought(issue.statement, "", words("Still open"), offered, since)


def _options(options: tuple[Option, ...], words: Words) -> str:
    def option_said(o: Option) -> str:
        state = ""
        if o.accepted_on:
            state = words("Accepted")
        elif o.chosen_on:
            state = words("Chosen")
        return words("{what} ({state})", what=o.title, state=state) if state else o.title

    chosen_first = sorted(options, key=lambda o: not (o.accepted_on or o.chosen_on))
    return Cut.of(chosen_first, MOST_IN_A_CELL).joined(words, words.clauses, option_said) or "–"


class _Step(NamedTuple):
    """What comes next: until when, by whom, what."""

    day: date | None
    who: str
    what: str


def next_steps(facts: SummaryFacts, setting: Setting) -> Section:
    """What comes next, by its day; what has none comes last."""
    words = setting.words
    steps = sorted(_steps(facts, setting), key=lambda step: (step.day or date.max, step.what))
    made = table(
        words,
        words("Next steps"),
        steps,
        (words("By"), 1.6, lambda step: setting.day(step.day)),
        (words("Who"), 1.4, lambda step: step.who),
        (words("What"), 7, lambda step: step.what),
        empty=words("Nothing is planned."),
        order=words("by their day"),
    )
    last = max((step.day for step in Cut.of(steps).rest if step.day), default=None)
    if last is None:
        return made
    more = words("{first}, the last by {day}", first=made.more, day=words.date(last))
    return replace(made, more=more)


def _steps(facts: SummaryFacts, setting: Setting) -> Iterator[_Step]:
    words, rel, may = setting.words, facts.rel, setting.is_open_to_reader
    we, they = words(Side.US.label), words(Side.CLIENT.label)
    for promise in filter(may, rel.of(Promise)):
        if promise.delivered_on is None:
            yield _Step(promise.due_now, words(promise.by.label), promise.what)
    for issue in filter(may, rel.of(Issue)):
        known = issue.told_at is not None or setting.request.internal
        if issue.raid is Raid.ISSUE and issue.closed_on is None and issue.fix_date and known:
            yield _Step(issue.fix_date, we, words("Fix: {what}", what=issue.statement))
    for change in filter(may, rel.of(ChangeRequest)):
        if change.decision is Decision.OPEN:
            yield _Step(None, they, words("Decide on the change: {what}", what=change.title))
    for gap in expectation_gaps(rel):
        if not gap.confirmed and may(gap.expectation):
            yield _Step(None, they, words("Confirm: {what}", what=gap.expectation.statement))
