"""The command that lists the clients; others add to its group."""

from pathlib import Path

import click

from pmdesk.cli_base import JSON, main, opened, print_json, spoken


@main.group(invoke_without_command=True)
@click.option("--journal", "-j", type=click.Path(path_type=Path), help="The journal file.")
@JSON
@click.pass_context
def clients(context: click.Context, journal: Path | None, as_json: bool) -> None:
    """List the clients, or say whose mail is a client's."""
    if context.invoked_subcommand is None:
        if journal is None:
            raise click.MissingParameter(param_hint="--journal", param_type="option")
        _list(journal, as_json=as_json)


def _list(journal: Path, *, as_json: bool) -> None:
    from pmdesk.answers.clients import client_rows

    words = spoken(click.get_current_context())
    with opened(journal, writable=False) as found:
        lines = client_rows(found)
    if as_json:
        print_json(
            [
                {
                    "id": line.id,
                    "name": line.name,
                    "industry": line.industry,
                    "tier": line.tier.value,
                    "status": line.status.value,
                    "last_contact": line.last_contact.isoformat() if line.last_contact else None,
                }
                for line in lines
            ]
        )
        return
    for line in lines:
        last = (
            words.short_moment(line.last_contact) if line.last_contact else words("no contact yet")
        )
        click.echo(f"{line.name}  {words(line.tier.label)}  {words(line.status.label)}  {last}")
