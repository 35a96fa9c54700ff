"""What was promised or is due on a day: promises both ways, steps with an unhappy client, dates."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from pmdesk.answers.owed.row import Owed, begins, owed
from pmdesk.answers.practices.feedback import cases
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.yearly import standing_in_year
from pmdesk.records.longterm import KeyDate, Opportunity
from pmdesk.records.recovery import STEPS
from pmdesk.records.transparency import Issue, Raid
from pmdesk.records.trust import Promise, Side

_DAY: Final = timedelta(days=1)
# How long before it comes a date that matters is shown.
_NEAR: Final = timedelta(days=7)


def promises(rel: Relationship) -> Iterator[Owed]:
    """Our promises that are due soon, past their date, or broken and not agreed anew."""
    ahead = timedelta(days=rel.limits["promise_days"])
    for promise in rel.of(Promise):
        if promise.by is not Side.US or promise.delivered_on:
            continue
        facts = {"whom": promise.to_whom, "made_on": _iso(promise.made_on)}
        if promise.broken_on and promise.new_due is None:
            since = begins(rel, promise.broken_on)
            yield owed(rel, "promise", promise, promise.what, shown_from=since, late_from=since,
                       facts={**facts, "broken_on": promise.broken_on.isoformat()})  # fmt: skip
        elif due := promise.due_now:
            yield owed(rel, "promise", promise, promise.what, shown_from=begins(rel, due - ahead),
                       late_from=begins(rel, due + _DAY),
                       facts={**facts, "due": due.isoformat()})  # fmt: skip


def their_promises(rel: Relationship) -> Iterator[Owed]:
    """What the client promised and has not kept, from the day after its date on."""
    for promise in rel.of(Promise):
        due = promise.due_now
        if promise.by is Side.CLIENT and promise.delivered_on is None and due:
            late = begins(rel, due + _DAY)
            yield owed(rel, "their_promise", promise, promise.what, shown_from=late, late_from=late,
                       facts={"due": due.isoformat(), "made_on": _iso(promise.made_on)})  # fmt: skip


def unhappy(rel: Relationship) -> Iterator[Owed]:
    """The next step with an unhappy client: acknowledged within the response target, then its days."""
    for case in cases(rel):
        c = case.complaint
        if c.closed_on or c.heard_at is None:
            continue
        facts = {"step": c.step, "next": STEPS[min(c.step, len(STEPS) - 1)][0]}
        if c.acknowledged_at is None:
            target = timedelta(hours=rel.client.target_hours)
            late = rel.clock.deadline(c.heard_at, target)
            yield owed(rel, "unhappy", c, c.own_words, shown_from=c.heard_at, late_from=late,
                       facts={**facts, "by": late.isoformat()})  # fmt: skip
        elif case.next_due:
            yield owed(rel, "unhappy", c, c.own_words, shown_from=begins(rel, case.next_due),
                       late_from=begins(rel, case.next_due + _DAY),
                       facts={**facts, "due": case.next_due.isoformat()})  # fmt: skip
        else:
            # no day is fixed for causes, options and rating: asked for two days after the last step
            days_done = (c.agreed_on, c.done_on, c.follow_up_1_on, c.follow_up_2_on)
            worked_from = max([c.acknowledged_at, *(begins(rel, d) for d in days_done if d)])
            yield owed(rel, "unhappy", c, c.own_words, shown_from=worked_from,
                       late_from=worked_from + 2 * _DAY, facts=facts)  # fmt: skip


def days(rel: Relationship) -> Iterator[Owed]:
    """Days on which something is to be done: a fix, the next act for an opportunity, a key date."""
    for issue in rel.of(Issue):
        if issue.raid is Raid.ISSUE and issue.fix_date and issue.closed_on is None:
            due = begins(rel, issue.fix_date)
            yield owed(rel, "fix", issue, issue.statement, shown_from=due, late_from=due + _DAY,
                       facts={"due": issue.fix_date.isoformat(), "who": issue.owner})  # fmt: skip
    for chance in rel.of(Opportunity):
        if chance.next_on and chance.closed_on is None:
            due = begins(rel, chance.next_on)
            facts = {"due": chance.next_on.isoformat(), "act": chance.next_act}
            yield owed(rel, "next_act", chance, chance.title, shown_from=due, late_from=due + _DAY,
                       facts=facts)  # fmt: skip
    for key in rel.of(KeyDate):
        if key.day and (key.yearly or key.done_on is None):
            day = key.day
            if key.yearly:
                day = standing_in_year(day, rel.today, done=key.done_on, lunar=key.lunar)
            due = begins(rel, day)
            yield owed(rel, "key_date", key, key.what, shown_from=due - _NEAR, late_from=due + _DAY,
                       facts={"due": day.isoformat()})  # fmt: skip


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
