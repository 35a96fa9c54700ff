"""Practice 3, communication: answers within the target, the plan kept."""

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from pmdesk.answers.practices.figures import (
    Figure,
    NextAct,
    PracticeFigures,
    keys,
    state_of,
)
from pmdesk.answers.relationship import Relationship, once
from pmdesk.answers.text.said import Share, said
from pmdesk.answers.windows import (
    Windows,
    change,
    change_rests_on,
    median_before,
    waiting_now,
    windows,
)
from pmdesk.insight.cadence import Kept, due_days, kept_days
from pmdesk.insight.stakeholders import engagement_gap, stance
from pmdesk.journal.codec import from_text, moment_of, until_text
from pmdesk.records.choices import Channel
from pmdesk.records.communication import PlanLine
from pmdesk.records.contact import Contact
from pmdesk.records.feedback import ReportSent
from pmdesk.records.practices import Practice
from pmdesk.typed.spelled import sort_key
from pmdesk.words import mark

# What is planned on a channel is done by these, too: who visits has met.
_DONE_BY: Final = {Channel.MEETING: (Channel.MEETING, Channel.VISIT)}
# How far back a plan is held against what was done.
LOOK_BACK: Final = timedelta(weeks=26)


class PlanKept(NamedTuple):
    """A line of the plan and how it was kept."""

    line: PlanLine
    kept: Kept


def plan_kept(rel: Relationship, *, reports: bool) -> list[PlanKept]:
    """The lines that are reports, or those that are not, each held against what went out."""
    lines = [line for line in rel.of(PlanLine) if line.report is reports and line.first_on]
    return [PlanKept(line, _kept(rel, line)) for line in lines]


def _kept(rel: Relationship, line: PlanLine) -> Kept:
    began = line.first_on or rel.today
    first = max(began, rel.today - LOOK_BACK)
    until = min(rel.today + timedelta(days=100), line.ended_on or date.max)
    # counted from its own beginning: a window that moves must not move every other week with it
    all_ = due_days(line.cadence.value, int(line.weekday.value), began, until, rel.calendar)
    due = [day for day in all_ if day >= first]
    done = _sent(rel, line) if line.report else _spoken(rel, line, first)
    return kept_days(due, done, today=rel.today)


def _sent(rel: Relationship, line: PlanLine) -> list[date]:
    return [r.sent_on for r in rel.of(ReportSent) if r.plan_line_id == line.id and r.sent_on]


def _spoken(rel: Relationship, line: PlanLine, first: date) -> list[date]:
    """Days on which we reached that contact (or the client) on that channel, or in its stead."""
    channels = _DONE_BY.get(line.channel, (line.channel,))
    where, values = "client_id = ? AND direction = 'outbound' AND automatic = 0", [rel.client.id]
    if line.contact_id is not None:
        where += " AND contact_id = ?"
        values.append(line.contact_id)
    start = datetime.combine(first - timedelta(days=7), datetime.min.time(), rel.zone)
    rows = rel.journal.rows(
        f"SELECT at FROM interaction WHERE {where}"
        f" AND channel IN ({', '.join('?' * len(channels))}) AND at BETWEEN ? AND ?",
        [*values, *channels, from_text(start), until_text(rel.at)],
    )
    return sorted({rel.day_of(moment_of(row[0])) for row in rows})


@once
def communication(rel: Relationship) -> PracticeFigures:
    """Practice 3 in figures."""
    total = rel.answer.total
    score = None if total.within_target is None else total.within_target * 100
    waiting = waiting_now(rel)
    late = [one for one in waiting if one.late]
    two = windows(rel)
    plan = plan_kept(rel, reports=False)
    median = total.km_median_h
    figures = (
        Figure(
            "within_target",
            mark("Answered within the target"),
            total.within_target,
            said("–") if score is None else said("{share}", share=Share(total.within_target or 0.0)),
            said(mark("of {n} turns in 13 weeks, target {target} working hours"), n=total.inbound,
                 target=f"{rel.client.target_hours:g}"),
            state_of(score),
        ),
        Figure(
            "median_h",
            mark("Median response, unanswered too"),
            median,
            said("–") if median is None else said(mark("{hours} h"), hours=median),
            said(mark("working hours, 13 weeks, {n} still open · {before}"), n=total.open,
                 before=median_before(two)),
        ),
        Figure(
            "late_now",
            mark("Overdue now"),
            float(len(late)),
            said("{n}", n=len(late)),
            said(mark("of {n} that wait"), n=len(waiting)),
            "bad" if late else "good",
        ),
        Figure(
            "drift",
            mark("Against the 13 weeks before"),
            two.p,
            change(two),
            change_rests_on(two),
            "none" if not two.differ else "bad" if _slower(two) else "good",
        ),
        plan_figure("plan_kept", mark("Communications plan kept"), plan),
    )  # fmt: skip
    headline, state, act = said(mark("Answered in time")), state_of(score), None
    if not total.inbound:
        headline = said(mark("No message of the client in 13 weeks"))
    elif state != "good":
        headline = said(
            mark("{share} answered within the target"), share=Share(total.within_target or 0.0)
        )
    if not plan:
        act = NextAct(mark("Plan who hears what"), "plan_line")
    if late:
        headline = said(mark("Waiting longer than the target: {n}"), n=len(late))
        state, act = "bad", NextAct(mark("See what waits"), "turns")
    return PracticeFigures(Practice.COMMUNICATION, score, state, headline, figures, act)


def _slower(two: Windows) -> bool:
    now, before = two.now.total.km_median_h, two.before.total.km_median_h
    return now is None or (before is not None and now > before)


def plan_figure(name: str, label: str, plan: list[PlanKept]) -> Figure:
    """How many of the days that were due were kept."""
    due = sum(p.kept.due for p in plan)
    in_time = sum(p.kept.in_time for p in plan)
    coming = min((p.kept.next_due for p in plan if p.kept.next_due), default=None)
    share = in_time / due if due else None
    return Figure(
        name,
        label,
        share,
        said("–") if share is None else said("{n} / {all}", n=in_time, all=due),
        said(mark("next due {day}"), day=coming) if coming else said(mark("nothing planned")),
        state_of(None if share is None else share * 100),
        keys(*(p.line for p in plan)),
    )


# How one deals with people by their influence and interest, in words.
STANCES: Final = {
    "manage_closely": mark("manage closely"),
    "keep_satisfied": mark("keep satisfied"),
    "keep_informed": mark("keep informed"),
    "monitor": mark("monitor"),
}


class Standing(NamedTuple):
    """A contact on the stakeholder map and in the engagement matrix."""

    contact: Contact
    stance: str
    steps: int | None


@once
def standings(rel: Relationship) -> list[Standing]:
    """Contacts whose influence and interest are known, the weightiest first."""
    known = [c for c in rel.of(Contact) if c.influence and c.interest]
    known.sort(key=lambda c: (-(c.influence or 0) - (c.interest or 0), sort_key(c.name)))
    return [
        Standing(
            c,
            stance(c.influence or 0, c.interest or 0).value,
            engagement_gap(c.engagement_now.value, c.engagement_wanted.value),
        )
        for c in known
    ]
