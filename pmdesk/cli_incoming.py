"""`pmdesk import` of anything but mail: questions are told and answered by their keys."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pmdesk.cli_base import NOT_ALL_TAKEN, WRONG_USE, Fail, client_called, opened
from pmdesk.cli_progress import progress_line
from pmdesk.journal.journal import Journal
from pmdesk.words import Words, mark

if TYPE_CHECKING:
    from pmdesk.actions.incoming.importers import Importer
    from pmdesk.actions.incoming.values import Asked

_WOULD: Final = mark(
    "Would add {added}, change {changed}, already there {there}, unclear {unclear}, not taken {lost}"
)
_DONE: Final = mark(
    "Added {added}, changed {changed}, already there {there}, unclear {unclear}, not taken {lost}"
)
MAIL: Final = "mail"


def chosen_importer(files: Sequence[Path], kind: str | None, words: Words) -> "Importer | None":
    """The importer that is named, or the one whose own all files are; None for mail."""
    from pmdesk.actions.incoming.folders import sorted_out
    from pmdesk.actions.incoming.importers import BY_NAME

    if kind == MAIL:
        return None
    if kind is not None:
        if kind not in BY_NAME:
            known = ", ".join((MAIL, *BY_NAME))
            raise Fail(words("There is no kind “{name}”; there are {kinds}.", name=kind, kinds=known), WRONG_USE)  # fmt: skip
        return BY_NAME[kind]
    found = sorted_out(files)
    others = ", ".join(importer.name for importer in found if importer is not None)
    if len(found) > 1 and any(file.is_dir() for file in files):
        if None not in found:
            raise Fail(words("The folder holds several kinds: {kinds}. Say which with --as.", kinds=others), WRONG_USE)  # fmt: skip
        click.echo(words("Only mail is taken; there is more here, for --as: {kinds}", kinds=others), err=True)  # fmt: skip
    if len(found) > 1 and not any(importer is None for importer in found):
        raise Fail(words("These files are of several kinds: import those of one kind at a time."), WRONG_USE)  # fmt: skip
    return next(iter(found)) if len(found) == 1 else None


def take_files(
    importer: "Importer", files: Sequence[Path], clients: Sequence[str], answers: Sequence[str],
    journal_path: Path, at: datetime, words: Words, *, dry_run: bool,
) -> None:  # fmt: skip
    """Take files with one importer, or say what would be taken."""
    from pmdesk.actions.importing import Job
    from pmdesk.actions.incoming.folders import sorted_out
    from pmdesk.actions.incoming.taking import Unanswered, look_through, take_in
    from pmdesk.actions.incoming.values import Given
    from pmdesk.answers.text.said import say

    with opened(journal_path, create=not dry_run) as journal:
        own = sorted_out(files).get(importer, ())
        # what is named is read as is said, even where it does not look like it
        paths = tuple(file for file in files if not file.is_dir() and file not in own)
        given = Given((*paths, *own), answers=_answers(journal, clients, answers, words))
        try:
            act = look_through if dry_run else take_in
            with progress_line(words("Looking through the files…")) as progress:
                seen = act(journal, importer, given, at=at, job=Job(progress))
        except Unanswered as error:
            for asked in error.asked:
                _ask(asked, words)
            raise Fail(words("Answer first: {keys}.", keys=str(error)), WRONG_USE) from error
    for problem in seen.not_taken:
        click.echo(f"{problem.source}: {problem.sentence(words)}", err=True)
    for item in seen.items:
        if item.why is not None:
            click.echo(f"{item.what}: {say(words, item.why)}", err=True)
    if dry_run:
        for asked in seen.asked:
            _ask(asked, words)
    for label, n in seen.left_out.most_common():
        click.echo(words("Left out: {what} {n}", what=words(label), n=n))
    text = _WOULD if dry_run else _DONE
    click.echo(words(text, added=seen.new, changed=seen.changed, there=seen.there,
                     unclear=seen.unclear, lost=len(seen.not_taken)))  # fmt: skip
    if seen.not_taken or seen.unclear:
        raise SystemExit(NOT_ALL_TAKEN)


def _answers(
    journal: Journal, clients: Sequence[str], answers: Sequence[str], words: Words
) -> dict[str, str]:
    """Answers by their keys; a client that is named answers the question for one."""
    known: dict[str, str] = {}
    for text in answers:
        key, sign, value = text.partition("=")
        if not sign:
            raise Fail(words("“{text}” is not understood. Write --answer KEY=VALUE.", text=text), WRONG_USE)  # fmt: skip
        known[key.strip()] = value.strip()
    for name in clients:
        known["client"] = client_called(journal, name).uuid
    return known


def _ask(asked: "Asked", words: Words) -> None:
    from pmdesk.answers.text.said import Said, say

    click.echo(f"{asked.key}: {say(words, asked.sentence)}", err=True)
    for value, shown in asked.choices:
        label = say(words, shown) if isinstance(shown, Said) else shown
        click.echo(f"  {value}{' *' if value == asked.proposed else ''}  {label}", err=True)
    if asked.proposed and not asked.choices:
        click.echo(f"  {asked.proposed} *", err=True)
