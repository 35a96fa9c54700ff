"""The command that says which crises run, and what is owed in them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from pmdesk.cli_base import AT, JOURNAL, JSON, main, now, opened, print_json, spoken


@main.command()
@JOURNAL
@AT
@JSON
def crisis(journal_path: Path, at: datetime | None, as_json: bool) -> None:
    """Crises and rehearsals that run: whom to tell and what to do by when, what may end them."""
    from pmdesk.answers.crisis_room import Room, Task, room, running
    from pmdesk.answers.text.said import say

    moment = at or now()
    words = spoken(click.get_current_context())

    def task_values(task: Task) -> dict[str, Any]:
        return {
            "who": task.who,
            "what": task.what,
            "limit": task.limit,
            "due": task.due.isoformat() if task.due else None,
            "done_at": task.done_at.isoformat() if task.done_at else None,
            "late": task.late(moment),
        }

    def values(one: Room) -> dict[str, Any]:
        found = one.crisis.found_at
        return {
            "crisis": one.crisis.title,
            "client": one.client.name,
            "level": one.crisis.level.value,
            "rehearsal": one.crisis.rehearsal,
            "found_at": found.isoformat() if found else None,
            "notices": [task_values(task) for task in one.notices],
            "steps": [task_values(task) for task in one.steps],
            "against_standing_down": [say(words, why) for why in one.standing_against()],
        }

    with opened(journal_path, writable=False) as journal:
        rooms = [seen for one in running(journal) if (seen := room(journal, one)) is not None]
    found = [values(one) for one in rooms]
    if as_json:
        print_json(found)
        return
    for one in found:
        mark_ = words("rehearsal") if one["rehearsal"] else words("live")
        click.echo(f"{one['level']} {mark_}  {one['client']}: {one['crisis']}")
        for task in (*one["notices"], *one["steps"]):
            if task["done_at"] is None:
                late = "!" if task["late"] else " "
                parts = (task["who"], task["what"], task["limit"])
                click.echo(f"  {late} " + " · ".join(part for part in parts if part))
    if not found:
        click.echo(words("No crisis runs."))
