"""Today: everything owed now, over all clients, the most pressing first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from math import inf
from typing import Any, NamedTuple

from pmdesk.answers.calendars import Calendars, rules, shared_clock, zone_of
from pmdesk.answers.clients import client_names
from pmdesk.answers.owed.row import Owed
from pmdesk.answers.owed.rules import BY_NAME, Rule
from pmdesk.answers.owed.sentences import Looked, reason
from pmdesk.answers.owed.standing import Standing
from pmdesk.answers.text.said import say
from pmdesk.insight.urgency import urgency
from pmdesk.journal.journal import Journal
from pmdesk.words import Words


class Row(NamedTuple):
    """One thing owed now: of which client, how pressing, whether it is late."""

    owed: Owed
    rule: Rule
    client: str
    urgency: float
    late: bool


class Aside(NamedTuple):
    """Until when and why something was set aside; `id` is the record that says so."""

    id: int
    until: date
    why: str


class Today(NamedTuple):
    """All that is owed at a moment, the most pressing first, and what of it is set aside."""

    at: datetime
    rows: list[Row]
    aside: list[tuple[Row, Aside]]

    @property
    def late(self) -> int:
        """How many rows are late."""
        return sum(row.late for row in self.rows)


class Around(NamedTuple):
    """What Today needs beside the standings: the clients by name, and what is set aside."""

    names: Mapping[int, str]
    aside: Mapping[str, Aside]


def around(journal: Journal, *, at: datetime) -> Around:
    """The clients by name, and what is set aside `at`."""
    return Around(client_names(journal), _set_aside(journal, at))


def today(journal: Journal, known: Iterable[Standing], *, at: datetime) -> Today:
    """What is owed at `at`, of what is known of the clients."""
    return seen(known, around(journal, at=at), at=at)


def seen(known: Iterable[Standing], beside: Around, *, at: datetime) -> Today:
    """The same without a journal, for another thread."""
    now = at.timestamp()
    return _picked(known, beside, lambda one: is_shown(one, now), at)


def is_shown(one: Owed, now: float) -> bool:
    """Whether something is owed at a moment, in Unix seconds."""
    return one.shown_from is None or one.shown_from <= now


def picked(
    journal: Journal, known: Iterable[Standing], wanted: Callable[[Owed], bool], *, at: datetime
) -> Today:
    """What is `wanted` of all that is or will be owed, as it stands at `at`."""
    return _picked(known, around(journal, at=at), wanted, at)


def _picked(
    known: Iterable[Standing], beside: Around, wanted: Callable[[Owed], bool], at: datetime
) -> Today:
    names, aside = beside
    rows: list[Row] = []
    hidden: list[tuple[Row, Aside]] = []
    now = at.timestamp()
    for standing in known:
        name = names.get(standing.client_id)
        if name is None:
            continue
        shown = [one for one in standing.rows if wanted(one)]
        silent = any(one.rule == "silence" for one in shown)
        for one in shown:
            if one.rule == "person_silent" and silent:
                continue  # the client as a whole says it
            row = row_of(one, BY_NAME[one.rule], name, now)
            if aside and one.about in aside:
                hidden.append((row, aside[one.about]))
            else:
                rows.append(row)
    rows.sort(key=order)
    return Today(at, rows, sorted(hidden, key=lambda pair: (pair[1].until, order(pair[0]))))


def row_of(one: Owed, rule: Rule, client: str, now: float) -> Row:
    """Something owed by a rule to a client, as it stands at a moment in Unix seconds."""
    late_from = one.late_from
    late = None if late_from is None else now - late_from
    pressing = urgency(rule.harm * one.weight, late, span=rule.span_seconds)
    return Row(one, rule, client, pressing, late is not None and late >= 0)


def order(row: Row) -> tuple[float, float, str, int]:
    """What rows are sorted by: the most pressing first."""
    one = row.owed
    late = inf if one.late_from is None else one.late_from
    return (-round(row.urgency, 3), late, row.client, one.key.id)


_ASIDE = (
    "SELECT about, id, until, why FROM set_aside WHERE until > ? AND about <> '' ORDER BY until, id"
)


def _set_aside(journal: Journal, at: datetime) -> dict[str, Aside]:
    """What a person has set aside until a later day; the days are those of the journal's calendar."""
    day = at.astimezone(zone_of(journal, None)).date()
    return {
        about: Aside(id_, date.fromisoformat(until), why)
        for about, id_, until, why in journal.rows(_ASIDE, [day.isoformat()])
    }


class Lookers:
    """Each client's zone and working time; those of all are read with the first row looked at."""

    def __init__(self, journal: Journal, at: datetime) -> None:
        """For rows that are looked at `at`."""
        self._journal, self.at = journal, at
        self._calendars: Calendars | None = None
        self._known: dict[int, Looked] = {}

    def of(self, client_id: int) -> Looked:
        """How the rows of a client are looked at."""
        if client_id not in self._known:
            if self._calendars is None:
                self._calendars = Calendars(self._journal)
            zone = self._calendars.zone_of(client_id)
            calendar = rules(self._calendars.of(client_id))
            day = self.at.astimezone(zone).date()
            clock = partial(shared_clock, calendar, day, day)
            self._known[client_id] = Looked(self.at, zone, calendar, clock)
        return self._known[client_id]

    def reason(self, one: Owed, words: Words) -> str:
        """Why a row stands there, in a line."""
        parts = (say(words, part) for part in reason(one, self.of(one.client_id)))
        return " · ".join(part for part in parts if part)


def by_client(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The rows client by client, the client with the most pressing row first."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.client, []).append(row)
    return list(groups.items())


def acts_now(row: Row) -> tuple[str, ...]:
    """The names of what can be done with a row: a meeting that is over is written up, not prepared."""
    if row.rule.name == "meeting" and row.late:
        return tuple(act for act in row.rule.acts if act != "brief")
    return row.rule.acts


def row_values(row: Row, lookers: Lookers, words: Words) -> dict[str, Any]:
    """A row as JSON prints it."""
    one = row.owed
    return {
        "rule": one.rule,
        "badge": words(row.rule.badge),
        "client": row.client,
        "record": f"{one.key.kind}:{one.key.id}",
        "what": one.what or words("(no subject)"),
        "why": lookers.reason(one, words),
        "practice": row.rule.practice.place,
        "late": row.late,
        "late_from": _moment(one.late_from),
        "urgency": round(row.urgency, 2),
        "acts": [*acts_now(row)],
    }


def _moment(seconds: float | None) -> str | None:
    if seconds is None or seconds == inf:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat()
