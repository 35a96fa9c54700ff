"""A record as Markdown: its title, its facts in a list, long texts below."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from pmdesk.actions.outgoing.attached import Attached
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.text.said import digits_of
from pmdesk.exchange.markdown import fence, headed, line, named, points
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.declare import Field, Kind, Shape, kind_of
from pmdesk.records.kinds import KINDS
from pmdesk.words import Words

_LONGEST_TITLE: Final = 120
# Choices that say nothing.
_NOTHING: Final = frozenset({"UNKNOWN", "NONE", "AUTO"})
_FIRST: Final = datetime.min.replace(tzinfo=UTC)


class RecordTexts:
    """How the records of a journal read in one language."""

    def __init__(self, journal: Journal, words: Words, attached: Attached) -> None:
        self.journal, self.words, self.attached = journal, words, attached
        self._zones: dict[int | None, ZoneInfo] = {}
        self._titles: dict[tuple[str, int], str] = {}

    def in_order(self, kind: Kind, records: Iterable[Any]) -> list[Any]:
        """Records in the order of their days; those without one first."""

        def when(record: Any) -> tuple[datetime, int]:
            value = getattr(record, kind.date) if kind.date and kind.date != "id" else None
            if value is None:
                return _FIRST, record.id
            if isinstance(value, datetime):
                return value, record.id
            return datetime(value.year, value.month, value.day, tzinfo=UTC), record.id

        return sorted(records, key=when)

    def title(self, kind: Kind, record: Any, client: Client | None) -> str:
        """Its day and what stands for it in lists."""
        parts = []
        value = getattr(record, kind.date) if kind.date and kind.date != "id" else None
        if isinstance(value, datetime):
            parts.append(f"{value.astimezone(self._zone(client)):%Y-%m-%d %H:%M}")
        elif isinstance(value, date):
            parts.append(value.isoformat())
        title = _short(str(getattr(record, kind.title) or ""))
        untitled = "(no subject)" if kind.name == "interaction" else kind.one
        parts.append(line(title or self.words(untitled)))
        return " · ".join(parts)

    def facts(self, record: Any, client: Client | None) -> Iterator[str]:
        """Its facts as one list, then each text of several lines."""
        kind, wide = kind_of(record), self.words.language == "zh"
        facts, long = [], []
        for field in kind.fields:
            value = getattr(record, field.name)
            if field.meta.hidden or _says_nothing(field, value) or _is_told(kind, field, value):
                continue
            # the head tells its day, the whole page its client
            of_client = field.meta.refers == "client"
            if field.name == kind.date or (of_client and client is not None):
                continue
            label = self.words(field.label)
            if isinstance(value, str) and field.choices is None and "\n" in value.strip():
                long += [headed(label, wide=wide), fence(value)]
            elif told := self._told(field, record, value, client):
                facts.append(named(label, told, wide=wide))
        if files := self.attached.of(kind.name, record.id, self.words):
            listed = "".join(f"\n  - {one}" for one in files)
            facts.append(named(self.words("Attachments"), listed, wide=wide))
        if facts:
            yield "\n".join(facts)
        yield from long

    def _told(self, field: Field, record: Any, value: Any, client: Client | None) -> str:
        words = self.words
        if field.choices is not None:
            return line(words(value.label))
        if field.meta.refers is not None:
            numbers = value if isinstance(value, tuple) else (value,)
            return line(words.listed(filter(None, (self._name(field, n) for n in numbers))))
        match value:
            case bool():
                return line(words("Yes"))
            case int() if field.meta.checks == "money":
                currency = getattr(record, "currency", "")
                return line(f"{words.number(value / 100, 2)} {currency}")
            case int() | float():
                number = words.number(value, digits_of(value))
                return line(f"{number} {words(field.meta.unit)}")
            case datetime():
                return line(words.moment(value, self._zone(client)))
            case date():
                return line(words.date(value))
            case tuple():
                return points(value) if len(value) > 1 else line(value[0])
        return line(str(value))

    def _name(self, field: Field, number: int) -> str:
        """What the record that a field names is called."""
        key = (field.meta.refers or "", number)
        if key not in self._titles:
            kind = KINDS[key[0]]
            found = self.journal.get(kind.cls, number)
            self._titles[key] = _short(str(getattr(found, kind.title) or "")) if found else ""
        return self._titles[key]

    def _zone(self, client: Client | None) -> ZoneInfo:
        number = client.id if client else None
        if number not in self._zones:
            self._zones[number] = zone_of(self.journal, client)
        return self._zones[number]


def _short(text: str) -> str:
    """The first line of a text, as long as a title may be."""
    first = text.strip().partition("\n")[0].strip()
    return first if len(first) <= _LONGEST_TITLE else f"{first[: _LONGEST_TITLE - 1].rstrip()}…"


def _is_told(kind: Kind, field: Field, value: Any) -> bool:
    """Whether the head already says a field, whole; an entry is told by itself."""
    if field.name != kind.title:
        return False
    return kind.name == "entry" or _short(str(value)) == str(value).strip()


def _says_nothing(field: Field, value: Any) -> bool:
    if field.choices is not None:
        return value is None or value.name in _NOTHING
    if field.shape is Shape.YES_NO:
        return not value
    return value is None or value in {"", ()}
