"""`pmdesk backups`: the copies of a journal, what they hold, and what has become different since."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmdesk.cli_base import (
    JOURNAL,
    JSON,
    WRONG_USE,
    Fail,
    chosen_backups,
    explained,
    main,
    now,
    opened,
    print_json,
    spoken,
)
from pmdesk.journal.engine import looks_encrypted
from pmdesk.journal.errors import JournalError, shown
from pmdesk.words import Words, mark

if TYPE_CHECKING:
    from pmdesk.journal.backups.differences import Difference
    from pmdesk.journal.backups.manifest import Backup
    from pmdesk.journal.backups.shelf import Shelf
    from pmdesk.journal.journal import Journal

    Told = tuple[Backup, bool, list[Difference] | None]

_ROW = mark("{number}  {at}  {reason}, {size}, {n} records, {state}")
_BARE = mark("{name}  {at}  {size}, {state}")
_SOUND = mark("sound")
_DAMAGED = mark("damaged")
_SINCE = mark("{kind}: {added} added, {changed} changed, {gone} gone since")
_READABLE = mark(
    "Of these, {n} from before the journal had a passphrase can be read by anybody who gets at them. "
    "To remove them: pmdesk backups drop-unencrypted"
)
_NOTHING = mark("Nothing has changed since.")


@main.group(invoke_without_command=True)
@click.option(
    "--journal", "-j", "journal_path", type=click.Path(path_type=Path), help="The journal file."
)
@JSON
@click.option("--compare", is_flag=True, help="Say what has become different since each of them.")
@click.pass_context
def backups(
    context: click.Context, journal_path: Path | None, as_json: bool, compare: bool
) -> None:
    """List the backups of a journal, the latest first; each is read to see whether it is sound."""
    if context.invoked_subcommand is not None:
        return
    words = spoken(context)
    if journal_path is None:
        raise Fail(words("Name the journal: --journal FILE."), WRONG_USE)
    shelf = shelf_for(journal_path, context)
    with explained(context):
        listed = [(backup, shelf.sound(backup)) for backup in shelf.all()]
    told: list[Told] = [(backup, sound, None) for backup, sound in listed]
    if compare:
        with opened(journal_path, writable=False) as journal:
            told = [(b, sound, _compared(journal, b, words)) for b, sound in listed]
    if as_json:
        print_json([_as_json(*row) for row in told])
        return
    if not told:
        click.echo(words("No backups yet at {path}.", path=shown(shelf.folder)))
    for row in told:
        _say(*row, words)
    if journal_path.is_file() and looks_encrypted(journal_path):
        readable = sum(not backup.encrypted for backup, _ in listed)
        if readable:
            click.echo(words(_READABLE, n=readable), err=True)


@backups.command()
@JOURNAL
def keep(journal_path: Path) -> None:
    """Make a backup now, beside the others; what is too old of them goes."""
    from pmdesk.journal.backups.reason import Reason

    context = click.get_current_context()
    limit = chosen_backups(context).limit_bytes
    with opened(journal_path, writable=False) as journal:
        shelf = shelf_for(journal_path, context)
        backup = shelf.keep(journal, Reason.HAND, at=now(), limit_bytes=limit)
    if backup is not None:
        click.echo(str(backup.path))


@backups.command("drop-unencrypted")
@JOURNAL
def drop_unencrypted(journal_path: Path) -> None:
    """Remove those from before an encrypted journal had a passphrase: anybody can read them."""
    context = click.get_current_context()
    with opened(journal_path, writable=False) as journal:
        gone = shelf_for(journal_path, context).drop_unencrypted(journal, at=now())
    click.echo(spoken(context)("Backups removed: {n}", n=len(gone)))


def shelf_for(journal_path: Path, context: click.Context) -> "Shelf":
    """The shelf of a journal where the person wants its backups."""
    from pmdesk.journal.backups.shelf import shelf_of

    with explained(context):
        return shelf_of(journal_path, chosen_backups(context).folder)


def listed_source(source: Path, journal_path: Path, context: click.Context) -> Path:
    """The file that `source` names: a path, or the number or name of a backup as they are listed."""
    if source.exists():
        return source
    with explained(context):
        for backup in shelf_for(journal_path, context).all():
            if str(source) in {str(backup.number or ""), backup.path.name}:
                return backup.path
    if str(source).isdecimal():
        words = spoken(context)
        sentence = words("There is no backup {number}. “pmdesk backups” lists them.", number=source)
        raise Fail(sentence, WRONG_USE)
    return source


def _compared(journal: "Journal", backup: "Backup", words: Words) -> "list[Difference] | None":
    """What is different since; None where the backup cannot be read, which is said."""
    from pmdesk.journal.backups.differences import differences

    try:
        return differences(journal, backup, journal.passphrase)
    except JournalError as error:
        click.echo(words(error.sentence, **error.facts), err=True)
        return None


def _as_json(backup: "Backup", sound: bool, since: "list[Difference] | None") -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": backup.number,
        "path": str(backup.path),
        "at": backup.at.isoformat(),
        "reason": str(backup.reason),
        "size": backup.size,
        "counts": dict(backup.counts),
        "last_change": backup.last_change,
        "sha256": backup.sha256,
        "encrypted": backup.encrypted,
        "sound": sound,
    }
    if since is not None:
        told["since"] = {
            one.kind.name: {"added": one.added, "changed": one.changed, "gone": one.gone}
            for one in since
        }
    return told


def _say(backup: "Backup", sound: bool, since: "list[Difference] | None", words: Words) -> None:
    facts = {
        "at": words.short_moment(backup.at),
        "size": words.size(backup.size),
        "state": words(_SOUND if sound else _DAMAGED),
    }
    if backup.sha256:
        records = words.number(sum(backup.counts.values()), 0)
        reason = words(backup.reason.label)
        click.echo(words(_ROW, number=backup.number, reason=reason, n=records, **facts))
    else:
        click.echo(words(_BARE, name=backup.path.name, **facts))
    if since is None:
        return
    for one in since:
        kind = words(one.kind.many)
        line = words(_SINCE, kind=kind, added=one.added, changed=one.changed, gone=one.gone)
        click.echo(f"    {line}")
    if not since:
        click.echo(f"    {words(_NOTHING)}")
