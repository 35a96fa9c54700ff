"""Problems and changes over time: how many came, how many were closed, which lie open and how long."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Said, said
from pmdesk.insight.flow import Lived, open_on
from pmdesk.insight.responsiveness import FEW
from pmdesk.insight.survival import Wait, kaplan_meier
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid
from pmdesk.words import mark

_COLUMNS = (
    Column(mark("What is the matter")),
    Column(mark("Since")),
    Column(mark("Until")),
    Column(mark("Age"), mark("days"), 0),
    Column(mark("State")),
)
_DAY_HOURS: Final = 24


class Life(NamedTuple):
    """A problem or change: the days from which and to which it was open (None: it still is)."""

    what: str
    opened: date
    closed: date | None
    days: int
    state: Said
    record: tuple[str, int]


class FlowShape(NamedTuple):
    """What was open from the `first` to the `last` day of a period, in the order of opening."""

    lives: tuple[Life, ...]
    first: date
    last: date


def problem_flow(rel: Relationship, period: Period) -> Insight:
    """Problems that were found, closed and still lie open in a period."""
    lives = (
        _life(rel, rel.day_of(i.found_at), i.closed_on, i.statement, _issue_said(rel, i),
              ("issue", int(i.id or 0)), period)
        for i in rel.of(Issue)
        if i.raid is Raid.ISSUE and i.found_at
    )  # fmt: skip
    return _flow(rel, lives, period, said(mark("No problem in this time")), kind="problem")


def change_flow(rel: Relationship, period: Period) -> Insight:
    """Changes that were asked for, decided and told, and those that still wait, in a period."""
    lives = (
        _life(rel, c.asked_on, c.told_on, c.title, _change_said(rel, c),
              ("change_request", int(c.id or 0)), period)
        for c in rel.of(ChangeRequest)
        if c.asked_on
    )  # fmt: skip
    return _flow(rel, lives, period, said(mark("No change in this time")), kind="change")


def _issue_said(rel: Relationship, issue: Issue) -> Said:
    if issue.closed_on and issue.closed_on <= rel.today:
        return said(mark("Closed"))
    if issue.fix_date and issue.fix_date < rel.today:
        return said(mark("Still open, past {day}"), day=issue.fix_date)
    return said(mark("Still open"))


def _change_said(rel: Relationship, change: ChangeRequest) -> Said:
    if change.told_on and change.told_on <= rel.today:
        return said(mark("{decision} by {who}"), decision=change.decision, who=change.decided_by)
    if change.decision is Decision.OPEN:
        return said(mark("Waits for a decision"))
    return said(mark("Not yet told"))


def _life(
    rel: Relationship, opened: date, closed: date | None, what: str, state: Said,
    record: tuple[str, int], period: Period,
) -> Life | None:  # fmt: skip
    """How long something lay open; None where that was outside the period."""
    first, last = period.first or date.min, min(period.last or rel.today, rel.today)
    if closed is not None and closed > last:
        closed = None
    if opened > last or (closed is not None and closed < first):
        return None
    return Life(what, opened, closed, ((closed or last) - opened).days, state, record)


def _flow(
    rel: Relationship, lives: Iterable[Life | None], period: Period, none: Said, *, kind: str
) -> Insight:
    known = sorted(
        (life for life in lives if life is not None), key=lambda life: (life.opened, life.record)
    )
    if not known:
        return Insight(
            none, None, _COLUMNS, enough=False, values={"opened": 0, "closed": 0, "open": 0}
        )
    last = min(period.last or rel.today, rel.today)
    first = period.first or known[0].opened
    lived = [Lived(life.opened, life.closed) for life in known]
    opened = sum(life.opened >= first for life in known)
    closed = sum(life.closed is not None and life.closed >= first for life in known)
    still = open_on(lived, last)
    oldest = max((life.days for life in known if life.closed is None), default=None)
    return Insight(
        _verdict(still, oldest, kind),
        _evidence(known, first, opened, closed, kind),
        _COLUMNS,
        tuple(_item(life) for life in known),
        FlowShape(tuple(known), first, last),
        values={"opened": opened, "closed": closed, "open": still, "oldest_days": oldest},
    )


def _item(life: Life) -> Item:
    return Item((life.what, life.opened, life.closed, life.days, life.state), life.record)


def _verdict(still: int, oldest: int | None, kind: str) -> Said:
    if oldest is None:
        return said(mark("No problem is open") if kind == "problem" else mark("No change is open"))
    if still == 1:
        return said(
            mark("1 problem open, for {days} days")
            if kind == "problem"
            else mark("1 change open, for {days} days"),
            days=oldest,
        )
    return said(
        mark("{n} problems open, the oldest for {days} days")
        if kind == "problem"
        else mark("{n} changes open, the oldest for {days} days"),
        n=still, days=oldest,
    )  # fmt: skip


def _evidence(known: list[Life], first: date, opened: int, closed: int, kind: str) -> Said:
    """What came and went, and how long half took, the open ones counted as at least that long."""
    told = said(
        mark("since {day}: {opened} found, {closed} closed")
        if kind == "problem"
        else mark("since {day}: {opened} asked for, {closed} decided and told"),
        day=first, opened=opened, closed=closed,
    )  # fmt: skip
    if len(known) < FEW:
        return told
    curve = kaplan_meier(Wait(life.days * _DAY_HOURS, life.closed is not None) for life in known)
    median = curve.median if curve else None
    if median is None:
        half = said(mark("half are not closed yet (n = {n})"), n=len(known))
    else:
        half = said(
            mark("half closed within {days} days (n = {n})"),
            days=round(median / _DAY_HOURS), n=len(known),
        )  # fmt: skip
    return said("{first} · {then}", first=told, then=half)
