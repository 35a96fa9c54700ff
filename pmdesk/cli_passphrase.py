"""The commands that set, change and remove a journal's passphrase, and print its recovery sheet."""

import os
import sys
from pathlib import Path
from typing import Final

import click

from pmdesk.cli_base import (
    JOURNAL,
    WRONG_USE,
    Fail,
    chosen_backups,
    explained,
    main,
    now,
    opened,
    spoken,
)
from pmdesk.journal.errors import shown
from pmdesk.journal.journal import Journal
from pmdesk.words import Words

NEW_VARIABLE: Final = "PMDESK_NEW_PASSPHRASE"


@main.group()
def passphrase() -> None:
    """Set, change or remove a journal's passphrase; write its recovery sheet.

    The present passphrase comes from --passphrase-file, PMDESK_PASSPHRASE or the terminal, a new one
    from PMDESK_NEW_PASSPHRASE or, twice, from the terminal, which shows none of it. It is never an
    argument: others can read those.
    """


@passphrase.command("set")
@JOURNAL
def set_(journal_path: Path) -> None:
    """Encrypt a journal that has no passphrase yet."""
    words = spoken(click.get_current_context())
    with opened(journal_path) as journal:
        if journal.passphrase is not None:
            text = words(
                "This journal has a passphrase already: pmdesk passphrase change changes it."
            )
            raise Fail(text, WRONG_USE)
        _change(journal, _new(words))
    click.echo(words("The journal is encrypted now."))
    _tell_sheet(words)


@passphrase.command()
@JOURNAL
def change(journal_path: Path) -> None:
    """Give an encrypted journal another passphrase."""
    words = spoken(click.get_current_context())
    with opened(journal_path) as journal:
        _need_one(journal.passphrase, words)
        _change(journal, _new(words))
    click.echo(words("The journal has a new passphrase now."))
    _tell_sheet(words)


@passphrase.command()
@JOURNAL
def remove(journal_path: Path) -> None:
    """Leave a journal unencrypted."""
    words = spoken(click.get_current_context())
    with opened(journal_path) as journal:
        _need_one(journal.passphrase, words)
        _change(journal, None)
    click.echo(words("The passphrase is removed."))


@passphrase.command()
@JOURNAL
@click.option(
    "--out", "target", required=True, type=click.Path(path_type=Path), help="The PDF to write."
)
def sheet(journal_path: Path, target: Path) -> None:
    """Write the recovery sheet of an encrypted journal, a page to print; asks for no passphrase."""
    from pmdesk.actions.recovery import write_recovery_sheet
    from pmdesk.exchange.placing import NotWritten

    context = click.get_current_context()
    words = spoken(context)
    with explained(context):
        try:
            write_recovery_sheet(
                journal_path,
                target,
                words,
                at=now().astimezone(),
                backups=chosen_backups(context).folder,
            )
        except NotWritten as error:
            raise Fail(words(error.sentence, path=shown(error.path)), WRONG_USE) from error
    click.echo(shown(target))


def _need_one(known: str | None, words: Words) -> None:
    """Raise Fail for a journal without a passphrase."""
    if known is None:
        text = words("This journal has no passphrase yet: pmdesk passphrase set gives it one.")
        raise Fail(text, WRONG_USE)


def _new(words: Words) -> str:
    """The new passphrase, typed twice; raises Fail."""
    if given := os.environ.get(NEW_VARIABLE):
        return given
    if not sys.stdin.isatty():
        text = words(
            "Type the new passphrase at a terminal, or give it in {name}.", name=NEW_VARIABLE
        )
        raise Fail(text, WRONG_USE)
    typed, again = (
        click.prompt(words(text), hide_input=True, err=True, default="", show_default=False)
        for text in ("New passphrase", "The same again")
    )
    if not typed:
        raise Fail(words("Type the new passphrase twice."), WRONG_USE)
    if typed != again:
        raise Fail(words("The two are not the same."), WRONG_USE)
    return str(typed)


def _change(journal: Journal, new: str | None) -> None:
    from pmdesk.journal.passphrase import change_passphrase

    change_passphrase(journal, new).close()


def _tell_sheet(words: Words) -> None:
    click.echo(
        words("For a recovery sheet to print: pmdesk passphrase sheet --journal J --out FILE.pdf")
    )
