"""Rows of trust signals and promises."""

from pmdesk.answers.practices import trust
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.row import Badge, Saying
from pmdesk.answers.text.said import said
from pmdesk.records.trust import Kept, Promise, SignalState, TrustSignal
from pmdesk.words import mark


def signal_row(_rel: Relationship, s: TrustSignal) -> Saying:
    """A trust signal: kept or broken, with its weight."""
    second = [said("{day}", day=s.day)] if s.day else []
    second += [
        said("{facet}", facet=s.facet),
        said(mark("weight {weight}"), weight=f"{s.weight:g}"),
    ]
    if s.state is SignalState.REJECTED:
        return (mark("Rejected"), "none"), tuple(second)
    badge: Badge = (mark("Kept"), "good") if s.kept is Kept.KEPT else (mark("Broken"), "bad")
    return badge, tuple(second)


def promise_row(rel: Relationship, p: Promise) -> Saying:
    """A promise: pending, due, kept, missed."""
    second = [said("{by}", by=p.by)]
    if p.to_whom:
        second = [said(mark("{by} to {whom}"), by=p.by, whom=p.to_whom)]
    if p.due_now:
        second.append(said(mark("due {day}"), day=p.due_now))
    if p.new_due and p.due:
        second.append(said(mark("first promised for {day}"), day=p.due))
    if p.delivered_on:
        second.append(said(mark("delivered {day}"), day=p.delivered_on))
        badge: Badge = (
            (mark("Kept"), "good") if trust.was_kept(p) else (mark("Delivered late"), "warn")
        )
        return badge, tuple(second)
    if trust.is_late(rel, p):
        return (mark("Past its date"), "bad"), tuple(second)
    if trust.missed_first(rel, p):
        badge = (mark("First date missed"), "warn")
        return badge, tuple(second)
    soon = bool(p.due_now and (p.due_now - rel.today).days <= 1)
    badge = (mark("Due"), "warn") if soon else (mark("Pending"), "info")
    return badge, tuple(second)
