"""An account of Monica as it exports it (JSON): people with what was said and done with them.

Source of the form: app/ExportResources of monicahq/monica and JsonExportAccount, 1.0-preview.1 (AGPL,
nothing is copied). Lists stand as {"count", "type", "values"} in "data", facts in "properties".
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Final, NamedTuple

from pmdesk.exchange.blocks import Check, unwatched
from pmdesk.exchange.cards.people import addresses_in
from pmdesk.exchange.cards.values import Card
from pmdesk.exchange.journals.json_read import moment_of, read_json, rows, table, text_of
from pmdesk.typed.birthdays import Birthday

_HEAD: Final = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"version"\s*:\s*"1\.')
_PHONE: Final = re.compile(r"\+?[\d\s().\-/]{5,30}")
# What a person has that is taken; all else is counted by its type.
_TAKEN: Final = frozenset({"call", "note", "conversation", "activity", "contact_field"})


class Sort(Enum):
    """What a piece of an account is."""

    NOTE = "note"
    CALL = "call"
    ACTIVITY = "activity"
    MESSAGE = "message"


class Piece(NamedTuple):
    """Something said, done or noted, with its own id; `day_only` where no hour is known."""

    sort: Sort
    name: str
    at: datetime | None
    text: str
    title: str = ""
    by_them: bool = False
    day_only: bool = False


@dataclass
class Known:
    """A person, and what there is of them; activities by their ids, conversations message by message."""

    card: Card
    pieces: list[Piece] = field(default_factory=list)
    conversations: list[list[Piece]] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)


@dataclass
class Account:
    """All that an account holds; `others` counts what is not taken, by its type."""

    people: list[Known] = field(default_factory=list)
    activities: dict[str, Piece] = field(default_factory=dict)
    entries: list[Piece] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    broken: int = 0


def looks_like_monica(head: bytes) -> bool:
    """Whether a file begins as an export of Monica does."""
    return _HEAD.match(head) is not None and b'"app_version"' in head and b'"account"' in head


def read_monica(data: bytes, check: Check = unwatched) -> Account | None:
    """The account, None where the file is damaged or another's."""
    whole = table(read_json(data, check)).get("account")
    if not isinstance(whole, dict):
        return None
    account = Account()
    lists = dict(_lists(whole))
    for one in lists.pop("activity", []):
        piece = _piece(Sort.ACTIVITY, one, "happened_at", "description", "summary")
        account.activities[piece.name] = piece
    people = lists.pop("contact", [])
    for number, one in enumerate(people, 1):
        check(number / len(people))
        _read_person(one, account)
    for one in rows(table(whole.get("properties")).get("journal_entries")):
        account.entries.append(_piece(Sort.NOTE, one, "date", "post", "title"))
    for name in ("relationship", "photo", "document"):
        account.others[name] += len(lists.get(name, []))
    return account


def _lists(found: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """The lists of an object by their types; the lists may stand by number or in an object."""
    data = found.get("data")
    held = list(data.values()) if isinstance(data, dict) else data
    for one in rows(held):
        values = one.get("values")
        if isinstance(values, dict):
            values = list(values.values())
        yield text_of(one.get("type")), values if isinstance(values, list) else []


def _read_person(one: Any, account: Account) -> None:
    facts = table(table(one).get("properties"))
    names = (text_of(facts.get(key)) for key in ("first_name", "middle_name", "last_name"))
    name = " ".join(part for part in names if part) or text_of(facts.get("nickname"))
    if not name or facts.get("is_partial") is True:
        account.broken += not name
        return
    lists = dict(_lists(one))
    ways = [text_of(_facts(each).get("data")) for each in rows(lists.get("contact_field"))]
    card = Card(
        name=name,
        organisation=text_of(facts.get("company")),
        role=text_of(facts.get("job")),
        addresses=addresses_in(ways),
        phones=tuple(dict.fromkeys(way for way in ways if _PHONE.fullmatch(way))),
        uid=text_of(one.get("uuid")),
        birthday=_birthday(facts.get("birthdate")),
    )
    known = Known(card)
    for note in rows(lists.get("note")):
        known.pieces.append(_piece(Sort.NOTE, note, "created_at", "body"))
    for call in rows(lists.get("call")):
        piece = _piece(Sort.CALL, call, "called_at", "content")
        known.pieces.append(piece._replace(by_them=_facts(call).get("contact_called") is True))
    for talk in rows(lists.get("conversation")):
        known.conversations.append(list(_messages(talk)))
    known.activities = [text_of(uuid) for uuid in lists.get("activity", ())]
    for kind, values in lists.items():
        if kind not in _TAKEN:
            account.others[kind] += len(values)
    account.people.append(known)


def _birthday(found: Any) -> str:
    """The birthday of a person, where it is one and not reckoned from their age."""
    facts = table(found) | _facts(found)
    day = moment_of(facts.get("date"))
    if day is None or facts.get("is_age_based") is True:
        return ""
    year = None if facts.get("is_year_unknown") is True else day.year
    return Birthday(day.month, day.day, year).stored


def _messages(talk: dict[str, Any]) -> Iterator[Piece]:
    """The messages of a conversation; one without an id of its own is told by its place."""
    whole = _piece(Sort.MESSAGE, talk, "happened_at", "")
    for number, message in enumerate(rows(_facts(talk).get("messages"))):
        one = _piece(Sort.MESSAGE, message, "written_at", "content")
        own = text_of(message.get("uuid"))
        yield one._replace(
            name=own or f"{whole.name} {number}",
            at=one.at or whole.at,
            by_them=_facts(message).get("written_by_me") is not True,
        )


def _facts(found: Any) -> dict[str, Any]:
    return table(table(found).get("properties"))


def _piece(sort: Sort, found: Any, when: str, text: str, title: str = "") -> Piece:
    found = table(found)
    facts = _facts(found)
    moment = moment_of(facts.get(when) or found.get(when))
    said, called = text_of(facts.get(text)), text_of(facts.get(title))
    # without an id of its own it is known by when it was made and what it says
    name = text_of(found.get("uuid")) or f"{text_of(found.get('created_at'))} {called} {said}"
    is_day = moment is not None and not (moment.hour or moment.minute or moment.second)
    return Piece(sort, name, moment, said, called, day_only=is_day)
