"""Days in Chinese, simplified or traditional."""

import re
from datetime import date, timedelta
from typing import Final

from pmdesk.typed.numbers import NUMBER, whole
from pmdesk.typed.reckoning import (
    Asked,
    Form,
    last_of,
    nearest,
    of_month,
    of_week,
    without_year,
)

_SHIFTS: Final = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0, "今晚": 0,
    "今早": 0, "今晨": 0, "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "明晨": 1, "大后天": 3,
    "大後天": 3, "后天": 2, "後天": 2, "后日": 2, "前日": -2, "昨夜": -1,
}  # fmt: skip
_YEARS: Final = {"去年": -1, "今年": 0, "本年": 0, "明年": 1}
_WEEKDAYS: Final = "一二三四五六日"
_DIGITS: Final = str.maketrans("123456天", "一二三四五六日")
_UNITS: Final = {"月": "month", "季": "quarter", "年": "year"}

_WEEK: Final = r"(?:周|週|星期|礼拜|禮拜)"
_MONTH_AND_DAY: Final = rf"(?P<month>{NUMBER}) ?月 ?(?P<day>{NUMBER}) ?[日号號]?"
_COUNT: Final = rf"(?P<n>{NUMBER}|两|兩) ?(?P<unit>天|日|周|週|个?星期|个?礼拜)"


def _with_year(hit: re.Match[str], asked: Asked) -> date:
    if hit["word"]:
        year = asked.today.year + _YEARS[hit["word"]]
    else:
        year = int(hit["year"]) + (2000 if len(hit["year"]) == 2 else 0)
    return date(year, whole(hit["month"]), whole(hit["day"]))


def _month_and_day(hit: re.Match[str], asked: Asked) -> date:
    return without_year(whole(hit["month"]), whole(hit["day"]), asked)


def _shift(hit: re.Match[str], asked: Asked) -> date:
    return asked.today + timedelta(days=_SHIFTS[hit[0]])


def _counted(hit: re.Match[str], asked: Asked) -> date:
    days = whole(hit["n"].replace("兩", "两")) * (1 if hit["unit"] in "天日" else 7)
    return asked.today + timedelta(days=-days if "前" in hit["side"] else days)


def _weekday(hit: re.Match[str], asked: Asked) -> date:
    number = _WEEKDAYS.index(hit["weekday"].translate(_DIGITS))
    return of_week(number, _off(hit["which"]), asked)


def _day_of_month(hit: re.Match[str], asked: Asked) -> date:
    return of_month(whole(hit["day"]), _off(hit["which"]), asked)


def _end(hit: re.Match[str], asked: Asked) -> date:
    return last_of(_UNITS[hit["unit"][0]], _off(hit["which"]) or 0, asked.today)


def _end_of_month(hit: re.Match[str], asked: Asked) -> date:
    """The end of a month that is named: 12月底, 明年3月底."""
    month = whole(hit["month"])
    if hit["word"]:
        return last_of("month", 0, date(asked.today.year + _YEARS[hit["word"]], month, 1))
    year = asked.today.year
    return nearest(
        [last_of("month", 0, date(y, month, 1)) for y in (year - 1, year, year + 1)], asked
    )


def _end_of_year(hit: re.Match[str], asked: Asked) -> date:
    return date(asked.today.year + _YEARS[hit["word"]], 12, 31)


def _within(hit: re.Match[str], asked: Asked) -> date:
    """The last day of a stretch in which something is to be done: 本周内, 下周前, 周末前."""
    unit = {"周": "week", "星": "week", "礼": "week"}.get(hit["unit"][0]) or _UNITS[hit["unit"][0]]
    shift = _off(hit["which"]) or 0
    return last_of(unit, shift - 1 if hit["side"].endswith("前") and shift else shift, asked.today)


def _before_weekend(hit: re.Match[str], asked: Asked) -> date:
    """The Friday before a weekend: 周末前; on a weekend that of the next one."""
    friday = last_of("week", _off(hit["which"]) or 0, asked.today)
    return friday if friday >= asked.today else friday + timedelta(days=7)


def _off(which: str | None) -> int | None:
    """How many weeks or months 上, 本, 下 and 下下 lie off; None where nothing is said."""
    if not which:
        return None
    return which.count("下") - which.count("上")


FORMS: Final[tuple[Form, ...]] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"(?:(?<!\d)(?P<year>(?:19|20)?\d\d) ?年|(?P<word>{'|'.join(_YEARS)})) ?{_MONTH_AND_DAY}",
         _with_year),
        (rf"(?<![\d年个個]){_MONTH_AND_DAY}(?![\d个個万元台人件套%])", _month_and_day),
        (rf"(?<![明今昨大])(?:{'|'.join(sorted(_SHIFTS, key=len, reverse=True))})", _shift),
        (rf"(?<!\d){_COUNT}(?P<side>之?后|以后|後|内|之?前|以前)", _counted),
        ((rf"(?<![每单双])(?P<which>[上下]{{1,2}}个?|[本这這]个?)?{_WEEK}(?:的?{_WEEK})?"
         rf"(?P<weekday>[一二三四五六日天]|[1-6](?![\d次天回小个时.:])(?<!\d{{2}}))"), _weekday),
        ((rf"(?P<which>(?:[上下]{{1,2}}个?|[本这這]个?)月)?(?<!\d)(?<!月 )(?<!每月)(?P<day>{NUMBER})[号號]"
         r"(?![A-Za-z0-9楼院线机文库门车单位码厂仓柜店员]|会议室)"), _day_of_month),
        (r"(?P<which>[上下本]个?)?(?P<unit>月|季度?|年)(?:底|末)(?!了)", _end),
        (rf"(?<!\d)(?P<word>{'|'.join(_YEARS)})?(?P<month>{NUMBER}) ?月(?:份的?)?(?:底|末)(?!了)",
         _end_of_month),
        (rf"(?P<word>{'|'.join(_YEARS)})年?(?:底|末)(?!了)", _end_of_year),
        (r"(?P<which>[下本这這]个?)?(?P<unit>周|星期|礼拜|月|季度?|年)(?P<side>之?内|以内)(?![容部存])",
         _within),
        (r"(?P<which>[下本这這]个?)(?P<unit>周|星期|礼拜|月|季度|年)(?P<side>之?前|以前)(?![端期台面]|提(?![交供出醒前]))",
         _within),
        (r"(?P<which>[下本这這]个?)?周末(?:之?前|以前)", _before_weekend),
    )
)  # fmt: skip
