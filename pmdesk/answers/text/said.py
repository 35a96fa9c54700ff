"""Sentences with their figures, not yet in a language."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, Literal, NamedTuple

from pmdesk.records.choices import Choice
from pmdesk.words import Words


class Said(NamedTuple):
    """A key of the catalogue and what fills it: dates, numbers, choices, names in a row, other sentences."""

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


class Amount(NamedTuple):
    """Money in minor units with its currency, as each language writes it: CNY 1,860,000; 1,860,000 元.

    A difference is `signed`.
    """

    minor: int
    currency: str
    signed: bool = False


# What a sentence is filled with beside texts and numbers, by the name under which it is stored.
_STORED: Final[dict[str, type[Any]]] = {
    "share": Share, "figured": Figured, "signed": Signed, "amount": Amount,
}  # fmt: skip


def stored(sentence: Said) -> list[Any]:
    """A sentence as JSON holds it; raises TypeError for what fills it and cannot be stored."""
    return [sentence.text, {name: _stored(value) for name, value in sentence.values.items()}]


def _stored(value: Any) -> Any:
    if isinstance(value, Said):
        return {"said": stored(value)}
    for name, cls in _STORED.items():
        if isinstance(value, cls):
            return {name: [*value]}
    if isinstance(value, date):  # a moment, too
        return {"moment" if isinstance(value, datetime) else "day": value.isoformat()}
    if isinstance(value, str | int | float):
        return str(value) if isinstance(value, str) else value
    raise TypeError(f"{value!r} cannot be stored")


def restored(values: list[Any]) -> Said:
    """A sentence that `stored` wrote."""
    text, filled = values
    return Said(text, {name: _restored(value) for name, value in filled.items()})


def _restored(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((name, held),) = value.items()
    if name == "said":
        return restored(held)
    if name in _STORED:
        return _STORED[name](*held)
    return date.fromisoformat(held) if name == "day" else datetime.fromisoformat(held)


class Weekday(NamedTuple):
    """The name of a day of the week."""

    day: date


class OnDay(NamedTuple):
    """A day of this year, told with its weekday."""

    day: date


_MINUS: Final = "\N{MINUS SIGN}"


def digits_of(value: float, most: int = 4) -> int:
    """How many digits after the point tell `value` in full, up to `most`."""
    return next((n for n in range(most) if abs(round(value, n) - value) < 1e-9), most)


def say(words: Words, sentence: Said) -> str:
    """The sentence in a language, its figures written as the language writes them."""
    values = {name: _written(words, value) for name, value in sentence.values.items()}
    return words(sentence.text, **values)


def _money(words: Words, value: Amount) -> str:
    number = words.number(value.minor / 100, 2 if value.minor % 100 else 0).replace("-", _MINUS)
    if value.signed and value.minor > 0:
        number = f"+{number}"
    if words.language == "zh" and value.currency == "CNY":
        return f"{number} 元"
    return f"{value.currency} {number}".strip()


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
        case Amount():
            return _money(words, value)
        case Figured():
            return words.number(value.value, value.digits).replace("-", _MINUS)
        case Weekday():
            return words.weekday(value.day)
        case OnDay():
            return words.near_day(value.day)
        case Choice():
            return words(value.label)
        case datetime():
            # a moment that was put into a zone stays in it
            return words.short_moment(value, None if value.tzinfo is UTC else value.tzinfo)
        case date():
            return words.date(value)
        case float():
            return words.number(value, 1).replace("-", _MINUS)
        case tuple():
            return words.listed(map(str, value))
    return str(value)


# Nobody reads 343 working hours.
_MANY_HOURS: Final = 100


def waited(words: Words, hours: float, since: date, clock: Literal["work", "wall"] = "work") -> str:
    """How long something has waited as people say it: hours, or since when where those are many."""
    if hours < _MANY_HOURS:
        return words.hours(hours, clock)
    return words("since {day}", day=words.date(since))
