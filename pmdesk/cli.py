"""The command line: every long job without a display."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

import click

from pmdesk.cli_addresses import own as _addresses  # noqa: F401 - its commands belong to the group
from pmdesk.cli_answers import figures as _answers  # noqa: F401 - likewise
from pmdesk.cli_backups import listed_source
from pmdesk.cli_base import (
    AT,
    JOURNAL,
    NOT_ALL_TAKEN,
    WRONG_USE,
    Fail,
    explained,
    main,
    now,
    opened,
    passphrase_of,
    spoken,
)
from pmdesk.cli_capture import capture as _capture  # noqa: F401 - likewise
from pmdesk.cli_crisis import crisis as _crisis  # noqa: F401 - likewise
from pmdesk.cli_evidence import evidence as _evidence  # noqa: F401 - likewise
from pmdesk.cli_export import export as _export  # noqa: F401 - likewise
from pmdesk.cli_incoming import chosen_importer, take_files
from pmdesk.cli_insights import insight as _insight  # noqa: F401 - likewise
from pmdesk.cli_merge import merge as _merge  # noqa: F401 - likewise
from pmdesk.cli_passphrase import passphrase as _passphrase  # noqa: F401 - likewise
from pmdesk.cli_progress import progress_line
from pmdesk.cli_promises import promises as _promises  # noqa: F401 - likewise
from pmdesk.cli_repair import repair as _repair  # noqa: F401 - likewise
from pmdesk.cli_reports import report as _reports  # noqa: F401 - likewise
from pmdesk.cli_sources import sources as _sources  # noqa: F401 - likewise
from pmdesk.cli_today import today as _today  # noqa: F401 - likewise
from pmdesk.journal.errors import shown
from pmdesk.journal.journal import Journal
from pmdesk.words import Words, mark

__all__ = ["main"]


@main.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
def demo(directory: Path) -> None:
    """Write the sample journal, its PDFs and a picture of each page to DIRECTORY."""
    from pmdesk.actions.demo import write_demo

    context = click.get_current_context()
    with explained(context):
        for path in write_demo(directory, at=now()):
            click.echo(str(path))


def _pairs(values: tuple[str, ...]) -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = {}
    for value in values:
        name, sign, pattern = value.rpartition("=")
        if not sign or not name.strip() or not pattern.strip():
            words = spoken(click.get_current_context())
            raise Fail(
                words("“{text}” is not understood. Write --client NAME=PATTERN.", text=value),
                WRONG_USE,
            )
        pairs.setdefault(name.strip(), []).extend(
            p.strip() for p in pattern.split(",") if p.strip()
        )
    return pairs


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@JOURNAL
@click.option("--me", "own_patterns", multiple=True, help="A pattern for my own addresses.")
@click.option(
    "--client", "clients", multiple=True, metavar="NAME=PATTERN", help="Whose mail it is."
)
@click.option("--ignore", "ignored", multiple=True, help="A pattern for mail to leave out.")
@click.option("--everybody", is_flag=True, help="Also take mail that concerns none of the clients.")
@click.option(
    "--attachments-up-to",
    "megabytes",
    type=click.FloatRange(0, 2000),
    default=10.0,
    show_default=True,
    help="Keep attached files up to this size, in MB.",
)
@click.option(
    "--originals",
    type=click.Choice(["off", "clients", "all"]),
    default="off",
    show_default=True,
    help="Keep the bytes of each mail itself, compressed.",
)
@click.option("--as", "kind", metavar="KIND", help="What the files are, where they do not tell.")
@click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="KEY=VALUE",
    help="Answer a question of the import.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be taken; write nothing.")
@AT
def import_(
    files: tuple[Path, ...],
    journal_path: Path,
    own_patterns: tuple[str, ...],
    clients: tuple[str, ...],
    ignored: tuple[str, ...],
    everybody: bool,
    megabytes: float,
    originals: Literal["off", "clients", "all"],
    kind: str | None,
    answers: tuple[str, ...],
    dry_run: bool,
    at: datetime | None,
) -> None:
    """Take mail and what other programs wrote as one act that can be undone.

    FILES are .eml, .emlx, .mbox and .msg files, Outlook data files (.pst, .ost), a Maildir, a
    Thunderbird profile, Apple Mail's folders, a Takeout export, packed (.zip, .tgz, .tar, .gz) or
    not, or folders of any of them. Only mail of clients is taken: name them with --client, or take
    all with --everybody and give it to clients afterwards. Other files are told by what stands in
    them: those of one kind are taken together, and what it asks is answered with --answer.

    A PATTERN is an address, @domain with its sub-domains, or * for everybody else.
    """
    from pmdesk.actions.import_mail import import_mail, preview_mail
    from pmdesk.actions.importing import Job
    from pmdesk.actions.mail_setup import MailSetup
    from pmdesk.exchange.mail.addresses import PatternNotUnderstood, parse_pattern

    words = spoken(click.get_current_context())
    if missing := [path for path in files if not path.exists()]:
        raise Fail(words("There is no file {path}.", path=missing[0]), WRONG_USE)
    if (importer := chosen_importer(files, kind, words)) is not None:
        take_files(
            importer, files, clients, answers, journal_path, at or now(), words, dry_run=dry_run
        )
        return
    setup = MailSetup(
        own_patterns, ignored, _pairs(clients), everybody, round(megabytes * 1_000_000), originals
    )
    try:
        for pattern in (
            *own_patterns,
            *ignored,
            *(p for given in setup.clients.values() for p in given),
        ):
            parse_pattern(pattern)
    except PatternNotUnderstood as error:
        sentence = words("“{text}” is no pattern. Write a@b.com, @b.com or *.", text=str(error))
        raise Fail(sentence, WRONG_USE) from error
    if dry_run and not journal_path.exists():
        seen = preview_mail(None, files, setup)
    else:
        with opened(journal_path, create=not dry_run) as journal:
            if not (own_patterns or _has_identity(journal)):
                raise Fail(words("Say which addresses are your own: --me a@b.com."), WRONG_USE)
            with progress_line(words("Importing…")) as progress:
                if dry_run:
                    seen = preview_mail(journal, files, setup, Job(progress))
                else:
                    seen = import_mail(journal, files, setup, at=now(), job=Job(progress))
    for problem in seen.not_taken:
        click.echo(words.labelled(problem.source, problem.sentence(words)), err=True)
    _say_what_was_seen(seen, words)
    text = _WOULD if dry_run else _DONE
    click.echo(words(text, added=seen.new, there=seen.there, lost=len(seen.not_taken)))
    if seen.not_taken:
        raise SystemExit(NOT_ALL_TAKEN)


def _say_what_was_seen(seen: Any, words: Words) -> None:
    for row in seen.unclear[:20]:
        click.echo(
            words(
                "No client yet: {pattern}, {n} messages, such as {example}",
                pattern=row.pattern,
                n=row.messages,
                example=row.example,
            )
        )
    if seen.own_proposed:
        click.echo(
            words(
                "Perhaps mine, too: {addresses}",
                addresses=words.listed([own.address for own in seen.own_proposed]),
            )
        )
    if seen.ignored:
        click.echo(words("Left out as ignored: {n}", n=seen.ignored))
    for label, n in seen.left_out.most_common():
        click.echo(words("Left out: {what} {n}", what=words(label), n=n))
    if moved := getattr(seen, "moved", 0):
        click.echo(words("Sorted anew: {n} messages that were here already", n=moved))


_WOULD: Final = mark("Would add {added}, already there {there}, not taken {lost}")
_DONE: Final = mark("Added {added}, already there {there}, not taken {lost}")


def _has_identity(journal: Journal) -> bool:
    return bool(journal.rows("SELECT 1 FROM identity WHERE role = 'own' LIMIT 1"))


def _step(journal_path: Path, act: Callable[[Journal], Any], sentence: str) -> None:
    words = spoken(click.get_current_context())
    with opened(journal_path) as journal:
        changes = act(journal)
    facts = {name: words(v) if isinstance(v, str) else v for name, v in changes.facts.items()}
    click.echo(words(sentence, what=words(changes.label, **facts)))


@main.command()
@JOURNAL
def undo(journal_path: Path) -> None:
    """Take back the last act."""
    _step(journal_path, Journal.undo, mark("Undone: {what}"))


@main.command()
@JOURNAL
def redo(journal_path: Path) -> None:
    """Repeat the act undone last."""
    _step(journal_path, Journal.redo, mark("Repeated: {what}"))


@main.command()
@JOURNAL
@click.option("--id", "number", required=True, type=int, help="The mail's id, as search tells it.")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def original(journal_path: Path, number: int, target: Path) -> None:
    """Write a mail to TARGET (.eml) byte for byte as it was imported; nothing is overwritten."""
    from pmdesk.actions.originals import save_original
    from pmdesk.actions.refusals import Refused

    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        try:
            save_original(journal, number, target)
        except Refused as refused:
            sentences = [words(problem.sentence, **problem.values) for problem in refused.problems]
            raise Fail(" ".join(sentences), WRONG_USE) from refused
    click.echo(str(target))


@main.command()
@JOURNAL
def check(journal_path: Path) -> None:
    """Look for damage: every page, every row against its log, the search index, attachments."""
    from pmdesk.journal.integrity import check as examine

    words = spoken(click.get_current_context())
    with (
        opened(journal_path, writable=False) as journal,
        progress_line(words("Looking for damage…")) as progress,
    ):
        findings = examine(journal, progress)
    for finding in findings:
        click.echo(words(finding.sentence, **finding.facts), err=True)
    if findings:
        raise SystemExit(NOT_ALL_TAKEN)
    click.echo(words("No damage found."))


@main.command()
@JOURNAL
@click.argument("target", type=click.Path(path_type=Path))
def backup(journal_path: Path, target: Path) -> None:
    """Write a verified copy of the journal to TARGET, its checksum beside it."""
    from pmdesk.journal.backup import backup as write_backup

    with opened(journal_path, writable=False) as journal:
        write_backup(journal, target)
    click.echo(str(target))


@main.command()
@click.argument("source", type=click.Path(path_type=Path))
@JOURNAL
def restore(source: Path, journal_path: Path) -> None:
    """Put the backup SOURCE in the journal's place; the journal that was there is kept.

    SOURCE is a file, or the number or name of a backup as `pmdesk backups` lists them.
    """
    from pmdesk.journal.backup import restore as put_back

    context = click.get_current_context()
    with explained(context):
        source = listed_source(source, journal_path, context)
        aside = put_back(source, journal_path, passphrase_of(context))
    click.echo(str(journal_path))
    if aside is not None:
        words = spoken(context)
        click.echo(words("What was there before is kept as {path}.", path=shown(aside)), err=True)
