"""What a list of records is narrowed to: declared once, for the timeline as for the search."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from pmdesk.journal.codec import moment_text
from pmdesk.records.declare import Kind, Shape

# Each filter with the fields that it is made of, as they stand in a row.
FILTERS: Final[dict[str, tuple[str, ...]]] = {
    "text": ("text",),
    "kind": ("kind", "channel"),
    "person": ("person",),
    "direction": ("direction",),
    "period": ("since", "until"),
}
# Only a contact has a way, a side and a person.
_OF_CONTACTS: Final = ("channel", "person", "direction")
_CONTACT: Final = "interaction"


@dataclass(frozen=True)
class Sieve:
    """What must hold of a record, all of it; nothing that is empty is asked.

    `person` is typed as any name is; `since` and `until` are days of the reader's zone, both taken
    in. The search has a line of its own for the text.
    """

    text: str = ""
    kind: str = ""
    channel: str = ""
    person: str = ""
    direction: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """The filters that narrow anything."""
        return tuple(name for name, fields in FILTERS.items() if any(map(self._is_asked, fields)))

    def _is_asked(self, field: str) -> bool:
        value = getattr(self, field)
        return bool(value.strip() if isinstance(value, str) else value)

    def without(self, *filters: str) -> "Sieve":
        """The same without some of its filters."""
        gone: dict[str, Any] = {
            field: "" if isinstance(getattr(_ALL, field), str) else None
            for name in filters
            for field in FILTERS[name]
        }
        return replace(self, **gone)

    def kinds(self, every: Collection[str]) -> frozenset[str]:
        """Those of the kinds of which a record may pass."""
        passing = frozenset(every)
        if self.kind:
            passing &= {self.kind}
        if any(map(self._is_asked, _OF_CONTACTS)):
            passing &= {_CONTACT}
        return passing

    def moments(self, zone: tzinfo | None) -> tuple[datetime | None, datetime | None]:
        """From which moment on, and before which."""
        after = None if self.until is None else self.until + timedelta(days=1)
        return _midnight(self.since, zone), _midnight(after, zone)

    def moment_texts(self, zone: tzinfo | None) -> tuple[str, str]:
        """The same two as they are stored; what is not asked lies before or after all."""
        first, end = self.moments(zone)
        return moment_text(first) if first else "", moment_text(end) if end else "~"

    def holds(self, kind: Kind, at: datetime, zone: tzinfo | None) -> bool:
        """Whether a record of this kind lies within the days; of a day `at` is that day in UTC."""
        if self.since is None and self.until is None:
            return True
        if kind.date is None:
            return False
        of_day = kind.field(kind.date).shape is Shape.DAY
        day = at.astimezone(UTC if of_day else zone).date()
        return (self.since or day) <= day <= (self.until or day)


def _midnight(day: date | None, zone: tzinfo | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), zone)


_ALL: Final = Sieve()
EVERYTHING: Final = _ALL
