"""Rows of needs and of options that answer them."""

from pmdesk.answers.practices import needs
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.row import Saying, title_of
from pmdesk.answers.text.said import Figured, said
from pmdesk.records.needs import Horizon, Need
from pmdesk.records.solutions import Feasible, Option
from pmdesk.words import mark


def need_row(rel: Relationship, n: Need) -> Saying:
    """A need: confirmed or not."""
    second = [said("{level}", level=n.level)]
    if n.validated_on:
        second.append(
            said(mark("validated by {who}, {day}"), who=n.validated_by, day=n.validated_on)
        )
    if n.dropped_on:
        return (mark("Dropped"), "none"), tuple(second)
    if n.horizon is Horizon.LONG_TERM:
        return (mark("Later"), "info"), tuple(second)
    if needs.is_confirmed(rel, n):
        return (mark("Confirmed"), "good"), tuple(second)
    return (mark("Unconfirmed"), "warn"), tuple(second)


def option_row(rel: Relationship, o: Option) -> Saying:
    """An option: checked, chosen, accepted; what it costs."""
    above = (("issue", o.issue_id), ("need", o.need_id), ("change_request", o.change_request_id))
    for_ = next((title for kind, id_ in above if (title := title_of(rel, kind, id_))), "")
    second = [said(mark("for “{what}”"), what=for_) if for_ else said(mark("unasked proposal"))]
    if o.effort_days is not None:
        second.append(said(mark("effort {days} days"), days=f"{o.effort_days:g}"))
    if o.cost_minor is not None:
        second.append(said(mark("cost {money}"), money=Figured(o.cost_minor / 100, 0)))
    if o.time_days is not None:
        second.append(said(mark("takes {n} working days"), n=o.time_days))
    if o.recommended:
        second.append(said(mark("recommended")))
    if o.checked_by:
        second.append(said(mark("checked by {who}"), who=o.checked_by))
    if o.accepted_on:
        return (mark("Accepted"), "good"), tuple(second)
    if o.chosen_on:
        return (mark("Chosen"), "info"), tuple(second)
    if o.feasible is Feasible.NO:
        return (mark("Not feasible"), "none"), tuple(second)
    if o.feasible is Feasible.YES:
        return (mark("Feasible"), "info"), tuple(second)
    return (mark("Not checked"), "warn"), tuple(second)
