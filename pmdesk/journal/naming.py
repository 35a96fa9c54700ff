"""Whom a word of a query names: clients and contacts, as written, by pinyin, by surname and title."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from pmdesk.journal.journal import Journal
from pmdesk.journal.log import last_change
from pmdesk.typed.simplified import simplified
from pmdesk.typed.spelled import Fit, compared, first_letters, marked, matches
from pmdesk.typed.titles import TITLED, bears

_MOST_CLIENTS: Final = 40  # a word that names more of them names none
_MOST_CONTACTS: Final = 12  # likewise
_LATEST: Final = 100  # messages of a contact that tell how they are written
_SHORTEST: Final = 2  # letters that name somebody
_PIECE: Final = 3  # characters of a name that may stand for it where only their initials are typed


class Name(NamedTuple):
    """What a client or a contact is called; `contact` is None for a client's names."""

    name: str
    client: int | None
    contact: int | None = None
    role: str = ""


class Meant(NamedTuple):
    """Whom a word names: clients, and what else stands for it in a text."""

    clients: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()


class Names:
    """The names that one journal knows, kept until its log says that one changed."""

    def __init__(self) -> None:
        self._until = -1
        self._names: list[Name] = []
        self._written = ""
        self._by_letter: dict[str, list[Name]] | None = None

    def meant(self, journal: Journal, word: str) -> Meant:
        """Whom `word` names in the journal. Raises JournalError."""
        self._bring_up_to_date(journal)
        if titled := TITLED.fullmatch(simplified(word)):
            people = self._titled(titled["name"], titled["title"])
            texts = [*self._written_as(journal, people[:_MOST_CONTACTS])]
            return Meant((), tuple(dict.fromkeys(texts)))
        fitting = [*self._as_written(word), *self._by_pinyin(word)]
        clients = tuple(dict.fromkeys(n.client for n in fitting if n.contact is None and n.client))
        contacts = [one for one in fitting if one.contact is not None]
        if len(clients) > _MOST_CLIENTS:
            clients = ()
        if len(contacts) > _MOST_CONTACTS or len(word) < _SHORTEST:
            contacts = []
        called = (one for one in fitting if one.contact is None and one.client in clients)
        texts = [*(_piece(one.name, word) for one in called), *self._written_as(journal, contacts)]
        others = [text for text in texts if not _is_begun(text, word)]
        return Meant(clients, tuple(dict.fromkeys(others)))

    def _bring_up_to_date(self, journal: Journal) -> None:
        until = last_change(journal.conn)
        if until == self._until:
            return
        names = "SELECT 1 FROM change WHERE id > ? AND tbl IN ('client', 'contact') LIMIT 1"
        if not 0 <= self._until < until or journal.rows(names, [self._until]):
            self._read(journal)
        self._until = until

    def _read(self, journal: Journal) -> None:
        self._names = [
            Name(name, int(client))
            for client, called, also in journal.rows("SELECT id, name, also_called FROM client")
            for name in (called, *json.loads(also or "[]"))
            if name
        ] + [
            Name(name, client, int(contact), role or "")
            for contact, client, name, role in journal.rows(
                "SELECT id, client_id, name, role FROM contact WHERE name <> ''"
            )
        ]
        self._written = "\n".join(compared(one.name) for one in self._names)
        self._by_letter = None

    def _begun_with(self, letter: str) -> Sequence[Name]:
        """Names that pinyin may begin with the letter: a client's at any character."""
        if self._by_letter is None:  # not before pinyin may be meant
            self._by_letter = defaultdict(list)
            for one in self._names:
                for first in first_letters(one.name, every=one.contact is None):
                    self._by_letter[first].append(one)
        return self._by_letter.get(letter, ())

    def _as_written(self, word: str) -> Iterator[Name]:
        """Those whose name holds the word: Chinese anywhere, letters where a word begins."""
        plain = compared(word)
        if not plain or (plain.isascii() and len(plain) < _SHORTEST) or plain not in self._written:
            return
        for one in self._names:
            if plain in compared(one.name):
                fit = matches(one.name, word)
                if fit is not None and (fit < Fit.INSIDE or not plain.isascii()):
                    yield one

    def _by_pinyin(self, word: str) -> Iterator[Name]:
        plain = compared(word)
        if len(plain) < _SHORTEST or not plain.isalnum() or not _LETTERS.search(plain):
            return
        for one in self._begun_with(plain[0]):
            fit = matches(one.name, word)
            if fit in _SPELLED and (one.contact is None or fit in _FROM_THE_START):
                yield one

    def _titled(self, surname: str, title: str) -> list[Name]:
        """Whoever of that surname bears the title, else whoever has the surname."""
        same = [
            one
            for one in self._names
            if one.contact is not None and compared(one.name).startswith(surname)
        ]
        return [one for one in same if bears(simplified(one.role), title)] or same

    def _written_as(self, journal: Journal, contacts: Iterable[Name]) -> Iterator[str]:
        """The names of contacts, and how their messages write them where it is otherwise."""
        sql = "SELECT DISTINCT who FROM (SELECT who FROM interaction WHERE contact_id = ? LIMIT ?)"
        for one in contacts:
            yield one.name
            for (who,) in journal.rows(sql, [one.contact, _LATEST]):
                if who and compared(one.name) not in compared(who):
                    yield who


_LETTERS: Final = re.compile("[a-z]")
_SPELLED: Final = (Fit.PINYIN, Fit.PINYIN_INSIDE, Fit.INITIALS)
_FROM_THE_START: Final = (Fit.PINYIN, Fit.INITIALS)


def _piece(name: str, word: str) -> str:
    """The characters of a name that were spelled; all of it where these are too few to tell."""
    spans = marked(name, word)
    piece = name[spans[0][0] : spans[-1][1]] if spans else name
    enough = _SHORTEST if matches(name, word) != Fit.INITIALS else _PIECE
    return piece if len(piece) >= enough else name


def _is_begun(text: str, word: str) -> bool:
    """Whether a search for the word finds the text by itself."""
    fit = matches(text, word)
    return fit is not None and (fit < Fit.INSIDE or (fit == Fit.INSIDE and not word.isascii()))
