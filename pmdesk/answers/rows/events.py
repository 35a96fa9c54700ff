"""What has happened to a record, told by the days it holds: found, told, delivered, confirmed."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.row import Tone, title_of
from pmdesk.answers.text.said import Figured, Said, said
from pmdesk.records.appointment import Appointment
from pmdesk.records.declare import Field, Shape, kind_of
from pmdesk.records.expectations import Confirmation
from pmdesk.records.project import Stage
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid
from pmdesk.records.trust import Promise
from pmdesk.words import mark

# What a client may read of, where neither the record nor its field is marked internal.
_SHARED: Final = frozenset({
    "project", "stage", "promise", "issue", "change_request", "need", "option", "expectation",
    "confirmation", "report", "feedback", "appointment", "minutes",
})  # fmt: skip
_LONGEST: Final = 40  # letters of a text that is told as it was and as it is


class Event(NamedTuple):
    """A day in a word; `weight` puts what went wrong (0) before what else happened (1) and notes (3).

    `tells` names the fields that belong to that day: that they changed with it is no news of its own.
    """

    word: str
    tone: Tone = "none"
    weight: int = 1
    detail: Callable[[Relationship, Any], Said | None] = lambda _rel, _record: None
    tells: tuple[str, ...] = ()


def _promiser(_rel: Relationship, record: Promise) -> Said:
    if record.to_whom:
        return said(mark("{by} to {whom}"), by=record.by, whom=record.to_whom)
    return said("{by}", by=record.by)


def _sayer(_rel: Relationship, record: Any) -> Said | None:
    return said("{who}", who=record.by) if record.by else None


def _decision(_rel: Relationship, record: ChangeRequest) -> Said:
    return said(mark("{decision} by {who}"), decision=record.decision, who=record.decided_by)


def _said_by(_rel: Relationship, record: Any) -> Said:
    return said(mark("said by {who}"), who=record.said_by)


def _confirmed_by(_rel: Relationship, record: Confirmation) -> Said:
    return said(mark("by {who}"), who=record.by)


def _severity(_rel: Relationship, record: Any) -> Said:
    return said("{severity}", severity=record.severity.value)


EVENTS: Final[dict[tuple[str, str], Event]] = {
    ("promise", "made_on"): Event(mark("Promised"), "info", detail=_promiser),
    ("promise", "delivered_on"): Event(mark("Delivered"), "good", detail=_promiser),
    ("promise", "broken_on"): Event(mark("Broken"), "bad", 0, detail=_promiser),
    ("issue", "found_at"): Event(mark("Found"), "warn", 0, detail=_severity),
    ("issue", "told_at"): Event(mark("Told"), "good"),
    ("issue", "closed_on"): Event(mark("Closed")),
    ("change_request", "asked_on"): Event(mark("Change asked for"), "info"),
    ("change_request", "decided_on"): Event(
        mark("Decided"), "info", detail=_decision, tells=("decision", "decided_by")
    ),
    ("change_request", "told_on"): Event(mark("Told"), "good"),
    ("trust_signal", "day"): Event(mark("Trust signal"), weight=3),
    ("need", "noted_on"): Event(mark("New need"), "info"),
    ("need", "validated_on"): Event(mark("Validated"), "good", tells=("validated_by",)),
    ("need", "dropped_on"): Event(mark("No longer needed")),
    ("option", "offered_on"): Event(mark("Option offered"), "info"),
    ("option", "chosen_on"): Event(mark("Chosen"), "info"),
    ("option", "accepted_on"): Event(mark("Accepted"), "good", tells=("accepted_by",)),
    ("expectation", "said_on"): Event(mark("New expectation"), "info", detail=_said_by),
    ("expectation", "explained_on"): Event(mark("Explained"), "good", tells=("explanation",)),
    ("expectation", "ended_on"): Event(mark("No longer")),
    ("confirmation", "day"): Event(mark("Confirmed"), "good", detail=_confirmed_by),
    ("talk", "day"): Event(mark("Talk about it"), "info"),
    ("report", "sent_on"): Event(mark("Report sent"), "good"),
    ("feedback", "day"): Event(mark("Feedback"), "info", detail=_sayer),
    ("feedback", "acted_on"): Event(mark("Acted on"), "good"),
    ("rehearsal", "day"): Event(mark("Rehearsed")),
    ("crisis", "found_at"): Event(mark("Crisis"), "bad", 0),
    ("crisis", "told_at"): Event(mark("Told"), "good"),
    ("crisis", "stood_down_at"): Event(mark("Stood down")),
    ("crisis_line", "at"): Event(mark("Crisis log"), weight=3),
    ("complaint", "heard_at"): Event(mark("Unhappy client"), "bad", 0),
    ("complaint", "acknowledged_at"): Event(mark("Acknowledged"), "good"),
    ("complaint", "agreed_on"): Event(mark("Solution agreed"), "good", tells=("solution", "due", "owner")),
    ("complaint", "done_on"): Event(mark("Done"), "good"),
    ("complaint", "follow_up_1_on"): Event(mark("First follow-up"), tells=("follow_up_1",)),
    ("complaint", "follow_up_2_on"): Event(mark("Second follow-up"), tells=("follow_up_2",)),
    ("complaint", "closed_on"): Event(mark("Closed")),
    ("key_date", "done_on"): Event(mark("Done")),
    ("opportunity", "noted_on"): Event(mark("Opportunity"), "info"),
    ("opportunity", "closed_on"): Event(mark("Closed")),
    ("minutes", "sent_on"): Event(mark("Minutes sent"), "good"),
    ("stage", "finished_on"): Event(mark("Finished"), "good"),
}  # fmt: skip


def event_of(record: Any, field: Field) -> Event:
    """What it means that this field of a record holds a day; its label where it has no word."""
    if isinstance(record, Appointment) and field.name == "ended_on":
        return Event(mark("Held") if record.interaction_id is not None else mark("Called off"))
    return EVENTS.get((kind_of(record).name, field.name)) or Event(field.label)


def is_open_to_client(rel: Relationship, record: Any) -> bool:
    """Whether the client may read of a record: neither internal nor still to be told."""
    if kind_of(record).name not in _SHARED or getattr(record, "internal", False):
        return False
    match record:
        case Issue():
            return record.raid is Raid.ISSUE and record.told_at is not None
        case ChangeRequest():
            return record.decision is Decision.OPEN or record.told_on is not None
        case Confirmation():
            above = [("expectation", record.expectation_id), ("need", record.need_id)]
        case Option():
            above = [
                ("issue", record.issue_id),
                ("need", record.need_id),
                ("change_request", record.change_request_id),
            ]
        case _:
            return True
    owners = [rel.by_id(kind).get(id_) for kind, id_ in above if id_ is not None]
    return all(owner is not None and is_open_to_client(rel, owner) for owner in owners)


def name_in_lists(rel: Relationship, record: Any) -> str:
    """What stands for a record in a line: its title, of a confirmation what was confirmed."""
    match record:
        case Confirmation():
            expected = title_of(rel, "expectation", record.expectation_id)
            return expected or title_of(rel, "need", record.need_id)
        case Stage():
            project = title_of(rel, "project", record.project_id)
            return f"{project} · {record.name}" if project else record.name
    first = str(getattr(record, kind_of(record).title) or "").strip().partition("\n")[0]
    return first.lstrip("# ")


def change_said(rel: Relationship, field: Field, before: Any, after: Any) -> Said:
    """How a field changed: from what to what; of long texts and of lists only that they did."""
    old, new = _value(rel, field, before), _value(rel, field, after)
    if old is None or new is None:
        return said(field.label)
    label = said(field.label)
    return said(mark("{label}: {before} → {after}"), label=label, before=old, after=new)


def _value(rel: Relationship, field: Field, value: Any) -> Any:
    """A value as it can be told in a line; None where it is too long for one."""
    if value in {None, "", ()}:
        return "–"
    if field.meta.long or field.meta.refers:
        return None
    match field.shape:
        case Shape.TEXTS | Shape.REFS:
            return None
        case Shape.YES_NO:
            return said(mark("yes")) if value else said(mark("no"))
        case Shape.MOMENT:
            return value.astimezone(rel.zone)
        case Shape.REAL:
            return f"{value:g}"
        case Shape.WHOLE if field.meta.checks == "money":
            return Figured(value / 100, 0)
        case Shape.TEXT if len(value) > _LONGEST:
            return None
    return value
