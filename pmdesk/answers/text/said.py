"""Sentences with their figures, not yet in a language."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, Literal, NamedTuple

from pmdesk.records.choices import Choice
from pmdesk.words import Words


class Said(NamedTuple):
    """A key of the catalogue and what fills it: dates, numbers, choices, other sentences."""

    text: str
    values: Mapping[str, Any] = {}


def said(text: str, /, **values: Any) -> Said:
    """A sentence with its figures."""
    return Said(text, values)


class Share(NamedTuple):
    """A share of 0..1, told as per cent."""

    share: float


class Figured(NamedTuple):
    """A number told with so many digits."""

    value: float
    digits: int


class Signed(NamedTuple):
    """A difference told with its sign and so many digits; none has no sign."""

    value: float
    digits: int


_MINUS: Final = "\N{MINUS SIGN}"


def digits_of(value: float, most: int = 4) -> int:
    """How many digits after the point tell `value` in full, up to `most`."""
    return next((n for n in range(most) if abs(round(value, n) - value) < 1e-9), most)


def say(words: Words, sentence: Said) -> str:
    """The sentence in a language, its figures written as the language writes them."""
    values = {name: _written(words, value) for name, value in sentence.values.items()}
    return words(sentence.text, **values)


def _written(words: Words, value: Any) -> str:
    match value:
        case Said():
            return say(words, value)
        case Share():
            return words.percent(value.share)
        case Signed():
            number = words.number(abs(value.value), value.digits)
            if round(value.value, value.digits) == 0:
                return "0"
            return f"{_MINUS if value.value < 0 else '+'}{number}"
        case Figured():
            return words.number(value.value, value.digits).replace("-", _MINUS)
        case Choice():
            return words(value.label)
        case datetime():
            # a moment that was put into a zone stays in it
            return words.short_moment(value, None if value.tzinfo is UTC else value.tzinfo)
        case date():
            return words.date(value)
        case float():
            return words.number(value, 1).replace("-", _MINUS)
    return str(value)


# Nobody reads 343 working hours.
_MANY_HOURS: Final = 100


def waited(words: Words, hours: float, since: date, clock: Literal["work", "wall"] = "work") -> str:
    """How long something has waited as people say it: hours, or since when where those are many."""
    if hours < _MANY_HOURS:
        return words.hours(hours, clock)
    return words("since {day}", day=words.date(since))
