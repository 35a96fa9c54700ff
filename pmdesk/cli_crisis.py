"""The command that says which crises run, and what is owed in them."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmdesk.cli_base import AT, JOURNAL, JSON, main, now, opened, print_json, spoken

if TYPE_CHECKING:
    from pmdesk.answers.crisis_room import Room
    from pmdesk.answers.crisis_tasks import Task
    from pmdesk.words import Words


@main.command()
@JOURNAL
@AT
@JSON
def crisis(journal_path: Path, at: datetime | None, as_json: bool) -> None:
    """Crises and rehearsals that run: whom to tell and what to do by when, what may end them."""
    from pmdesk.answers.crisis_room import room, running_at

    moment = at or now()
    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        found = running_at(journal, moment)
        rooms = [seen for one in found if (seen := room(journal, one, moment)) is not None]
    if as_json:
        print_json([_values(one, moment, words) for one in rooms])
        return
    for one in rooms:
        for line in _lines(one, moment, words):
            click.echo(line)
    if not rooms:
        click.echo(words("No crisis runs."))


def _task_values(task: "Task", at: datetime) -> dict[str, Any]:
    return {
        "who": task.who,
        "what": task.what,
        "limit": task.limit,
        "due": task.due.isoformat() if task.due else None,
        "done_at": task.done_at.isoformat() if task.done_at else None,
        "late": task.late(at),
    }


def _values(one: "Room", at: datetime, words: "Words") -> dict[str, Any]:
    from pmdesk.answers.text.said import say

    crisis, told = one.crisis, one.crisis.told_at
    return {
        "id": crisis.id,
        "crisis": crisis.title,
        "client": one.client.name,
        "level": crisis.level.value,
        "rehearsal": crisis.rehearsal,
        "found_at": one.found_at.isoformat(),
        "client_told": {
            "due": one.told_due.isoformat(),
            "done_at": told.isoformat() if told else None,
            "owed": crisis.owed,
            "late": (told or at) > one.told_due and bool(told or crisis.owed),
        },
        "posture": one.posture.value,
        "notices": [_task_values(task, at) for task in one.notices],
        "steps": [_task_values(task, at) for task in one.steps],
        "criteria": [
            {"what": each.text, "met_at": each.met_at.isoformat() if each.met_at else None}
            for each in one.criteria
        ],
        "against_standing_down": [say(words, why) for why in one.standing_against()],
    }


def _lines(one: "Room", at: datetime, words: "Words") -> list[str]:
    """A crisis in lines: what it is, what is owed in it, what stands against its end."""
    from pmdesk.answers.text.said import say
    from pmdesk.answers.text.spans import span_said

    crisis = one.crisis
    state = words("rehearsal") if crisis.rehearsal else words("live")
    since = words("{hours} since found", hours=say(words, span_said(at - one.found_at)))
    what = words.labelled(one.client.name, crisis.title)
    lines = [f"{crisis.level.value} {state}  {what} · {since}"]

    def owed(due: datetime | None, *parts: str) -> str:
        late = due is not None and at > due
        when = ""
        if due is not None:
            span = say(words, span_said(due - at))
            when = words("{hours} late", hours=span) if late else words("in {hours}", hours=span)
        return f"  {'!' if late else ' '} " + " · ".join(part for part in (when, *parts) if part)

    if crisis.owed:
        lines.append(owed(one.told_due, words("Tell the client")))
    lines += [
        owed(task.due, task.who, task.what, words("within {limit}", limit=task.limit))
        for task in (*one.notices, *one.steps)
        if task.done_at is None
    ]
    if against := [] if crisis.rehearsal else one.standing_against():
        lines.append(
            "    " + words("Not yet: {why}", why=words.clauses(say(words, w) for w in against))
        )
    return lines
