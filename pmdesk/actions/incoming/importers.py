"""Every importer, declared once: what it is called, which files are its own, where it reads them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from pmdesk.actions.incoming.values import Read, Reading
from pmdesk.journal.handles import HANDLES
from pmdesk.words import mark

_HEAD: Final = 4_096


@dataclass(frozen=True)
class Importer:
    """An importer.

    `name` is what the command line calls it and `title` what the window does; `module` lies below
    actions/incoming and has `read(reading)`, which yields drafts, questions and what is not taken,
    and `recognises(path, head)`, whether a file is its own. `pasted` says that it reads text, too,
    `text_is_own` in its module whether a text looks like its own.
    """

    name: str
    title: str
    patterns: tuple[str, ...]
    module: str
    pasted: bool = False

    @property
    def code(self) -> Any:
        """Its module: libraries come with it."""
        return import_module(f"pmdesk.actions.incoming.{self.module}")

    def read(self, reading: Reading) -> Iterator[Read]:
        """What was given, piece by piece; one bad piece never stops the rest."""
        found: Callable[[Reading], Iterator[Read]] = self.code.read
        return found(reading)

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether a file that begins so is its own."""
        return bool(self.code.recognises(path, head))


IMPORTERS: Final = (
    # before chats: a head that names a calendar or cards is nothing else
    Importer("calendar", mark("Calendar"), ("*.ics", "*.ical"), "calendar", pasted=True),
    Importer("cards", mark("Address book"), ("*.vcf", "*.vcard", "*.csv"), "cards", pasted=True),
    # before journals: "[2026-11-26 10:32] " begins an entry of jrnl's, and a message of some phones
    Importer("chat", mark("Chat"), ("*.txt", "*.csv"), "chats", pasted=True),
    # behind those that know their own tables
    Importer(
        "registers", mark("Registers and trackers"), ("*.csv", "*.tsv", "*.xlsx"), "registers"
    ),
    Importer(
        "journal", mark("Journal of another program"), ("*.txt", "*.json", "*.zip"), "journals"
    ),
    Importer("monica", mark("Monica"), ("*.json",), "monica"),
)
BY_NAME: Final = {importer.name: importer for importer in IMPORTERS}


def importer_of(path: Path) -> Importer | None:
    """The importer whose own a file or folder is; None for mail and for what nobody knows."""
    try:
        head = HANDLES.head(path, _HEAD)
    except OSError:
        head = b""
    return next((one for one in IMPORTERS if one.recognises(path, head)), None)
