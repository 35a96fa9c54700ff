"""What speaks of a day without saying which: 下周, next week, 腊月二十三, 31 Feb, 3/12/2026."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from pmdesk.typed.apart import apart
from pmdesk.typed.reckoning import possible


class Unclear(NamedTuple):
    """Words for a day that is not certain, from `start` up to `end`, and the days they may mean."""

    start: int
    end: int
    days: tuple[date, ...] = ()


_MONTHS: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEK: Final = re.compile(
    r"(?P<before>上上?)个?(?:周|星期|礼拜)(?!末|[一二三四五六日天])|\blast week\b"
    r"|(?P<after>下下?)个?(?:周|星期|礼拜)(?!末|[一二三四五六日天])|(?P<next>\bnext week\b)"
    r"|(?P<this>[本这]个?(?:周|星期|礼拜)(?!末|[一二三四五六日天])|\bthis week\b)"
)
_WEEKEND: Final = re.compile(
    r"(?P<which>[上下本这])?个?周末|\b(?:at |on |over )?(?:the |(?P<word>this|last|next) )?weekend\b"
)
_A_FEW: Final = re.compile(
    r"(?P<back>前几天|前两天|前些天|\bthe other day\b|\ba (?:few|couple of) days ago\b)"
    r"|过几天|过两天|改天|\bin a (?:few|couple of) days\b|\bone of the next days\b"
)
_ONE_OR_NEXT: Final = re.compile(r"明后天?|今明两?天|明后两天|昨前天")
_EITHER: Final = re.compile(r"(?<![\w./-])(\d{1,2})[-/](\d{1,2})[-/]((?:19|20)\d\d)(?![\w/-])")
_NEVER_A_DAY: Final = re.compile(
    r"(?:农历|阴历|旧历)[一二三四五六七八九十正冬腊初廿月日0-9]*|(?:正|腊|冬)月(?:初?[一二三四五六七八九十廿]{1,3})?"
    r"|大?年?初[一二三四五六七八九十]|大年三十|除夕|元宵节?|小年|重阳节?"
    r"|(?:国庆|春节|元旦|五一|清明|端午|中秋)节?(?=[ ,]|$|期间|假期)"
    r"|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?|(?<!\d)\d{1,2}月\d{1,2}[日号]|(?<!\d)3[2-9]号"
    rf"|\b(?:3[0-9]|0) (?:{_MONTHS})\b|\b(?:{_MONTHS}) (?:3[0-9])\b"
    r"|(?<![\d个第])(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|初|中旬?|上旬|下旬)?(?![\d一二三四五六七八九十])"
    r"|[上下本]个?月(?:初|中旬?|上旬|下旬)?(?!的?第|最后|[\d一二三四五六七八九十底末])|月[初中](?!旬)"
    r"|\b(?:next|last|this) (?:month|quarter|year)\b|\bin \d{1,2} months?\b"
    rf"|\b(?:in|early|mid|late)[ -](?:{_MONTHS})\b(?! \d)|\b(?:mid|early|late) (?:next|this) (?:week|month)\b"
)  # fmt: skip


def unclear_in(
    text: str, *, today: date, is_workday: Callable[[date], bool] | None = None
) -> list[Unclear]:
    """Every such word in `text` (folded, its certain days taken out), in its order."""
    worked = is_workday or (lambda day: day.weekday() < 5)
    return apart(_all(text, today, worked))


def _all(text: str, today: date, worked: Callable[[date], bool]) -> Iterator[Unclear]:
    monday = today - timedelta(days=today.weekday())
    for hit in _WEEK.finditer(text):
        weeks = -len(hit["before"] or "") + len(hit["after"] or "")
        weeks = 1 if hit["next"] else weeks if weeks or hit["this"] else -1
        days = (monday + timedelta(days=7 * weeks + n) for n in range(7))
        yield Unclear(*hit.span(), tuple(day for day in days if worked(day)))
    for hit in _WEEKEND.finditer(text):
        weeks = {"上": -1, "下": 1, "last": -1, "next": 1}.get(hit["which"] or hit["word"] or "", 0)
        saturday = monday + timedelta(days=7 * weeks + 5)
        yield Unclear(*hit.span(), (saturday, saturday + timedelta(days=1)))
    for hit in _A_FEW.finditer(text):
        step = -1 if hit["back"] else 1
        yield Unclear(*hit.span(), tuple(today + timedelta(days=step * n) for n in range(1, 6)))
    for hit in _ONE_OR_NEXT.finditer(text):
        step = -1 if hit[0] == "昨前天" else 1
        first = 0 if hit[0].startswith("今") else 1
        yield Unclear(
            *hit.span(), tuple(today + timedelta(days=step * (first + n)) for n in (0, 1))
        )
    for hit in _EITHER.finditer(text):
        first, second, year = (int(part) for part in hit.groups())
        readings = {*possible((year,), first, second), *possible((year,), second, first)}
        yield Unclear(*hit.span(), tuple(sorted(readings)))
    for hit in _NEVER_A_DAY.finditer(text):
        yield Unclear(*hit.span())
