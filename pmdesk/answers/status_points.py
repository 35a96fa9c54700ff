"""Where a client's work stands, for a page: what is to be decided, was done, comes next, is asked of them.

Each point is a sentence from records. Without `internal` nothing stands there that the client must
not read, nor a problem or a risk that they were not told of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.days import begins, ends
from pmdesk.answers.owed.talking import open_asks
from pmdesk.answers.practices.crisis import ranked_risks, risk_of
from pmdesk.answers.practices.expectations import expectation_gaps, gap_said, value_said
from pmdesk.answers.practices.needs import (
    is_confirmed,
    is_unasked,
    may_be_chosen,
    needs_now,
    targets,
)
from pmdesk.answers.practices.transparency import is_overdue
from pmdesk.answers.practices.under import under
from pmdesk.answers.relationship import SPOKEN, Relationship
from pmdesk.answers.rows.row import Tone
from pmdesk.answers.text.said import Said, said
from pmdesk.answers.text.who import person
from pmdesk.insight.gaps import GapState
from pmdesk.insight.risk import Level
from pmdesk.journal.codec import from_text, until_text
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import ProjectStatus
from pmdesk.records.expectations import Confirmation
from pmdesk.records.interaction import Interaction
from pmdesk.records.project import Project, Stage
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid, Severity
from pmdesk.records.trust import Promise, Side
from pmdesk.words import mark

_SEVERE: Final = (Severity.S1, Severity.S2)
_EARLIEST: Final = date(1, 1, 2)  # that every zone can tell
_GONE: Final = (ProjectStatus.DONE, ProjectStatus.CANCELLED)


class Point(NamedTuple):
    """A point: what it says, what more there is to say, its state, the day that it goes by."""

    text: Said
    more: tuple[Said, ...] = ()
    state: Said | None = None
    tone: Tone = "none"
    day: date | None = None


@dataclass(frozen=True)
class StatusFacts:
    """A client's records, the first and the last day of the report, whether it stays with us.

    Where it is of one `project`, so are the records; 0 is all of them.
    """

    rel: Relationship
    first: date
    last: date
    internal: bool
    project: int = 0

    def about(self, contact: Interaction) -> bool:
        """Whether a contact may stand there: of the project, where it is of one."""
        return self.may(contact) and self.project in {0, contact.project_id}

    def may(self, record: Any) -> bool:
        """Whether a record may stand there."""
        return self.internal or not record.internal

    def known(self, issue: Issue) -> bool:
        """Whether a problem or a risk may stand there: the client was told of it."""
        return self.internal or (not issue.internal and issue.told_at is not None)

    def decided(self, change: ChangeRequest) -> bool:
        """Whether what became of a change may stand there: it was approved, and they were told."""
        told = self.internal or change.told_on is not None
        return change.decision is Decision.APPROVED and told and self.may(change)

    def within(self, day: date | None) -> bool:
        """Whether a day is one of the report's."""
        return day is not None and self.first <= day <= self.last

    @property
    def stages(self) -> list[tuple[Project, Stage]]:
        """The stages of the projects that are not over, in their order."""
        found = [
            (project, stage)
            for project in self.rel.of(Project)
            if project.status not in _GONE
            for stage in self.rel.of(Stage)
            if stage.project_id == project.id
        ]
        return sorted(found, key=lambda p: (p[0].id or 0, p[1].position, p[1].id or 0))


def decisions(facts: StatusFacts) -> list[Point]:
    """What the client is to decide: changes, options, gaps to be settled, expectations to confirm."""
    return [*_changes_open(facts), *_options(facts), *unsettled(facts)]


def unsettled(facts: StatusFacts) -> list[Point]:
    """Gaps to be settled, then expectations to be confirmed at the stage."""
    return [*_gaps(facts), *_to_confirm(facts)]


def _changes_open(facts: StatusFacts) -> Iterator[Point]:
    rel = facts.rel
    options = under(rel.of(Option), "change_request_id")
    for change in sorted(rel.of(ChangeRequest), key=lambda c: (c.asked_on or date.min, c.id or 0)):
        if change.decision is not Decision.OPEN or not facts.may(change) or not change.asked_on:
            continue
        asked = said(mark("asked for on {day}"), day=change.asked_on)
        if change.asked_by:
            asked = said(
                mark("asked for on {day} by {who}"), day=change.asked_on, who=change.asked_by
            )
        offered = [o for o in options.get(change.id, ()) if facts.may(o) and may_be_chosen(o)]
        days = rel.calendar.workdays_between(change.asked_on, rel.today)
        late = is_overdue(rel, change)
        yield Point(
            said(mark("Decide on the change: {what}"), what=change.title),
            (asked, *_plain(change.impact_schedule, change.impact_cost), *map(_offered, offered)),
            said(mark("waits {n} working days"), n=days) if late else None,
            "warn",
        )


def _offered(option: Option) -> Said:
    """An option by its name, and whether we recommend it."""
    text = mark("{what} (recommended)") if option.recommended else "{what}"
    return said(text, what=option.title)


