"""Which moment the words for one mean: whether the day has passed or is to come, and due days."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from pmdesk.answers.text.capturing.asked import About, Chosen, Option, Question, answer
from pmdesk.answers.text.capturing.phrases import Tense
from pmdesk.answers.text.said import Weekday, said
from pmdesk.typed.whens import When
from pmdesk.words import mark

_HELD: Final = mark("held {weekday}, {day}")
_PLANNED: Final = mark("planned {weekday}, {day}")
_DUE: Final = mark("due {weekday}, {day}")
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_OPENING_HOUR: Final = time(9)
# How far off the other reading of a day may lie to be worth a question.
_LIKELY: Final = timedelta(days=60)
_BARE_WEEKDAY: Final = re.compile(
    r"(?<![上下本这個个])(?:周|週|星期|礼拜|禮拜)[一二三四五六日天1-6]"
    r"|(?<!this )(?<!next )(?<!last )(?<!coming )\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b"
)
_FROM_THEN: Final = re.compile(r"(?:天|日)之?内|以内|within \d+ days?|in \d+ days?")


class Moment(NamedTuple):
    """When a contact is, whether its time of day was told, and the other readings of its day."""

    at: datetime
    timed: bool
    question: Question | None = None


def moment_of(
    when: When, phrase: str, tense: Tense | None, *, now: datetime, chosen: Chosen
) -> Moment:
    """The moment of a contact as `when` tells it, in the zone of `now`.

    A bare weekday is that of this week, any other open day the nearest one, unless its words say
    that it has passed or is to come. What lies ahead begins at nine where no time is told.
    """
    if when.exact is not None:
        return Moment(when.exact, timed=True)
    days, taken = _readings(when, phrase, tense, now)
    question = None
    if len(days) > 1:
        question = ask(phrase, days, taken, when, now=now, chosen=chosen)
        taken = date.fromisoformat(question.taken or taken.isoformat())
    return Moment(at_day(when, taken, tense, now=now), when.clock is not None, question)


def ask(
    phrase: str,
    days: list[date],
    taken: date | None,
    when: When,
    *,
    now: datetime,
    chosen: Chosen,
) -> Question:
    """Which of `days` the phrase means; the one that is `taken` holds until another is chosen."""
    options = tuple(
        Option(
            day.isoformat(),
            said(
                _PLANNED if at_day(when, day, None, now=now) > now else _HELD,
                weekday=Weekday(day),
                day=day,
            ),
        )
        for day in days
    )
    return answer(
        Question(About.DAY, phrase, options, taken.isoformat() if taken else None), chosen
    )


def _readings(
    when: When, phrase: str, tense: Tense | None, now: datetime
) -> tuple[list[date], date]:
    """The days that may be meant, and the one that is."""
    today = now.date()
    if when.day is None:
        if tense is Tense.PAST and when.clock and datetime.combine(today, when.clock) > _bare(now):
            return [today - _DAY, today], today - _DAY
        return [today], today
    behind, coming = when.day.behind, when.day.coming
    if not when.day.is_open:
        if coming == today and _BARE_WEEKDAY.search(phrase.lower()):
            return [today - _WEEK, today, today + _WEEK], today
        return [coming], coming
    if tense is not None:
        taken = behind if tense is Tense.PAST else coming
    elif coming - behind == _WEEK:
        monday = today - timedelta(days=today.weekday())
        taken = behind if behind >= monday else coming
    else:
        taken = when.day.nearest
    other = coming if taken == behind else behind
    if abs(other - today) > _LIKELY and other != when.day.nearest:
        return [taken], taken
    return [behind, coming], taken


def _bare(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def at_day(when: When, day: date, tense: Tense | None, *, now: datetime) -> datetime:
    """The moment on `day`: at the time that was told, else at one that is likely then."""
    if when.clock is not None:
        return datetime.combine(day, when.clock, now.tzinfo)
    if day == now.date():
        at = datetime.combine(day, when.part, now.tzinfo) if when.part else now
        if tense is Tense.PLAN and at <= now:
            # the next full hour, as long as it is today
            at = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
            return at if at.date() == day else now.replace(hour=23, minute=59, second=0)
        if tense is not Tense.PLAN and when.part and at > now and tense is Tense.PAST:
            return now
        return at
    usual = now.time().replace(microsecond=0) if day < now.date() else _OPENING_HOUR
    return datetime.combine(day, when.part or usual, now.tzinfo)


class Term(NamedTuple):
    """The day something is due on, and the time of day that was told."""

    day: date
    clock: time | None


def term_of(when: When, phrase: str, *, made_on: date, now: datetime) -> Term:
    """When something is due that was promised on a day: the coming such day.

    "Within 3 days" counts from the day it was said.
    """
    if when.exact is not None:
        return Term(when.exact.date(), when.exact.time().replace(second=0, microsecond=0))
    if when.day is None:
        return Term(now.date(), when.clock)
    day = when.day.coming
    if _FROM_THEN.search(phrase.lower()) and made_on < now.date():
        day -= now.date() - made_on
    return Term(day, when.clock)


def ask_term(phrase: str, days: tuple[date, ...], *, chosen: Chosen) -> Question:
    """By which of `days` something is due that is to be done in that time: the last, at first."""
    options = tuple(
        Option(day.isoformat(), said(_DUE, weekday=Weekday(day), day=day)) for day in days
    )
    return answer(Question(About.DAY, phrase, options, days[-1].isoformat()), chosen)
