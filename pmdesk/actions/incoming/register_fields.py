"""What of a register becomes what of a record: registers, their fields, and columns proposed for them."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from pmdesk.actions.incoming.register_names import NAMES, REGISTER_WORDS, TELLING, plain_name
from pmdesk.exchange.tables.values import Table
from pmdesk.records.declare import Field, kind_of
from pmdesk.records.expectations import Expectation
from pmdesk.records.transparency import ChangeRequest, Issue
from pmdesk.records.trust import Promise
from pmdesk.typed.fold import folded
from pmdesk.words import LANGUAGES, mark, words_for


class Register(NamedTuple):
    """A register as somebody chooses it, and the kind of record that its rows become."""

    name: str
    title: str
    cls: type[Any]


REGISTERS: Final = (
    Register("problem", mark("Problems"), Issue),
    Register("risk", mark("Risks"), Issue),
    Register("change", mark("Change requests"), ChangeRequest),
    Register("promise", mark("Promises"), Promise),
    Register("expectation", mark("Expectations"), Expectation),
)
BY_NAME: Final = {one.name: one for one in REGISTERS}
# The rows of one table may be of several registers: a column says which.
BY_TYPE: Final = "type"
LEAVE: Final = "none"

# Fields of records by what a column holds, where it is not called as the field is.
_HELD: Final[Mapping[type[Any], Mapping[str, str]]] = {
    Issue: {
        "statement": "title", "raid": "type", "found_at": "since", "told_at": "told",
        "fix_date": "due", "fix": "action", "closed_on": "closed", "cost_minor": "cost",
        "project_id": "project",
    },
    ChangeRequest: {
        "asked_on": "since", "asked_by": "from", "decision": "status", "decided_on": "decided",
        "told_on": "told", "project_id": "project",
    },
    Promise: {
        "what": "title", "by": "side", "made_on": "since", "delivered_on": "closed",
        "project_id": "project",
    },
    Expectation: {
        "statement": "title", "said_by": "from", "said_on": "since", "ended_on": "closed",
        "project_id": "project",
    },
}  # fmt: skip
_OURSELVES: Final = frozenset(("id", "uuid", "client_id"))
# What is asked beside the fields of a record.
EXTRA: Final[Mapping[str, str]] = {
    "id": mark("Number or key"),
    "client": mark("Client"),
    "type": mark("What it is"),
    "status": mark("Status"),
    "description": mark("Description"),
    "comment": mark("Comments"),
}
# So much of a head in our own words makes it a table that this program wrote.
_OWN_SHARE: Final = 0.75


def fields_of(cls: type[Any]) -> Mapping[str, Field]:
    """The fields of a record that a column may fill, by what the column holds."""
    return _fields()[cls]


@lru_cache(maxsize=1)
def _fields() -> Mapping[type[Any], Mapping[str, Field]]:
    return {
        cls: {
            held.get(one.name, one.name): one
            for one in kind_of(cls).fields
            if not one.meta.hidden and one.name not in _OURSELVES
        }
        for cls, held in _HELD.items()
    }


def slots_of(classes: tuple[type[Any], ...]) -> Mapping[str, str]:
    """All that a column of a table of these records may hold, with the words for it."""
    slots = {"title": ""}
    for cls in classes:
        for name, one in fields_of(cls).items():
            if not slots.get(name):
                slots[name] = one.label
    for name, label in EXTRA.items():
        slots.setdefault(name, label)
    if Issue not in classes:
        slots.pop("type")
    return slots


@lru_cache(maxsize=1)
def own_heads() -> Mapping[str, Mapping[type[Any], str]]:
    """Our own heads in both languages, with and without their unit: what they hold, by kind."""
    found: dict[str, dict[type[Any], str]] = {}
    for language in LANGUAGES:
        words = words_for(language)
        for cls in _HELD:
            for name, one in fields_of(cls).items():
                found.setdefault(plain_name(words(one.label)), {})[cls] = name
            found.setdefault(plain_name(words("Client")), {})[cls] = "client"
            found.setdefault("uuid", {})[cls] = "uuid"
    return found


def is_name(text: str) -> bool:
    """Whether a text is the name of a column of some register."""
    name = plain_name(text)
    return bool(name) and (name in _all_names() or name in own_heads())


@lru_cache(maxsize=1)
def _all_names() -> frozenset[str]:
    return frozenset(name for names in NAMES.values() for name in names)


class Columns(NamedTuple):
    """The columns of a table by their answers: its own names, numbered where they repeat."""

    names: tuple[str, ...]
    plain: tuple[str, ...]

    def place(self, answer: str) -> int | None:
        """Where a column stands."""
        return self.names.index(answer) if answer in self.names else None


def columns_of(table: Table) -> Columns:
    """The columns of a table that have a name."""
    times: dict[str, int] = {}
    names: list[str] = []
    for cell in table.head:
        times[cell] = times.get(cell, 0) + 1
        name = f"{cell} ({times[cell]})" if times[cell] > 1 else cell
        names.append(name if cell else "")
    return Columns(tuple(names), tuple(plain_name(cell) for cell in table.head))


def own_kind(columns: Columns) -> type[Any] | None:
    """The kind of record of a table that this program wrote itself; None of any other table."""
    named = [name for name in columns.plain if name]
    counts = {cls: sum(cls in own_heads().get(name, {}) for name in named) for cls in _HELD}
    best = max(counts, key=lambda cls: counts[cls])
    return best if len(named) > 4 and counts[best] >= _OWN_SHARE * len(named) else None


def proposed_columns(columns: Columns, classes: Sequence[type[Any]]) -> dict[str, int]:
    """The place of the column for each thing that a column may hold, by its name."""
    own = own_kind(columns)
    if own is not None and own in classes:
        found: dict[str, int] = {}
        for place, name in enumerate(columns.plain):
            held = own_heads().get(name, {}).get(own)
            if held is not None:
                found.setdefault(held, place)
        return found
    slots = slots_of(tuple(classes))
    found, taken = {}, set[int]()
    for slot, names in NAMES.items():
        if slot not in slots:
            continue
        free = [n for n, name in enumerate(columns.plain) if name in names and n not in taken]
        if free:
            place = min(free, key=lambda n: (names.index(columns.plain[n]), n))
            found[slot] = place
            taken.add(place)
    for place, name in enumerate(columns.plain):  # our own words for what is left
        for cls, held in own_heads().get(name, {}).items():
            if cls in classes and held not in found and place not in taken and held in slots:
                found[held] = place
                taken.add(place)
    return found


def proposed_register(table: Table, columns: Columns, source: str) -> str:
    """The register that a table seems to be by its columns and its name; LEAVE where nothing tells."""
    own = own_kind(columns)
    if own is not None:
        return next(one.name for one in REGISTERS if one.cls is own)
    names = frozenset(columns.plain)
    telling = {register: len(names & words) for register, words in TELLING.items()}
    title = folded(f"{table.name} {source}")
    for register, words in REGISTER_WORDS.items():
        if any(word in title for word in words):
            telling[register] += 2
            break
    best = max(telling, key=lambda register: telling[register])
    return best if telling[best] else LEAVE
