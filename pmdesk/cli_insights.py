"""The command that answers one question over clients: as a sentence, as JSON, or as a chart."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmdesk.cli_base import (
    AT,
    JOURNAL,
    JSON,
    WRONG_USE,
    Day,
    Fail,
    client_called,
    main,
    now,
    opened,
    print_json,
    spoken,
)
from pmdesk.journal.errors import shown
from pmdesk.journal.journal import Journal
from pmdesk.words import Words

if TYPE_CHECKING:
    from pmdesk.answers.insights.values import Panels


class _Name(click.ParamType[str]):
    """The name of an insight; its help names all of them."""

    name = "insight"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """The name; refused where there is none of it."""
        from pmdesk.charts.insights.kinds import BY_NAME

        if value not in BY_NAME:
            self.fail(f"{value!r} is none of {', '.join(BY_NAME)}", param, ctx)
        return str(value)


@main.command()
@click.argument("name", type=_Name())
@JOURNAL
@click.option("--client", "names", multiple=True, help="A client's name; all clients without one.")
@click.option("--from", "first", type=Day(ahead=False), help="First day.")
@click.option("--to", "last", type=Day(ahead=False), help="Last day.")
@click.option(
    "--about", type=int, default=0, help="The id of a record that it is about, as of a crisis."
)
@AT
@click.option("--out", type=click.Path(path_type=Path), help="Write a .png, .svg or .csv.")
@JSON
def insight(
    name: str,
    journal_path: Path,
    names: tuple[str, ...],
    first: date | None,
    last: date | None,
    about: int,
    at: datetime | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Answer one question, such as we_answer, over one client, several or all."""
    from pmdesk.answers.client_summary import Period
    from pmdesk.charts.insights.kinds import look
    from pmdesk.records.client import Client

    words = spoken(click.get_current_context())
    if first and last and last < first:
        raise Fail(words("The last day lies before the first."), WRONG_USE)
    with opened(journal_path, writable=False) as journal:
        clients = [client_called(journal, one) for one in names] or journal.find(Client, order="id")
        if about:
            clients = [_whose(journal, name, about, words)]
        panels = look(journal, name, clients, Period(first, last), at=at or now(), about=about)
    if out is not None:
        _write(panels, out, words)
    elif as_json:
        print_json(_values(panels, words))
    else:
        _say(panels, words)


def _whose(journal: Journal, name: str, about: int, words: Words) -> Any:
    """The client of a record; refused where the insight is of none, or there is no such record."""
    from pmdesk.charts.insights.kinds import BY_NAME
    from pmdesk.records.client import Client
    from pmdesk.records.kinds import KINDS

    of = BY_NAME[name].of
    if not of:
        raise Fail(words("“{name}” is about no single record.", name=name), WRONG_USE)
    record = journal.get(KINDS[of].cls, about)
    client = None if record is None else journal.get(Client, record.client_id or 0)
    if client is None:
        raise Fail(words("There is no record {id} of that kind.", id=about), WRONG_USE)
    return client


def _write(panels: "Panels", out: Path, words: Words) -> None:
    from pmdesk.charts.export import save_chart

    try:
        save_chart(panels, out, words)
    except OSError as error:
        raise Fail(words("{path} could not be written.", path=shown(out)), WRONG_USE) from error
    except ValueError as error:
        raise Fail(words("A chart is written as .png, .svg or .csv."), WRONG_USE) from error


def _values(panels: "Panels", words: Words) -> list[dict[str, Any]]:
    from pmdesk.answers.insights.values import plain
    from pmdesk.answers.text.said import say

    return [
        {
            "client": client,
            "insight": panels.kind,
            "title": say(words, one.verdict),
            "evidence": say(words, one.evidence) if one.evidence else "",
            "verdict": dict(one.values),
            "rows": [[plain(cell, words) for cell in item.cells] for item in one.items],
        }
        for client, one in zip(panels.names, panels.insights, strict=True)
    ]


def _say(panels: "Panels", words: Words) -> None:
    from pmdesk.answers.text.said import say

    for client, one in zip(panels.names, panels.insights, strict=True):
        evidence = words.bracketed(say(words, one.evidence) if one.evidence else "")
        click.echo(f"{words.labelled(client, say(words, one.verdict))}{evidence}")
