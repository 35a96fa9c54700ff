"""Damaged journals on the command line: mending them, and saving what can be read."""

import sys
from pathlib import Path

import click

from pmdesk.cli_base import JOURNAL, NOT_ALL_TAKEN, explained, main, now, passphrase_of, spoken
from pmdesk.journal.progress import Progress
from pmdesk.words import Words


@main.command()
@JOURNAL
def repair(journal_path: Path) -> None:
    """Make anew what follows from the records, and take away what PM Desk did not put there.

    A copy of the journal as it was is kept beside it first.
    """
    from pmdesk.journal.repair import repair as put_right

    context = click.get_current_context()
    words = spoken(context)
    with explained(context):
        repaired = put_right(journal_path, passphrase_of(context), at=now())
    for sentence, facts in repaired.mended:
        click.echo(words(sentence, **facts))
    click.echo(words("As it was, it is kept as {path}", path=repaired.kept.name))
    for finding in repaired.left:
        click.echo(words(finding.sentence, **finding.facts), err=True)
    if repaired.left:
        click.echo(words("The rest cannot be mended: restore a backup, or salvage."), err=True)
        raise SystemExit(NOT_ALL_TAKEN)
    click.echo(words("No damage found."))


@main.command()
@click.argument("damaged", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def salvage(damaged: Path, new: Path) -> None:
    """Write a new journal NEW with everything that can still be read of DAMAGED, which stays as it is."""
    from pmdesk.journal.salvage import salvage as saved

    context = click.get_current_context()
    words = spoken(context)
    with explained(context):
        told = saved(damaged, new, passphrase_of(context), at=now(), progress=_shown(words))
    for table in told.tables:
        click.echo(
            words(
                "{table}: rows read {read}, lost {lost}, references cut {cut}",
                table=table.table,
                read=table.read,
                lost=table.lost,
                cut=table.cut,
            )
        )
    for sentence, facts in told.sentences:
        click.echo(words(sentence, **facts))
    click.echo(str(new))
    if not told.whole:
        raise SystemExit(NOT_ALL_TAKEN)


def _shown(words: Words) -> Progress:
    def show(done: int, total: int) -> None:
        if sys.stderr.isatty() and done % 500 == 0:
            click.echo(words("Page {done} of {total}", done=done, total=total), err=True)

    return show
