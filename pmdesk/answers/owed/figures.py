"""A client in one line of the portfolio: how we answer, how we stand, who spoke last."""

from datetime import date, datetime
from typing import Any, NamedTuple

from pmdesk.journal.codec import moment_of


class Last(NamedTuple):
    """The last thing that was said: when, who said it on which channel, and about what."""

    id: int
    at: str
    channel: str
    direction: str
    who: str
    subject: str


class ClientFigures(NamedTuple):
    """The figures of a client as of a `day`, in working hours.

    `weeks` are the medians of the last 26 weeks, the running one last, None for a week without a
    turn or one that half has not been answered yet. `median` and its interval are of the last 13
    weeks with `n` turns. `health` is None where it is unknown or lost in its noise, `health_error`
    is its standard error in points, None where a stop caps it; `moved` says by how much it changed
    in a month, None within the noise. `alone` is the one person who has written in 90 days where
    there are several.
    """

    day: str
    weeks: tuple[float | None, ...]
    median: float | None
    low: float | None
    high: float | None
    n: int
    target: float
    health: float | None
    health_error: float | None
    moved: float | None
    last: Last | None
    last_contact: str | None
    alone: str


def as_values(figures: ClientFigures) -> list[Any]:
    """Figures as JSON holds them."""
    return [list(value) if isinstance(value, tuple) else value for value in figures]


def from_values(values: list[Any]) -> ClientFigures:
    """Figures as `as_values` wrote them."""
    named = dict(zip(ClientFigures._fields, values, strict=True))
    named["weeks"], last = tuple(named["weeks"]), named["last"]
    return ClientFigures(**{**named, "last": Last(*last) if last else None})


def last_moment(figures: ClientFigures) -> datetime | None:
    """When anything was last said."""
    return moment_of(figures.last.at) if figures.last else None


def day_of(figures: ClientFigures) -> date:
    """The day of which the figures are."""
    return date.fromisoformat(figures.day)
