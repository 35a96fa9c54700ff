"""Sentences with their figures, not yet in a language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

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
        case Figured():
            return words.number(value.value, value.digits)
        case Choice():
            return words(value.label)
        case datetime():
            return words.short_moment(value)
        case date():
            return words.date(value)
        case float():
            return words.number(value, 1)
    return str(value)
