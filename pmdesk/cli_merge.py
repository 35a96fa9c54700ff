"""Another journal, or an archive of one, taken into a journal."""

from pathlib import Path
from typing import Any

import click

from pmdesk.cli_base import (
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
from pmdesk.cli_progress import progress_line
from pmdesk.journal.errors import shown
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress
from pmdesk.words import Words, mark

_SHOWN = 20
_BOTH = mark("Both changed {kind} “{what}”: {fields}")
_DELETED = mark("{kind} “{what}” was changed on one side and deleted on the other")
_OPEN = mark("Both journals changed the same. Nothing was written: say --prefer here or there.")
_WOULD = mark(
    "Would add {added}, change {changed}, delete {deleted}; the same {same}, only here {stays}"
)
_DONE = mark(
    "Added {added}, changed {changed}, deleted {deleted}; the same {same}, only here {stays}"
)


@main.command()
@click.argument("other", type=click.Path(path_type=Path, dir_okay=False))
@JOURNAL
@click.option("--dry-run", is_flag=True, help="Say what would be taken; write nothing.")
@click.option(
    "--prefer",
    type=click.Choice(["here", "there"]),
    help="Whose word holds where both have changed the same.",
)
def merge(other: Path, journal_path: Path, dry_run: bool, prefer: Any) -> None:
    """Take what OTHER holds, an archive or a second journal, as one act that can be undone.

    OTHER is only read. A journal that is not there yet is made of it.
    """
    from pmdesk.actions.merge import Undecided, look
    from pmdesk.actions.merge import merge as take
    from pmdesk.exchange.archive import NotTaken

    context = click.get_current_context()
    words = spoken(context)
    if not other.is_file():
        raise Fail(words("There is no file {path}.", path=shown(other)), WRONG_USE)
    try:
        with progress_line(words("Looking through {path}…", path=shown(other))) as progress:
            there = _read(other, context, progress)
        if not dry_run and not journal_path.exists():
            with explained(context):
                Journal.create(journal_path, passphrase_of(context)).close()
        with (
            opened(journal_path, writable=not dry_run) as journal,
            progress_line(words("Merging {path}…", path=shown(other))) as progress,
        ):
            done = (
                look(journal, there, prefer, progress=progress) if dry_run
                else take(journal, there, prefer=prefer, at=now(), progress=progress)
            )  # fmt: skip
    except NotTaken as error:
        raise Fail(words(error.sentence, path=shown(other), **error.facts), WRONG_USE) from error
    except OSError as error:
        raise Fail(words("{path} cannot be read.", path=shown(other)), WRONG_USE) from error
    except Undecided as error:
        _say(error.conflicts, words)
        raise Fail(words(_OPEN), NOT_ALL_TAKEN) from error
    if dry_run:
        _say(done.conflicts, words)
    click.echo(words(_WOULD if dry_run else _DONE, **done.total._asdict()))


def _read(other: Path, context: click.Context, progress: Progress) -> Any:
    from pmdesk.actions.merge import other_side

    with explained(context):
        return other_side(other, passphrase_of(context), progress=progress)


def _say(conflicts: list[Any], words: Words) -> None:
    from pmdesk.records.kinds import KINDS

    for one in conflicts[:_SHOWN]:
        kind = words(KINDS[one.kind].one)
        if one.fields:
            fields = words.listed([words(each.label) for each in one.fields])
            text = words(_BOTH, kind=kind, what=one.title, fields=fields)
        else:
            text = words(_DELETED, kind=kind, what=one.title)
        click.echo(text, err=True)
