"""Commands that say whose mail is whose; the stored mail is sorted anew with each."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from pmdesk.cli_base import JOURNAL, WRONG_USE, Fail, client_called, main, now, opened, spoken
from pmdesk.cli_clients import clients
from pmdesk.journal.journal import Journal

PATTERNS = click.argument("patterns", nargs=-1, required=True)
CLIENT = click.option("--client", "name", required=True, help="The client's name.")


@clients.command("add-pattern")
@JOURNAL
@CLIENT
@PATTERNS
def add_pattern(journal_path: Path, name: str, patterns: tuple[str, ...]) -> None:
    """Say that mail of these addresses or domains is a client's; stored mail is sorted anew."""
    _save(journal_path, lambda journal: _with(client_called(journal, name), patterns))


@clients.command("remove-pattern")
@JOURNAL
@CLIENT
@PATTERNS
def remove_pattern(journal_path: Path, name: str, patterns: tuple[str, ...]) -> None:
    """Take addresses or domains away from a client; stored mail is sorted anew."""
    gone = {pattern.lower() for pattern in patterns}

    def without(journal: Journal) -> list[Any]:
        client = client_called(journal, name)
        return [replace(client, mail=tuple(p for p in client.mail if p.lower() not in gone))]

    _save(journal_path, without)


@main.group()
def own() -> None:
    """Which addresses are mine."""


@own.command("list")
@JOURNAL
def list_own(journal_path: Path) -> None:
    """List my addresses, and those whose mail is left out."""
    from pmdesk.records.identity import Identity

    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        for identity in journal.find(Identity):
            click.echo(f"{identity.pattern}  {words(identity.role.label)}")


@own.command("add")
@JOURNAL
@click.option("--ignore", is_flag=True, help="Leave mail from these out instead.")
@PATTERNS
def add_own(journal_path: Path, ignore: bool, patterns: tuple[str, ...]) -> None:
    """Say that these addresses or domains are mine; stored mail is sorted anew."""
    from pmdesk.records.choices import IdentityRole
    from pmdesk.records.identity import Identity

    role = IdentityRole.IGNORED if ignore else IdentityRole.OWN
    _save(journal_path, lambda _journal: [Identity(pattern=p.lower(), role=role) for p in patterns])


@own.command("remove")
@JOURNAL
@PATTERNS
def remove_own(journal_path: Path, patterns: tuple[str, ...]) -> None:
    """Say that these addresses or domains are not mine; stored mail is sorted anew."""
    from pmdesk.actions.records import delete_record
    from pmdesk.records.identity import Identity

    words = spoken(click.get_current_context())
    with opened(journal_path) as journal:
        known = {identity.pattern.lower(): identity for identity in journal.find(Identity)}
        for pattern in patterns:
            if pattern.lower() not in known:
                raise Fail(words("“{text}” is not in the list.", text=pattern), WRONG_USE)
            _tell(delete_record(journal, known[pattern.lower()], at=now()))


def _with(client: Any, patterns: tuple[str, ...]) -> list[Any]:
    given = tuple(p.lower() for p in patterns if p.lower() not in client.mail)
    return [replace(client, mail=client.mail + given)]


def _save(journal_path: Path, make: Callable[[Journal], list[Any]]) -> None:
    from pmdesk.actions.records import save_record
    from pmdesk.actions.refusals import Refused

    words = spoken(click.get_current_context())
    with opened(journal_path) as journal:
        for record in make(journal):
            try:
                saved = save_record(journal, record, at=now())
            except Refused as refused:
                sentence = " ".join(words(p.sentence, **p.values) for p in refused.problems)
                raise Fail(sentence, WRONG_USE) from refused
            _tell(saved.changes)


def _tell(changes: Any) -> None:
    words = spoken(click.get_current_context())
    if changes.label:
        facts = {k: words(v) if isinstance(v, str) else v for k, v in changes.facts.items()}
        click.echo(words(changes.label, **facts))
    else:
        click.echo(words("Nothing changed."))
