"""The sample's records of the nine practices, made from resources/sample/practices.json.

A client's records stand there by kind, in an order in which each refers only to those above it.
What a field holds follows its declared shape:

- a day: 12 (days from today, moved to a working day), "=12" (that very day), "due +2" or
  "@key +2" (working days after another field, or after the day of another record);
- a moment: "-12 09:30" (such a day at that local time), "-5h30m" (before now), "found_at +45m" or
  "@key +45m" (after another moment), "found_at +2d3h" (two working days later and three hours:
  late or in time on whatever day the sample is made);
- a reference: "@key", of a record above, of a contact, or of a stage as "stage-1";
- a text: "{-12}" and "{iso -12}" in it become that day; one that begins with "@key" its address.

`repeat` makes one record for each value of a field, `each` one for every day that a line of the
communications plan was due, less `missing`, with `late` working days.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from pmdesk.insight.cadence import due_days
from pmdesk.insight.worktime import CalendarRules
from pmdesk.journal import blobs
from pmdesk.journal.journal import Act
from pmdesk.places import data_dir
from pmdesk.records.attachment import Attachment
from pmdesk.records.communication import PlanLine
from pmdesk.records.declare import Field, Kind, Shape, kind_of
from pmdesk.records.kinds import KINDS

_AFTER: Final = re.compile(r"(@?[\w.-]+) \+(\d+)")
_CLOCK: Final = re.compile(r"(=?-?\d+) (\d\d:\d\d)")
_SPAN: Final = re.compile(r"(?:(@?[\w.-]+) )?([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")
_DAY_IN_TEXT: Final = re.compile(r"\{(iso )?(=?[+-]?\d+)\}")
_ADDRESS: Final = re.compile(r"@([\w.-]+)((?::\w+)?)")
_NOT_FIELDS: Final = frozenset(
    {"key", "body", "repeat", "each", "late", "missing", "cycle", "time"}
)


def practices_told() -> dict[str, Any]:
    """What the sample tells of the practices, as written in resources/sample."""
    text = (data_dir("resources") / "sample" / "practices.json").read_text("utf-8")
    practices: dict[str, Any] = json.loads(text)
    return practices


def working_days_after(day: date, number: int, calendar: CalendarRules) -> date:
    """The day that many working days after `day`."""
    for _ in range(number):
        day = calendar.next_workday(day + timedelta(days=1))
    return day


class PracticesStory:
    """Writes told records within an act; `known` holds those that may be referred to by key."""

    def __init__(
        self,
        act: Act,
        calendar: CalendarRules,
        at: datetime,
        days_said: Mapping[str, Any],
        known: Mapping[str, Any] | None = None,
        **usual: Any,
    ) -> None:
        """`usual` are the values of fields that nothing else is told of, such as `client_id`."""
        self.act, self.calendar, self.usual = act, calendar, usual
        self.days_said = days_said
        self.known = dict(known or {})
        self.minute = at.replace(second=0, microsecond=0)
        self.today = at.astimezone(calendar.zone).date()

    def write(self, records: Mapping[str, list[dict[str, Any]]]) -> None:
        """Save all that is told, kind after kind."""
        for name, items in records.items():
            for item in items:
                for one in self._one_by_one(KINDS[name], item):
                    self._save(KINDS[name], one)

    def _one_by_one(self, kind: Kind, item: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "repeat" in item:
            ((name, values),) = item["repeat"].items()
            for value in values:
                yield item | {name: value}
        elif "each" in item:
            yield from self._series(kind, item)
        else:
            yield item

    def _series(self, kind: Kind, item: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """One record for each day on which the line of the plan was due before today."""
        line = self.known[item["each"][1:]]
        if not isinstance(line, PlanLine) or line.first_on is None or kind.date is None:
            raise TypeError(item["each"])
        until = min(self.today - timedelta(days=1), line.ended_on or date.max)
        due = due_days(
            line.cadence.value, int(line.weekday.value), line.first_on, until, self.calendar
        )
        extra = {f.name: item["each"] for f in kind.references if f.meta.refers == "plan_line"}
        for number, day in enumerate(due, 1):
            if number in item.get("missing", ()):
                continue
            sent = working_days_after(day, item.get("late", {}).get(str(number), 0), self.calendar)
            if sent >= self.today:
                continue
            offset = f"={(sent - self.today).days}"
            cycle = item.get("cycle", [{}])
            when = f"{offset} {item['time']}" if "time" in item else offset
            yield item | cycle[(number - 1) % len(cycle)] | extra | {kind.date: when}

    def _save(self, kind: Kind, item: dict[str, Any]) -> None:
        values: dict[str, Any] = {}
        names = [field.name for field in kind.fields]
        if unknown := set(item) - _NOT_FIELDS - set(names):
            raise KeyError(f"{kind.name}: {sorted(unknown)}")
        values |= {name: value for name, value in self.usual.items() if name in names}
        for field in kind.fields:
            if field.name in item:
                values[field.name] = self._value(field, item[field.name], values)
        record = kind.cls(**values)
        if isinstance(record, Attachment):
            data = self._text(item["body"]).encode()
            record = replace(record, size=len(data), hash=blobs.keep(self.act, data))
        saved = self.act.save(record)
        if "key" in item:
            self.known[item["key"]] = saved

    def _value(self, field: Field, value: Any, values: Mapping[str, Any]) -> Any:
        """What a field holds, from what is told of it."""
        if value is None:
            return None
        if field.meta.refers and field.shape is Shape.WHOLE:
            return self.known[value[1:]].id
        match field.shape:
            case Shape.DAY:
                return self._day(value, values)
            case Shape.MOMENT:
                return self._moment(value, values)
            case Shape.TEXT:
                return self._text(value)
            case Shape.TEXTS:
                return tuple(map(self._text, value))
            case Shape.REFS:
                return tuple(self.known[key[1:]].id for key in value)
            case Shape.CHOICE:
                make: Callable[[Any], Any] = field.choices or str
                return make(value)
            case Shape.REAL:
                return float(value)
        return value

    def _day(self, written: int | str, values: Mapping[str, Any]) -> date:
        text = str(written)
        if after := _AFTER.fullmatch(text):
            return working_days_after(self._day_at(after[1], values), int(after[2]), self.calendar)
        day = self.today + timedelta(days=int(text.removeprefix("=")))
        if text.startswith("="):
            return day
        if day > self.today:
            return self.calendar.next_workday(day)
        # a month may begin with days off: what is past stays past
        return self.calendar.previous_workday(day)

    def _day_at(self, name: str, values: Mapping[str, Any]) -> date:
        when = self._referred(name, values)
        return when.astimezone(self.calendar.zone).date() if isinstance(when, datetime) else when

    def _referred(self, name: str, values: Mapping[str, Any]) -> Any:
        """The day or moment of a field told before, or of another record."""
        if not name.startswith("@"):
            return values[name]
        record = self.known[name[1:]]
        return getattr(record, str(kind_of(record).date))

    def _moment(self, text: str, values: Mapping[str, Any]) -> datetime:
        if clock := _CLOCK.fullmatch(text):
            wall = time.fromisoformat(clock[2])
            local = datetime.combine(self._day(clock[1], values), wall, self.calendar.zone)
            return local.astimezone(UTC)
        span = _SPAN.fullmatch(text)
        if span is None:
            raise ValueError(text)
        days, hours, minutes = (int(part or 0) for part in span.groups()[2:])
        length = timedelta(hours=hours, minutes=minutes)
        start: datetime = self._referred(span[1], values) if span[1] else self.minute
        if span[2] == "-":
            return (start - timedelta(days=days) - length).astimezone(UTC)
        local = start.astimezone(self.calendar.zone)
        day = working_days_after(local.date(), days, self.calendar)
        return (datetime.combine(day, local.timetz()) + length).astimezone(UTC)

    def _text(self, text: str) -> str:
        if address := _ADDRESS.fullmatch(text):
            record = self.known[address[1]]
            return f"{kind_of(record).name}:{record.id}{address[2]}"
        return _DAY_IN_TEXT.sub(self._day_said, text)

    def _day_said(self, match: re.Match[str]) -> str:
        day = self._day(match[2].replace("+", ""), {})
        if match[1]:
            return day.isoformat()
        names = self.days_said["months"]
        text: str = self.days_said["day"].format(
            month=day.month, day=day.day, name=names[day.month - 1]
        )
        return text
