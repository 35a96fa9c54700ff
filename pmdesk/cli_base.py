"""What every command shares: the group, opening the journal, errors in one line."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import click

from pmdesk import __version__
from pmdesk.cli_speech import SpokenGroup, machine_language
from pmdesk.journal.backups.guard import Chosen, guard
from pmdesk.journal.errors import JournalError, shown
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import BY_COMMAND_LINE
from pmdesk.journal.opening import environment_passphrase
from pmdesk.words import Language, Words, words_for

NOT_ALL_TAKEN: Final = 1
WRONG_USE: Final = 2
NOJOURNAL: Final = 3

JOURNAL = click.option(
    "--journal",
    "-j",
    "journal_path",
    required=True,
    type=click.Path(path_type=Path),
    help="The journal file.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print machine-readable JSON.")


class Fail(click.ClickException):
    """A sentence on stderr and an exit code."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.code = code

    @property
    def exit_code(self) -> int:  # type: ignore[override] # click declares a class variable
        return self.code

    def show(self, file: Any = None) -> None:
        click.echo(f"pmdesk: {' '.join(self.message.split())}", file or sys.stderr)


def spoken(context: click.Context) -> Words:
    language: Language = context.find_root().params.get("lang") or machine_language()
    return words_for(language)


class Day(click.ParamType[date]):
    """A day as people type it, in either language; what is none is refused in the person's."""

    name = "day"

    def __init__(self, *, ahead: bool) -> None:
        """`ahead` where a day without a year is one to come."""
        self._ahead = ahead

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """The day; raises Fail."""
        from pmdesk.records.problems import NO_DAY
        from pmdesk.typed.days import day

        del param
        if isinstance(value, date):
            return value
        try:
            return day(str(value), today=now().astimezone().date(), ahead=self._ahead)
        except ValueError as error:
            raise Fail(spoken(ctx)(NO_DAY, text=value), WRONG_USE) from error


class Moment(click.ParamType[datetime]):
    """A moment as people type it, in the machine's zone; what is none is refused."""

    name = "time"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        """The moment in UTC; raises Fail."""
        from pmdesk.records.problems import NO_MOMENT
        from pmdesk.typed.moments import moment

        del param
        if isinstance(value, datetime):
            return value
        try:
            return datetime.fromisoformat(str(value)).astimezone(UTC)
        except ValueError:
            pass
        try:
            return moment(str(value), now=now().astimezone()).astimezone(UTC)
        except ValueError as error:
            raise Fail(spoken(ctx)(NO_MOMENT, text=value), WRONG_USE) from error


AT = click.option("--at", type=Moment(), help="As of this moment; now without it.")


def passphrase_of(context: click.Context) -> str | None:
    file: Path | None = context.find_root().params.get("passphrase_file")
    if file is not None:
        try:
            return file.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            words = spoken(context)
            raise Fail(words("{path} cannot be read.", path=shown(file)), WRONG_USE) from error
    return environment_passphrase()


@contextmanager
def explained(context: click.Context) -> Iterator[None]:
    try:
        yield
    except JournalError as error:
        words = spoken(context)
        raise Fail(words(error.sentence, **error.facts), NOJOURNAL) from error


def chosen_backups(context: click.Context) -> Chosen:
    """The backups that the person chose; none where a test runs a command by itself."""
    given = context.find_root().obj
    return Chosen(wanted=False) if given is None else given()


def open_journal(path: Path, passphrase: str | None, *, writable: bool = True) -> Journal:
    """A journal as the person wants it: with a backup before each large act."""
    chosen = chosen_backups(click.get_current_context())
    journal = Journal.open(path, passphrase, writable=writable, backups_in=chosen.folder)
    journal.before, journal.by = guard(chosen, now), BY_COMMAND_LINE
    return journal


@contextmanager
def opened(path: Path, *, create: bool = False, writable: bool = True) -> Iterator[Journal]:
    from pmdesk.actions.openings import create_journal
    from pmdesk.journal.errors import PassphraseNeeded

    context = click.get_current_context()
    with explained(context):
        passphrase = passphrase_of(context)
        if create and not path.exists():
            journal = create_journal(path, passphrase, at=now())
        else:
            try:
                journal = open_journal(path, passphrase, writable=writable)
            except PassphraseNeeded:
                if not sys.stdin.isatty():
                    raise
                asked = click.prompt(spoken(context)("Passphrase"), hide_input=True, err=True)
                journal = open_journal(path, asked, writable=writable)
        with journal:
            yield journal


def now() -> datetime:
    return datetime.now(UTC)


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def client_called(journal: Journal, name: str) -> Any:
    from pmdesk.answers.clients import client_named

    client = client_named(journal, name)
    if client is None:
        words = spoken(click.get_current_context())
        raise Fail(words("There is no client “{name}” in this journal.", name=name), WRONG_USE)
    return client


@click.group(cls=SpokenGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="PM Desk")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of what is printed.")
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    help="File whose text is the journal's passphrase (else PMDESK_PASSPHRASE, else asked for).",
)
def main(lang: str | None, passphrase_file: Path | None) -> None:  # noqa: ARG001 - read from the context
    """PM Desk: a private journal of client relationships. Without a command the window opens."""
    logging.basicConfig(level=logging.ERROR, format="pmdesk: %(message)s")
