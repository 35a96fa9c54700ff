"""When, as a line says it: a day, a time of day or both together, and how long."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from pmdesk.typed.apart import apart
from pmdesk.typed.clocks import FoundTime, times_in
from pmdesk.typed.days import OpenDay, open_days_in
from pmdesk.typed.days_loose import FORMS as LOOSE
from pmdesk.typed.due import AFTER, BEFORE
from pmdesk.typed.lengths import FoundLength, lengths_in, range_after

MORNING, AFTERNOON, EVENING = time(9), time(14), time(19)


class When(NamedTuple):
    """A moment as far as the text says it, from `start` up to `end`.

    `due`: its words say that something is due then. `exact` is told from now ("2 hours ago").
    `part` is what a part of the day stands for where no time is told.
    """

    start: int
    end: int
    day: OpenDay | None = None
    clock: time | None = None
    part: time | None = None
    due: bool = False
    exact: datetime | None = None


class Found(NamedTuple):
    """The moments of a text and the lengths of time beside them."""

    whens: tuple[When, ...]
    lengths: tuple[FoundLength, ...]


_PARTS: Final = re.compile(
    r"(?P<morning>上午|早上|清晨|早晨|\bmorning\b)|(?P<afternoon>下午|午后|\bafternoon\b)"
    r"|(?P<evening>傍晚|晚上|夜里|\bevening\b|\bnight\b)"
)
_WORDS_WITH_PART: Final = (
    (re.compile(r"[今明]早|[今明]晨|morning"), MORNING),
    (re.compile(r"afternoon"), AFTERNOON),
    (re.compile(r"[今明昨]晚|昨夜|night|evening"), EVENING),
)
_END_OF_DAY: Final = re.compile(
    r"(?:\b(?:by|before) )?(?:the )?\b(?:end of (?:the )?(?:business )?day|eod|cob|eob|close of business)\b"
    r"|下班(?=之?前|以前)"
)
_EOD_BEFORE: Final = re.compile(rf"(?:{_END_OF_DAY.pattern})[ ,]*(?:(?:on|of) )?$")
_EOD_AFTER: Final = re.compile(
    r" ?(?:下班|eod\b|cob\b|eob\b|end of (?:the )?day\b|close of business\b)"
)
_AT_HOUR: Final = re.compile(
    r"\bat (?P<hour>1[0-2]|[1-9])(?![\w:.,%/-]| (?:am|pm|percent|people|items|days?|eur|usd|cny)\b)"
)
_DAY_THEN_TIME: Final = re.compile(r"[ ,]*(?:的|at\b|@|from\b)?[ ]*")
_TIME_THEN_DAY: Final = re.compile(r"[ ]*(?:on\b)?[ ]*")
_WITHIN: Final = re.compile(r"之?内$|以内$|^within\b|[\u4e00-\u9fff]之?前$|^before\b")
_AGO: Final = re.compile(r"(?:天|日|周|週|星期|礼拜|工作日)(?:之|以)?前$")
_BACK: Final = re.compile(r" ?(?:之?前|以前|ago\b|earlier\b)")
_ON: Final = re.compile(r" ?(?:之?后|以后|later\b)")
_TERM: Final = re.compile(r" ?(?:之?内|以内)")
_IN: Final = re.compile(r"\b(?P<within>with)?in (?:the next )?$")


def whens_in(
    text: str, *, now: datetime, is_workday: Callable[[date], bool] | None = None
) -> Found:
    """Every moment in `text` (folded), in its order, and every length of time that is none."""
    days = open_days_in(text, today=now.date(), is_workday=is_workday, more=LOOSE)
    taken = [(day.start, day.end) for day in days]
    exact, lengths = _from_now(text, [le for le in lengths_in(text) if _free(le, taken)], now)
    taken += [(when.start, when.end) for when in exact]
    times = [t for t in (*times_in(text), *_bare_hours(text)) if _free(t, taken)]
    times, ranges = _without_ends(text, times)
    taken += [(t.start, t.end) for t in times] + [(r.start, r.end) for r in ranges]
    parts = [
        FoundTime(_part(hit), *hit.span())
        for hit in _PARTS.finditer(text)
        if _free(FoundTime(MORNING, *hit.span()), taken)
    ]
    lengths = [le for le in lengths if _free(le, taken)] + ranges
    joined = _joined(text, days, times, parts)
    whens = [*exact, *(_with_term(text, when) for when in joined)]
    whens += _ends_of_day(text, whens)
    return Found(
        tuple(apart(whens)),
        tuple(sorted(lengths, key=lambda le: le.start)),
    )


def _free(found: FoundTime | FoundLength, taken: Iterable[tuple[int, int]]) -> bool:
    return all(found.end <= start or end <= found.start for start, end in taken)


def _part(hit: re.Match[str]) -> time:
    if hit["morning"]:
        return MORNING
    return AFTERNOON if hit["afternoon"] else EVENING


def _bare_hours(text: str) -> list[FoundTime]:
    """At 3 is after noon, at 9 before it, as in work."""
    hours = [(int(hit["hour"]), hit.span()) for hit in _AT_HOUR.finditer(text)]
    return [FoundTime(time(h + 12 if h < 7 else h), *span) for h, span in hours]


def _without_ends(
    text: str, times: Sequence[FoundTime]
) -> tuple[list[FoundTime], list[FoundLength]]:
    """The times without those that only end a range, and how long the ranges are."""
    ranges = [found for one in times if (found := range_after(text, one)) is not None]
    ends = {found.end for found in ranges}
    return [one for one in times if one.end not in ends], ranges


def _from_now(
    text: str, lengths: Iterable[FoundLength], now: datetime
) -> tuple[list[When], list[FoundLength]]:
    """Moments so long before or after now; the lengths that are none of these."""
    moments, rest = [], []
    for one in lengths:
        span, before = timedelta(minutes=one.minutes), _IN.search(text[: one.start])
        if after := _BACK.match(text, one.end):
            moments.append(When(one.start, after.end(), exact=now - span))
        elif after := _ON.match(text, one.end):
            moments.append(When(one.start, after.end(), exact=now + span))
        elif after := _TERM.match(text, one.end):
            moments.append(When(one.start, after.end(), exact=now + span, due=True))
        elif before:
            due = bool(before["within"])
            moments.append(When(before.start(), one.end, exact=now + span, due=due))
        else:
            rest.append(one)
    return moments, rest


def _joined(
    text: str, days: Sequence[OpenDay], times: Sequence[FoundTime], parts: Sequence[FoundTime]
) -> list[When]:
    """Each day with the time and the part of the day beside it; what is left of these alone."""
    whens, used = [], set[FoundTime]()
    for day in days:
        start, end, clock = day.start, day.end, None
        part = next((p for word, p in _WORDS_WITH_PART if word.search(text[start:end])), None)
        for _ in range(2):  # a part and a time, in either order
            for one in (*times, *parts):
                if one in used:
                    continue
                if one.start >= end and _DAY_THEN_TIME.fullmatch(text[end : one.start]):
                    end = one.end
                elif one.end <= start and _TIME_THEN_DAY.fullmatch(text[one.end : start]):
                    start = one.start
                else:
                    continue
                used.add(one)
                clock, part = (one.time, part) if one in times else (clock, one.time)
                break
        whens.append(When(start, end, day, clock, part))
    whens += [When(t.start, t.end, None, t.time) for t in times if t not in used]
    whens += [When(p.start, p.end, None, None, p.time) for p in parts if p not in used]
    return whens


def _with_term(text: str, when: When) -> When:
    """The moment with the words before or after it that make it a term."""
    said = text[when.start : when.end]
    due = bool(_WITHIN.search(said)) and not _AGO.search(said)
    start, end = when.start, when.end
    for before in (_EOD_BEFORE, BEFORE):
        if hit := before.search(text[:start]):
            start, due = hit.start(), True
    for after in (_EOD_AFTER, AFTER):
        if hit := after.match(text, end):
            end, due = hit.end(), True
    return when._replace(start=start, end=end, due=due)


def _ends_of_day(text: str, whens: Sequence[When]) -> list[When]:
    """The end of today, where it stands without a day."""
    found = []
    for hit in _END_OF_DAY.finditer(text):
        if all(hit.end() <= when.start or when.end <= hit.start() for when in whens):
            after = AFTER.match(text, hit.end())
            found.append(When(hit.start(), after.end() if after else hit.end(), due=True))
    return found
