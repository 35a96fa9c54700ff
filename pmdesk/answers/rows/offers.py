"""What can be done with a record, each thing declared once: its words, when it makes sense, what it does.

Rows, the side panel and whatever else offers something ask this table; nothing else knows of it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, NamedTuple

from pmdesk.answers.appointments import over_at
from pmdesk.answers.crisis_tasks import criteria
from pmdesk.answers.follow_up import may_be_sent
from pmdesk.answers.practices import crisis, expectations, needs, trust
from pmdesk.answers.practices.figures import Key
from pmdesk.answers.relationship import SPOKEN, Relationship
from pmdesk.answers.rows import drafts
from pmdesk.answers.rows.messages import KINDS_WRITTEN_OF, may_be_written
from pmdesk.answers.yearly import standing_in_year
from pmdesk.insight.gaps import GapState
from pmdesk.insight.risk import Level
from pmdesk.insight.risk import level as risk_level
from pmdesk.records.appointment import Appointment
from pmdesk.records.attachment import Attachment
from pmdesk.records.crisis import Crisis, CrisisLine, CrisisPlan
from pmdesk.records.expectations import Expectation, Outcome, Talk
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.longterm import KeyDate
from pmdesk.records.minutes import Minutes
from pmdesk.records.needs import Horizon, Need
from pmdesk.records.recovery import Complaint
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid
from pmdesk.records.trust import Promise, Side, SignalState, TrustSignal
from pmdesk.words import mark

# Parts of the window: the brief, the form of minutes, what goes to the client of them.
Way = Literal["brief", "minutes", "follow_up", "path", "message", "room"]


class Offer(NamedTuple):
    """One thing that can be done with records of `kinds`, at times when `when` says so.

    It is done at once (`done` gives the record as it is afterwards, `step` is the sentence of the
    log, `step_owed` the one where the client is still to be told), or it opens what is prepared
    (`draft`), another record (`opens`), or a part of the window (`way`). `key` is the letter that
    does it in a list of rows.
    """

    name: str
    text: str
    key: str
    kinds: tuple[type[Any], ...]
    when: Callable[[Relationship, Any], bool]
    done: Callable[[Any, datetime, date], Any] | None = None
    step: str = ""
    step_owed: str = ""
    draft: drafts.Draft | None = None
    opens: Callable[[Relationship, Any], Key | None] | None = None
    way: Way | None = None


def evidence_of(signal: TrustSignal) -> Key | None:
    """The record that a signal was proposed from; None where it was not one record."""
    kind, _, rest = signal.source.partition(":")
    number = rest.partition(":")[0]
    return Key(kind, int(number)) if kind in KINDS and number.isdigit() else None


def _minutes_of(rel: Relationship, record: Interaction) -> Key | None:
    """The minutes of a contact, the latest where there are several."""
    found = [one.id for one in rel.of(Minutes) if one.interaction_id == record.id]
    return Key("minutes", max(id_ or 0 for id_ in found)) if found else None


def _has_come(rel: Relationship, record: Appointment) -> bool:
    """Whether it is open, and its day is there."""
    return record.open and record.at is not None and rel.day_of(record.at) <= rel.today


def _lies_ahead(rel: Relationship, record: Appointment) -> bool:
    return record.open and record.at is not None and over_at(record) > rel.at


def _unwritten(rel: Relationship, record: Interaction) -> bool:
    return record.channel in SPOKEN and _minutes_of(rel, record) is None


def _may_be_told(_rel: Relationship, record: Any) -> bool:
    if isinstance(record, ChangeRequest):
        return record.decision is not Decision.OPEN and record.told_on is None
    return bool(record.owed)


def _told(record: Any, at: datetime, today: date) -> Any:
    if isinstance(record, ChangeRequest):
        return replace(record, told_on=today)
    return replace(record, told_at=at)


def _unplanned(rel: Relationship, record: Issue) -> bool:
    """Whether it is an open risk, high by its score, that no crisis plan is for."""
    if record.raid is Raid.ISSUE or record.closed_on:
        return False
    risk = crisis.risk_of(record)
    high = risk is not None and risk_level(risk.score) is Level.HIGH
    return high and record.id not in crisis.plans_by_risk(rel)


def _open_to_options(_rel: Relationship, record: Any) -> bool:
    if isinstance(record, Need):
        return record.dropped_on is None
    if isinstance(record, ChangeRequest):
        return record.decision is Decision.OPEN
    return record.raid is Raid.ISSUE and record.closed_on is None


def _may_close(_rel: Relationship, record: Issue) -> bool:
    """What the client is still to hear of is told before it is closed."""
    return record.closed_on is None and not record.owed


def _pending(_rel: Relationship, record: Promise) -> bool:
    return record.delivered_on is None


def _may_break(rel: Relationship, record: Promise) -> bool:
    ours = record.by is Side.US
    return record.delivered_on is None and (ours or trust.is_late(rel, record))


def _unconfirmed(rel: Relationship, record: Any) -> bool:
    if isinstance(record, Need):
        now = record.dropped_on is None and record.horizon is not Horizon.LONG_TERM
        return now and not needs.is_confirmed(rel, record)
    if record.ended_on is not None:
        return False
    gap = expectations.gap_standing(rel, record)
    return not gap.confirmed and gap.state not in {GapState.TO_EXPLAIN, GapState.EXPLAINED}


def _in_state(rel: Relationship, record: Expectation, *states: GapState) -> bool:
    return record.ended_on is None and expectations.gap_standing(rel, record).state in states


def _is_under_way(_rel: Relationship, record: Any) -> bool:
    """Whether a path was begun and is not over."""
    if isinstance(record, Talk):
        return record.outcome in {Outcome.PREPARED, Outcome.HELD}
    return record.closed_on is None


def _runs(_rel: Relationship, record: Crisis) -> bool:
    return record.stood_down_at is None


def _may_stand_down(rel: Relationship, record: Crisis) -> bool:
    """A crisis ends against its criteria, and once the client knows; a rehearsal ends in its room."""
    if record.stood_down_at or record.owed or record.rehearsal:
        return False
    plan = rel.by_id("crisis_plan").get(record.plan_id or 0)
    log = [line for line in rel.of(CrisisLine) if line.crisis_id == record.id]
    return all(one.met_at for one in criteria(record, plan, log))


def _is_to_be_done(rel: Relationship, record: KeyDate) -> bool:
    """Whether a date is not done; one of every year from a week before it on."""
    if not record.yearly or record.day is None:
        return record.done_on is None
    stands = standing_in_year(record.day, rel.today, done=record.done_on, lunar=record.lunar)
    return stands <= rel.today + timedelta(days=7)


def _has_evidence(_rel: Relationship, record: TrustSignal) -> bool:
    return record.state is not SignalState.REJECTED and evidence_of(record) is not None


OFFERS: Final = (
    Offer("tell", mark("Client told"), "T", (Issue, ChangeRequest, Crisis), _may_be_told, done=_told,
          step=mark("Client told: “{what}”")),
    Offer("plan", mark("Make a plan"), "P", (Issue,), _unplanned, draft=drafts.plan_for),
    Offer("confirm", mark("Confirm"), "C", (Expectation, Need), _unconfirmed, draft=drafts.confirmation_of),
    Offer("offer", mark("Offer an option"), "F", (Issue, Need, ChangeRequest), _open_to_options, draft=drafts.option_for),
    Offer("close", mark("Close it"), "X", (Issue,), _may_close,
          done=lambda record, _at, today: replace(record, closed_on=today),
          step=mark("{kind} “{what}” closed"),
          step_owed=mark("Closed, but the client is not told: “{what}”")),
    Offer("deliver", mark("Delivered"), "D", (Promise,), _pending,
          done=lambda record, _at, today: replace(record, delivered_on=today),
          step=mark("Delivered: “{what}”")),
    Offer("break", mark("Broken"), "B", (Promise,), _may_break, draft=drafts.broken),
    Offer("explain", mark("Explain"), "E", (Expectation,),
          lambda rel, record: _in_state(rel, record, GapState.TO_EXPLAIN), draft=drafts.explained),
    Offer("talk", mark("Prepare a talk"), "K", (Expectation,),
          lambda rel, record: _in_state(rel, record, GapState.TO_EXPLAIN, GapState.EXPLAINED), way="path"),
    Offer("step", mark("Take the next step"), "N", (Complaint, Talk), _is_under_way, way="path"),
    Offer("choose", mark("Choose"), "H", (Option,),
          lambda _rel, record: (record.feasible is Feasible.YES and record.chosen_on is None
                                and record.accepted_on is None),
          done=lambda record, _at, today: replace(record, chosen_on=today),
          step=mark("Option “{what}” chosen")),
    Offer("rehearse", mark("Rehearsed"), "R", (CrisisPlan,), lambda _rel, _plan: True, draft=drafts.rehearsal_of),
    Offer("activate", mark("It has happened"), "A", (CrisisPlan,), lambda _rel, _plan: True,
          way="room"),
    Offer("room", mark("Open the room"), "R", (Crisis,), _runs, way="room"),
    Offer("log", mark("Add a line"), "L", (Crisis,), _runs, draft=drafts.line_in),
    Offer("stand_down", mark("Stand down"), "W", (Crisis,), _may_stand_down,
          done=lambda record, at, _today: replace(record, stood_down_at=at),
          step=mark("Stood down: “{what}”"),
          step_owed=mark("Stood down, but the client is not told: “{what}”")),
    Offer("done", mark("Done"), "D", (KeyDate,),
          _is_to_be_done,
          done=lambda record, _at, today: replace(record, done_on=today),
          step=mark("Done: “{what}”")),
    Offer("brief", mark("Brief"), "B", (Appointment,), _lies_ahead, way="brief"),
    Offer("held", mark("Held"), "H", (Appointment,), _has_come, way="minutes"),
    Offer("minutes", mark("Minutes"), "I", (Interaction,),
          lambda rel, record: _minutes_of(rel, record) is not None, opens=_minutes_of),
    Offer("write_up", mark("Write the minutes"), "W", (Interaction,), _unwritten, way="minutes"),
    Offer("follow_up", mark("Follow-up text"), "F", (Minutes,),
          lambda rel, record: may_be_sent(rel.journal, record), way="follow_up"),
    Offer("sent", mark("Sent"), "T", (Minutes,),
          lambda rel, record: record.sent_on is None and may_be_sent(rel.journal, record),
          done=lambda record, _at, today: replace(record, sent_on=today),
          step=mark("Minutes sent: “{what}”")),
    Offer("call_off", mark("Call off"), "X", (Appointment,), lambda _rel, record: record.open,
          done=lambda record, _at, today: replace(record, ended_on=today),
          step=mark("Called off: “{what}”")),
    Offer("source", mark("Show what it came with"), "G", (Attachment,),
          lambda _rel, file: file.belongs_to is not None, opens=lambda _rel, file: Key(*file.belongs_to)),
    Offer("evidence", mark("Evidence"), "V", (TrustSignal,),
          _has_evidence, opens=lambda _rel, signal: evidence_of(signal)),
    Offer("message", mark("Write the message"), "M", KINDS_WRITTEN_OF, may_be_written, way="message"),
)  # fmt: skip
BY_NAME: Final = {offer.name: offer for offer in OFFERS}


def offers_of(rel: Relationship, record: Any) -> list[Offer]:
    """What can be done with a record now, the most pressing first."""
    return [offer for offer in OFFERS if type(record) in offer.kinds and offer.when(rel, record)]
