"""The events of an .ics file (RFC 5545), each read by itself so that a broken one stops no other."""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple

from pmdesk.exchange.blocks import Check, blocks, unwatched
from pmdesk.exchange.calendar.series import (
    RepeatsTooOften,
    RuleNotUnderstood,
    in_zone_of,
    key_of,
    like,
    occurrences,
)
from pmdesk.exchange.calendar.values import Broken, Calendar, Event, Moment, Person, Why
from pmdesk.exchange.mail.charsets import clean

_MOST_EVENTS: Final = 20_000
_MOST_DAYS: Final = 50_000
_MOST_TEXT: Final = 20_000
_MOST_LINE: Final = 300
_MOST_ZONES: Final = 200
_LONGEST_ZONE: Final = 50_000
_MOST_PEOPLE: Final = 200
_LONGEST_MINUTES: Final = 10_000
_BEGIN: Final = re.compile(r"^BEGIN:VEVENT[ \t]*$", re.IGNORECASE | re.MULTILINE)
_END: Final = re.compile(r"^END:VEVENT[ \t]*$", re.IGNORECASE | re.MULTILINE)
_ZONES: Final = re.compile(
    r"^BEGIN:VTIMEZONE[ \t]*\n.*?^END:VTIMEZONE[ \t]*$", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
_ZONE: Final = re.compile(r"^BEGIN:VTIMEZONE[ \t]*$", re.IGNORECASE | re.MULTILINE)
_METHOD: Final = re.compile(r"^METHOD[^:\n]*:[ \t]*CANCEL\b", re.IGNORECASE | re.MULTILINE)
_CALENDAR: Final = re.compile(r"[\s\ufeff]*BEGIN:V(?:CALENDAR|EVENT)\b", re.IGNORECASE)
_TITLE: Final = re.compile(r"^SUMMARY[^:\n]*:[ \t]*([^\n]{1,80})", re.IGNORECASE | re.MULTILINE)
_ADDRESS: Final = re.compile(r"[^\s<>,;:@]+@[^\s<>,;:@]+")
# What the library says of bytes that are no calendar; anything else would be a mistake of ours.
_DAMAGE: Final = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError,
)  # fmt: skip


def looks_like_ics(text: str) -> bool:
    """Whether a text begins as a calendar does."""
    return bool(_CALENDAR.match(text))


class _Read(NamedTuple):
    """An event as it stands in the file, before its series is laid out.

    It may replace one day of a series, or `onward` that day and all behind it.
    """

    event: Event
    replaces: Moment | None
    rules: Sequence[Any]
    more: Sequence[Moment]
    without: Sequence[Moment]
    onward: bool = False


