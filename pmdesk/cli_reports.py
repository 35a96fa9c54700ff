"""Commands that write reports: one for each kind, with an option for each question it asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmdesk.cli_base import (
    AT,
    JOURNAL,
    WRONG_USE,
    Day,
    Fail,
    client_called,
    main,
    now,
    opened,
    spoken,
)
from pmdesk.cli_speech import Spoken, SpokenGroup
from pmdesk.journal.errors import shown
from pmdesk.journal.journal import Journal
from pmdesk.words import Words, mark

if TYPE_CHECKING:
    from pmdesk.report.asks import Ask, Days, Request
    from pmdesk.report.declare import ReportKind


class _Reports(SpokenGroup):
    """The kinds of report as commands, read when one of them is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click hands it over
        from pmdesk.report.kinds import REPORTS

        return list(REPORTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        from pmdesk.report.kinds import REPORTS

        kind = REPORTS.get(cmd_name)
        return None if kind is None else _command(kind)


@main.group(cls=_Reports)
def report() -> None:
    """Make reports: PDF, Word, Excel."""


def _options(ask: "Ask") -> list[Callable[[Any], Any]]:
    from pmdesk.report.asks import Chosen, Days, OneOf, OneProject, Request, YesOrNo

    match ask:
        case OneOf():
            start = getattr(Request("en"), ask.field)
            chosen: dict[str, Any] = {"type": click.Choice([value for value, _ in ask.choices])}
            if ask.field != "language":
                # the language is that of the command line where none is named
                chosen |= {"default": start, "show_default": True}
            return [click.option(ask.option, ask.field, help=ask.also, **chosen)]
        case Days():
            names = _ends(ask)
            return [
                click.option(option, name, type=Day(ahead=False), help=also)
                for option, name, also in zip(ask.options, names, ask.also, strict=True)
            ]
        case YesOrNo():
            return [click.option(ask.option, ask.field, is_flag=True, help=ask.also)]
        case Chosen() | OneProject():
            return [click.option(ask.option, ask.field, help=ask.also)]


def _ends(ask: "Days") -> tuple[str, str]:
    return f"{ask.field}_first", f"{ask.field}_last"


def _request(kind: "ReportKind[Any]", given: dict[str, Any], words: Words) -> "Request":
    from pmdesk.answers.client_summary import Period
    from pmdesk.report.asks import Chosen, Days, Request

    values: dict[str, Any] = {"language": words.language}
    chosen: dict[str, Callable[[Request], tuple[str, ...] | None]] = {}
    for ask in kind.asks:
        if isinstance(ask, Days):
            first, last = (given[name] for name in _ends(ask))
            if first and last and last < first:
                raise Fail(words("The last day lies before the first."), WRONG_USE)
            values[ask.field] = Period(first, last)
        elif isinstance(ask, Chosen):
            named = _charts if ask.field == "charts" else _parts
            chosen[ask.field] = partial(named, kind, _names(given[ask.field]), words)
        elif given.get(ask.field) is not None:
            values[ask.field] = given[ask.field]
    request = Request(**values)
    for field, check in chosen.items():
        values[field] = check(request)
    return Request(**values)


def _names(text: str | None) -> tuple[str, ...] | None:
    """The names in a text; None where there is none."""
    if text is None:
        return None
    return tuple(name.strip() for name in text.replace("，", ",").split(",") if name.strip())


def _parts(
    kind: "ReportKind[Any]", names: tuple[str, ...] | None, words: Words, _request: "Request"
) -> tuple[str, ...] | None:
    """The parts that are named; refused where the kind has none of that name."""
    known = [part.name for part in kind.parts if part.name]
    for name in names or ():
        if name not in known:
            sentence = words(
                "There is no part “{name}”; there are {parts}.", name=name, parts=", ".join(known)
            )
            raise Fail(sentence, WRONG_USE)
    return names


def _charts(
    _kind: "ReportKind[Any]", names: tuple[str, ...] | None, words: Words, request: "Request"
) -> tuple[str, ...] | None:
    """The insights that are named; refused where there is none, or it is not for the reader."""
    from pmdesk.charts.insights.kinds import BY_NAME
    from pmdesk.report.insight_charts import offered

    may = [one.name for one in offered(request)]
    for name in names or ():
        if name in may:
            continue
        text = (
            mark("The insight “{name}” does not stand in this edition; these may: {known}.")
            if name in BY_NAME
            else mark("There is no insight “{name}”; there are {known}.")
        )
        raise Fail(words(text, name=name, known=", ".join(may)), WRONG_USE)
    return names


def _command(kind: "ReportKind[Any]") -> click.Command:
    def write(journal_path: Path, out: Path, at: datetime | None, **given: Any) -> None:
        from pmdesk.actions.reports import NoSuchForm, write_report
        from pmdesk.report.declare import STAYS_WITH_US, StaysWithUs

        words = spoken(click.get_current_context())
        name, number = given.pop("name", None), given.pop("number", 0)
        project = given.pop("project", None)
        request = replace(_request(kind, given, words), about=number)
        with opened(journal_path, writable=False) as journal:
            client = _client(journal, kind, name, number, words)
            if project is not None:
                request = replace(request, project=_project(journal, client, project, words))
            try:
                write_report(journal, kind, client, out, request, at=at or now())
            except NoSuchForm as error:
                sentence = words("This report is not written as {suffix}.", suffix=out.suffix)
                raise Fail(sentence, WRONG_USE) from error
            except StaysWithUs as error:
                raise Fail(words(STAYS_WITH_US), WRONG_USE) from error
            except OSError as error:
                sentence = words("{path} could not be written.", path=shown(out))
                raise Fail(sentence, WRONG_USE) from error
        click.echo(str(out))

    options = [
        JOURNAL,
        *_whose(kind),
        AT,
        click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False)),
        *(option for ask in kind.asks for option in _options(ask)),
    ]
    for option in reversed(options):
        write = option(write)
    return click.command(kind.name, cls=Spoken, help=kind.explained)(write)


