"""Commands of evidence: a matter as a pack, and whether a pack is still what it was."""

from datetime import date, datetime
from pathlib import Path

import click

from pmdesk.cli_base import (
    AT,
    JOURNAL,
    NOT_ALL_TAKEN,
    WRONG_USE,
    Day,
    Fail,
    client_called,
    main,
    now,
    opened,
    spoken,
)
from pmdesk.journal.errors import shown
from pmdesk.words import Language, Words


@main.command()
@JOURNAL
@click.option("--client", "name", required=True, help="The client's name.")
@click.option(
    "--record", "keys", multiple=True, metavar="KIND:ID",
    help="A record, with what refers to it and the rest of its thread; may be given again.",
)  # fmt: skip
@click.option("--from", "first", type=Day(ahead=False), help="First day.")
@click.option("--to", "last", type=Day(ahead=False), help="Last day.")
@click.option("--text", "text", default="", help="Only records that hold these words.")
@click.option(
    "--internal", is_flag=True, help="Also what is internal only: such a pack stays with us."
)
@click.option("--lang", "language", type=click.Choice(["en", "zh"]), help="Language of the pack.")
@AT
@click.option("--out", "target", required=True, type=click.Path(path_type=Path, dir_okay=False))
def evidence(
    journal_path: Path,
    name: str,
    keys: tuple[str, ...],
    first: date | None,
    last: date | None,
    text: str,
    internal: bool,
    language: Language | None,
    at: datetime | None,
    target: Path,
) -> None:
    """Write a client's dated records with the mails as they came and their files to a ZIP.

    It proves only that nothing in it changed since it was made, not that it is complete.
    """
    from pmdesk.actions.evidence import said_of, write_evidence
    from pmdesk.actions.refusals import Refused
    from pmdesk.answers.client_summary import Period
    from pmdesk.answers.evidence import Wanted

    words = spoken(click.get_current_context())
    if first and last and last < first:
        raise Fail(words("The last day lies before the first."), WRONG_USE)
    wanted = Wanted(_records(keys, words), Period(first, last), text, internal)
    with opened(journal_path, writable=False) as journal:
        client = client_called(journal, name)
        try:
            made = write_evidence(
                journal, client, wanted, target, language=language or words.language,
                at=at or now(),
            )  # fmt: skip
        except Refused as refused:
            sentences = [words(problem.sentence, **problem.values) for problem in refused.problems]
            raise Fail(" ".join(sentences), WRONG_USE) from refused
        except OSError as error:
            sentence = words("{path} could not be written.", path=shown(target))
            raise Fail(sentence, WRONG_USE) from error
    sentence, facts = said_of(target, made)
    click.echo(words(sentence, **facts))


def _records(keys: tuple[str, ...], words: Words) -> tuple[tuple[str, int], ...]:
    """Kinds and ids; raises Fail for what names no record that happens on a day."""
    from pmdesk.answers.evidence import packable

    records = []
    for key in keys:
        kind, _, number = key.partition(":")
        if not packable(kind) or not (number.isascii() and number.isdigit()) or len(number) > 18:
            sentence = words(
                "“{text}” names no record. Write it as interaction:12, as search tells it.",
                text=key,
            )
            raise Fail(sentence, WRONG_USE)
        records.append((kind, int(number)))
    return tuple(records)


@main.command()
@click.argument("pack", type=click.Path(path_type=Path, dir_okay=False))
def verify(pack: Path) -> None:
    """Say which files of an evidence pack changed, are missing or came in since it was made."""
    from pmdesk.exchange.pack import SAID, NoPack, file_sum, verify_pack

    words = spoken(click.get_current_context())
    try:
        findings, n = verify_pack(pack)
        total = file_sum(pack)
    except NoPack as error:
        raise Fail(words(error.sentence, path=shown(pack)), NOT_ALL_TAKEN) from error
    except OSError as error:
        raise Fail(words("{path} cannot be read.", path=shown(pack)), WRONG_USE) from error
    for finding in findings:
        click.echo(words(SAID[finding.what], name=finding.shown), err=True)
    if findings:
        raise SystemExit(NOT_ALL_TAKEN)
    click.echo(words("Nothing has changed: {n} files. SHA-256 of the pack: {sum}", n=n, sum=total))
