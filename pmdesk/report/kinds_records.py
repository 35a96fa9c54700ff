"""The kinds of report that are of one record: a change, minutes, a crisis and its plan."""

from typing import Final

from pmdesk.report import change, crisis_card, minutes, post_mortem
from pmdesk.report.asks import EDITION, LANGUAGES, PARTS, RELEASED
from pmdesk.report.declare import Part, ReportKind
from pmdesk.words import mark

CHANGE: Final = ReportKind(
    name="change",
    title=mark("Change request form"),
    explained="Write the form of a change request as PDF or Word.",
    template="report",
    asks=(LANGUAGES, EDITION, PARTS),
    facts=change.facts,
    subtitle=change.subtitle,
    period=change.period,
    parts=(
        Part(change.asked, name="request", title=mark("Request")),
        Part(change.wanted, name="wanted", title=mark("What should change, and why")),
        Part(change.impact, name="impact", title=mark("Impact analysis")),
        Part(change.options, name="options", title=mark("Options")),
        Part(change.baseline, name="baseline", title=mark("Baseline")),
        Part(change.decision, name="decision", title=mark("Decision")),
        Part(change.approval, name="approval", title=mark("Approval")),
    ),
    of="change_request",
    word=True,
)

MINUTES: Final = ReportKind(
    name="minutes",
    title=mark("Minutes"),
    explained="Write minutes, or the record of a visit, as PDF or Word.",
    template="report",
    asks=(LANGUAGES, EDITION, PARTS),
    facts=minutes.facts,
    subtitle=minutes.subtitle,
    period=minutes.period,
    parts=(
        Part(minutes.head, name="head", title=mark("Time, place and people")),
        Part(minutes.agenda, name="agenda", title=mark("Agenda"), open=True),
        Part(minutes.decisions, name="decisions", title=mark("Decisions"), open=True),
        Part(minutes.actions, name="actions", title=mark("Who does what by when")),
        Part(minutes.heard, name="heard", title=mark("What the client said"), open=True),
        Part(minutes.rivals, lambda r: r.internal, "rivals", mark("Others in play, for ourselves")),
        Part(minutes.after, name="next", title=mark("Next step")),
    ),
    of="minutes",
    word=True,
    called=minutes.called,
)

PLAN: Final = ReportKind(
    name="plan",
    title=mark("Crisis plan"),
    explained="Write a crisis plan as one page of PDF to hang up.",
    template="card",
    asks=(LANGUAGES,),
    facts=crisis_card.facts,
    subtitle=crisis_card.subtitle,
    period=crisis_card.period,
    parts=(
        Part(crisis_card.head),
        Part(crisis_card.notices),
        Part(crisis_card.steps),
        Part(crisis_card.statement_zh),
        Part(crisis_card.statement_en),
        Part(crisis_card.fix),
        Part(crisis_card.criteria),
    ),
    ours=True,
    of="crisis_plan",
    called=crisis_card.called,
)

POST_MORTEM: Final = ReportKind(
    name="post_mortem",
    title=mark("Post-mortem"),
    explained="Write what a crisis taught as PDF or Word.",
    template="report",
    asks=(LANGUAGES, EDITION, RELEASED, PARTS),
    facts=post_mortem.facts,
    subtitle=post_mortem.subtitle,
    period=post_mortem.period,
    parts=(
        Part(post_mortem.head, name="head", title=mark("At a glance")),
        Part(post_mortem.what_happened, name="facts", title=mark("What happened"), open=True),
        Part(post_mortem.timeline, lambda r: r.internal, "timeline", mark("Timeline")),
        Part(post_mortem.notices, lambda r: r.internal, "told", mark("Told when, against the limits")),
        Part(post_mortem.steps, lambda r: r.internal, "steps", mark("Steps against their limits")),
        Part(post_mortem.causes, name="causes", title=mark("Causes"), open=True),
        Part(post_mortem.actions, name="actions", title=mark("What we do now")),
        Part(post_mortem.plan_change, lambda r: r.internal, "plan", mark("What changes in the plan")),
        Part(post_mortem.risks, name="risks", title=mark("In the risk log")),
    ),
    of="crisis",
    word=True,
    called=post_mortem.called,
)  # fmt: skip
