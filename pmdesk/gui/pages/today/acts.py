"""What one key does with a row of Today: an offer of its record, or a deed of the conversation."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple

from pmdesk.actions.put_off import bring_back, greeted
from pmdesk.actions.replies import answer_by, mark_reply
from pmdesk.answers.owed.today import Row, acts_now
from pmdesk.answers.rows.offers import BY_NAME
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.places import REPORT
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel, Direction, NeedsReply
from pmdesk.records.client import Client
from pmdesk.records.crisis import Crisis
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark


class Act(NamedTuple):
    """One act: its words, its letter, and what it does with a row."""

    text: str
    key: str
    run: Callable[[Desk, Row], Any]


def _client(desk: Desk, row: Row) -> Client | None:
    return desk.journal.get(Client, row.owed.client_id)


def _take(name: str, desk: Desk, row: Row) -> None:
    """Take up an offer of the record; where it makes no sense any more, open it."""
    from pmdesk.gui.widgets.record_list import take_up  # reads forms: not before the first act

    offer, key = BY_NAME[name], row.owed.key
    record, client = desk.journal.get(KINDS[key.kind].cls, key.id), _client(desk, row)
    if record is None or client is None:
        return
    rel = desk.relations.of(client)
    if type(record) in offer.kinds and offer.when(rel, record):
        take_up(desk, rel, record, offer)
    else:
        desk.edit(record)


def _open(desk: Desk, row: Row) -> None:
    key = row.owed.key
    desk.show_record(key.kind, key.id)


def _called(desk: Desk, row: Row) -> None:
    """The turn was answered by a call just now; another moment is set in the contact it makes."""
    messages = row.owed.facts.get("messages") or [row.owed.key.id]
    now = desk.now()
    desk.do(answer_by, messages, Channel.CALL, when=now, at=now, say=True)


def _no_reply(desk: Desk, row: Row) -> None:
    messages = row.owed.facts.get("messages") or [row.owed.key.id]
    desk.do(mark_reply, messages, NeedsReply.NO, at=desk.now(), say=True)


def _chase(desk: Desk, row: Row) -> None:
    from pmdesk.gui.panels.chase_panel import ChasePanel

    desk.open_panel(partial(ChasePanel, desk, row.owed))


def _greet(desk: Desk, row: Row) -> None:
    from pmdesk.gui.panels.greeting_panel import GreetingPanel

    desk.open_panel(partial(GreetingPanel, desk, row.owed))


def _greeted(desk: Desk, row: Row) -> None:
    desk.do(greeted, row.owed, desk.words, at=desk.now(), say=True)


def _contact(desk: Desk, row: Row) -> None:
    """A contact of ours with this client, for a person to say what it was."""
    key = row.owed.key
    contact = key.id if key.kind == "contact" else None
    desk.edit(
        Interaction(
            client_id=row.owed.client_id, contact_id=contact, channel=Channel.CALL,
            direction=Direction.OUTBOUND, at=desk.now(), source="typed",
            who=row.owed.what if contact else "",
        )
    )  # fmt: skip


def _communication(desk: Desk, row: Row) -> None:
    desk.open_client(row.owed.client_id)
    desk.show_tab("communication")


def _write(desk: Desk, row: Row) -> None:
    desk.show(REPORT, row.owed.client_id)


def _held(desk: Desk, row: Row) -> None:
    client, planned = _client(desk, row), desk.journal.get(Appointment, row.owed.key.id)
    if client is not None:
        desk.write_minutes(client, planned)


def _room(desk: Desk, row: Row) -> None:
    desk.show_crisis(row.owed.key.id)


def _post_mortem(desk: Desk, row: Row) -> None:
    from pmdesk.gui.panels.post_mortem_panel import PostMortemPanel

    crisis = desk.journal.get(Crisis, row.owed.key.id)
    if crisis is not None:
        desk.open_panel(partial(PostMortemPanel, desk, crisis))


def _crisis_done(desk: Desk, row: Row) -> None:
    """The notice was told, or the step done, just now."""
    from pmdesk.actions.crisis import do_step, tell

    facts, crisis = row.owed.facts, desk.journal.get(Crisis, row.owed.key.id)
    if crisis is None:
        return
    if facts["notice"]:
        desk.do(tell, crisis, facts["line"], facts.get("who", ""), at=desk.now(), say=True)
    else:
        desk.do(do_step, crisis, facts["line"], facts.get("who", ""), row.owed.what, at=desk.now(),
                say=True)  # fmt: skip


def _offer(name: str) -> Act:
    offer = BY_NAME[name]
    return Act(offer.text, offer.key, partial(_take, name))


ACTS: Final[dict[str, Act]] = {
    **{name: _offer(name) for name in BY_NAME},
    "open": Act(mark("Open"), "O", _open),
    "called": Act(mark("Answered by call"), "C", _called),
    "no_reply": Act(mark("No reply needed"), "N", _no_reply),
    "chase": Act(mark("Chase…"), "C", _chase),
    "greet": Act(mark("Greet…"), "G", _greet),
    "greeted": Act(mark("Greeted"), "D", _greeted),
    "they_called": Act(mark("They called"), "A", _called),
    "no_answer": Act(mark("No answer needed"), "N", _no_reply),
    "contact": Act(mark("Note a contact"), "C", _contact),
    "communication": Act(mark("See them all"), "A", _communication),
    "write": Act(mark("Write"), "W", _write),
    "room": Act(mark("Open the room"), "R", _room),
    "crisis_done": Act(mark("Told / done"), "T", _crisis_done),
    "post_mortem": Act(mark("Post-mortem…"), "P", _post_mortem),
    "held": Act(mark("Write it up"), "W", _held),
}


def _bring_back(desk: Desk, row: Row) -> None:
    desk.do(bring_back, row.owed, at=desk.now(), say=True)


# What can be done with a row that was put off.
PUT_OFF_ACTS: Final = (Act(mark("Show it again"), "A", _bring_back), ACTS["open"])


def acts_of(row: Row) -> list[Act]:
    """What can be done with a row, the first with Enter; it can always be opened."""
    named = [ACTS[name] for name in acts_now(row) if name in ACTS]
    return named if any(act is ACTS["open"] for act in named) else [*named, ACTS["open"]]