def _whose(kind: "ReportKind[Any]") -> list[Callable[[Any], Any]]:
    """The option that says of whom or of what a report is."""
    if kind.of == "journal":
        return []
    if kind.of == "client_or_journal":
        return [click.option("--client", "name", help="The client's name; all without it.")]
    if kind.of == "client":
        return [click.option("--client", "name", required=True, help="The client's name.")]
    return [click.option("--id", "number", required=True, type=int, help="The record's id.")]


def _client(
    journal: Journal, kind: "ReportKind[Any]", name: str | None, number: int, words: Words
) -> Any:
    """Whose report it is: None of the whole journal."""
    if kind.of == "journal":
        return None
    if name is None and kind.of == "client_or_journal":
        return None
    if name is not None:
        return client_called(journal, name)
    from pmdesk.records.client import Client
    from pmdesk.records.kinds import KINDS

    record = journal.get(KINDS[kind.of].cls, number)
    if record is None:
        raise Fail(words("There is no record {id} of that kind.", id=number), WRONG_USE)
    return journal.get(Client, record.client_id)


def _project(journal: Journal, client: Any, name: str, words: Words) -> int:
    """The id of a client's project; refused where there is none of that name."""
    from pmdesk.records.project import Project

    if client is None:
        raise Fail(words("Say whose project it is: --client."), WRONG_USE)
    found = journal.find(Project, "client_id = ?", [client.id], order="id")
    for project in found:
        if project.name.strip().casefold() == name.strip().casefold():
            return int(project.id or 0)
    if not found:
        raise Fail(words("{client} has no project.", client=client.name), WRONG_USE)
    known = words.listed(project.name for project in found)
    raise Fail(
        words("There is no project “{name}”; there are {known}.", name=name, known=known), WRONG_USE
    )