def read_ics(text: str, first: date, last: date, check: Check = unwatched) -> Calendar:
    """All single events and those days of series that lie between two days.

    `check` is told how far it is and may raise to stop.
    """
    text = clean(text).lstrip("\ufeff")
    check(0.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library tells of zones that it guesses
        return _read(text, first, last, check)


def _read(text: str, first: date, last: date, check: Check) -> Calendar:
    calendar = Calendar()
    cancels = any(_METHOD.search(text, start, end) for start, end in blocks(text, _only(check)))
    _learn_zones(text, check)
    read: list[_Read] = []
    for number, (place, block) in enumerate(_blocks(text), start=1):
        if number > _MOST_EVENTS:
            calendar.broken.append(Broken(str(number), Why.TOO_MANY))
            break
        check(place / len(text))
        one = _event(block, cancels=cancels)
        if isinstance(one, Why):
            title = _TITLE.search(block)
            calendar.broken.append(Broken(f"{number}: {title[1].strip()}" if title else str(number), one))  # fmt: skip
        else:
            read.append(one)
    _lay_out(calendar, read, first, last, check)
    return calendar


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Where each event stands and its text; one that never ends goes to where the next begins."""
    hits = _BEGIN.finditer(text)
    hit = next(hits, None)
    while hit is not None:
        start, behind = hit.start(), next(hits, None)
        following = behind.start() if behind else len(text)
        end = _END.search(text, start, following)
        body = text[start : end.end()] if end else f"{text[start:following].rstrip()}\nEND:VEVENT"
        yield start, body
        hit = behind


def _only(check: Check) -> Check:
    """A look at whether to stop, in a pass that is not told."""
    return lambda _share: check(0.0)


def _learn_zones(text: str, check: Check) -> None:
    """Tell the library the zones that the file brings along; a damaged one is as if not there."""
    from icalendar import Calendar as Parsed  # slow to load

    for zone in islice(_zones(text, check), _MOST_ZONES):
        check(0.0)
        try:
            Parsed.from_ical(f"BEGIN:VCALENDAR\n{zone}\nEND:VCALENDAR")
        except _DAMAGE:
            continue


def _zones(text: str, check: Check) -> Iterator[str]:
    """The zones of a text; one of more than so many characters is none."""
    for start, end in blocks(text, _only(check)):
        for begin in _ZONE.finditer(text, start, end):
            whole = _ZONES.match(text, begin.start(), begin.start() + _LONGEST_ZONE)
            if whole is not None:
                yield whole[0]


def _event(block: str, *, cancels: bool) -> _Read | Why:
    from icalendar import Event as Parsed  # slow to load

    try:
        parsed: Any = Parsed.from_ical(block)
    except _DAMAGE:
        return Why.DAMAGED
    try:
        return _taken(parsed, cancels=cancels)
    except _DAMAGE:
        return Why.DAMAGED


def _taken(parsed: Any, *, cancels: bool) -> _Read | Why:
    starts = list(_moments(parsed, "DTSTART"))
    if not starts or not 1900 <= starts[0].year <= 9000:
        return Why.NO_TIME
    start = starts[0]
    rules = _listed(parsed, "RRULE")
    if "RRULE" in parsed and not all(isinstance(rule, Mapping) for rule in rules or [None]):
        return Why.RULE
    replaced = list(_moments(parsed, "RECURRENCE-ID"))
    title = _line(parsed, "SUMMARY")
    event = Event(
        uid=_line(parsed, "UID") or f"{title} {key_of(start)}",
        key="",
        title=title,
        start=start,
        minutes=_minutes(parsed, start),
        place=_line(parsed, "LOCATION"),
        text=clean(str(_one(parsed, "DESCRIPTION") or ""))[:_MOST_TEXT].strip(),
        organizer=next(_people(parsed, "ORGANIZER"), None),
        people=tuple(_people(parsed, "ATTENDEE"))[:_MOST_PEOPLE],
        cancelled=cancels or _line(parsed, "STATUS").upper() == "CANCELLED",
    )
    return _Read(
        event, replaced[0] if replaced else None, rules,
        list(_moments(parsed, "RDATE")), list(_moments(parsed, "EXDATE")),
        onward=_param(_one(parsed, "RECURRENCE-ID"), "RANGE") == "THISANDFUTURE",
    )  # fmt: skip


def _listed(parsed: Any, name: str) -> list[Any]:
    """The values of a property that are what they should be."""
    from icalendar.prop.broken import vBroken  # slow to load

    value = parsed.get(name)
    each = value if isinstance(value, list) else [value]
    return [one for one in each if one is not None and not isinstance(one, vBroken)]


def _one(parsed: Any, name: str) -> Any:
    return next(iter(_listed(parsed, name)), None)


def _param(value: Any, name: str) -> str:
    return str(getattr(value, "params", {}).get(name, "")).upper()


def _line(parsed: Any, name: str) -> str:
    return " ".join(clean(str(_one(parsed, name) or "")).split())[:_MOST_LINE]


def _moments(parsed: Any, name: str) -> Iterator[Moment]:
    """The days and moments of a property; the first of a period."""
    for value in _listed(parsed, name):
        each = [one.dt for one in value.dts] if hasattr(value, "dts") else [getattr(value, "dt", 0)]
        for moment in each:
            begins = moment[0] if isinstance(moment, tuple) else moment
            if isinstance(begins, date):
                yield begins


def _minutes(parsed: Any, start: Moment) -> int | None:
    """How long it lasts; None of an all-day event and of what no meeting lasts."""
    if not isinstance(start, datetime):
        return None
    length = getattr(_one(parsed, "DURATION"), "dt", None)
    end = next(_moments(parsed, "DTEND"), None)
    if isinstance(end, datetime) and (end.tzinfo is None) == (start.tzinfo is None):
        length = end - start
    if not isinstance(length, timedelta):
        return None
    minutes = int(length.total_seconds() // 60)
    return minutes if 0 < minutes <= _LONGEST_MINUTES else None


def _people(parsed: Any, name: str) -> Iterator[Person]:
    for value in _listed(parsed, name):
        address = _ADDRESS.search(clean(str(value)).lower().replace("mailto:", " "))
        told = " ".join(clean(str(value.params.get("CN", ""))).split())[:_MOST_LINE]
        if address or told:
            declined = _param(value, "PARTSTAT") == "DECLINED"
            yield Person(address[0] if address else "", told.strip("'\""), declined)


def _lay_out(
    calendar: Calendar, read: Sequence[_Read], first: date, last: date, check: Check
) -> None:
    """Put the events into the calendar: series by their days, with the days that were changed."""
    changed: dict[str, dict[str, _Read]] = {}
    for one in read:
        if one.replaces is not None:
            changed.setdefault(one.event.uid, {})[key_of(one.replaces)] = one
    for one in read:
        check(1.0)
        if one.replaces is not None:
            continue
        if len(calendar.events) > _MOST_DAYS:
            calendar.broken.append(Broken(one.event.title or one.event.uid, Why.TOO_MANY))
            break
        if one.rules or one.more:
            _series(calendar, one, changed.pop(one.event.uid, {}), first, last)
        else:
            calendar.events.append(one.event)
    for days in changed.values():  # invitations to one day of a series come without the series
        calendar.events += [one.event._replace(key=key) for key, one in days.items()]


def _series(
    calendar: Calendar, one: _Read, changed: dict[str, _Read], first: date, last: date
) -> None:
    event = one.event
    try:
        days = occurrences(event.start, one.rules, one.more, first, last)
    except RuleNotUnderstood:
        calendar.broken.append(Broken(event.title or event.uid, Why.RULE))
        return
    except RepeatsTooOften:
        calendar.broken.append(Broken(event.title or event.uid, Why.TOO_OFTEN))
        return
    calendar.series.add(event.uid)
    gone = {key_of(moment) for moment in one.without} | set(changed)
    for start in days:
        if key_of(start) not in gone and f"{start:%Y%m%d}" not in gone:
            calendar.events.append(_day(one, changed, start)._replace(key=key_of(start)))
    for key, other in changed.items():
        begins = other.event.start
        day = begins.date() if isinstance(begins, datetime) else begins
        if first <= day <= last:
            calendar.events.append(other.event._replace(key=key))


def _day(one: _Read, changed: dict[str, _Read], start: Moment) -> Event:
    """A day of a series as it stands there, or as a change from an earlier day on has it."""
    earlier = [key for key, other in changed.items() if other.onward and key <= key_of(start)]
    if not earlier:
        return one.event._replace(start=start)
    other = changed[max(earlier)]
    moved = in_zone_of(other.event.start, start) - in_zone_of(other.replaces or start, start)
    return other.event._replace(start=like(in_zone_of(start, start) + moved, start))
