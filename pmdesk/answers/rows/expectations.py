"""Rows of expectations, of what confirms them and of talks about them."""

from pmdesk.answers.practices import expectations
from pmdesk.answers.practices.figures import keys
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.row import RecordRow, Saying, Tone, title_of
from pmdesk.answers.text.said import said
from pmdesk.records.expectations import Confirmation, Expectation, Outcome, Talk
from pmdesk.words import mark


def expectation_row(rel: Relationship, e: Expectation) -> Saying:
    """An expectation: what is expected, what is, and how the gap between them stands."""
    if e.ended_on:
        return (mark("No longer"), "none"), (said("{dimension}", dimension=e.dimension),)
    gap = expectations.gap_standing(rel, e)
    second = [said("{dimension}", dimension=e.dimension)]
    if expectations.value_said(e, "expected").text != "–":
        second.append(said(mark("expected {value}"), value=expectations.value_said(e, "expected")))
    if gap.gap is not None:
        second.append(said(mark("is {value} ({gap})"), value=expectations.value_said(e, "forecast"),
                           gap=expectations.gap_said(gap)))  # fmt: skip
    second += [said(mark("before {value}"), value=t.old_value) for t in gap.talks if t.old_value]
    second.append(said(mark("said by {who}"), who=e.said_by))
    badge = (expectations.LABELS[gap.state], expectations.STATES[gap.state])
    return badge, tuple(second)


def confirmation_row(rel: Relationship, c: Confirmation) -> RecordRow:
    """What was confirmed is its title; by whom and at which stage stands below."""
    what = title_of(rel, "expectation", c.expectation_id) or title_of(rel, "need", c.need_id)
    stage = title_of(rel, "stage", c.stage_id)
    second = [said(mark("confirmed by {who}, {day}"), who=c.by, day=c.day)] if c.day else []
    if stage:
        second.append(said("{stage}", stage=stage))
    return RecordRow(keys(c)[0], None, what, tuple(second))


def talk_row(_rel: Relationship, t: Talk) -> Saying:
    """A talk about an expectation: prepared, held, agreed."""
    states: dict[Outcome, Tone] = {
        Outcome.PREPARED: "info", Outcome.HELD: "warn", Outcome.AGREED: "good", Outcome.DECLINED: "bad",
    }  # fmt: skip
    second = [said("{day}", day=t.day)] if t.day else []
    if t.old_value:
        second.append(said(mark("before {value}"), value=t.old_value))
    if t.agreed_by:
        second.append(said("{who}", who=t.agreed_by))
    return (t.outcome.label, states[t.outcome]), tuple(second)
