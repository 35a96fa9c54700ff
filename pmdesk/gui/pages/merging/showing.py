"""A conflict as it is read: its fields on both sides, links by the titles of what they name."""

import re
from datetime import date, tzinfo
from typing import Any, Final, NamedTuple

from pmdesk.actions.carried.compare import Comparison, Conflict
from pmdesk.actions.carried.links import GONE, UUID, carried_fields
from pmdesk.actions.carried.side import Carried
from pmdesk.journal.codec import moment_of
from pmdesk.records.declare import Field, Kind, Shape
from pmdesk.records.kinds import KINDS
from pmdesk.words import Words, mark

NOTHING: Final = "–"
_GONE: Final = mark("no longer there")
_DELETED: Final = mark("deleted {at}")
_CHANGED: Final = mark("changed {at}")
_NAMED: Final = re.compile(rf"\b[a-z_]+:({UUID.pattern}|{GONE})(?::[a-z_]+)?\b")


class Line(NamedTuple):
    """A field as both sides have it."""

    label: str
    here: str
    there: str


class Showing:
    """The values of both sides in words."""

    def __init__(self, words: Words, zone: tzinfo, found: Comparison) -> None:
        self._words, self._zone, self._found = words, zone, found

    def kind(self, conflict: Conflict) -> str:
        """The kind of its record, with the client it is of."""
        words, one = self._words, conflict.here or conflict.there
        kind, text = KINDS[conflict.kind], words(KINDS[conflict.kind].one)
        client = one.values.get(kind.client) if one and kind.client else None
        return f"{text} · {self._title(client)}" if isinstance(client, str) else text

    def title(self, conflict: Conflict) -> str:
        """Its title, or its kind where it has none."""
        return conflict.title or self._words(KINDS[conflict.kind].one)

    def when(self, conflict: Conflict) -> tuple[str, str]:
        """When each side changed or deleted it last."""
        words = self._words
        both = ((conflict.here, conflict.here_at), (conflict.there, conflict.there_at))
        here, there = (
            words(_DELETED if one is None else _CHANGED, at=self._moment(at)) for one, at in both
        )
        return here, there

    def lines(self, conflict: Conflict) -> list[Line]:
        """The fields that differ; of a record that one side deleted all that the other says."""
        words, kind = self._words, KINDS[conflict.kind]
        if conflict.here is not None and conflict.there is not None:
            return [
                Line(
                    words(each.label),
                    self._text(kind, conflict.here, kind.field(each.name), each.here),
                    self._text(kind, conflict.there, kind.field(each.name), each.there),
                )
                for each in conflict.fields
            ]
        one = conflict.here or conflict.there
        if one is None:
            return []
        lines = []
        for each in carried_fields(kind):
            value = one.values[each.name]
            if each.meta.hidden or value in (None, "", [], False):
                continue
            text, is_here = self._text(kind, one, each, value), conflict.here is not None
            sides = (text, NOTHING) if is_here else (NOTHING, text)
            lines.append(Line(words(each.label), *sides))
        return lines

    def _moment(self, text: str) -> str:
        return self._words.moment(moment_of(text), self._zone) if text else NOTHING

    def _title(self, uuid: str) -> str:
        one = self._found.here.records.get(uuid) or self._found.there.records.get(uuid)
        if one is None:
            return self._words(_GONE)
        kind = KINDS[one.kind]
        title = str(one.values.get(kind.title) or "").strip()
        return title.splitlines()[0] if title else self._words(kind.one)

    def _text(self, kind: Kind, one: Carried, field: Field, value: Any) -> str:
        words = self._words
        if value in (None, "", []):
            return NOTHING
        if field.choices is not None:
            known = {each.value: each for each in field.choices}
            return words(known[value].label) if value in known else str(value)
        match field.shape:
            case Shape.YES_NO:
                return words("yes") if value else words("no")
            case Shape.DAY:
                return words.date(date.fromisoformat(value))
            case Shape.MOMENT:
                return self._moment(value)
            case Shape.REAL | Shape.WHOLE if not isinstance(value, str):
                return self._figure(one, field, value)
        if isinstance(value, list):
            texts = [self._named(str(each)) for each in value]
            return "\n".join(texts) if field.meta.long else words.listed(texts)
        return self._named(str(value))

    def _figure(self, one: Carried, field: Field, value: float) -> str:
        words = self._words
        if field.meta.checks == "money":
            number = words.number(value / 100, 2 if value % 100 else 0)
            return f"{one.values.get('currency') or ''} {number}".strip()
        text = words.number(value, 0) if isinstance(value, int) else f"{value:g}"
        return f"{text} {words(field.meta.unit)}" if field.meta.unit else text

    def _named(self, text: str) -> str:
        """A text in which what it names by uuid stands with its title."""
        if UUID.fullmatch(text):
            return self._title(text)
        return _NAMED.sub(lambda hit: self._title(hit[1]), text)
