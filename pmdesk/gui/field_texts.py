"""The values of fields as the text one edits, and what is typed as values again."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from pmdesk.records.declare import Field, Shape
from pmdesk.records.problems import NO_BIRTHDAY, NO_DAY, NO_DAYS, NO_MOMENT, NO_NUMBER, Problem
from pmdesk.typed import numbers
from pmdesk.typed.birthdays import typed_birthday
from pmdesk.typed.currencies import TooFine, amount, decimals, written
from pmdesk.typed.day_ranges import NoDays, days_typed, days_written
from pmdesk.typed.days import day, open_days_in
from pmdesk.typed.fold import folded
from pmdesk.typed.lists import items
from pmdesk.typed.moments import moment
from pmdesk.typed.zones import zone_named
from pmdesk.words import mark

_WHOLE = mark("{currency} has no decimals, “{text}” has some.")
_HUNDREDTHS = mark("“{text}” has more than two decimals: amounts are kept to two.")
TIMES = (Shape.DAY, Shape.MOMENT)
_HINTS = {
    Shape.DAY: NO_DAY,
    Shape.MOMENT: NO_MOMENT,
    Shape.REAL: NO_NUMBER,
    Shape.WHOLE: NO_NUMBER,
}


class Unclear(Exception):
    """What was typed at a field says nothing; the problem tells."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


class FieldTexts:
    """Days are reckoned from `now()`, in whose zone moments are typed and shown."""

    def __init__(
        self,
        now: Callable[[], datetime],
        is_workday: Callable[[date], bool] | None = None,
        currency: Callable[[], str] = lambda: "",
    ) -> None:
        """Days told in working days are understood where `is_workday` knows them.

        `currency()` tells by its letters what money is in, as far as that is known.
        """
        self.now, self.is_workday, self.currency = now, is_workday, currency

    def shown(self, field: Field, value: Any) -> str:
        """A value as it stands in its field."""
        if value is None:
            return ""
        match field.shape:
            case Shape.MOMENT:
                return f"{value.astimezone(self.now().tzinfo):%Y-%m-%d %H:%M}"
            case Shape.DAY:
                return str(value.isoformat())
            case Shape.REAL:
                return f"{value:g}"
            case Shape.TEXT if field.meta.checks == "birthday":
                return str(value).removeprefix("--")
            case Shape.TEXTS if field.meta.checks == "days":
                return days_written(value)
            case Shape.TEXTS:
                return "\n".join(value) if field.meta.long else ", ".join(value)
            case Shape.WHOLE if field.meta.checks == "money":
                return written(value, self.currency())
        return str(value)

    def read(self, field: Field, text: str) -> Any:
        """What is typed as the field's value; raises Unclear."""
        given = text.strip()
        match field.shape:
            case Shape.TEXT if given and field.meta.checks == "birthday":
                return _birthday(field, given)
            case Shape.TEXT if field.meta.checks == "zone":
                return zone_named(text)
            case Shape.TEXT:
                return text
            case Shape.TEXTS if field.meta.checks == "days":
                return self._days(field, text)
            case Shape.TEXTS if field.meta.long:
                return tuple(part.strip() for part in text.splitlines() if part.strip())
            case Shape.TEXTS:
                return items(text)
        if not given:
            return None if field.optional else field.default
        try:
            return self._number_or_time(field, given)
        except TooFine as error:
            code = self.currency()
            sentence = _WHOLE if decimals(code) == 0 else _HUNDREDTHS
            raise Unclear(
                Problem(field.name, sentence, {"text": given, "currency": code})
            ) from error
        except (ValueError, OverflowError) as error:
            sentence = _HINTS[field.shape]
            raise Unclear(Problem(field.name, sentence, {"text": given})) from error

    def _number_or_time(self, field: Field, given: str) -> Any:
        match field.shape:
            case Shape.DAY:
                return self._day(given, field.meta.ahead)
            case Shape.MOMENT:
                midnight = time()
                instant = moment(given, now=self.now(), ahead=field.meta.ahead, otherwise=midnight)
                return instant.astimezone(UTC).replace(microsecond=0)
            case Shape.REAL:
                return float(numbers.number(given))
            case _ if field.meta.checks == "money":
                return amount(given, self.currency())
            case _:
                return numbers.integer(given)

    def _days(self, field: Field, text: str) -> tuple[str, ...]:
        try:
            return tuple(map(str, days_typed(text, today=self.now().date())))
        except NoDays as error:
            raise Unclear(Problem(field.name, NO_DAYS, {"text": error.part})) from error

    def _day(self, given: str, ahead: bool | None) -> date:
        """A day, told by the calendar or in working days; raises ValueError."""
        today = self.now().date()
        plain = " ".join(folded(given).split())
        for one in open_days_in(plain, today=today, is_workday=self.is_workday):
            if one.worked and (one.start, one.end) == (0, len(plain)):
                return {True: one.coming, False: one.behind, None: one.nearest}[ahead]
        return day(given, today=today, ahead=ahead)


def _birthday(field: Field, given: str) -> str:
    try:
        return typed_birthday(given)[0].stored
    except ValueError as error:
        raise Unclear(Problem(field.name, NO_BIRTHDAY, {"text": given})) from error
