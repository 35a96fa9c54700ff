"""The command that captures a line: what the window's capture line does, without a window."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from pmdesk.cli_base import (
    AT,
    JOURNAL,
    JSON,
    NOT_ALL_TAKEN,
    WRONG_USE,
    Fail,
    client_called,
    main,
    now,
    opened,
    print_json,
    spoken,
)
from pmdesk.journal.codec import moment_text
from pmdesk.journal.journal import Journal
from pmdesk.words import Words


@main.command()
@JOURNAL
@click.argument("line", nargs=-1, required=True)
@AT
@click.option("--client", "name", help="The client it is about, whatever the line says.")
@click.option("--dry-run", is_flag=True, help="Say what would be kept; write nothing.")
@JSON
def capture(
    line: tuple[str, ...],
    journal_path: Path,
    at: datetime | None,
    name: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Keep a LINE as the window's capture does: whom, how, when, what was promised or needed.

    Where it can be read in two ways nothing is written and the ways are listed (exit code 1).
    """
    from pmdesk.actions.capture import capture as keep
    from pmdesk.answers.calendars import calendar_of, rules
    from pmdesk.answers.text.capturing.line import understand
    from pmdesk.answers.text.capturing.making import records_of

    words, text = spoken(click.get_current_context()), " ".join(line).strip()
    if not text:
        raise Fail(words("This cannot stay empty."), WRONG_USE)
    with opened(journal_path, writable=not dry_run) as journal:
        calendar = calendar_of(journal, None)
        written = (at or now()).astimezone(ZoneInfo(calendar.zone))
        if written > now():
            sentence = words("“{text}” lies ahead: when was the line written?",
                             text=words.short_moment(written))  # fmt: skip
            raise Fail(sentence, WRONG_USE)
        understood = understand(text, _known(journal, name), at=written, calendar=rules(calendar))
        if understood.open:
            _say_open(understood, words)
            raise SystemExit(NOT_ALL_TAKEN)
        if dry_run:
            records: Any = records_of(understood)
        else:
            records = keep(journal, understood, at=written).records
    _say_made(understood, records, words, dry_run=dry_run, as_json=as_json)


def _known(journal: Journal, name: str | None) -> Any:
    """Whom the line may name: everybody, or a client that was given and the people there."""
    from pmdesk.answers.text.capturing.known import known

    everybody = known(journal)
    if name is None:
        return everybody
    client = client_called(journal, name)
    return replace(
        everybody,
        clients=[one for one in everybody.clients if one.id == client.id],
        people=[one for one in everybody.people if one.client_id == client.id],
        open_client=client.id,
    )


def _say_open(understood: Any, words: Words) -> None:
    """What can be read in two ways, and the line again: nothing of it was written."""
    from pmdesk.answers.text.capturing.chips import question_said
    from pmdesk.answers.text.said import say

    for question in understood.open:
        choices = words.clauses(say(words, option.text) for option in question.options)
        click.echo(f"pmdesk: {say(words, question_said(question))} {choices}", err=True)
    click.echo(words("Nothing was kept of: {line}", line=understood.line), err=True)


def _say_made(understood: Any, records: Any, words: Words, *, dry_run: bool, as_json: bool) -> None:
    from pmdesk.answers.text.capturing.chips import chips
    from pmdesk.answers.text.said import say

    told = chips(understood, records)
    if as_json:
        print_json(
            {
                "line": understood.line,
                "at": moment_text(understood.at),
                "client": understood.client_name or None,
                "made": [_values(record) for record in records],
                "unread": list(understood.unread),
                "kept": not dry_run,
            }
        )
        return
    for chip in told:
        if chip.state == "warn":
            click.echo(say(words, chip.text), err=True)
    click.echo(" · ".join(say(words, chip.text) for chip in told if chip.state != "warn"))


def _values(record: Any) -> dict[str, Any]:
    """A record as plain values: its kind and what is filled of it."""
    from pmdesk.records.declare import kind_of

    kind = kind_of(record)
    filled = {
        field.name: _plain(value)
        for field in kind.fields
        if (value := getattr(record, field.name)) not in (None, "", ())
    }
    return {"kind": kind.name, **filled}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
