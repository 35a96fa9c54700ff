"""A captured line put together: a contact, a promise with its day, a day ahead, or a thought."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple

from pmdesk.answers.text.capturing.people import Known, Named, client_in
from pmdesk.answers.text.capturing.phrases import (
    OPENING,
    SINCE,
    SINCE_AFTER,
    Phrase,
    channel_in,
    direction_in,
    promise_in,
)
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.trust import Side
from pmdesk.typed.clocks import time_in
from pmdesk.typed.days import FoundDay, day, days_in
from pmdesk.typed.due import term_around

_TAG: Final = re.compile(r"[#＃]([\w\-]+)")
_INTRODUCES: Final = re.compile(r"^[\s:：,，、]*(?:(?:to|that|at|on)\b)?[\s:：,，]*", re.IGNORECASE)
_WEEK: Final = 7


class Promised(NamedTuple):
    """A promise in the line: who gave it, what, and the day it is due on, if one is named."""

    by: Side
    what: str
    due: date | None


@dataclass(frozen=True)
class Captured:
    """What a line says. Without a channel it is a thought for the journal; without a time, now.

    A contact that lies ahead is `planned`: it has not happened and counts as no contact.
    """

    client_id: int | None = None
    client_name: str = ""
    who: str = ""
    channel: Channel | None = None
    direction: Direction = Direction.OUTBOUND
    when: datetime | None = None
    planned: datetime | None = None
    promised: Promised | None = None
    tags: tuple[str, ...] = ()
    text: str = field(default="")


class _Due(NamedTuple):
    day: date
    start: int
    end: int


class _Times(NamedTuple):
    moment: datetime | None
    due: _Due | None
    opens: bool
    clock: str = ""
    spans: tuple[tuple[int, int], ...] = ()


def understand(line: str, known: Known, *, at: datetime) -> Captured:
    """What `line` says, written at the moment `at` (in the writer's zone).

    The client is the one named, else the one whose page is open. A day that could have passed
    is when the contact was, unless its words say that something is due then, or lasts since.
    A day ahead is a plan only where it opens the line: further on it is spoken of.
    """
    tags = list(_TAG.finditer(line))
    tags_at = [tag.span() for tag in tags]
    bare = _TAG.sub(lambda hit: " " * len(hit[0]), line)
    client, channel, promise = client_in(bare, known), channel_in(bare), promise_in(bare)
    times = _times(bare, promise[1] if promise else None, client, channel, at)
    moment = times.moment
    ahead = moment is not None and moment > at
    client_id = client.client_id if client else known.open_client
    planned = ahead and times.opens and channel is not None
    if planned:
        # its day is a field of its own: "tomorrow" would soon be untrue
        text = f"{times.clock} {_rest(line, None, None, [*tags_at, *times.spans])}".strip()
    else:
        text = _rest(line, client, channel, tags_at)
    return Captured(
        client_id=client_id,
        client_name=known.name_of(client_id),
        who=client.who if client else "",
        channel=channel.channel if channel else None,
        direction=direction_in(bare),
        when=None if ahead else moment,
        planned=moment if planned else None,
        promised=_promised(bare, promise, times.due, text) if promise else None,
        tags=tuple(tag[1] for tag in tags),
        text=text,
    )


def _promised(line: str, promise: tuple[Side, int], due: _Due | None, text: str) -> Promised:
    """What is promised, without the day it is due on: that is a field of its own."""
    by, end = promise
    rest = line[end:]
    if due is not None and due.start >= end:
        rest = f"{line[end : due.start]} {line[due.end :]}"
    what = " ".join(_INTRODUCES.sub("", rest).split()).strip(" ,，。")
    return Promised(by, what or text, due.day if due else None)


def _times(
    line: str,
    promised_from: int | None,
    client: Named | None,
    channel: Phrase | None,
    at: datetime,
) -> _Times:
    """When the contact was or is planned, and when what was promised is due."""
    today, clock = at.date(), time_in(line)
    on: date | None = None
    spans = [] if clock is None else [(clock.start, clock.end)]
    opens = clock is not None and _opens(line, clock.start, client, channel)
    due: _Due | None = None
    for day_named in days_in(line, today=today):
        behind, coming = (
            day(line[day_named.start : day_named.end], today=today, ahead=way)
            for way in (False, True)
        )
        term = term_around(line, day_named)
        promised = promised_from is not None and day_named.start >= promised_from
        if term.marked or (promised and coming >= today):
            if due is None:
                due = _Due(coming, term.start, term.end)
            if clock is not None and term.start <= clock.start < term.end:
                # when it is due, not when one spoke
                clock = time_in(" " * term.end + line[term.end :])
                spans = [] if clock is None else [(clock.start, clock.end)]
        elif on is None and not _lasts(line, day_named):
            # a bare weekday is the last one: what is captured has happened
            on = behind if (coming - behind).days == _WEEK else day_named.day
            opens = _opens(line, day_named.start, client, channel)
            spans.append((day_named.start, day_named.end))
    if on is None and clock is None:
        return _Times(None, due, opens)
    time = clock.time if clock else at.time().replace(microsecond=0)
    moment = datetime.combine(on or today, time, at.tzinfo)
    return _Times(moment, due, opens, f"{time:%H:%M}" if clock else "", tuple(spans))


def _opens(line: str, place: int, client: Named | None, channel: Phrase | None) -> bool:
    """Whether only who and how stand before `place`."""
    before = list(line[:place])
    for part in (client, channel):
        if part is not None:
            before[part.start : min(part.end, place)] = " " * (min(part.end, place) - part.start)
    return OPENING.fullmatch("".join(before)) is not None


def _lasts(line: str, day_named: FoundDay) -> bool:
    before, after = line[: day_named.start], line[day_named.end :]
    return bool(SINCE.search(before) or SINCE_AFTER.match(after))


def _rest(
    line: str,
    client: Named | None,
    channel: Phrase | None,
    without: Sequence[tuple[int, int]],
) -> str:
    """The line `without` those parts, nor the client and channel where they only introduce it."""
    cut = list(without)
    openers = sorted(p for p in (client and client[-2:], channel and channel[-2:]) if p)
    end = 0
    for start, stop in openers:
        if not line[end:start].strip(" :：,，"):
            end = max(end, stop)
    if end and line[end : end + 1].isalpha() and line[end - 1 : end].isascii():
        end = 0  # within a word
    cut.append((0, end))
    rest = "".join(c for i, c in enumerate(line) if not any(a <= i < b for a, b in cut))
    return re.sub(r"\s+", " ", rest).strip(" :：,，")
