"""Records as rows of a list: a state in a word, a title, what stands behind it."""

from collections.abc import Callable
from typing import Any, Final

from pmdesk.answers.practices.figures import keys
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.appointments import appointment_row, minutes_row
from pmdesk.answers.rows.crisis import complaint_row, crisis_plan_row, crisis_row, date_row
from pmdesk.answers.rows.expectations import confirmation_row, expectation_row, talk_row
from pmdesk.answers.rows.needs import need_row, option_row
from pmdesk.answers.rows.row import RecordRow, Saying, local_moment, title_of
from pmdesk.answers.rows.transparency import change_row, issue_row
from pmdesk.answers.rows.trust import promise_row, signal_row
from pmdesk.answers.text.said import Said, said
from pmdesk.records.appointment import Appointment
from pmdesk.records.crisis import Crisis, CrisisPlan
from pmdesk.records.declare import Field, Shape, kind_of
from pmdesk.records.expectations import Confirmation, Expectation, Talk
from pmdesk.records.kinds import KINDS
from pmdesk.records.longterm import KeyDate
from pmdesk.records.minutes import Minutes
from pmdesk.records.needs import Need
from pmdesk.records.recovery import Complaint
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import ChangeRequest, Issue
from pmdesk.records.trust import Promise, TrustSignal
from pmdesk.words import mark


def rows_of(rel: Relationship, kind_name: str) -> list[RecordRow]:
    """The rows of a kind: what is open first, then the newest; of what is planned the nearest."""
    kind = KINDS[kind_name]
    records = sorted(rel.of(kind.cls), key=lambda r: _order(r, kind.date), reverse=True)
    rows = [row_of(rel, record) for record in records]
    open_ = [row for row in rows if row.open]
    if kind.date is not None and kind.field(kind.date).meta.ahead:
        open_.reverse()
    return [*open_, *(row for row in rows if not row.open)]


def _order(record: Any, name: str | None) -> tuple[str, int]:
    value = getattr(record, name) if name else None
    return (value.isoformat() if value else "", record.id or 0)


def row_of(rel: Relationship, record: Any) -> RecordRow:
    """A record of any kind as a row."""
    kind = kind_of(record)
    title = str(getattr(record, kind.title) or "").strip().partition("\n")[0]
    if isinstance(record, Confirmation):
        return confirmation_row(rel, record)
    saying_of = _OWN.get(type(record))
    badge, second = saying_of(rel, record) if saying_of else (None, ())
    is_open = not kind.done or getattr(record, kind.done) is None or _goes_on(record)
    return RecordRow(keys(record)[0], badge, title, second or plain_second(rel, record), is_open)


def _goes_on(record: Any) -> bool:
    """Whether the client is still to be told, though all else about it is done, or it comes again."""
    if isinstance(record, KeyDate):
        return record.yearly
    return isinstance(record, Issue | Crisis) and bool(record.owed)


def plain_second(rel: Relationship, record: Any) -> tuple[Said, ...]:
    """The declared columns that say something, for kinds without a row of their own."""
    kind = kind_of(record)
    parts = []
    for name in kind.columns:
        value = getattr(record, name)
        if value not in {None, "", ()} and name != kind.title:
            parts.append(said("{value}", value=_shown(rel, kind.field(name), value)))
    return tuple(parts)


def _shown(rel: Relationship, field: Field, value: Any) -> Any:
    if field.meta.refers and field.shape is Shape.WHOLE:
        return title_of(rel, field.meta.refers, value) or "–"
    match field.shape:
        case Shape.MOMENT:
            return local_moment(rel, value)
        case Shape.TEXTS:
            return tuple(value)
        case Shape.REAL:
            return f"{value:g}"
        case Shape.WHOLE:
            return said(mark("{label}: {n}"), label=said(field.label), n=value)
        case Shape.YES_NO:
            return said(field.label) if value else "–"
    return value


_OWN: Final[dict[type[Any], Callable[[Relationship, Any], Saying]]] = {
    Issue: issue_row,
    ChangeRequest: change_row,
    TrustSignal: signal_row,
    Promise: promise_row,
    Need: need_row,
    Option: option_row,
    Expectation: expectation_row,
    Talk: talk_row,
    CrisisPlan: crisis_plan_row,
    Crisis: crisis_row,
    Complaint: complaint_row,
    KeyDate: date_row,
    Appointment: appointment_row,
    Minutes: minutes_row,
}
