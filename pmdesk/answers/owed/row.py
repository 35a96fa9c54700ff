"""Something owed, as its rule finds it in the records: free of the moment it is looked at."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pmdesk.answers.practices.figures import Key
from pmdesk.records.declare import kind_of

if TYPE_CHECKING:
    from pmdesk.answers.relationship import Relationship


class Owed(NamedTuple):
    """One thing owed. It is shown from `shown_from` on and is late from `late_from` on (Unix seconds).

    None for `shown_from` shows it at once; None for `late_from` says that it has no hour of its
    own. `weight` makes its rule's harm heavier. `facts` are what its sentences tell: texts,
    numbers, days and moments in ISO form, so that it can be stored.
    """

    rule: str
    key: Key
    client_id: int
    what: str
    shown_from: float | None = None
    late_from: float | None = None
    weight: float = 1.0
    facts: Mapping[str, Any] = {}

    @property
    def about(self) -> str:
        """What it is called where it is set aside; one line of a record is called by itself."""
        line = self.facts.get("line")
        return f"{self.rule}:{self.key.kind}:{self.key.id}{f':{line}' if line else ''}"


def owed(
    rel: "Relationship",
    rule: str,
    record: Any,
    what: str,
    *,
    shown_from: datetime | None = None,
    late_from: datetime | None = None,
    weight: float = 1.0,
    facts: Mapping[str, Any] = MappingProxyType({}),
) -> Owed:
    """Something owed to the client of a relationship, for one of its records."""
    return Owed(
        rule,
        Key(kind_of(record).name, int(record.id or 0)),
        int(rel.client.id or 0),
        what.strip().partition("\n")[0],
        shown_from.timestamp() if shown_from else None,
        late_from.timestamp() if late_from else None,
        weight,
        {name: value for name, value in facts.items() if value not in (None, "")},
    )


def begins(rel: "Relationship", day: date) -> datetime:
    """The moment at which a day begins at the client."""
    return datetime.combine(day, time(0), rel.zone).astimezone(UTC)


def as_values(one: Owed) -> list[Any]:
    """Something owed as JSON holds it."""
    return [*one]


def from_values(values: list[Any]) -> Owed:
    """Something owed as `as_values` wrote it."""
    rule, key, *rest = values
    return Owed(rule, Key(*key), *rest)
