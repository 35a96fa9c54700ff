"""What stands against saving a record: a field, a sentence, and the figures in it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from pmdesk.records.declare import Field, Shape, kind_of
from pmdesk.words import mark

NO_DAY: Final = mark("“{text}” is no date. Write it as 2026-10-01, 1 Oct, fri or +3.")
NO_MOMENT: Final = mark("“{text}” is no moment. Write it as 2026-10-01 14:30 or fri 5pm.")
NO_BIRTHDAY: Final = mark("“{text}” is no birthday. Write it as 1985-08-15, 8-15 or 农历八月十五.")
NO_DAYS: Final = mark(
    "“{text}” is no date. Write days as 2026-10-01, and several in a row as 2027-02-03 – 02-18."
)
NO_NUMBER: Final = mark("“{text}” is no number. Write it as 1234.5.")


BEFORE_HELD: Final = mark(
    "What came before {day} is judged by what held then. Empty the day to judge all of it anew."
)


class Problem(NamedTuple):
    """A finding at a field; `sentence` is a key of the catalogue, `values` fill it."""

    field: str
    sentence: str
    values: Mapping[str, object] = {}


def problems_of(record: Any) -> list[Problem]:
    """All that must be mended before `record` can be saved, in the order of its fields."""
    problems: list[Problem] = []
    for spec in kind_of(record).fields:
        problems.extend(_field_problems(spec, getattr(record, spec.name)))
    record_rules = getattr(record, "problems", None)
    if record_rules is not None:
        problems.extend(record_rules())
    order = [spec.name for spec in kind_of(record).fields]
    return sorted(problems, key=lambda problem: order.index(problem.field))


def _field_problems(spec: Field, value: Any) -> Iterator[Problem]:
    empty = value is None or value == () or (isinstance(value, str) and not value.strip())
    if empty:
        if spec.meta.required:
            yield Problem(spec.name, mark("This cannot stay empty."))
        return
    if spec.shape in (Shape.WHOLE, Shape.REAL) and not spec.meta.refers:
        low, high = spec.meta.low, spec.meta.high
        if low is not None and high is not None and not low <= value <= high:
            yield Problem(
                spec.name,
                mark("Give a number from {low} to {high}."),
                {"low": f"{low:g}", "high": f"{high:g}"},
            )
        elif low is not None and value < low:
            yield Problem(spec.name, mark("Give a number from {low}."), {"low": f"{low:g}"})
        elif high is not None and value > high:
            yield Problem(spec.name, mark("Give a number up to {high}."), {"high": f"{high:g}"})
        elif abs(value) > 2**62:
            yield Problem(spec.name, mark("This number is too large."))


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """The names of all IANA time zones, from tzdata where the system has none."""
    import importlib.resources  # only where a zone is checked, not at the start

    table = importlib.resources.files("tzdata").joinpath("zones").read_text("utf-8")
    return frozenset(table.split())


def zone_problem(zone: str, name: str = "zone") -> Iterator[Problem]:
    """The problem of a time zone that nobody knows, if it is one."""
    if zone and zone not in known_zones():
        yield Problem(
            name,
            mark("There is no time zone “{zone}”. Write it as a place, such as Asia/Shanghai."),
            {"zone": zone},
        )


def order_problem(
    name: str, first: date | None, last: date | None, sentence: str
) -> Iterator[Problem]:
    """The problem of an end before its start, if both are known."""
    if first and last and last < first:
        yield Problem(name, sentence)


def day_problems(name: str, days: Iterable[str]) -> Iterator[Problem]:
    """The first of `days` that is no date in ISO form."""
    for day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            yield Problem(name, mark("“{day}” is no date. Write it as 2026-10-01."), {"day": day})
            return
