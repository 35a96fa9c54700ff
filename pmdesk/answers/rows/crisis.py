"""Rows of crises and their plans, of unhappy clients and of key dates."""

from pmdesk.answers.practices import crisis, feedback, longterm
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.row import Badge, Saying, local_moment, title_of
from pmdesk.answers.text.said import said
from pmdesk.records.crisis import Crisis, CrisisPlan
from pmdesk.records.longterm import KeyDate
from pmdesk.records.recovery import STEPS, Complaint
from pmdesk.typed.moon import lunar_text
from pmdesk.words import mark


def crisis_plan_row(rel: Relationship, p: CrisisPlan) -> Saying:
    """A crisis plan: ready, or what it lacks."""
    readiness = crisis.plan_readiness(rel, p)
    second = [said("{level}", level=p.level.value)]
    if risk := title_of(rel, "issue", p.issue_id):
        second.append(said(mark("for “{what}”"), what=risk))
    if readiness.missing:
        second.append(said(mark("missing parts: {n}"), n=len(readiness.missing)))
    if readiness.rehearsed_on:
        second.append(
            said(
                mark("rehearsed {day}, next by {due}"),
                day=readiness.rehearsed_on,
                due=readiness.due,
            )
        )
    else:
        second.append(said(mark("never rehearsed")))
    if readiness.ready:
        return (mark("Ready"), "good"), tuple(second)
    badge: Badge = (mark("Incomplete"), "bad") if readiness.missing else (mark("Rehearse"), "warn")
    return badge, tuple(second)


def crisis_row(rel: Relationship, c: Crisis) -> Saying:
    """A crisis: running, or what is left to do after it."""
    second = [said("{level}", level=c.level.value)]
    if c.rehearsal:
        ended = c.stood_down_at is not None
        return ((mark("Rehearsed"), "none") if ended else (mark("Rehearsal"), "info")), tuple(
            second
        )
    if c.found_at:
        second.append(said(mark("found {moment}"), moment=local_moment(rel, c.found_at)))
    if c.told_at:
        second.append(said(mark("client told {moment}"), moment=local_moment(rel, c.told_at)))
    elif c.owed:
        second.append(said(mark("client not told")))
    else:
        second.append(said(mark("not told: {why}"), why=c.untold_reason.strip().partition("\n")[0]))
    if c.stood_down_at and c.owed:
        return (mark("Stood down, not told"), "bad"), tuple(second)
    if c.stood_down_at is None:
        return (mark("Running"), "bad"), tuple(second)
    if not (c.causes.strip() and c.actions.strip()):
        return (mark("Post-mortem due"), "warn"), tuple(second)
    return (mark("Stood down"), "none"), tuple(second)


def complaint_row(rel: Relationship, c: Complaint) -> Saying:
    """An unhappy-client case: its next step and by when."""
    case = feedback.cases_by_id(rel)[c.id]
    second = []
    if c.closed_on is None:
        second.append(said(mark("next: {step}"), step=said(STEPS[c.step][0])))
    if case.next_due:
        second.append(said(mark("by {day}"), day=case.next_due))
    if case.hours_to_acknowledge is not None:
        second.append(
            said(mark("acknowledged after {hours} working hours"), hours=case.hours_to_acknowledge)
        )
    if case.days_to_agreement is not None:
        second.append(said(mark("days to the agreement: {days}"), days=case.days_to_agreement))
    if case.again:
        second.append(said(mark("again within 90 days")))
    if c.closed_on:
        return (mark("Closed"), "none"), tuple(second)
    return (mark("Still open"), "bad" if case.overdue else "warn"), tuple(second)


def date_row(rel: Relationship, k: KeyDate) -> Saying:
    """A key date: how near it is."""
    second = [said("{day}", day=k.day)] if k.day else []
    if k.lunar and k.day:
        second.append(said(mark("lunar {day}"), day=lunar_text(k.day)))
    if k.yearly:
        second.append(said(mark("every year")))
    near = longterm.near_dates(rel)
    if k.done_on and not k.yearly:
        return (mark("Done"), "none"), tuple(second)
    if k.id in near:
        days = (near[k.id] - rel.today).days
        second.append(longterm.days_off(days))
        return (mark("Near"), "warn"), tuple(second)
    return None, tuple(second)
