"""What a query asks for, word by word: texts, names, days; and the FTS5 expression of it."""

from datetime import date, datetime
from typing import NamedTuple

from pmdesk.journal import index
from pmdesk.journal.bigrams import Completions, either, phrase
from pmdesk.journal.journal import Journal
from pmdesk.journal.marks import Sought, sought
from pmdesk.journal.naming import Meant, Names
from pmdesk.typed.days_written import WrittenDay, written_days
from pmdesk.typed.fold import normal


class Term(NamedTuple):
    """A word of the query: how a text holds it, whose records it means, which days it names."""

    text: str
    clients: tuple[int, ...]
    days: tuple[date, ...]
    sought: Sought


class Asked(NamedTuple):
    """A query: its words, each of which must be found."""

    terms: tuple[Term, ...]

    @property
    def sought(self) -> Sought:
        """All that is marked."""
        return tuple(pattern for term in self.terms for pattern in term.sought)

    @property
    def clients(self) -> frozenset[int]:
        """The clients that a word names."""
        return frozenset(client for term in self.terms for client in term.clients)

    @property
    def days(self) -> tuple[date, ...]:
        """The days that the query names, of the first word that names any."""
        return next((term.days for term in self.terms if term.days), ())

    def expression(self) -> str:
        """The FTS5 query for records that hold each word, or are of the client that it names.

        Of a client that every word names nothing is found but what holds one of them.
        """
        whole = [_with_clients(term) for term in self.terms]
        if not all(term.clients for term in self.terms):
            return " AND ".join(whole)
        ways = [
            " AND ".join([term.text, *whole[:n], *whole[n + 1 :]])
            for n, term in enumerate(self.terms)
        ]
        return either([f"({way})" for way in ways] if len(ways) > 1 else ways)

    def beside_the_day(self) -> str:
        """The FTS5 query for the words beside the first that names a day; "" where there are none."""
        day = next(term for term in self.terms if term.days)
        return " AND ".join(_with_clients(term) for term in self.terms if term is not day)


def _with_clients(term: Term) -> str:
    return either([term.text, *map(index.client_word, term.clients)])


def asked(
    journal: Journal, query: str, *, names: Names | None = None, at: datetime | None = None
) -> Asked:
    """What a query asks for; names are understood with `names`, days where `at` is given."""

    def completions(prefix: str) -> list[str] | None:
        return index.completions(journal.conn, prefix)

    terms: list[Term] = []
    place = 0
    for day in written_days(query, today=at.date()) if at else ():
        terms += _words(journal, query[place : day.start], names, completions)
        terms.append(_day(query[day.start : day.end], day))
        place = day.end
    terms += _words(journal, query[place:], names, completions)
    return Asked(tuple(terms))


def _words(
    journal: Journal, text: str, names: Names | None, completions: Completions
) -> list[Term]:
    chunks = [(chunk, phrase(chunk, completions)) for chunk in normal(text).split()]
    return [
        _named(chunk, found, names.meant(journal, chunk) if names else Meant())
        for chunk, found in chunks
        if found
    ]


def _named(chunk: str, found: str, meant: Meant) -> Term:
    texts, patterns = [found], sought(chunk)
    for joined in map(_as_chunk, meant.texts):
        if other := phrase(joined):
            texts.append(other)
            patterns += sought(joined)
    return Term(either(texts), meant.clients, (), patterns)


def _day(typed: str, day: WrittenDay) -> Term:
    forms = [_as_chunk(form).rstrip("日号號") for form in (typed, *day.forms())]
    # a number is whole: all that begins like it would take a hundred times as long
    texts = dict.fromkeys(phrase(form, lambda number: [number]) for form in forms)
    patterns = dict.fromkeys(pattern for form in forms for pattern in sought(form))
    return Term(either(texts), (), day.days, tuple(patterns))


def _as_chunk(text: str) -> str:
    """Words that must stand together as one chunk of a query."""
    return "-".join(normal(text).split())
