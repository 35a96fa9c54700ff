"""A cell as the value of a field: days, numbers, choices by their names in both languages."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.actions.incoming.register_names import plain_name
from pmdesk.actions.incoming.register_words import (
    MEANT,
    NO,
    NOTHING,
    PRIORITIES,
    PRIORITY_NAMES,
    STEPS,
    YES,
)
from pmdesk.exchange.spreadsheet import text_of_cell
from pmdesk.exchange.tables.days import NoDay, Order, moment_of
from pmdesk.exchange.tables.values import Cell, plain
from pmdesk.records.declare import Field, Shape
from pmdesk.records.transparency import IMPACTS, ODDS, Impact, Odds, Severity
from pmdesk.typed.numbers import number
from pmdesk.words import LANGUAGES, words_for

# The steps that a number means, by the highest one of its scale.
SCALES: Final[Mapping[int, Sequence[str]]] = {
    3: STEPS[1:4],
    5: STEPS,
    10: [step for step in STEPS for _ in range(2)],
}


class NotUnderstood(ValueError):
    """A cell that is no value of its field."""


class LiesAhead(NotUnderstood):
    """A day that has not come yet where only one that has makes sense."""


# A head that says so, as ours do.
_IN_UTC: Final = re.compile(r"\bUTC\b(?![+-]\d)")


class Setting(NamedTuple):
    """What cells are read by: the order of days, the zone of the client, the moment.

    `scale` is the highest step where numbers tell a probability or an impact, 1 where they are shares.
    """

    order: Order
    zone: ZoneInfo
    at: datetime
    scale: int = 5


def text_of(cell: Cell) -> str:
    """A cell as text, without the sign that keeps a spreadsheet from running it."""
    return text_of_cell(plain(cell))


def value_of(cell: Cell, field: Field, column: str, setting: Setting) -> Any:
    """The value of a cell for a field; None where nothing stands there. Raises NotUnderstood."""
    text = text_of(cell)
    if not text or (field.shape is not Shape.TEXT and text.casefold() in NOTHING):
        return None
    match field.shape:
        case Shape.DAY | Shape.MOMENT:
            return _moment(cell, field, column, setting)
        case Shape.CHOICE:
            return choice_of(cell, field.choices, column, setting.scale)
        case Shape.YES_NO:
            return _yes_or_no(text)
        case Shape.WHOLE | Shape.REAL:
            return _number(cell, field)
    # a field that is not long is one line of a form
    return text if field.meta.long else " ".join(text.split())


def _moment(cell: Cell, field: Field, column: str, setting: Setting) -> date | datetime:
    zone = UTC if _IN_UTC.search(column) else setting.zone
    try:
        read = moment_of(cell, setting.order)
    except NoDay as error:
        raise NotUnderstood(plain(cell)) from error
    if read is None:
        raise NotUnderstood(plain(cell))
    try:
        if isinstance(read, datetime):
            moment = read if read.tzinfo else read.replace(tzinfo=zone)
        else:
            moment = datetime.combine(read, time(), setting.zone)
        local, now = moment.astimezone(setting.zone), setting.at.astimezone(setting.zone)
    except (OverflowError, ValueError) as error:
        raise NotUnderstood(plain(cell)) from error
    if not field.meta.ahead and (local.date() > now.date() or local > now):
        raise LiesAhead(plain(cell))
    return moment.astimezone(UTC) if field.shape is Shape.MOMENT else local.date()


def choice_of(cell: Cell, choices: type[Any] | None, column: str = "", highest: int = 5) -> Any:
    """The choice that a cell names in either language, or by its place on a scale. Raises NotUnderstood."""
    text = text_of(cell)
    named = _named(choices)
    known: Any = named.get(plain_name(text)) or named.get(text.casefold())
    if known is None:
        words = MEANT.get(choices, {}) if choices else {}
        known = words.get(plain_name(text))
    if known is None and choices is Severity and plain_name(column) in PRIORITY_NAMES:
        known = PRIORITIES.get(text)
    if known is None and choices in (Odds, Impact):
        known = choices(_step(cell, ODDS if choices is Odds else IMPACTS, highest))
    if known is None:
        raise NotUnderstood(text)
    return known


def _named(choices: Any) -> dict[str, Any]:
    """Choices by what is stored, and by their labels in both languages, whole and without brackets."""
    return _all_named(choices)


@cache
def _all_named(choices: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for choice in choices or ():
        found.setdefault(str(choice.value).casefold(), choice)
        for language in LANGUAGES:
            label = words_for(language)(choice.label)
            found.setdefault(label.casefold(), choice)
            found.setdefault(plain_name(label), choice)
    return found


def _step(cell: Cell, scale: dict[str, float], highest: int) -> str:
    """The step that a number means: a whole one up to the highest, a share, or per cent."""
    text = plain(cell)
    try:
        told = number(text)
    except ValueError as error:
        raise NotUnderstood(text) from error
    if not text.endswith(("%", "％")) and highest > 1 and told in range(1, highest + 1):
        return SCALES[highest][int(told) - 1]
    share = told / 100 if text.endswith(("%", "％")) or told > highest else told
    if not 0 < share <= 1:
        raise NotUnderstood(text)
    return min(scale, key=lambda step: abs(Decimal(str(scale[step])) - share))


def _yes_or_no(text: str) -> bool:
    name = text.strip().casefold()
    if name in YES or name in NO:
        return name in YES
    raise NotUnderstood(text)


def _number(cell: Cell, field: Field) -> int | float:
    text = plain(cell)
    try:
        told = Decimal(str(cell)) if isinstance(cell, int | float) else number(text)
        if field.meta.checks == "money":
            return int((told * 100).to_integral_value(rounding="ROUND_HALF_UP"))
        if field.shape is Shape.REAL:
            return float(told)
        if told != told.to_integral_value():
            raise NotUnderstood(text)
        return int(told)
    except (ArithmeticError, ValueError) as error:
        raise NotUnderstood(text) from error
