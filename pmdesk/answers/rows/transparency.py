"""Rows of problems, risks and changes."""

from datetime import timedelta

from pmdesk.answers.practices import crisis, transparency
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.row import Badge, Saying
from pmdesk.answers.text.said import Said, said
from pmdesk.insight.disclosure import Disclosure
from pmdesk.insight.risk import Level
from pmdesk.insight.risk import level as risk_level
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid
from pmdesk.words import mark


def issue_row(rel: Relationship, i: Issue) -> Saying:
    """A problem: told or owed, with its disclosure clock; a risk by its level."""
    if i.raid is not Raid.ISSUE:
        return _risk(rel, i)
    disclosure = transparency.disclosure_of(rel, i) if i.found_at else None
    second = [said("{severity}", severity=i.severity.value)]
    if disclosure and i.told_at:
        after = (
            mark("told after {lag} hours")
            if disclosure.wall
            else mark("told after {lag} working hours")
        )
        second.append(said(after, lag=disclosure.lag_hours))
    elif i.untold_reason.strip():
        second.append(said(mark("not told: {why}"), why=i.untold_reason.strip().partition("\n")[0]))
    elif disclosure and i.owed:
        second.append(said(mark("to be told by {due}"), due=disclosure.due.astimezone(rel.zone)))
        second.append(_clock(disclosure))
    second.append(
        said(mark("fixed by {day}"), day=i.fix_date)
        if i.fix_date
        else said(mark("no date for the fix"))
    )
    if i.owner:
        second.append(said("{owner}", owner=i.owner))
    if i.closed_on and i.owed:
        badge: Badge = (mark("Closed, not told"), "bad")
    elif i.closed_on:
        badge = (mark("Closed"), "none")
    elif i.internal:
        badge = (mark("Internal"), "none")
    elif i.told_at is None and not i.owed:
        badge = (mark("Not told for a reason"), "none")
    elif i.told_at is None:
        late = disclosure is not None and disclosure.in_time is False
        badge = (mark("Not told, too late"), "bad") if late else (mark("To be told"), "warn")
    elif disclosure and disclosure.in_time is False:
        badge = (mark("Told late"), "warn")
    else:
        badge = (mark("Told"), "good")
    return badge, tuple(second)


def _clock(disclosure: Disclosure) -> Said:
    """The disclosure clock: what is left of the limit, or by how much it has passed."""
    left = disclosure.left or timedelta()
    minutes = abs(int(left.total_seconds())) // 60
    hours = f"{minutes // 60}:{minutes % 60:02d}"
    return (
        said(mark("{hours} h left"), hours=hours)
        if left >= timedelta()
        else said(mark("{hours} h late"), hours=hours)
    )


def _risk(rel: Relationship, i: Issue) -> Saying:
    second: list[Said] = [said("{raid}", raid=i.raid)]
    risk = crisis.risk_of(i)
    badge: Badge = (mark("Not assessed"), "none")
    if risk:
        how_high = risk_level(risk.score)
        badges: dict[Level, Badge] = {
            Level.HIGH: (mark("High"), "bad"),
            Level.MEDIUM: (mark("Medium"), "warn"),
            Level.LOW: (mark("Low"), "good"),
        }
        badge = badges[how_high]
        second.append(said(mark("score {score}"), score=f"{risk.score:.2f}"))
        if (loss := crisis.expected_loss(rel, i)) is not None:
            second.append(said(mark("expected loss {money}"), money=loss))
        if how_high is Level.HIGH and i.id not in crisis.plans_by_risk(rel):
            second.append(said(mark("no plan")))
    if i.closed_on:
        return (mark("Closed"), "none"), tuple(second)
    return badge, tuple(second)


def change_row(rel: Relationship, c: ChangeRequest) -> Saying:
    """A change request: waiting, decided, told."""
    second = [said(mark("asked on {day}"), day=c.asked_on)] if c.asked_on else []
    if c.asked_by:
        second.append(said("{who}", who=c.asked_by))
    if c.decision is Decision.OPEN:
        missing = transparency.effects_missing(c)
        if missing:
            second.append(said(mark("{n} of 5 effects not yet weighed"), n=missing))
        late = transparency.is_overdue(rel, c)
        return (mark("Waits for a decision"), "bad" if late else "warn"), tuple(second)
    second.append(said(mark("{decision} by {who}"), decision=c.decision, who=c.decided_by))
    if c.told_on is None:
        return (mark("Not yet told"), "warn"), tuple(second)
    return (mark("Told"), "good"), tuple(second)
