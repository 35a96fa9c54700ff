"""The moments of a chat's messages, once it is known when it was copied and how days are written."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from pmdesk.exchange.chat.values import Chat, Dated, Day, Days, Doubt, Message, Stamp, Written

ORDERS: Final = ("dmy", "mdy", "ymd")
_RELATIVE: Final = frozenset((Written.WEEKDAY, Written.BACK))
_NO_YEAR: Final = frozenset((Written.TWO, Written.MONTH_DAY))
ORDERED: Final = frozenset((Written.THREE, Written.TWO))
# No program of these is older.
_EARLIEST: Final = 1995
# A clock that goes back by so little through midnight has passed it: 23:58, 00:03.
_NIGHT: Final = timedelta(hours=6)


def day_of(day: Day, days: Days) -> date | Doubt:
    """The day that is written, or why it is none."""
    try:
        found = _day_of(day, days)
        return Doubt.NO_SUCH_DAY if isinstance(found, date) and found.year < _EARLIEST else found
    except (ValueError, OverflowError):
        return Doubt.NO_SUCH_DAY


def _day_of(day: Day, days: Days) -> date | Doubt:
    numbers = day.numbers
    if day.how is Written.BACK:
        return days.copied - timedelta(days=numbers[0])
    if day.how is Written.WEEKDAY:
        back = (days.copied.weekday() - numbers[0]) % 7
        return days.copied - timedelta(days=back) if back else Doubt.WEEKDAY
    if day.how is Written.YMD:
        return date(*numbers)
    if day.how is Written.THREE:
        year, month, this = (numbers[days.order.index(part)] for part in "ymd")
        if day.year_last and days.order == "ymd":
            return Doubt.NO_SUCH_DAY
        return date(year + 2000 if year < 100 else year, month, this)
    month, this = numbers
    if day.how is Written.TWO and days.order == "dmy":
        this, month = numbers
    latest = next(
        (year for year in range(days.copied.year, days.copied.year - 8, -1)
         if _is_day(year, month, this) and date(year, month, this) <= days.copied), None,
    )  # fmt: skip
    return Doubt.NO_SUCH_DAY if latest is None else date(latest, month, this)


def _is_day(year: int, month: int, this: int) -> bool:
    try:
        date(year, month, this)
    except ValueError:
        return False
    return True


def _stamps(chat: Chat) -> list[Stamp]:
    return [m.stamp for m in chat.messages if m.stamp is not None and m.stamp.day is not None]


def is_relative(chat: Chat) -> bool:
    """Whether the day of copying decides which days these were.

    昨天, 星期三, Yesterday; or an hour without a day that goes back behind the one before it.
    """
    if any(stamp.day is not None and stamp.day.how in _RELATIVE for stamp in _stamps(chat)):
        return True
    last: time | None = None
    for stamp in (message.stamp for message in chat.messages):
        if stamp is None or stamp.clock is None:
            continue
        if stamp.day is None and last is not None and not _runs_on(last, stamp.clock):
            return True
        last = stamp.clock
    return False


def _runs_on(last: time, clock: time) -> bool:
    """Whether a clock follows another on the same day, or in the night that ends it."""
    if clock >= last:
        return True
    day = date(2000, 1, 1)
    return (
        datetime.combine(day + timedelta(days=1), clock) - datetime.combine(day, last)
    ) <= _NIGHT


def has_no_years(chat: Chat) -> bool:
    """Whether the day of copying decides the year."""
    return any(stamp.day is not None and stamp.day.how in _NO_YEAR for stamp in _stamps(chat))


def begins_without_day(chat: Chat) -> bool:
    """Whether the first message does not say its day."""
    first = chat.messages[0].stamp if chat.messages else None
    return bool(chat.messages) and (first is None or first.day is None)


def possible_orders(
    chat: Chat, days: Days, orders: Sequence[str] = ORDERS
) -> tuple[list[str], str]:
    """The orders of day, month and year in which the days exist and follow one another.

    With the text of the first day that they read differently; none where all say the same.
    """
    stamps = [s for s in _stamps(chat) if s.day is not None and s.day.how in ORDERED]
    if not stamps:
        return [orders[-1]], ""
    if any("." in stamp.text.partition(" ")[0] for stamp in stamps):
        orders = [
            order for order in orders if order != "ymd"
        ] or orders  # 24.11.26 has its year last
    read = {order: _in_order(stamps, days._replace(order=order)) for order in orders}
    known = {order: found for order, found in read.items() if found is not None}
    rising = {o: found for o, found in known.items() if found == sorted(found)}
    left = rising or known
    if not left:
        return [orders[0]], ""
    first = next(iter(left.values()))
    if all(found == first for found in left.values()):
        return [next(iter(left))], ""
    place = next(n for n in range(len(stamps)) if len({found[n] for found in left.values()}) > 1)
    return list(left), stamps[place].text


def _in_order(stamps: Sequence[Stamp], days: Days) -> list[date] | None:
    found = []
    for stamp in stamps:
        day = day_of(stamp.day, days) if stamp.day else None
        if not isinstance(day, date) or day > days.copied:
            return None
        found.append(day)
    return found


def dated(chat: Chat, days: Days) -> Iterator[Dated]:
    """Every message with its moment; one without a day has that of the message before it.

    A clock that goes back has passed midnight where that takes less than six hours. Else, and behind
    昨天 or 星期三, an hour alone is of the day of copying: of today programs tell the hour only.
    """
    day, last, why = days.first, None, Doubt.NO_DAY
    shown_from_today = False
    for message in chat.messages:
        stamp = message.stamp
        if stamp is None:
            yield _untimed(message, day)
            continue
        if stamp.day is not None:
            told = day_of(stamp.day, days)
            day, why = (told, why) if isinstance(told, date) else (None, told)
            shown_from_today = stamp.day.how in _RELATIVE
        elif shown_from_today:
            day = days.copied
        elif last is not None and stamp.clock is not None and day is not None:
            day = _day_after(last, stamp.clock, days.copied)
            why = Doubt.NO_DAY
        if day is None or stamp.clock is None:
            yield Dated(message, None, why)
        elif day > days.copied:
            yield Dated(message, None, Doubt.AHEAD)
        else:
            last = datetime.combine(day, stamp.clock)
            yield Dated(message, last)


def _untimed(message: Message, day: date | None) -> Dated:
    """A message of a day without a clock: noon stands for it."""
    if day is None:
        return Dated(message, None, Doubt.NO_DAY)
    return Dated(message, datetime(day.year, day.month, day.day, 12))  # noqa: DTZ001 - wall time


def _day_after(last: datetime, clock: time, copied: date) -> date | None:
    """The day of an hour without one, behind `last`; None where it cannot be told."""
    if clock >= last.time().replace(second=0 if clock.second == 0 else last.second):
        return last.date()
    if _runs_on(last.time(), clock):
        return last.date() + timedelta(days=1)
    return copied if copied > last.date() else None
