"""The command that writes records out, in the forms that are declared."""

from pathlib import Path
from typing import Any

import click

from pmdesk.actions.outgoing.forms import BY_NAME, FORMS, form_of, send_out
from pmdesk.actions.outgoing.values import WISHES, Wish
from pmdesk.cli_base import JOURNAL, WRONG_USE, Fail, client_called, main, now, opened, spoken
from pmdesk.cli_progress import progress_line
from pmdesk.cli_speech import Spoken, told_now
from pmdesk.exchange.placing import NotWritten
from pmdesk.journal.errors import shown
from pmdesk.words import mark


def _flags(command: Any) -> Any:
    """The command with a flag for each wish that a form knows."""
    for name, text in reversed(WISHES.items()):
        forms = ", ".join(form.name for form in FORMS if name in form.also)
        command = click.option(f"--{name}", is_flag=True, help=f"{text} ({forms}).")(command)
    return command


_FOLDER = mark("(folder)")


class _Export(Spoken):
    """The command; under its help stands what each form is for."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A line for each form."""
        del ctx
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_dl(
                [
                    (f"{form.name:<9} {form.suffix or told_now(_FOLDER)}", told_now(form.purpose))
                    for form in FORMS
                ]
            )


@main.command(cls=_Export)
@JOURNAL
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--client", "name", help="Only this client's records.")
@click.option(
    "--as", "form_name", type=click.Choice(list(BY_NAME)), help="The form, whatever TARGET ends in."
)
@click.option("--archive", is_flag=True, help="The same as --as archive.")
@_flags
def export(
    journal_path: Path,
    target: Path,
    name: str | None,
    form_name: str | None,
    archive: bool,
    **wished: bool,
) -> None:
    """Write records to TARGET, in the form that its ending tells or that --as names.

    Without either it is a folder with a CSV table for each kind.
    """
    words = spoken(click.get_current_context())
    if archive and form_name not in {None, "archive"}:
        raise Fail(words("Choose one form: --archive or --as."), WRONG_USE)
    chosen = "archive" if archive else form_name
    form = BY_NAME[chosen] if chosen else form_of(target)
    also = frozenset(wish for wish, on in wished.items() if on)
    if strange := also - set(form.also):
        flag = f"--{min(strange)}"
        sentence = words("Not for the form {form}: {flag}", flag=flag, form=form.name)
        raise Fail(sentence, WRONG_USE)
    with opened(journal_path, writable=False) as journal:
        client = client_called(journal, name) if name else None
        try:
            with progress_line(words("Writing {path}…", path=shown(target))) as progress:
                wish = Wish(words, now(), client, also, progress=progress)
                sent = send_out(journal, form, target, wish)
        except NotWritten as error:
            raise Fail(words(error.sentence, path=shown(error.path)), WRONG_USE) from error
    for path in sent.paths or (target,):
        click.echo(str(path))
    if sent.left_out:
        click.echo(words("Left out as internal: {n}", n=sent.left_out), err=True)
