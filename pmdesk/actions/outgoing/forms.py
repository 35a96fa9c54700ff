"""Every form in which records go out, declared once: the command line and the window follow it."""

from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from pmdesk.actions.outgoing.values import FILES, INTERNAL, PAST, TAKEN, Sent, Wish, Write
from pmdesk.exchange.placing import NotWritten
from pmdesk.journal.journal import Journal
from pmdesk.words import mark

_THE_JOURNAL: Final = mark(
    "{path} is the journal itself. Choose another name; it was left as it is."
)


@dataclass(frozen=True)
class Form:
    """A form of export.

    `name` is what the command line calls it, `title` what the window does; `purpose` says what it is
    for and `holds` what is in it and what is not. It is one file that ends in `suffix`, or a folder:
    always (`folder`), or with several clients (`folder_of_all`). `also` are the wishes it knows;
    `module` lies beside this one and has `write`.
    """

    name: str
    module: str
    title: str
    purpose: str
    holds: str
    suffix: str = ""
    folder: bool = False
    folder_of_all: bool = False
    also: tuple[str, ...] = ()

    def in_folder(self, *, one_client: bool) -> bool:
        """Whether it is proposed as a folder."""
        return self.folder or (self.folder_of_all and not one_client)


FORMS: Final = (
    Form(
        "archive", "archive", mark("Archive"),
        mark("To carry a journal or a client to another PM Desk: nothing is lost."),
        mark("Holds everything with files and mail, what is internal too, and is not encrypted."),
        ".zip",
    ),
    Form(
        "json", "plain_json", mark("JSON"), mark("For programs: every field of every record."),
        mark("Holds all records, internal ones too; no attached files."), ".json",
    ),
    Form(
        "csv", "tables", mark("Tables (CSV)"), mark("For Excel and other spreadsheets: a table for each kind."),
        mark("Holds all records, internal ones too; no attached files."), folder=True,
    ),
    Form(
        "markdown", "markdown", mark("Text (Markdown)"),
        mark("To read anywhere, without PM Desk: a text for each client."),
        mark("Holds all records, internal ones too: meant for yourself."),
        ".md", folder_of_all=True, also=(FILES,),
    ),
    Form(
        "ics", "calendar", mark("Calendar (.ics)"),
        mark("Due dates and planned contacts for Outlook, a phone or any other calendar."),
        mark("Holds what is open with its title. What is internal stays out, as do notes and people."),
        ".ics", also=(PAST, INTERNAL, TAKEN),
    ),
    Form(
        "vcf", "cards", mark("Contacts (.vcf)"), mark("Contacts for a phone, Outlook or any other address book."),
        mark("Holds names, roles, addresses and phones. Notes and all that is internal stay out."),
        ".vcf",
    ),
)  # fmt: skip
BY_NAME: Final = {form.name: form for form in FORMS}
_BY_SUFFIX: Final = {form.suffix: form for form in FORMS if form.suffix}


def form_of(target: Path) -> Form:
    """The form that a name asks for by its ending; tables in a folder without one that tells."""
    return _BY_SUFFIX.get(target.suffix.lower(), BY_NAME["csv"])


def send_out(journal: Journal, form: Form, target: Path, wish: Wish) -> Sent:
    """Write what is wished to `target`, one state of the journal throughout.

    Raises NotWritten and JournalError; nothing half written is left.
    """
    with suppress(OSError):  # what is not there, or cannot be looked at, is told when it is written
        if target.samefile(journal.path):
            raise NotWritten(target, _THE_JOURNAL)
    module = import_module(f"pmdesk.actions.outgoing.{form.module}")
    write: Write = module.write
    if form.name == "archive":  # it reads one state by itself
        return write(journal, target, wish)
    with journal.snapshot():
        return write(journal, target, wish)
