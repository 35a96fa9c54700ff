"""The files of a journal as a text names them, and on wish written beside it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pmdesk.actions.originals import content, file_name
from pmdesk.actions.refusals import Refused
from pmdesk.exchange.markdown import line, link
from pmdesk.journal.journal import Journal
from pmdesk.records.attachment import ORIGINAL_OF, Attachment
from pmdesk.records.client import Client
from pmdesk.words import Words, mark

_ORIGINAL: Final = ".eml"
_DAMAGED: Final = mark("damaged in the journal")


class Attached:
    """Files by the record they belong to; written into `folder`, called `name` in links, if there is one."""

    def __init__(self, journal: Journal, folder: Path | None, name: str) -> None:
        self._journal, self._folder, self._name = journal, folder, name
        self._taken: set[str] = set()
        self._places: dict[int | None, str] = {}
        self._by_owner: dict[str, list[Attachment]] = {}
        self._loose: list[Attachment] = []
        for one in journal.find(Attachment):
            if one.belongs_to is None:
                self._loose.append(one)
            else:
                kind, number = one.belongs_to
                self._by_owner.setdefault(f"{kind}:{number}", []).append(one)

    def of(self, kind: str, number: int | None, words: Words) -> list[str]:
        """The files of a record, as Markdown."""
        return self._told(self._by_owner.get(f"{kind}:{number}", ()), words)

    def loose(self, client: Client | None, words: Words) -> list[str]:
        """The files of a client, or of none, that belong to no record."""
        number = client.id if client else None
        return self._told((one for one in self._loose if one.client_id == number), words)

    def _told(self, files: Iterable[Attachment], words: Words) -> list[str]:
        return [self._tell(one, words) for one in files]

    def _tell(self, one: Attachment, words: Words) -> str:
        original = one.owner.startswith(f"{ORIGINAL_OF}:")
        name = one.name or (f"{one.owner.rpartition(':')[2]}{_ORIGINAL}" if original else one.hash)
        size = words.bracketed(words.size(one.size))
        if self._folder is None:
            return f"{line(name)}{size}"
        place = self._written(one, name, self._folder)
        if not place:
            return f"{line(name)}{words.bracketed(words(_DAMAGED))}"
        return f"{link(name, place)}{size}"

    def picture(self, entry_id: int | None, name: str) -> str:
        """A picture of an entry, as Markdown; "" where it is none, or nothing is written beside."""
        files = self._by_owner.get(f"entry:{entry_id}", ())
        one = next((one for one in files if one.name == name), None)
        place = self._written(one, name, self._folder) if one and self._folder else ""
        return f"!{link(Path(name).stem, place)}" if place else ""

    def _written(self, one: Attachment, name: str, folder: Path) -> str:
        """The path of a file beside the text, once it is written there; "" of a damaged one."""
        if one.id not in self._places:
            try:
                data = content(self._journal, one)
            except Refused:
                return ""
            place = self._free(file_name(name))
            folder.mkdir(parents=True, exist_ok=True)
            (folder / place).write_bytes(data)
            self._places[one.id] = f"{self._name}/{place}"
        return self._places[one.id]

    def _free(self, name: str) -> str:
        stem, ending, number, free = Path(name).stem, Path(name).suffix, 2, name
        while free.casefold() in self._taken:
            free, number = f"{stem} {number}{ending}", number + 1
        self._taken.add(free.casefold())
        return free
