"""Days that need a work calendar: 国庆后第一个工作日, 3个工作日内, next working day."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from pmdesk.typed.festivals import FESTIVALS, festival
from pmdesk.typed.numbers import NUMBER, whole
from pmdesk.typed.reckoning import Asked, Form, nearest

_DAY: Final = timedelta(days=1)
_LONGEST_BREAK: Final = 40  # days without work, then the calendar holds none
_CALLED: Final = {
    "国庆": "national", "十一": "national", "national day": "national", "春节": "spring",
    "过年": "spring", "spring festival": "spring", "chinese new year": "spring", "cny": "spring",
    "元旦": "new year", "new year": "new year", "五一": "labour", "劳动节": "labour",
    "labour day": "labour", "labor day": "labour", "清明": "tombs", "端午": "dragon boat",
    "dragon boat festival": "dragon boat", "中秋": "mid-autumn", "圣诞": "christmas",
    "mid-autumn festival": "mid-autumn", "christmas": "christmas",
}  # fmt: skip
_ANY: Final = ("节", "假期", "长假", "小长假", "the holidays", "the holiday")

_CHINESE: Final = "国庆|春节|过年|元旦|五一|十一|劳动节|清明|端午|中秋|圣诞"
_AFTER: Final = (
    rf"(?P<feast>{_CHINESE}|小?长假|假期|(?<![\u4e00-\u9fff])节)节?(?:放?假期?|长假)?"
    rf"(?P<side>之?后|以后|过后|之?前|以前)(?![端期台面者续果]|提(?![交供出醒前]))"
    rf"(?:的?(?:第(?P<n>[一二三四五1-5])|(?P<last>最后一)) ?个?(?:工作日|上班日))?"
)
_ENGLISH: Final = (
    r"(?:(?P<n>first|second|third|last) (?:working|business|work) ?day )?(?P<side>after|before) "
    r"(?P<feast>(?:the )?(?:national day|spring festival|chinese new year|cny|new year|labou?r day"
    r"|dragon boat festival|mid-autumn festival|christmas)|the holidays?)(?: (?:break|holidays?))?"
)
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "last": 1}
_WORKDAYS: Final = r"(?:working|business|work) ?days?"


def _is_worked(asked: Asked) -> Callable[[date], bool]:
    if asked.is_workday is None:
        raise ValueError("no calendar to count by")
    return asked.is_workday


def _worked(day: date, step: int, count: int, asked: Asked) -> date:
    """The working day number `count` (1 the nearest) before or after `day`; raises ValueError."""
    worked, off = _is_worked(asked), 0
    while count:
        day += step * _DAY
        free = not worked(day)
        off = off + 1 if free else 0
        if off > _LONGEST_BREAK:
            raise ValueError("nobody works")
        count -= 0 if free else 1
    return day


def _around_feast(hit: re.Match[str], asked: Asked) -> date:
    """The working day that lies so many after or before a holiday and the break around it."""
    feast = hit["feast"].removeprefix("the ") if hit["feast"] not in _ANY else ""
    step = 1 if hit["side"] in ("after", "后", "之后", "以后", "过后") else -1
    number = hit["n"] or "1"
    count = _ORDINALS.get(number) or whole(number)
    found = [_worked(day, step, count, asked) for day in _days_of(_CALLED.get(feast), asked)]
    if not feast:
        # "after the holiday" is said of the one that is now or next
        return min((day for day in found if day > asked.today), default=nearest(found, asked))
    return nearest(found, asked)


def _days_of(name: str | None, asked: Asked) -> Iterator[date]:
    year = asked.today.year
    for feast in (name,) if name else FESTIVALS[:3] + FESTIVALS[4:]:
        for y in (year - 1, year, year + 1):
            try:
                yield festival(feast, y)
            except ValueError:
                continue


def _counted(hit: re.Match[str], asked: Asked) -> date:
    back = "前" in hit["side"] if "side" in hit.groupdict() else False
    return _worked(asked.today, -1 if back else 1, whole(hit["n"]), asked)


def _next(_hit: re.Match[str], asked: Asked) -> date:
    return _worked(asked.today, 1, 1, asked)


def _of_month(hit: re.Match[str], asked: Asked) -> date:
    """The first or last working day of a month."""
    months = asked.today.year * 12 + asked.today.month - 1
    shift = hit["which"].count("下") - hit["which"].count("上")
    year, month = divmod(months + shift, 12)
    first = date(year, month + 1, 1)
    if hit["end"] == "第一":
        return _worked(first - _DAY, 1, 1, asked)
    following = divmod(months + shift + 1, 12)
    return _worked(date(following[0], following[1] + 1, 1), -1, 1, asked)


FORMS: Final[tuple[Form, ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (_AFTER, _around_feast),
        (rf"\b{_ENGLISH}(?![a-z])", _around_feast),
        (rf"(?<!\d)(?P<n>{NUMBER}|两) ?个?工作日(?P<side>之?内|以内|之?后|以后|之?前)", _counted),
        (rf"\b(?:with)?in (?P<n>\d{{1,2}}|an?|one|two|three|four|five|six) {_WORKDAYS}(?![a-z])", _counted),
        (rf"下一?个工作日|\b(?:the )?next {_WORKDAYS}(?![a-z])", _next),
        (r"(?P<which>[上下本这]个?)月(?:的)?(?P<end>第一|最后一)个工作日", _of_month),
    )
)  # fmt: skip
