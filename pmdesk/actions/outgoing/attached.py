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
        try:
            data = content(self._journal, one)
        except Refused:
            return f"{line(name)}{words.bracketed(words(_DAMAGED))}"
        place = self._free(file_name(name))
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / place).write_bytes(data)
        return f"{link(name, f'{self._name}/{place}')}{size}"

    def _free(self, name: str) -> str:
        stem, ending, number, free = Path(name).stem, Path(name).suffix, 2, name
        while free.casefold() in self._taken:
            free, number = f"{stem} {number}{ending}", number + 1
        self._taken.add(free.casefold())
        return free
