"""The practices in a report as the client may read them; what is internal-only stays out of theirs."""

from collections.abc import Iterator
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
from pmdesk.report.values import Section
from pmdesk.words import Words


def _latest_first(day: date | None) -> int:
    return -(day or date.min).toordinal()


def expectations(facts: SummaryFacts, setting: Setting) -> Section:
    """Each expectation beside what is, its state and who confirmed it; the weightiest first."""
    words = setting.tables
    known = Cut.of(
        [g for g in expectation_gaps(facts.rel) if setting.is_open_to_reader(g.expectation)]
    )
    rows = tuple(
        (
            stated(g, words),
            say(words, value_said(g.expectation, "expected")),
            say(words, value_said(g.expectation, "forecast")),
            say(words, gap_said(g)),
            words(LABELS[g.state]),
            _confirmed(g, setting),
        )
        for g in known.shown
    )
    return Section(
        words("Expectations"),
        (words("What is expected"), words("Expected"), words("Is or forecast"), words("Difference"),
         words("State"), words("Confirmed")),
        (2.9, 1.35, 1.5, 1.25, 1.65, 2.2),
        rows,
        words("No expectation is written down."),
        known.remark(words, words("the weightiest")),
        known.more(words),
    )  # fmt: skip


def stated(gap: ExpectationGap, words: Words) -> str:
    """What is expected, after what it is about."""
    about = words(gap.expectation.dimension.label)
    return words("{name}: {text}", name=about, text=gap.expectation.statement)


def _confirmed(gap: ExpectationGap, setting: Setting) -> str:
    known = [c for c in gap.confirmations if c.day and setting.is_open_to_reader(c)]
    if not known:
        return "–"
    last = max(known, key=lambda c: c.day or date.min)
    return setting.tables.listed(filter(None, (last.by, setting.day(last.day))))


def promises(facts: SummaryFacts, setting: Setting) -> Section:
    """Promises both ways: open ones by the day they are due, then those of the period."""
    words = setting.tables
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
    known = Cut.of(listed)
    rows = tuple(
        (
            words(p.by.label),
            p.what,
            setting.day(p.due) if not p.new_due else _moved(setting, p.due, p.new_due),
            setting.day(p.delivered_on),
        )
        for p in known.shown
    )
    return Section(
        words("Promises"),
        (words("Who"), words("What was promised"), words("Due"), words("Delivered on")),
        (1, 5, 2.6, 1.8),
        rows,
        words("No promise is open."),
        known.remark(words, words("open ones by the day they are due, then the latest delivered")),
        known.more(words, lambda p: p.made_on or p.due, lambda p: p.delivered_on is None),
    )


def _moved(setting: Setting, old: date | None, new: date) -> str:
    if old is None:
        return setting.day(new)
    return setting.tables("{new}, first {old}", new=setting.day(new), old=setting.day(old))


def problems(facts: SummaryFacts, setting: Setting) -> Section:
    """Problems the client knows, with what is done about them; internally all of them.

    Internally, one that is closed and owed to the client stays, whenever it was closed.
    """
    words, internal = setting.tables, setting.request.internal
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
    known = Cut.of(listed)
    rows = tuple(
        (
            i.statement,
            _told(i, setting),
            i.fix or "–",
            setting.day(i.closed_on or i.fix_date),
            words("Closed") if i.closed_on else words("Still open"),
        )
        for i in known.shown
    )
    return Section(
        words("Problems"),
        (words("What is the matter"), words("Told"), words("What is done about it"), words("By"),
         words("State")),
        (3.1, 1.9, 3.0, 1.5, 1.1),
        rows,
        words("No problem is open."),
        known.remark(words, words("open ones, the most severe first, then the latest closed")),
        known.more(
            words,
            lambda i: facts.rel.day_of(i.found_at) if i.found_at else None,
            lambda i: i.closed_on is None,
        ),
    )  # fmt: skip


def _told(issue: Issue, setting: Setting) -> str:
    if issue.told_at:
        return setting.tables.short_moment(issue.told_at, setting.zone)
    why = issue.untold_reason.strip()
    return setting.tables("not told: {why}", why=why) if why else setting.tables("not told")


def changes(facts: SummaryFacts, setting: Setting) -> Section:
    """Change requests; for the client only those whose decision was told, or still open."""
    words = setting.tables
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
    known = Cut.of(listed)
    rows = tuple(
        (
            c.title,
            setting.day(c.asked_on),
            words(c.decision.label),
            words.listed(filter(None, (c.decided_by, setting.day(c.decided_on))))
            if c.decided_on
            else "–",
            " · ".join(part for part in (c.impact_schedule, c.impact_cost) if part) or "–",
        )
        for c in known.shown
    )
    return Section(
        words("Change requests"),
        (words("What should change"), words("Asked on"), words("Decision"), words("Decided by"),
         words("Schedule and cost")),
        (3.2, 1.5, 1.3, 2.2, 2.8),
        rows,
        words("No change was asked for."),
        known.remark(words, words("open ones as they were asked for, then the latest decided")),
        known.more(words, lambda c: c.asked_on, lambda c: c.decision is Decision.OPEN),
    )  # fmt: skip


class _Sought(NamedTuple):
    """A need, or a problem that options are offered for."""

    text: str
    goal: str
    state: str
    options: tuple[Option, ...]
    since: date | None


def needs(facts: SummaryFacts, setting: Setting) -> Section:
    """Needs with their state and the options under them, the unconfirmed first; then problems."""
    words = setting.tables
    known = Cut.of(list(_sought(facts, setting)))
    rows = tuple(
        (one.text, one.goal or "–", one.state, _options(one.options, words)) for one in known.shown
    )
    return Section(
        words("Needs and options"),
        (words("What they need"), words("Goal"), words("State"), words("Options")),
        (3, 2.8, 1.4, 3.4),
        rows,
        words("No need is written down."),
        known.remark(words, words("unconfirmed needs, then the others, then open problems")),
        known.more(words, lambda one: one.since),
    )


def _sought(facts: SummaryFacts, setting: Setting) -> Iterator[_Sought]:
    words, rel = setting.tables, facts.rel
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
    words = setting.tables
    steps = sorted(_steps(facts, setting), key=lambda step: (step.day or date.max, step.what))
    known = Cut.of(steps)
    more = known.more(words)
    last = max((step.day for step in known.rest if step.day), default=None)
    if last is not None:
        more = words("{first}, the last by {day}", first=more, day=words.date(last))
    return Section(
        words("Next steps"),
        (words("By"), words("Who"), words("What")),
        (1.6, 1.4, 7),
        tuple((setting.day(step.day), step.who, step.what) for step in known.shown),
        words("Nothing is planned."),
        known.remark(words, words("by their day")),
        more,
    )


def _steps(facts: SummaryFacts, setting: Setting) -> Iterator[_Step]:
    words, rel, may = setting.tables, facts.rel, setting.is_open_to_reader
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