def _options(facts: StatusFacts) -> Iterator[Point]:
    for target in targets(facts.rel):
        record = target.record
        known = facts.known(record) if isinstance(record, Issue) else facts.may(record)
        offered = [o for o in target.options if facts.may(o) and may_be_chosen(o)]
        if known and offered and target.chosen is None:
            text = said(mark("Choose an option for: {what}"), what=record.statement)
            yield Point(text, tuple(map(_offered, offered)))
    for option in facts.rel.of(Option):
        if is_unasked(option) and option.offered_on and not option.chosen_on and facts.may(option):
            text = said(mark("Decide on our proposal: {what}"), what=option.title)
            yield Point(text, (said(mark("offered on {day}"), day=option.offered_on),))


def _gaps(facts: StatusFacts) -> Iterator[Point]:
    for gap in expectation_gaps(facts.rel):
        if gap.state is GapState.TO_EXPLAIN and facts.may(gap.expectation):
            e = gap.expectation
            compared = said(
                mark("expected {expected}, is or forecast {forecast}"),
                expected=value_said(e, "expected"), forecast=value_said(e, "forecast"),
            )  # fmt: skip
            text = said(mark("Settle the gap: {what}"), what=e.statement)
            yield Point(text, (compared,), gap_said(gap), "bad")


def _to_confirm(facts: StatusFacts) -> Iterator[Point]:
    for gap in expectation_gaps(facts.rel):
        e = gap.expectation
        if gap.state is not GapState.TO_EXPLAIN and not gap.confirmed and facts.may(e):
            value = value_said(e, "expected")
            more: tuple[Said, ...] = (said(mark("said by {who}"), who=e.said_by),)
            if value.text != "–":
                more = (*more, said(mark("expected {expected}"), expected=value))
            yield Point(said(mark("Confirm: {what}"), what=e.statement), more)


def done(facts: StatusFacts) -> list[Point]:
    """What was done in the period, by its day; contacts in which both sides spoke come last."""
    points = [point for point in _done(facts) if facts.within(point.day)]
    points.sort(key=lambda point: point.day or date.min)
    return [*points, *_spoken(facts)]


def _done(facts: StatusFacts) -> Iterator[Point]:
    rel, may = facts.rel, facts.may
    for _, stage in facts.stages:
        yield _on(stage.finished_on, said(mark("Stage finished: {what}"), what=stage.name))
    for promise in filter(may, rel.of(Promise)):
        text = said("{what}", what=promise.what)
        if promise.by is Side.CLIENT:
            text = said(mark("From the client: {what}"), what=promise.what)
        yield _on(promise.delivered_on, text)
    for issue in rel.of(Issue):
        if facts.known(issue):
            yield _on(issue.closed_on, said(mark("Solved: {what}"), what=issue.statement))
    for option in filter(may, rel.of(Option)):
        text = said(mark("Agreed on: {what}"), what=option.title)
        yield _on(option.accepted_on, text, said("{who}", who=option.accepted_by))
    expectations = rel.by_id("expectation")
    for one in filter(may, rel.of(Confirmation)):
        expectation = expectations.get(one.expectation_id or 0)
        if expectation is not None and may(expectation):
            text = said(mark("Confirmed: {what}"), what=expectation.statement)
            yield _on(one.day, text, said("{who}", who=one.by))


def _on(day: date | None, text: Said, *more: Said) -> Point:
    return Point(text, (*more, *([said("{day}", day=day)] if day else [])), day=day)


def _spoken(facts: StatusFacts) -> Iterator[Point]:
    rel = facts.rel
    days = (facts.first, facts.last)
    start, end = begins(days, rel.zone), ends(days, rel.zone)
    where = f"client_id = ? AND at <= ? AND channel IN ({', '.join('?' * len(SPOKEN))})"
    values: list[object] = [rel.client.id, until_text(rel.at), *SPOKEN]
    if start is not None:
        where, values = f"{where} AND at >= ?", [*values, from_text(start)]
    if end is not None:
        where, values = f"{where} AND at < ?", [*values, from_text(end)]
    for contact in filter(
        facts.about, rel.journal.find(Interaction, where, values, order="at, id", limit=200)
    ):
        day = rel.day_of(contact.at) if contact.at else None
        who = person(contact.who)
        more = (said("{how}", how=contact.channel), *_plain(who))
        yield _on(day, said("{what}", what=contact.subject), *more)


def coming(facts: StatusFacts) -> list[Point]:
    """What we do next, by its day; what has none comes last."""
    return sorted(_coming(facts), key=lambda point: point.day or date.max)


def _coming(facts: StatusFacts) -> Iterator[Point]:
    rel = facts.rel
    for promise in filter(facts.may, rel.of(Promise)):
        if promise.by is Side.US and promise.delivered_on is None:
            yield _by(facts, promise.due_now, said("{what}", what=promise.what))
    for issue in rel.of(Issue):
        if issue.raid is Raid.ISSUE and issue.closed_on is None and facts.known(issue):
            yield _by(facts, issue.fix_date, said(mark("Fix: {what}"), what=issue.statement))
    for stage in rel.current_stages():
        text = said(mark("Finish the stage: {what}"), what=stage.name)
        yield _by(facts, stage.forecast_end or stage.baseline_end, text)
    for meeting in filter(facts.may, rel.of(Appointment)):
        if meeting.open and meeting.at is not None and meeting.at >= rel.at:
            text = said(mark("{how}: {what}"), how=meeting.channel, what=meeting.what)
            day = rel.day_of(meeting.at)
            yield Point(text, (said("{day}", day=day), *_plain(meeting.who)), day=day)


