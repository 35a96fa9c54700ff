"""Whom a typed line speaks of: a client by its name or the start of it, a person at a client."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pmdesk.journal.journal import Journal


class Person(NamedTuple):
    """Somebody at a client."""

    name: str
    client_id: int


@dataclass(frozen=True)
class Known:
    """Clients as ids and names, the people there, and the client whose page is open."""

    clients: Sequence[tuple[int, str]] = ()
    people: Sequence[Person] = field(default=())
    open_client: int | None = None

    def name_of(self, client_id: int | None) -> str:
        """The name of a client; "" where it is none of these."""
        return next((name for id_, name in self.clients if id_ == client_id), "")


class Named(NamedTuple):
    """A client, with who of it was named; from `start` up to `end` of the line."""

    client_id: int
    who: str
    start: int
    end: int


# Words that stand in many names of firms and point to none of them.
_COMMON: Final = frozenset(
    [
        "and",
        "the",
        "of",
        "for",
        "group",
        "bank",
        "company",
        "corp",
        "inc",
        "ltd",
        "llc",
        "gmbh",
        "holdings",
        "partners",
        "services",
        "systems",
        "solutions",
        "technology",
        "technologies",
        "international",
        "global",
        "project",
        "team",
        "client",
    ]
)
_TITLES: Final = "总|工|经理|主任|老师|先生|女士|小姐|博士|院长|处长|科长|部长|主管"
_SURNAME: Final = re.compile(rf"(?P<surname>[\u4e00-\u9fff])(?:{_TITLES})")
_WORD: Final = re.compile(r"[^\W_\u4e00-\u9fff]+(?:[-'’][^\W_\u4e00-\u9fff]+)*")
_SHORTEST: Final = 2


def known(journal: Journal, open_client: int | None = None) -> Known:
    """Whom the journal knows."""
    clients = [(int(r[0]), str(r[1])) for r in journal.rows("SELECT id, name FROM client", [])]
    people = [
        Person(str(row[0]), int(row[1]))
        for row in journal.rows("SELECT name, client_id FROM contact WHERE client_id", [])
        if str(row[0]).strip()
    ]
    return Known(clients, people, open_client)


def client_in(line: str, known: Known) -> Named | None:
    """The client that the line names: whole name, a person there, then a part of a name.

    A part counts only where it belongs to one client alone. The open client is taken by the
    caller where nobody is named.
    """
    return (
        _whole(line, known.clients)
        or _person(line, known)
        or _part(line, known.clients)
        or _surname(line, known)
    )


def _place(line: str, name: str) -> tuple[int, int] | None:
    """Where `name` stands: Latin as whole words, Chinese anywhere."""
    edge = r"(?<!\w)" if name[:1].isascii() else ""
    close = r"(?!\w)" if name[-1:].isascii() and name[-1:].isalnum() else ""
    # Chinese runs on without spaces: only a letter of the same script would continue the name
    edge, close = (part.replace(r"\w", r"[A-Za-z0-9]") for part in (edge, close))
    hit = re.search(edge + re.escape(name) + close, line, re.IGNORECASE)
    return hit.span() if hit else None


def _whole(line: str, clients: Sequence[tuple[int, str]]) -> Named | None:
    for id_, name in sorted(clients, key=lambda pair: -len(pair[1])):
        if name and (place := _place(line, name)):
            return Named(id_, "", *place)
    return None


def _person(line: str, known: Known) -> Named | None:
    hits = [
        Named(person.client_id, person.name, *place)
        for person in known.people
        if len(person.name) >= _SHORTEST and (place := _place(line, person.name))
    ]
    return _only(sorted(hits, key=lambda hit: hit.start - hit.end))


def _only(hits: list[Named]) -> Named | None:
    """The first of them, where no equally long one speaks of another client."""
    if not hits:
        return None
    first = hits[0]
    length = first.end - first.start
    rivals = {hit.client_id for hit in hits if hit.end - hit.start == length}
    return first if len(rivals) == 1 else None


def _part(line: str, clients: Sequence[tuple[int, str]]) -> Named | None:
    """By a telling word of the name, or by two or more Chinese characters it begins with."""
    hits: list[Named] = []
    for id_, name in clients:
        place = _chinese_start(line, name) or _telling_word(line, name)
        if place:
            hits.append(Named(id_, "", *place))
    return _only(sorted(hits, key=lambda hit: hit.start - hit.end)) or _opening(line, clients)


def _chinese_start(line: str, name: str) -> tuple[int, int] | None:
    for length in range(len(name), _SHORTEST - 1, -1):
        start = line.find(name[:length])
        if start >= 0 and not name[:length].isascii():
            return start, start + length
    return None


def _telling_word(line: str, name: str) -> tuple[int, int] | None:
    """The words of the name that stand together in the line, from its first telling one on."""
    parts = [hit for hit in _WORD.finditer(name) if hit[0].isascii()]
    for at, part in enumerate(parts):
        word = part[0].casefold()
        if len(word) <= _SHORTEST or word in _COMMON:
            continue
        for last in range(len(parts), at, -1):
            if place := _place(line, name[part.start() : parts[last - 1].end()]):
                return place
    return None


def _opening(line: str, clients: Sequence[tuple[int, str]]) -> Named | None:
    """By how the line begins: "bay call" means Baywater where no other name begins so."""
    first = re.match(r"\s*([^\s:：,，#＃]+)", line)
    if not first:
        return None
    word = first[1].casefold()
    if word.isascii() and len(word) < _SHORTEST:
        return None
    hits = [
        Named(id_, "", *first.span(1))
        for id_, name in clients
        if any(part.startswith(word) for part in (name.casefold(), *name.casefold().split()))
    ]
    return _only(hits)


def _surname(line: str, known: Known) -> Named | None:
    """「李总」 means the one person of that surname."""
    for hit in _SURNAME.finditer(line):
        same = [p for p in known.people if p.name.startswith(hit["surname"])]
        if known.open_client is not None:
            same = [p for p in same if p.client_id == known.open_client] or same
        if len({p.client_id for p in same}) == 1:
            who = same[0].name if len(same) == 1 else hit[0]
            return Named(same[0].client_id, who, *hit.span())
    return None
