"""What is done in a crisis: begun, told, done, noted, met, stood down, and learned from."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from pmdesk.actions.checks import problems_in
from pmdesk.actions.refusals import Refused
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.crisis_room import Room
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.crisis import Crisis, CrisisLine, CrisisPlan, LineKind, Rehearsal
from pmdesk.records.problems import Problem
from pmdesk.records.transparency import Issue, Raid
from pmdesk.words import Language, mark

BEGUN: Final = mark("Crisis begun: “{what}”")
REHEARSAL_BEGUN: Final = mark("Rehearsal begun: “{what}”")
TOLD: Final = mark("Told: {who}")
CLIENT_TOLD: Final = mark("Client told: “{what}”")
DONE: Final = mark("Done: “{what}”")
MET: Final = mark("Met: “{what}”")
NOTED: Final = mark("Noted: “{what}”")
WRITTEN: Final = mark("Statement changed: “{what}”")
STOOD_DOWN: Final = mark("Stood down: “{what}”")
LEARNED: Final = mark("Post-mortem of “{what}” kept")
REHEARSED: Final = mark("Rehearsal of “{what}” kept")


def crisis_of(
    plan: CrisisPlan | None, *, client_id: int, title: str, at: datetime, rehearsal: bool = False
) -> Crisis:
    """A crisis found at `at`, with the steps, notices, texts and criteria of its plan if it has one."""
    if plan is None:
        return Crisis(client_id=client_id, title=title, found_at=at, rehearsal=rehearsal)
    return Crisis(
        client_id=client_id,
        plan_id=plan.id,
        title=title or plan.scenario,
        level=plan.level,
        found_at=at,
        rehearsal=rehearsal,
        notices=plan.notices,
        steps=plan.steps,
        statement_en=plan.statement_en,
        statement_zh=plan.statement_zh,
        criteria=plan.criteria,
    )


def begin(journal: Journal, crisis: Crisis, *, at: datetime) -> Changes:
    """Begin a crisis or a rehearsal; raises Refused."""
    if problems := problems_in(journal, crisis):
        raise Refused(problems)
    label = REHEARSAL_BEGUN if crisis.rehearsal else BEGUN
    with journal.action(label, at=at, what=crisis.title) as act:
        act.save(crisis)
    return act.changes()


def tell(journal: Journal, crisis: Crisis, line: str, who: str, *, at: datetime) -> Changes:
    """Somebody of the tree of notices has been told."""
    return _line(journal, crisis, LineKind.TOLD, who, who, line, label=TOLD, at=at)


def tell_client(journal: Journal, crisis: Crisis, *, at: datetime) -> Changes:
    """The client has been told: the disclosure clock stops."""
    with journal.action(CLIENT_TOLD, at=at, what=crisis.title) as act:
        act.save(replace(crisis, told_at=at))
        act.save(_new(crisis, LineKind.TOLD, "", crisis.title, "", at))
    return act.changes()


def do_step(
    journal: Journal, crisis: Crisis, line: str, who: str, what: str, *, at: datetime
) -> Changes:
    """A step is done."""
    return _line(journal, crisis, LineKind.STEP, who, what, line, label=DONE, at=at)


def meet(journal: Journal, crisis: Crisis, criterion: str, *, at: datetime) -> Changes:
    """One of the things that end the crisis holds."""
    return _line(journal, crisis, LineKind.CRITERION, "", criterion, criterion, label=MET, at=at)


def note(journal: Journal, crisis: Crisis, text: str, *, at: datetime) -> Changes:
    """A line of the log; raises Refused for an empty one."""
    if not text.strip():
        raise Refused([Problem("text", mark("This cannot stay empty."))])
    return _line(journal, crisis, LineKind.LOG, "", text.strip(), "", label=NOTED, at=at)


def _new(
    crisis: Crisis, kind: LineKind, who: str, text: str, about: str, at: datetime
) -> CrisisLine:
    return CrisisLine(
        client_id=crisis.client_id, crisis_id=crisis.id, at=at, what=kind, who=who, text=text,
        about=about,
    )  # fmt: skip


def _line(
    journal: Journal,
    crisis: Crisis,
    kind: LineKind,
    who: str,
    text: str,
    about: str,
    *,
    label: str,
    at: datetime,
) -> Changes:
    with journal.action(label, at=at, what=text, who=who) as act:
        act.save(_new(crisis, kind, who, text, about, at))
    return act.changes()


def write_statement(
    journal: Journal, crisis: Crisis, language: Language, text: str, *, at: datetime
) -> Changes:
    """What is said to the client in a language, as it was changed in place."""
    changed = (
        replace(crisis, statement_zh=text)
        if language == "zh"
        else replace(crisis, statement_en=text)
    )
    with journal.action(WRITTEN, at=at, what=crisis.title) as act:
        act.save(changed)
    return act.changes()


def stand_down(journal: Journal, room: Room, *, at: datetime) -> Changes:
    """End a crisis; raises Refused while any of its criteria is not met or the client is not told."""
    against = room.standing_against()
    if against and not room.crisis.rehearsal:
        raise Refused([Problem("stood_down_at", one.text, one.values) for one in against])
    with journal.action(STOOD_DOWN, at=at, what=room.crisis.title) as act:
        act.save(replace(room.crisis, stood_down_at=at))
    return act.changes()


def end_rehearsal(
    journal: Journal, crisis: Crisis, learned: str, who: str, *, at: datetime
) -> Changes:
    """End a rehearsal: what was learned counts for its plan. Raises Refused without it."""
    if not learned.strip():
        raise Refused([Problem("learned", mark("Say what was learned."))])
    client = journal.get(Client, crisis.client_id or 0)
    day = at.astimezone(zone_of(journal, client)).date()
    with journal.action(REHEARSED, at=at, what=crisis.title) as act:
        act.save(replace(crisis, stood_down_at=at, facts=learned.strip()))
        if crisis.plan_id is not None:
            act.save(
                Rehearsal(client_id=crisis.client_id, plan_id=crisis.plan_id, day=day, who=who.strip(),
                          learned=learned.strip())
            )  # fmt: skip
    return act.changes()


def keep_post_mortem(
    journal: Journal,
    crisis: Crisis,
    *,
    facts: str,
    causes: str,
    actions: str,
    plan_change: str,
    to_risk_log: bool,
    at: datetime,
) -> Changes:
    """What a crisis taught, its cause as a risk where wanted, its plan with what changes in it.

    Raises Refused without causes or what is done now.
    """
    problems = [
        Problem(name, mark("This cannot stay empty."))
        for name, text in (("causes", causes), ("actions", actions))
        if not text.strip()
    ]
    if problems:
        raise Refused(problems)
    plan = journal.get(CrisisPlan, crisis.plan_id) if crisis.plan_id is not None else None
    with journal.action(LEARNED, at=at, what=crisis.title) as act:
        act.save(
            replace(crisis, facts=facts.strip(), causes=causes.strip(), actions=actions.strip(),
                    plan_change=plan_change.strip())
        )  # fmt: skip
        if to_risk_log:
            risk = act.save(
                Issue(client_id=crisis.client_id, raid=Raid.RISK, severity=crisis.level,
                      statement=causes.strip().partition("\n")[0][:200], found_at=at,
                      fix=actions.strip(), internal=True)
            )  # fmt: skip
            if plan is not None and plan.issue_id is None:
                plan = replace(plan, issue_id=risk.id)
        if plan is not None and (changed := _with_change(plan, plan_change)) != journal.get(
            CrisisPlan, plan.id or 0
        ):
            act.save(changed)
    return act.changes()


def _with_change(plan: CrisisPlan, plan_change: str) -> CrisisPlan:
    """The plan with each changed line put among its steps or notices: three parts make a step."""
    added = tuple(
        line.strip()
        for line in plan_change.splitlines()
        if len(line.replace("｜", "|").split("|")) == 3
    )
    new = tuple(line for line in added if line not in plan.steps and line not in plan.notices)
    return replace(plan, steps=plan.steps + new)
