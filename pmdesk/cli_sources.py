"""`pmdesk sources`: files and folders that are remembered, and what was added to them."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmdesk.cli_base import (
    AT,
    JOURNAL,
    NOT_ALL_TAKEN,
    WRONG_USE,
    Fail,
    main,
    now,
    opened,
    spoken,
)
from pmdesk.cli_progress import progress_line
from pmdesk.journal.journal import Journal
from pmdesk.words import Words, mark

if TYPE_CHECKING:
    from pmdesk.records.imports import Source

_DONE = mark("{name}: added {added}, changed {changed}, not taken {lost}; read {read} of {size}")
_NEVER = mark("not looked at yet")


@main.group()
def sources() -> None:
    """Files and folders that are remembered, so that only what was added to them is read."""


@sources.command("list")
@JOURNAL
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_sources(journal_path: Path, as_json: bool) -> None:
    """List them, with when they were last looked at."""
    from pmdesk.journal.looks import looks
    from pmdesk.records.imports import Source

    words = spoken(click.get_current_context())
    with opened(journal_path, writable=False) as journal:
        last = looks(journal)
        rows = [(source, last.get(int(source.id or 0))) for source in journal.find(Source)]
    if as_json:
        told = [
            {
                "name": source.name, "path": source.path, "kind": source.importer,
                "at_start": source.at_start, "looked_at": look.at.isoformat() if look else None,
            }
            for source, look in rows
        ]  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for source, look in rows:
        when = words.moment(look.at) if look else words(_NEVER)
        click.echo(f"{source.name}  {source.path}  {when}")


@sources.command("add")
@click.argument("path", type=click.Path(path_type=Path))
@JOURNAL
@click.option("--name", default="", help="What it is called; the file's name without it.")
@click.option("--as", "kind", help="What reads it, where it does not tell itself.")
@click.option("--at-start", is_flag=True, help="Look for what is new whenever PM Desk starts.")
@click.option("--everybody", is_flag=True, help="Take mail of nobody known, too.")
@AT
def add_source(
    path: Path, journal_path: Path, name: str, kind: str | None, at_start: bool, everybody: bool,
    at: datetime | None,
) -> None:  # fmt: skip
    """Remember PATH, a mail store, a folder of them or a file that is written anew."""
    from pmdesk.actions.mail_setup import MailSetup
    from pmdesk.actions.sources import MAIL, mail_answers, remember_sources
    from pmdesk.cli_incoming import chosen_importer

    words = spoken(click.get_current_context())
    if not path.exists():
        raise Fail(words("There is no file {path}.", path=path), WRONG_USE)
    importer = chosen_importer([path], kind, words)
    answers = mail_answers(MailSetup(everybody=everybody)) if importer is None else {}
    with opened(journal_path, create=True) as journal:
        (source,), _ = remember_sources(
            journal, [path], importer=importer.name if importer else MAIL, answers=answers,
            name=name, at_start=at_start, at=at or now(),
        )  # fmt: skip
    click.echo(words("Remembered: {name}", name=source.name))


@sources.command("remove")
@click.argument("name")
@JOURNAL
@AT
def remove_source(name: str, journal_path: Path, at: datetime | None) -> None:
    """Forget the source NAME; what came from it stays."""
    from pmdesk.actions.records import delete_record

    words = spoken(click.get_current_context())
    with opened(journal_path) as journal:
        source = _named(journal, name, words)
        delete_record(journal, source, at=at or now())
    click.echo(words("Forgotten: {name}", name=source.name))


@sources.command("look")
@click.argument("names", nargs=-1)
@JOURNAL
@click.option("--whole", is_flag=True, help="Read all of it again, not only what was added.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@AT
def look_at(
    names: tuple[str, ...], journal_path: Path, whole: bool, as_json: bool, at: datetime | None
) -> None:
    """Take what was added since the last look: to the sources NAMES, or to all of them."""
    from pmdesk.actions.importing import Job
    from pmdesk.actions.incoming.taking import Unanswered
    from pmdesk.actions.sources import NotThere, look_for_new
    from pmdesk.records.imports import Source

    words = spoken(click.get_current_context())
    told: list[dict[str, Any]] = []
    failed = False
    with opened(journal_path) as journal:
        chosen = [_named(journal, name, words) for name in names] or journal.find(Source)
        for source in chosen:
            try:
                sentence = words("Looking through {path}…", path=source.name)
                with progress_line(sentence) as progress:
                    looked = look_for_new(
                        journal, source, at=at or now(), job=Job(progress), whole=whole
                    )
            except NotThere:
                click.echo(words("There is no file {path}.", path=source.path), err=True)
                failed = True
                continue
            except Unanswered as error:
                sentence = words("Answer first: {keys}.", keys=str(error))
                click.echo(words.labelled(source.name, sentence), err=True)
                failed = True
                continue
            for problem in looked.not_taken:
                click.echo(words.labelled(problem.source, problem.sentence(words)), err=True)
            failed = failed or bool(looked.not_taken)
            row: dict[str, Any] = {
                "name": source.name, "added": looked.new, "changed": looked.changed,
                "lost": len(looked.not_taken), "read": looked.read, "whole": looked.whole,
                "size": _size(Path(source.path)),
            }  # fmt: skip
            told.append(row)
            if not as_json:
                sizes = {key: words.size(row[key]) for key in ("read", "size")}
                click.echo(words(_DONE, **{**row, **sizes}))
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    if failed:
        raise SystemExit(NOT_ALL_TAKEN)


def _named(journal: Journal, name: str, words: Words) -> "Source":
    from pmdesk.records.imports import Source

    found = journal.find(Source, "name = ? OR path = ?", [name, name])
    if not found:
        raise Fail(words("There is no source {name}.", name=name), WRONG_USE)
    return found[0]


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size
