"""What held on a day: a target, a calendar or hours with the day from which they are valid.

A changed term judges what comes after it; what came before is judged by what held then. Beside a
field `x` declared with `since="x_since"` stands the day, and in `x_before` each earlier value as
"until-day value" (JSON), the earliest first.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from pmdesk.records.declare import Field, kind_of

T = TypeVar("T")


class Earlier(NamedTuple):
    """A value that held until a day, which is the first that it no longer held on."""

    until: date
    value: Any


def terms_of(record: Any) -> Iterator[Field]:
    """The fields of a record that have their valid-from."""
    return (field for field in kind_of(record).fields if field.meta.since)


def earlier(record: Any, name: str) -> tuple[Earlier, ...]:
    """The values of field `name` that held before, the earliest first."""
    values = []
    for text in getattr(record, f"{name}_before"):
        until, _, value = text.partition(" ")
        values.append(Earlier(date.fromisoformat(until), json.loads(value)))
    return tuple(values)


def held(record: Any, name: str, on: date) -> Any:
    """The value of field `name` that held on a day."""
    for until, value in earlier(record, name):
        if on < until:
            return value
    return getattr(record, name)


def follow_terms(before: T, after: T, today: date) -> T:
    """`after` with what `before` said of its terms kept for the days on which it held.

    A changed value is valid from the day that `after` names anew, else from `today`. Emptying
    the day says that the value has always held.
    """
    changed: dict[str, Any] = {}
    for field in terms_of(after):
        since_name, before_name = field.meta.since, f"{field.name}_before"
        old, new = getattr(before, field.name), getattr(after, field.name)
        was, since = getattr(before, since_name), getattr(after, since_name)
        if old == new and was == since:
            continue
        held_before = earlier(before, field.name)
        if old != new:
            since = since if since != was else today
            if since is not None and not any(one.until == since for one in held_before):
                held_before = (*held_before, Earlier(since, old))
        if since is None:
            held_before = ()
        elif old == new and held_before:
            # only the day is put right: the value before held until then
            held_before = (*held_before[:-1], Earlier(since, held_before[-1].value))
        elif old == new:
            since = None  # no other value is known to have held before
        if since is not None:
            held_before = tuple(one for one in held_before if one.until <= since)
        changed[since_name] = since
        changed[before_name] = tuple(
            f"{one.until.isoformat()} {json.dumps(one.value)}" for one in held_before
        )
    return replace(after, **changed) if changed else after  # type: ignore[type-var] # a record is a dataclass
