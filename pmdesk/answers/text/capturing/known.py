"""Whom the journal knows, laid out so that the names in a line are found at once."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from pmdesk.answers.text.capturing import handles
from pmdesk.journal.journal import Journal
from pmdesk.typed.apart import apart
from pmdesk.typed.readings import is_pinyin
from pmdesk.typed.spelled import first_letters


class KnownClient(NamedTuple):
    """A client and what else it is called."""

    id: int
    name: str
    also_called: tuple[str, ...] = ()


class Person(NamedTuple):
    """Somebody at a client; the id of the contact, None where only the name is known."""

    name: str
    client_id: int
    id: int | None = None
    role: str = ""


class Mention(NamedTuple):
    """A name in a line, from `start` up to `end`: the clients or people it may mean."""

    start: int
    end: int
    clients: tuple[int, ...] = ()
    people: tuple[Person, ...] = ()
    sure: int = handles.WHOLE


@dataclass(frozen=True)
class Known:
    """Clients, the people there, and the client whose page is open."""

    clients: Sequence[KnownClient] = ()
    people: Sequence[Person] = field(default=())
    open_client: int | None = None

    @cached_property
    def names(self) -> dict[int, str]:
        """The clients' names by id."""
        return {client.id: client.name for client in self.clients}

    def name_of(self, client_id: int | None) -> str:
        """The name of a client; "" where it is none of these."""
        return "" if client_id is None else self.names.get(client_id, "")

    @cached_property
    def words_of_names(self) -> list[tuple[str, Person]]:
        """Each person with the words of the name, plain, a space before each."""
        return [(f" {handles.plain_name(p.name.replace(',', ' '))}", p) for p in self.people]

    @cached_property
    def by_surname(self) -> dict[str, list[Person]]:
        """People with a Chinese name by its first character."""
        found: dict[str, list[Person]] = {}
        for person in self.people:
            if person.name and "\u4e00" <= person.name[0] <= "\u9fff":
                found.setdefault(handles.plain_line(person.name[0]), []).append(person)
        return found

    @cached_property
    def _by_letter(self) -> dict[str, list[tuple[str, KnownClient | Person]]]:
        """Chinese names by the letters that their pinyin begins with."""
        found: dict[str, list[tuple[str, KnownClient | Person]]] = {}
        called: list[tuple[str, KnownClient | Person]] = [
            (name, client) for client in self.clients for name in (client.name, *client.also_called)
        ]
        called += [(person.name, person) for person in self.people]
        for name, one in called:
            for chinese in handles.chinese_names(name):
                for letter in first_letters(chinese):
                    found.setdefault(letter, []).append((chinese, one))
        return found

    @cached_property
    def _of_clients(self) -> dict[str, dict[int, int]]:
        found: dict[str, dict[int, int]] = {}
        for client in self.clients:
            for handle, sure in handles.of_client(client.name, client.also_called):
                owners = found.setdefault(handle, {})
                owners[client.id] = max(sure, owners.get(client.id, 0))
        return found

    @cached_property
    def _of_people(self) -> dict[str, dict[int, int]]:
        found: dict[str, dict[int, int]] = {}
        for number, person in enumerate(self.people):
            for handle, sure in handles.of_person(person.name):
                owners = found.setdefault(handle, {})
                owners[number] = max(sure, owners.get(number, 0))
        return found

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """How long the handles are that begin with a character, the longest first."""
        found: dict[str, set[int]] = {}
        for handle in (*self._of_clients, *self._of_people):
            found.setdefault(handle[0], set()).add(len(handle))
        return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}

    def mentions(self, line: str) -> list[Mention]:
        """The names in `line` (plain), in its order; of two that overlap the longer one."""
        return apart((*self._all(line), *self._spelled(line)))

    def _all(self, line: str) -> Iterator[Mention]:
        for start, character in enumerate(line):
            for length in self._lengths.get(character, ()):
                end = start + length
                if end > len(line):
                    continue
                handle = line[start:end]
                owners = self._of_clients.get(handle)
                if owners and _stands_alone(line, start, end):
                    best = max(owners.values())
                    ids = tuple(id_ for id_, sure in owners.items() if sure == best)
                    yield Mention(start, end, clients=ids, sure=best)
                numbers = self._of_people.get(handle)
                if numbers and _stands_alone(line, start, end):
                    best = max(numbers.values())
                    people = tuple(self.people[n] for n, sure in numbers.items() if sure == best)
                    yield Mention(start, end, people=people, sure=best)

    def _spelled(self, line: str) -> Iterator[Mention]:
        for hit in _LETTERS.finditer(line):
            sure: dict[KnownClient | Person, int] = {}
            word, syllables = hit[0], is_pinyin(hit[0])
            for chinese, one in self._by_letter.get(word[0], ()):
                # most words of a line are neither, and names are many
                if (syllables or len(chinese) == len(word)) and (
                    how := handles.spelled(chinese, word)
                ):
                    sure[one] = max(sure.get(one, 0), how)
            if not (best := max(sure.values(), default=0)):
                continue
            meant = [one for one, how in sure.items() if how == best]
            if clients := tuple(one.id for one in meant if isinstance(one, KnownClient)):
                yield Mention(*hit.span(), clients=clients, sure=best)
            if people := tuple(one for one in meant if isinstance(one, Person)):
                yield Mention(*hit.span(), people=people, sure=best)

    def hinted(self, word: str) -> tuple[int, ...]:
        """The clients that the first word of a line may stand for: its beginning, its character."""
        if len(word) == 1:
            return tuple(c.id for c in self.clients if handles.first_character(c.name) == word)
        if len(word) <= 2 or not word.isascii():
            return ()
        return tuple(
            client.id
            for client in self.clients
            if any(
                telling.startswith(word)
                for name in (client.name, *client.also_called)
                for telling in handles.telling_words(name)
            )
        )


_LETTERS: Final = re.compile(r"(?<![^\W\u2e80-\U0010ffff])[a-z]{3,}(?![^\W\u2e80-\U0010ffff])")


def _stands_alone(line: str, start: int, end: int) -> bool:
    """Whether no letter of the same word goes on before or after; Chinese needs no space."""
    return not (
        (line[start].isalnum() and _is_latin(line, start - 1) and line[start] < "\u2e80")
        or (line[end - 1].isalnum() and _is_latin(line, end) and line[end - 1] < "\u2e80")
    )


def _is_latin(line: str, place: int) -> bool:
    return 0 <= place < len(line) and line[place].isalnum() and line[place] < "\u2e80"


def known(journal: Journal, open_client: int | None = None) -> Known:
    """Whom the journal knows."""
    clients = [
        KnownClient(int(row[0]), str(row[1]), tuple(json.loads(row[2] or "[]")))
        for row in journal.rows("SELECT id, name, also_called FROM client")
    ]
    people = [
        Person(" ".join(str(row[1]).split()), int(row[2]), int(row[0]), str(row[3] or ""))
        for row in journal.rows(
            "SELECT id, name, client_id, role FROM contact WHERE client_id IS NOT NULL"
        )
        if str(row[1]).strip()
    ]
    return Known(clients, people, open_client)
