"""What is done in a crisis: begun, told, done, noted, met, stood down. Each is one step."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from pmdesk.actions.checks import problems_in
from pmdesk.actions.refusals import Refused
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.crisis_room import Room, room
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import CauseOf, Crisis, CrisisLine, LineKind, Rehearsal
from pmdesk.records.problems import Problem
from pmdesk.typed.log_line import log_line
from pmdesk.words import Language, mark

BEGUN: Final = mark("Crisis begun: “{what}”")
REHEARSAL_BEGUN: Final = mark("Rehearsal begun: “{what}”")
TOLD: Final = mark("Told: {who}")
TOLD_CLIENT_TOO: Final = mark("Told: {who}. With this the client is told.")
CLIENT_TOLD: Final = mark("Client told: “{what}”")
DONE: Final = mark("Done: “{what}”")
MET: Final = mark("Met: “{what}”")
NOTED: Final = mark("Noted: “{what}”")
NOTED_AT: Final = mark("Noted at {time}: “{what}”")
WRITTEN: Final = mark("Statement changed: “{what}”")
SEEN_AS: Final = mark("“{what}” is seen as: {cause}")
STOOD_DOWN: Final = mark("Stood down: “{what}”")
REHEARSED: Final = mark("Rehearsal of “{what}” kept")
GONE: Final = mark("This crisis is no longer in the journal.")


class Begun(NamedTuple):
    """A crisis that runs from now on."""

    crisis: Crisis
    changes: Changes


def begin(journal: Journal, crisis: Crisis, *, at: datetime) -> Begun:
    """Begin a crisis or a rehearsal; raises Refused."""
    if problems := problems_in(journal, crisis):
        raise Refused(problems)
    label = REHEARSAL_BEGUN if crisis.rehearsal else BEGUN
    with journal.action(label, at=at, what=crisis.title) as act:
        begun = act.save(crisis)
    return Begun(begun, act.changes())


def tell(journal: Journal, crisis: Crisis, line: str, who: str, *, at: datetime) -> Changes:
    """Somebody of the tree of notices has been told.

    Where that is the client, or a contact of the client, the disclosure clock stops with it.
    """
    stored = _stored(journal, crisis)
    told = stored.told_at is None and not stored.rehearsal and _is_of_client(journal, stored, who)
    with journal.action(TOLD_CLIENT_TOO if told else TOLD, at=at, what=who, who=who) as act:
        if told:
            act.save(replace(stored, told_at=at))
        act.save(_new(crisis, LineKind.TOLD, who, who, line, at))
    return act.changes()


def _is_of_client(journal: Journal, crisis: Crisis, who: str) -> bool:
    """Whether the client itself or one of its contacts goes by this name."""
    name, client = who.strip().casefold(), journal.get(Client, crisis.client_id or 0)
    people = journal.find(Contact, "client_id = ?", [crisis.client_id])
    names = [one.name for one in people]
    if client is not None:
        names += [client.name, *client.also_called]
    return name != "" and name in {one.strip().casefold() for one in names}


def tell_client(journal: Journal, crisis: Crisis, *, at: datetime) -> Changes:
    """The client has been told: the disclosure clock stops."""
    with journal.action(CLIENT_TOLD, at=at, what=crisis.title) as act:
        act.save(replace(_stored(journal, crisis), told_at=at))
        client = journal.get(Client, crisis.client_id or 0)
        name = client.name if client else crisis.title
        act.save(_new(crisis, LineKind.TOLD, name, name, "", at))
    return act.changes()


def do_step(
    journal: Journal, crisis: Crisis, line: str, who: str, what: str, *, at: datetime
) -> Changes:
    """A step is done."""
    return _line(journal, _new(crisis, LineKind.STEP, who, what or who, line, at), DONE, at=at)


def meet(journal: Journal, crisis: Crisis, criterion: str, *, at: datetime) -> Changes:
    """One of the things that end the crisis holds."""
    line = _new(crisis, LineKind.CRITERION, "", criterion, criterion, at)
    return _line(journal, line, MET, at=at)


def note(journal: Journal, crisis: Crisis, typed: str, *, at: datetime) -> Changes:
    """A line of the log; a time that it begins with is its moment. Raises Refused for an empty one."""
    if not typed.strip():
        raise Refused([Problem("text", mark("This cannot stay empty."))])
    client = journal.get(Client, crisis.client_id or 0)
    said = log_line(typed, now=at.astimezone(zone_of(journal, client)))
    line = _new(crisis, LineKind.LOG, "", said.text, "", said.at)
    if said.at == at:
        return _line(journal, line, NOTED, at=at)
    return _line(journal, line, NOTED_AT, at=at, time=f"{said.at:%H:%M}")


def see_as(journal: Journal, crisis: Crisis, cause: CauseOf, *, at: datetime) -> Changes:
    """Whose doing the crisis is seen to be: the posture follows."""
    with journal.action(SEEN_AS, at=at, what=crisis.title, cause=cause.label) as act:
        act.save(replace(_stored(journal, crisis), cause=cause))
    return act.changes()


def write_statement(
    journal: Journal, crisis: Crisis, language: Language, text: str, *, at: datetime
) -> Changes:
    """What is said to the client in a language, as it was changed in place."""
    stored = _stored(journal, crisis)
    changed = (
        replace(stored, statement_zh=text)
        if language == "zh"
        else replace(stored, statement_en=text)
    )
    with journal.action(WRITTEN, at=at, what=crisis.title) as act:
        act.save(changed)
    return act.changes()


def stand_down(journal: Journal, crisis: Crisis, *, at: datetime) -> Changes:
    """End a crisis; raises Refused while any of its criteria is not met or the client is not told."""
    seen = _room(journal, crisis)
    against = [] if seen.crisis.rehearsal else seen.standing_against()
    if against:
        raise Refused([Problem("stood_down_at", one.text, one.values) for one in against])
    with journal.action(STOOD_DOWN, at=at, what=seen.crisis.title) as act:
        act.save(replace(seen.crisis, stood_down_at=at))
    return act.changes()


def end_rehearsal(
    journal: Journal, crisis: Crisis, learned: str, who: str, *, at: datetime
) -> Changes:
    """End a rehearsal: what was learned counts for its plan. Raises Refused without it."""
    if not learned.strip():
        raise Refused([Problem("learned", mark("Say what was learned."))])
    stored = _stored(journal, crisis)
    client = journal.get(Client, crisis.client_id or 0)
    day = at.astimezone(zone_of(journal, client)).date()
    with journal.action(REHEARSED, at=at, what=crisis.title) as act:
        act.save(replace(stored, stood_down_at=at, facts=learned.strip()))
        if stored.plan_id is not None:
            act.save(
                Rehearsal(client_id=stored.client_id, plan_id=stored.plan_id, day=day, who=who.strip(),
                          learned=learned.strip())
            )  # fmt: skip
    return act.changes()


def _stored(journal: Journal, crisis: Crisis) -> Crisis:
    """The crisis as the journal holds it now: what another window changed meanwhile is kept."""
    stored = journal.get(Crisis, crisis.id or 0)
    if stored is None:
        raise Refused([Problem("title", GONE)])
    return stored


def _room(journal: Journal, crisis: Crisis) -> Room:
    seen = room(journal, _stored(journal, crisis))
    if seen is None:
        raise Refused([Problem("title", GONE)])
    return seen


def _new(
    crisis: Crisis, kind: LineKind, who: str, text: str, about: str, at: datetime
) -> CrisisLine:
    return CrisisLine(
        client_id=crisis.client_id, crisis_id=crisis.id, at=at, what=kind, who=who, text=text,
        about=about,
    )  # fmt: skip


def _line(journal: Journal, line: CrisisLine, label: str, *, at: datetime, **facts: Any) -> Changes:
    with journal.action(label, at=at, what=line.text, who=line.who, **facts) as act:
        act.save(line)
    return act.changes()
