"""Records as lines of a page: a state in a word, a title, what stands behind it, what can be done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from pmdesk.answers.lines_base import Badge, RecordLine, local_moment, title_of
from pmdesk.answers.lines_crisis import complaint_line, crisis_line, date_line, plan_line
from pmdesk.answers.practices import (
    crisis,
    expectations,
    needs,
    transparency,
    trust,
)
from pmdesk.answers.practices.figures import Key, State, keys
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.said import Figured, Said, said
from pmdesk.insight.disclosure import Disclosure
from pmdesk.insight.risk import Level
from pmdesk.insight.risk import level as risk_level
from pmdesk.records.crisis import Crisis, CrisisPlan
from pmdesk.records.declare import Field, Shape, kind_of
from pmdesk.records.expectations import Confirmation, Expectation, Outcome, Talk
from pmdesk.records.kinds import KINDS
from pmdesk.records.longterm import KeyDate
from pmdesk.records.needs import Horizon, Need
from pmdesk.records.project import Stage
from pmdesk.records.recovery import Complaint
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid
from pmdesk.records.trust import Kept, Promise, Side, SignalState, TrustSignal
from pmdesk.words import mark

# What can be done with one key, by name: the words on its button.
ACTS: Final = {
    "tell": mark("Client told"),
    "close": mark("Close it"),
    "offer": mark("Offer an option"),
    "deliver": mark("Delivered"),
    "break": mark("Broken"),
    "confirm": mark("Confirm"),
    "explain": mark("Explain"),
    "talk": mark("Prepare a talk"),
    "rehearse": mark("Rehearsed"),
    "activate": mark("It has happened"),
    "log": mark("Add a line"),
    "stand_down": mark("Stand down"),
    "choose": mark("Choose"),
    "done": mark("Done"),
    "plan": mark("Make a plan"),
    "evidence": mark("Evidence"),
}


def lines_of(rel: Relationship, kind_name: str) -> list[RecordLine]:
    """The lines of a kind: what is open first, then the newest."""
    kind = KINDS[kind_name]
    records = sorted(rel.of(kind.cls), key=lambda r: _order(r, kind.date), reverse=True)
    lines = [line_of(rel, record) for record in records]
    return sorted(lines, key=lambda line: not line.open)


def _order(record: Any, name: str | None) -> tuple[str, int]:
    value = getattr(record, name) if name else None
    return (value.isoformat() if value else "", record.id or 0)


def line_of(rel: Relationship, record: Any) -> RecordLine:
    """A record of any kind as a line."""
    kind = kind_of(record)
    title = str(getattr(record, kind.title) or "").strip().partition("\n")[0]
    if isinstance(record, Confirmation):
        return _confirmation(rel, record)
    own = _OWN.get(type(record))
    badge, second, acts = own(rel, record) if own else (None, (), ())
    is_open = not kind.done or getattr(record, kind.done) is None or _owed(record)
    return RecordLine(
        keys(record)[0], badge, title, second or plain_second(rel, record), acts, is_open
    )


def _owed(record: Any) -> bool:
    """Whether the client is still to be told, though all else about it is done."""
    return isinstance(record, Issue | Crisis) and record.owed


def plain_second(rel: Relationship, record: Any) -> tuple[Said, ...]:
    """The declared columns that say something, for kinds without a line of their own."""
    kind = kind_of(record)
    found = []
    for name in kind.columns:
        value = getattr(record, name)
        if value not in {None, "", ()} and name != kind.title:
            found.append(said("{value}", value=_shown(rel, kind.field(name), value)))
    return tuple(found)


def _shown(rel: Relationship, field: Field, value: Any) -> Any:
    if field.meta.refers and field.shape is Shape.WHOLE:
        other = next((r for r in rel.of(KINDS[field.meta.refers].cls) if r.id == value), None)
        return getattr(other, kind_of(other).title) if other else "–"
    match field.shape:
        case Shape.MOMENT:
            return local_moment(rel, value)
        case Shape.TEXTS:
            return ", ".join(value)
        case Shape.REAL:
            return f"{value:g}"
        case Shape.WHOLE:
            return said(mark("{label}: {n}"), label=said(field.label), n=value)
        case Shape.YES_NO:
            return said(field.label) if value else "–"
    return value


def _issue(rel: Relationship, i: Issue) -> tuple[Badge, tuple[Said, ...], tuple[str, ...]]:
    if i.raid is not Raid.ISSUE:
        return _risk(rel, i)
    told = transparency.disclosure_of(rel, i) if i.found_at else None
    second = [said("{severity}", severity=i.severity.value)]
    if told and i.told_at:
        after = (
            mark("told after {lag} hours") if told.wall else mark("told after {lag} working hours")
        )
        second.append(said(after, lag=told.lag_hours))
    elif i.untold_reason.strip():
        second.append(said(mark("not told: {why}"), why=i.untold_reason.strip().partition("\n")[0]))
    elif told and i.owed:
        second.append(said(mark("to be told by {due}"), due=told.due.astimezone(rel.zone)))
        second.append(_clock(told))
    second.append(
        said(mark("fixed by {day}"), day=i.fix_date)
        if i.fix_date
        else said(mark("no date for the fix"))
    )
    if i.owner:
        second.append(said("{owner}", owner=i.owner))
    acts: tuple[str, ...] = () if i.closed_on else ("offer", "close")
    if i.closed_on and i.owed:
        badge: Badge = (mark("Closed, not told"), "bad")
        acts = ("tell",)
    elif i.closed_on:
        badge = (mark("Closed"), "none")
    elif i.internal:
        badge = (mark("Internal"), "none")
    elif i.told_at is None and not i.owed:
        badge = (mark("Not told for a reason"), "none")
    elif i.told_at is None:
        late = told is not None and told.in_time is False
        badge = (mark("Not told, too late"), "bad") if late else (mark("To be told"), "warn")
        acts = ("tell", "offer")
    elif told and told.in_time is False:
        badge = (mark("Told late"), "warn")
    else:
        badge = (mark("Told"), "good")
    return badge, tuple(second), acts


def _clock(told: Disclosure) -> Said:
    """The disclosure clock: what is left of the limit, or by how much it has passed."""
    left = told.left or timedelta()
    minutes = abs(int(left.total_seconds())) // 60
    hours = f"{minutes // 60}:{minutes % 60:02d}"
    return (
        said(mark("{hours} h left"), hours=hours)
        if left >= timedelta()
        else said(mark("{hours} h late"), hours=hours)
    )


def _risk(rel: Relationship, i: Issue) -> tuple[Badge, tuple[Said, ...], tuple[str, ...]]:
    second: list[Said] = [said("{raid}", raid=i.raid)]
    risk = crisis.risk_of(i)
    badge: Badge = (mark("Not assessed"), "none")
    acts: tuple[str, ...] = ("close",)
    if risk:
        found = risk_level(risk.score)
        badge = {
            Level.HIGH: (mark("High"), "bad"),
            Level.MEDIUM: (mark("Medium"), "warn"),
            Level.LOW: (mark("Low"), "good"),
        }[found]
        second.append(said(mark("score {score}"), score=f"{risk.score:.2f}"))
        if risk.expected_cost_minor is not None:
            money = Figured(risk.expected_cost_minor / 100, 0)
            second.append(said(mark("expected loss {money}"), money=money))
        planned = {p.issue_id for p in rel.of(CrisisPlan)}
        if found is Level.HIGH and i.id not in planned:
            second.append(said(mark("no plan")))
            acts = ("plan", "close")
    if i.closed_on:
        return (mark("Closed"), "none"), tuple(second), ()
    return badge, tuple(second), acts


def _change(rel: Relationship, c: ChangeRequest) -> tuple[Badge, tuple[Said, ...], tuple[str, ...]]:
    second = [said(mark("asked on {day}"), day=c.asked_on)] if c.asked_on else []
    if c.asked_by:
        second.append(said("{who}", who=c.asked_by))
    if c.decision is Decision.OPEN:
        missing = transparency.effects_missing(c)
        if missing:
            second.append(said(mark("{n} of 5 effects not yet weighed"), n=missing))
        late = c in transparency.changes_owed(rel)
        return (mark("Waits for a decision"), "bad" if late else "warn"), tuple(second), ()
    second.append(said(mark("{decision} by {who}"), decision=c.decision, who=c.decided_by))
    if c.told_on is None:
        return (mark("Not yet told"), "warn"), tuple(second), ("tell",)
    return (mark("Told"), "good"), tuple(second), ()


def _signal(_rel: Relationship, s: TrustSignal) -> tuple[Badge, tuple[Said, ...], tuple[str, ...]]:
    second = [said("{day}", day=s.day)] if s.day else []
    second += [
        said("{facet}", facet=s.facet),
        said(mark("weight {weight}"), weight=f"{s.weight:g}"),
    ]
    if s.state is SignalState.REJECTED:
        return (mark("Rejected"), "none"), tuple(second), ()
    badge: Badge = (mark("Kept"), "good") if s.kept is Kept.KEPT else (mark("Broken"), "bad")
    return badge, tuple(second), ("evidence",) if evidence_of(s) else ()


def evidence_of(signal: TrustSignal) -> Key | None:
    """The record that a signal was proposed from; None where it was not one record."""
    kind, _, rest = signal.source.partition(":")
    number = rest.partition(":")[0]
    return Key(kind, int(number)) if kind in KINDS and number.isdigit() else None


def _promise(rel: Relationship, p: Promise) -> tuple[Badge, tuple[Said, ...], tuple[str, ...]]:
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
        return badge, tuple(second), ()
    if trust.is_late(rel, p):
        return (mark("Past its date"), "bad"), tuple(second), ("deliver", "break")
    if trust.missed_first(rel, p):
        badge = (mark("First date missed"), "warn")
        return badge, tuple(second), ("deliver", "break") if p.by is Side.US else ("deliver",)
    soon = bool(p.due_now and (p.due_now - rel.today).days <= 1)
    badge = (mark("Due"), "warn") if soon else (mark("Pending"), "info")
    return badge, tuple(second), ("deliver", "break") if p.by is Side.US else ("deliver",)


def _need(rel: Relationship, n: Need) -> tuple[Badge, tuple[Said, ...], tuple[str, ...]]:
    second = [said("{level}", level=n.level)]
    if n.validated_on:
        second.append(
            said(mark("validated by {who}, {day}"), who=n.validated_by, day=n.validated_on)
        )
    if n.dropped_on:
        return (mark("Dropped"), "none"), tuple(second), ()
    if n.horizon is Horizon.LONG_TERM:
        return (mark("Later"), "info"), tuple(second), ("offer",)
    if needs.is_confirmed(rel, n):
        return (mark("Confirmed"), "good"), tuple(second), ("offer",)
    return (mark("Unconfirmed"), "warn"), tuple(second), ("confirm", "offer")


def _option(rel: Relationship, o: Option) -> tuple[Badge, tuple[Said, ...], tuple[str, ...]]:
    for_ = title_of(rel, "issue", o.issue_id) or title_of(rel, "need", o.need_id)
    second = [said(mark("for “{what}”"), what=for_) if for_ else said(mark("unasked proposal"))]
    if o.effort_days is not None:
        second.append(said(mark("effort {days} days"), days=f"{o.effort_days:g}"))
    if o.cost_minor is not None:
        second.append(said(mark("cost {money}"), money=Figured(o.cost_minor / 100, 0)))
    if o.checked_by:
        second.append(said(mark("checked by {who}"), who=o.checked_by))
    if o.accepted_on:
        return (mark("Accepted"), "good"), tuple(second), ()
    if o.chosen_on:
        return (mark("Chosen"), "info"), tuple(second), ()
    if o.feasible is Feasible.NO:
        return (mark("Not feasible"), "none"), tuple(second), ()
    if o.feasible is Feasible.YES:
        return (mark("Feasible"), "info"), tuple(second), ("choose",)
    return (mark("Not checked"), "warn"), tuple(second), ()


def _expectation(
    rel: Relationship, e: Expectation
) -> tuple[Badge, tuple[Said, ...], tuple[str, ...]]:
    if e.ended_on:
        return (mark("No longer"), "none"), (said("{dimension}", dimension=e.dimension),), ()
    found = next(g for g in expectations.expectation_gaps(rel) if g.expectation.id == e.id)
    second = [said("{dimension}", dimension=e.dimension)]
    if expectations.value_said(e, "expected").text != "–":
        second.append(said(mark("expected {value}"), value=expectations.value_said(e, "expected")))
    if found.gap is not None:
        second.append(said(mark("is {value} ({gap})"), value=expectations.value_said(e, "forecast"),
                           gap=expectations.gap_said(found)))  # fmt: skip
    second += [said(mark("before {value}"), value=t.old_value) for t in found.talks if t.old_value]
    second.append(said(mark("said by {who}"), who=e.said_by))
    badge = (expectations.LABELS[found.state], expectations.STATES[found.state])
    acts: tuple[str, ...] = () if found.confirmed else ("confirm",)
    if found.state.value == "to_explain":
        acts = ("explain", "talk")
    elif found.state.value == "explained":
        acts = ("talk",)
    return badge, tuple(second), acts


def _confirmation(rel: Relationship, c: Confirmation) -> RecordLine:
    """What was confirmed is its title; by whom and at which stage stands below."""
    what = title_of(rel, "expectation", c.expectation_id) or title_of(rel, "need", c.need_id)
    stage = next((s.name for s in rel.of(Stage) if s.id == c.stage_id), "")
    second = [said(mark("confirmed by {who}, {day}"), who=c.by, day=c.day)] if c.day else []
    if stage:
        second.append(said("{stage}", stage=stage))
    return RecordLine(keys(c)[0], None, what, tuple(second))


def _talk(_rel: Relationship, t: Talk) -> tuple[Badge, tuple[Said, ...], tuple[str, ...]]:
    states: dict[Outcome, State | str] = {
        Outcome.PREPARED: "info", Outcome.HELD: "warn", Outcome.AGREED: "good", Outcome.DECLINED: "bad",
    }  # fmt: skip
    second = [said("{day}", day=t.day)] if t.day else []
    if t.old_value:
        second.append(said(mark("before {value}"), value=t.old_value))
    if t.agreed_by:
        second.append(said("{who}", who=t.agreed_by))
    return (t.outcome.label, states[t.outcome]), tuple(second), ()


_OWN: Final[dict[type[Any], Callable[[Relationship, Any], Any]]] = {
    Issue: _issue,
    ChangeRequest: _change,
    TrustSignal: _signal,
    Promise: _promise,
    Need: _need,
    Option: _option,
    Expectation: _expectation,
    Talk: _talk,
    CrisisPlan: plan_line,
    Crisis: crisis_line,
    Complaint: complaint_line,
    KeyDate: date_line,
}
