"""Commands that say what is owed: Today, and what we wait for."""

from datetime import datetime
from pathlib import Path
from typing import Final

import click

from pmdesk.cli_base import AT, JOURNAL, JSON, main, now, opened, print_json, spoken

_WAITED_FOR: Final = ("waiting", "their_promise")


def _tell(journal_path: Path, at: datetime | None, as_json: bool, rules: tuple[str, ...]) -> None:
    from pmdesk.answers.owed.rules import BY_NAME
    from pmdesk.answers.owed.standing import Standings
    from pmdesk.answers.owed.today import Lookers, row_values, today

    moment = at or now()
    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        standings = Standings()
        standings.bring_up_to_date(journal, at=moment)
        seen = today(journal, standings.known.values(), at=moment)
        lookers = Lookers(journal, moment)
        wanted = rules or {*BY_NAME}
        rows = [row for row in seen.rows if row.owed.rule in wanted]
        aside = [row for row, _ in seen.aside if row.owed.rule in wanted]
        values = [row_values(row, lookers, words) for row in rows]
    if as_json:
        late = sum(value["late"] for value in values)
        print_json({"at": moment.isoformat(), "owed": len(values), "late": late,
                    "set_aside": len(aside), "rows": values})  # fmt: skip
        return
    for value in values:
        late = "!" if value["late"] else " "
        what = words.labelled(value["client"], value["what"])
        click.echo(f"{late} {value['badge']}  {what}  {words.bracketed(value['why']).strip()}")
    if not values:
        click.echo(words("Nothing is owed."))
    if aside:
        click.echo(words("{n} put off", n=len(aside)))


@main.command()
@JOURNAL
@AT
@JSON
def today(journal_path: Path, at: datetime | None, as_json: bool) -> None:
    """Everything owed now, over all clients, the most pressing first."""
    _tell(journal_path, at, as_json, ())


@main.command()
@JOURNAL
@AT
@JSON
def waiting(journal_path: Path, at: datetime | None, as_json: bool) -> None:
    """What we wait for: asks of ours without an answer, and promises of the clients past their day."""
    _tell(journal_path, at, as_json, _WAITED_FOR)


@main.command()
@JOURNAL
@AT
@JSON
def review(journal_path: Path, at: datetime | None, as_json: bool) -> None:
    """The weekly review: what lies open over all clients, from the inbox to the week's reports."""
    from pmdesk.answers.owed.standing import Standings
    from pmdesk.answers.review import review as found_of
    from pmdesk.answers.review import review_values

    moment = at or now()
    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        standings = Standings()
        standings.bring_up_to_date(journal, at=moment)
        found = found_of(journal, standings.known.values(), at=moment)
        values = review_values(journal, found, words)
    if as_json:
        print_json(values)
        return
    for step in values["steps"]:
        click.echo(
            words("{step}: {n}, late {late}", step=step["label"], n=step["rows"], late=step["late"])
        )
        for row in step["open"]:
            late = "!" if row["late"] else " "
            what = words.labelled(row["client"], row["what"]) if row["client"] else row["what"]
            click.echo(f"  {late} {row['badge']}  {what}  {words.bracketed(row['why']).strip()}")
