"""The command that lists the clients; others add to its group."""

from pathlib import Path

import click

from pmdesk.cli_base import JSON, main, opened, print_json, spoken


@main.group(invoke_without_command=True)
@click.option(
    "--journal", "-j", "journal_path", type=click.Path(path_type=Path), help="The journal file."
)
@JSON
@click.pass_context
def clients(context: click.Context, journal_path: Path | None, as_json: bool) -> None:
    """List the clients, or say whose mail is a client's."""
    if context.invoked_subcommand is None:
        if journal_path is None:
            raise click.MissingParameter(param_hint="--journal", param_type="option")
        _list(journal_path, as_json=as_json)


def _list(journal_path: Path, *, as_json: bool) -> None:
    from pmdesk.answers.clients import client_rows

    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        rows = client_rows(journal)
    if as_json:
        print_json(
            [
                {
                    "id": row.id,
                    "name": row.name,
                    "industry": row.industry,
                    "tier": row.tier.value,
                    "status": row.status.value,
                    "last_contact": row.last_contact.isoformat() if row.last_contact else None,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        last = words.short_moment(row.last_contact) if row.last_contact else words("no contact yet")
        click.echo(f"{row.name}  {words(row.tier.label)}  {words(row.status.label)}  {last}")