def _by(facts: StatusFacts, day: date | None, text: Said) -> Point:
    if day is None:
        return Point(text)
    late = day < facts.rel.today
    state = said(mark("late")) if late else None
    return Point(text, (said(mark("by {day}"), day=day),), state, "bad" if late else "none", day)


def risks(facts: StatusFacts) -> list[Point]:
    """Open problems, the most severe first, then risks, the most harmful first, with their answers."""
    rel = facts.rel
    problems = [
        i for i in rel.of(Issue) if i.raid is Raid.ISSUE and i.closed_on is None and facts.known(i)
    ]
    problems.sort(key=lambda i: (i.severity.value, i.id or 0))
    points = [
        Point(
            said("{what}", what=i.statement),
            _answer(i),
            _untold(i) or said(mark("problem {severity}"), severity=i.severity.value),
            "bad" if i.severity in _SEVERE or i.told_at is None else "warn",
        )
        for i in problems
    ]
    ranked = [(r.issue, r.level) for r in ranked_risks(rel)]
    bare = [
        (i, Level.LOW)
        for i in rel.of(Issue)
        if i.raid is Raid.RISK and i.closed_on is None and risk_of(i) is None
    ]
    return points + [
        Point(
            said("{what}", what=issue.statement),
            _answer(issue),
            said(mark("risk")),
            "bad" if level is Level.HIGH else "warn",
        )
        for issue, level in [*ranked, *bare]
        if facts.known(issue)
    ]


def _untold(issue: Issue) -> Said | None:
    return said(mark("not told")) if issue.told_at is None else None


def _answer(issue: Issue) -> tuple[Said, ...]:
    """What is done about it, until when, by whom."""
    day = (said(mark("by {day}"), day=issue.fix_date),) if issue.fix_date else ()
    return (*day, *_plain(issue.owner, issue.fix))


def needed(facts: StatusFacts) -> list[Point]:
    """What we need of the client: their promises, what we asked, what is to be signed or confirmed."""
    return [*_promised(facts), *_asked(facts), *_to_accept(facts), *_needs(facts)]


def _promised(facts: StatusFacts) -> Iterator[Point]:
    theirs = [
        p
        for p in facts.rel.of(Promise)
        if p.by is Side.CLIENT and p.delivered_on is None and facts.may(p)
    ]
    for promise in sorted(theirs, key=lambda p: (p.due_now or date.max, p.id or 0)):
        yield _by(facts, promise.due_now, said("{what}", what=promise.what))


def _asked(facts: StatusFacts) -> Iterator[Point]:
    rel = facts.rel
    for ask in open_asks(rel):
        message = rel.journal.get(Interaction, ask.id)
        if message is None or not facts.about(message):
            continue
        day = rel.day_of(ask.asked_at)
        days = rel.calendar.workdays_between(day, rel.today)
        who = person(ask.who)
        asked = said(mark("asked on {day}"), day=day)
        if who:
            asked = said(mark("{who}, asked on {day}"), who=who, day=day)
        state = said(mark("for {n} working days"), n=days) if days else None
        yield Point(
            said("{what}", what=ask.sentences[0] if ask.sentences else ask.subject),
            (asked,),
            state,
            "warn",
        )


def _to_accept(facts: StatusFacts) -> Iterator[Point]:
    for option in filter(facts.may, facts.rel.of(Option)):
        issue = facts.rel.by_id("issue").get(option.issue_id or 0)
        if issue is not None and (issue.closed_on or not facts.known(issue)):
            continue
        change = facts.rel.by_id("change_request").get(option.change_request_id or 0)
        if change is not None and not facts.decided(change):
            continue
        if option.chosen_on and option.accepted_on is None:
            text = said(mark("Accept: {what}"), what=option.title)
            yield Point(text, (said(mark("chosen on {day}"), day=option.chosen_on),))


def _needs(facts: StatusFacts) -> Iterator[Point]:
    for need in filter(facts.may, needs_now(facts.rel)):
        if not is_confirmed(facts.rel, need):
            yield Point(said(mark("Confirm the need: {what}"), what=need.statement))


def _plain(*texts: str) -> tuple[Said, ...]:
    """Texts of records, those that say something, each in a line."""
    return tuple(said("{what}", what=" ".join(t.split())) for t in texts if t.strip())


def days_of(period: Period, today: date) -> tuple[date, date]:
    """The first and the last day: seven days up to today where nothing else is named."""
    last = max(_EARLIEST, min(period.last or today, today))
    first = period.first or date.fromordinal(max(1, last.toordinal() - 6))
    return max(_EARLIEST, min(first, last)), last
