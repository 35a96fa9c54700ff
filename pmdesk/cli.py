"""The command line: every long job without a display."""

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, Literal

import click

from pmdesk import __version__
from pmdesk.journal.errors import JournalError, shown
from pmdesk.journal.journal import Journal
from pmdesk.words import Language, Words, mark, words_for

NOT_ALL_TAKEN: Final = 1
WRONG_USE: Final = 2
NO_JOURNAL: Final = 3

_JOURNAL = click.option(
    "--journal", "-j", required=True, type=click.Path(path_type=Path), help="The journal file."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print machine-readable JSON.")


class _Fail(click.ClickException):
    """A sentence on stderr and an exit code."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.code = code

    @property
    def exit_code(self) -> int:  # type: ignore[override] # click declares a class variable
        return self.code

    def show(self, file: Any = None) -> None:
        click.echo(f"pmdesk: {' '.join(self.message.split())}", file or sys.stderr)


def machine_language() -> Language:
    """The language of the machine's locale: Chinese or English."""
    for name in ("PMDESK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def _words(context: click.Context) -> Words:
    language: Language = context.find_root().params.get("lang") or machine_language()
    return words_for(language)


def _passphrase(context: click.Context) -> str | None:
    file: Path | None = context.find_root().params.get("passphrase_file")
    if file is not None:
        try:
            return file.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            words = _words(context)
            raise _Fail(words("{path} cannot be read.", path=shown(file)), WRONG_USE) from error
    return os.environ.get("PMDESK_PASSPHRASE") or None


@contextmanager
def _explained(context: click.Context) -> Iterator[None]:
    try:
        yield
    except JournalError as error:
        words = _words(context)
        raise _Fail(words(error.sentence, **error.facts), NO_JOURNAL) from error


@contextmanager
def _opened(path: Path, *, create: bool = False, writable: bool = True) -> Iterator[Journal]:
    from pmdesk.actions.openings import create_journal
    from pmdesk.journal.errors import PassphraseNeeded

    context = click.get_current_context()
    with _explained(context):
        passphrase = _passphrase(context)
        if create and not path.exists():
            journal = create_journal(path, passphrase, at=_now())
        else:
            try:
                journal = Journal.open(path, passphrase, writable=writable)
            except PassphraseNeeded:
                if not sys.stdin.isatty():
                    raise
                asked = click.prompt(_words(context)("Passphrase"), hide_input=True, err=True)
                journal = Journal.open(path, asked, writable=writable)
        with journal:
            yield journal


def _now() -> datetime:
    return datetime.now(UTC)


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _client(journal: Journal, name: str) -> Any:
    from pmdesk.answers.clients import client_named

    client = client_named(journal, name)
    if client is None:
        words = _words(click.get_current_context())
        raise _Fail(words("There is no client “{name}” in this journal.", name=name), WRONG_USE)
    return client


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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


@main.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
def demo(directory: Path) -> None:
    """Write the sample journal, its PDFs and a picture of each page to DIRECTORY."""
    from pmdesk.actions.demo import write_demo

    context = click.get_current_context()
    with _explained(context):
        for path in write_demo(directory, at=_now()):
            click.echo(str(path))


def _pairs(values: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for value in values:
        name, sign, pattern = value.rpartition("=")
        if not sign or not name.strip() or not pattern.strip():
            words = _words(click.get_current_context())
            raise _Fail(
                words("“{text}” is not understood. Write --client NAME=PATTERN.", text=value),
                WRONG_USE,
            )
        found.setdefault(name.strip(), []).extend(
            p.strip() for p in pattern.split(",") if p.strip()
        )
    return found


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_JOURNAL
@click.option("--me", "own", multiple=True, help="A pattern for my own addresses.")
@click.option(
    "--client", "clients", multiple=True, metavar="NAME=PATTERN", help="Whose mail it is."
)
@click.option("--ignore", "ignored", multiple=True, help="A pattern for mail to leave out.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken; write nothing.")
def import_(
    files: tuple[Path, ...],
    journal: Path,
    own: tuple[str, ...],
    clients: tuple[str, ...],
    ignored: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Take mail (.eml, .mbox, .msg, or folders of them) as one act that can be undone.

    A PATTERN is an address, @domain with its sub-domains, or * for everybody else.
    """
    from pmdesk.actions.import_mail import import_mail, preview_mail
    from pmdesk.actions.mail_setup import MailSetup
    from pmdesk.exchange.mail.addresses import PatternNotUnderstood, parse_pattern

    words = _words(click.get_current_context())
    setup = MailSetup(own, ignored, _pairs(clients))
    try:
        for pattern in (*own, *ignored, *(p for given in setup.clients.values() for p in given)):
            parse_pattern(pattern)
    except PatternNotUnderstood as error:
        sentence = words("“{text}” is no pattern. Write a@b.com, @b.com or *.", text=str(error))
        raise _Fail(sentence, WRONG_USE) from error
    if missing := [path for path in files if not path.exists()]:
        raise _Fail(words("There is no file {path}.", path=missing[0]), WRONG_USE)
    if dry_run and not journal.exists():
        seen = preview_mail(None, files, setup)
    else:
        with _opened(journal, create=not dry_run) as opened:
            if not (own or _has_identity(opened)):
                raise _Fail(words("Say which addresses are your own: --me a@b.com."), WRONG_USE)
            if dry_run:
                seen = preview_mail(opened, files, setup)
            else:
                seen = import_mail(opened, files, setup, at=_now())
    for problem in seen.not_taken:
        click.echo(f"{problem.source}: {problem.sentence(words)}", err=True)
    for row in seen.unclear[:20]:
        click.echo(
            words(
                "No client yet: {pattern}, {n} messages, such as {example}",
                pattern=row.pattern,
                n=row.messages,
                example=row.example,
            )
        )
    if seen.ignored:
        click.echo(words("Left out as ignored: {n}", n=seen.ignored))
    text = _WOULD if dry_run else _DONE
    click.echo(words(text, added=seen.new, there=seen.there, lost=len(seen.not_taken)))
    if seen.not_taken:
        raise SystemExit(NOT_ALL_TAKEN)


_WOULD: Final = mark("Would add {added}, already there {there}, not taken {lost}")
_DONE: Final = mark("Added {added}, already there {there}, not taken {lost}")


def _has_identity(journal: Journal) -> bool:
    return bool(journal.rows("SELECT 1 FROM identity WHERE role = 'own' LIMIT 1"))


def _step(journal: Path, act: Callable[[Journal], Any], sentence: str) -> None:
    words = _words(click.get_current_context())
    with _opened(journal) as opened:
        changes = act(opened)
    facts = {name: words(v) if isinstance(v, str) else v for name, v in changes.facts.items()}
    click.echo(words(sentence, what=words(changes.label, **facts)))


@main.command()
@_JOURNAL
def undo(journal: Path) -> None:
    """Take back the last act."""
    _step(journal, Journal.undo, mark("Undone: {what}"))


@main.command()
@_JOURNAL
def redo(journal: Path) -> None:
    """Repeat the act undone last."""
    _step(journal, Journal.redo, mark("Repeated: {what}"))


@main.command()
@_JOURNAL
@_JSON
def clients(journal: Path, as_json: bool) -> None:
    """List the clients."""
    from pmdesk.answers.clients import client_lines

    words = _words(click.get_current_context())
    with _opened(journal, writable=False) as opened:
        lines = client_lines(opened)
    if as_json:
        _print_json(
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


@main.group()
def figures() -> None:
    """Compute figures."""


@figures.command()
@_JOURNAL
@click.option("--client", "name", required=True, help="The client's name.")
@click.option("--mode", type=click.Choice(["turn", "message"]), default="turn", show_default=True)
@click.option(
    "--clock",
    type=click.Choice(["wall", "work"]),
    help="Default: work for turns, wall for messages.",
)
@click.option("--by", type=click.Choice(["month", "week"]), default="month", show_default=True)
@click.option("--direction", type=click.Choice(["us", "them"]), default="us", help="Who answers.")
@_JSON
def responsiveness(
    journal: Path, name: str, mode: str, clock: str | None, by: str, direction: str, as_json: bool
) -> None:
    """How fast a client's messages were answered, the unanswered counted too."""
    from pmdesk.answers.responsiveness import Question, as_values, ask

    words = _words(click.get_current_context())
    with _opened(journal, writable=False) as opened:
        client = _client(opened, name)
        chosen = clock or ("work" if mode == "turn" else "wall")
        question = Question(mode=mode, clock=chosen, by=by, ours_answer=direction == "us")
        answer = ask(opened, client, question, at=_now())
    if as_json:
        _print_json({"client": client.name, **as_values(answer)})
        return
    for line in answer.lines(words):
        click.echo(line)


@main.group()
def report() -> None:
    """Make PDF reports."""


@report.command("client")
@_JOURNAL
@click.option("--client", "name", required=True, help="The client's name.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lang", "language", type=click.Choice(["en", "zh"]), help="Language of the report.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day.")
@click.option(
    "--edition", type=click.Choice(["client", "internal"]), default="client", show_default=True
)
def report_client(
    journal: Path,
    name: str,
    out: Path,
    language: Language | None,
    first: datetime | None,
    last: datetime | None,
    edition: Literal["client", "internal"],
) -> None:
    """Write a client's summary as PDF."""
    from pmdesk.actions.report_client import write_client_report
    from pmdesk.answers.client_summary import Period

    words = _words(click.get_current_context())
    period = Period(_day(first), _day(last))
    if period.first and period.last and period.last < period.first:
        raise _Fail(words("The last day lies before the first."), WRONG_USE)
    with _opened(journal, writable=False) as opened:
        client = _client(opened, name)
        try:
            write_client_report(
                opened,
                client,
                out,
                language=language or words.language,
                period=period,
                edition=edition,
                at=_now(),
            )
        except OSError as error:
            sentence = words("{path} could not be written.", path=shown(out))
            raise _Fail(sentence, WRONG_USE) from error
    click.echo(str(out))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@main.command()
@_JOURNAL
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
@_JSON
def search(journal: Path, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find records that hold all the given words, newest first."""
    from pmdesk.journal.search import search as find

    with _opened(journal, writable=False) as opened:
        hits = find(opened, " ".join(query), limit=limit)
    if as_json:
        _print_json(
            [
                {"kind": h.kind, "id": h.id, "at": h.at, "title": h.title, "text": h.text}
                for h in hits
            ]
        )
        return
    for hit in hits:
        click.echo(f"{hit.kind} {hit.id}  {hit.at or ''}  {hit.title}  {hit.text}")


@main.command()
@_JOURNAL
def check(journal: Path) -> None:
    """Look for damage: every page, every row against its log, the search index, attachments."""
    from pmdesk.journal.integrity import check as examine

    words = _words(click.get_current_context())
    with _opened(journal, writable=False) as opened:
        findings = examine(opened)
    for finding in findings:
        click.echo(words(finding.sentence, **finding.facts), err=True)
    if findings:
        raise SystemExit(NOT_ALL_TAKEN)
    click.echo(words("No damage found."))


@main.command()
@_JOURNAL
@click.argument("target", type=click.Path(path_type=Path))
def backup(journal: Path, target: Path) -> None:
    """Write a verified copy of the journal to TARGET, its checksum beside it."""
    from pmdesk.journal.backup import backup as write_backup

    with _opened(journal, writable=False) as opened:
        write_backup(opened, target)
    click.echo(str(target))


@main.command()
@click.argument("source", type=click.Path(path_type=Path))
@_JOURNAL
def restore(source: Path, journal: Path) -> None:
    """Put the backup SOURCE in the journal's place; the journal that was there is kept."""
    from pmdesk.journal.backup import restore as put_back

    context = click.get_current_context()
    with _explained(context):
        put_back(source, journal, _passphrase(context))
    click.echo(str(journal))
