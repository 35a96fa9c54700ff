"""The command that lists the clients; others add to its group."""

from datetime import datetime
from pathlib import Path

import click

from pmdesk.cli_base import AT, JSON, main, now, opened, print_json, spoken


@main.group(invoke_without_command=True)
@click.option(
    "--journal", "-j", "journal_path", type=click.Path(path_type=Path), help="The journal file."
)
@AT
@JSON
@click.pass_context
def clients(
    context: click.Context, journal_path: Path | None, at: datetime | None, as_json: bool
) -> None:
    """List the clients by what is owed to them, or say whose mail is a client's."""
    if context.invoked_subcommand is None:
        if journal_path is None:
            raise click.MissingParameter(param_hint="--journal", param_type="option")
        _list(journal_path, at or now(), as_json=as_json)


def _list(journal_path: Path, moment: datetime, *, as_json: bool) -> None:
    from pmdesk.answers.owed.portfolio import ordered, portfolio
    from pmdesk.answers.owed.portfolio_words import line_values, sentence_of
    from pmdesk.answers.owed.standing import Standings

    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        standings = Standings()
        standings.bring_up_to_date(journal, at=moment)
        lines = ordered(portfolio(journal, standings.known, at=moment))
    if as_json:
        print_json([line_values(line, words) for line in lines])
        return
    for line in lines:
        click.echo(sentence_of(line, words))
