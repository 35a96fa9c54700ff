"""How soon a line of a crisis plan is to be done: "30 min", "4 小时", "same day", "1 working day"."""

import re
from typing import Final, NamedTuple


class Within(NamedTuple):
    """A limit from the finding on: minutes of wall time, or working days, or by the end of the day.

    Exactly one of them is set.
    """

    minutes: float | None = None
    workdays: int | None = None
    same_day: bool = False


_NUMBER: Final = r"(?P<n>\d+(?:\.\d+)?|半|[一二两三四五六七八九十]|an?|one|half an?|two|three)"
_COUNTED: Final = re.compile(
    rf"{_NUMBER}\s*个?\s*(?P<unit>working days?|work days?|business days?|工作日|minutes?|mins?|m|分钟|分"
    r"|hours?|hrs?|h|小时|钟头|days?|d|天|日|weeks?|w|周|星期)(?![a-z])",
    re.IGNORECASE,
)
_AT_ONCE: Final = re.compile(r"at once|immediately|now\b|立即|立刻|马上|即刻", re.IGNORECASE)
_SAME_DAY: Final = re.compile(r"same day|today|当天|当日|今天", re.IGNORECASE)
_WORDS: Final = {
    "半": 0.5, "half a": 0.5, "half an": 0.5, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3,
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_MINUTES: Final = (("min", 1), ("m", 1), ("分", 1), ("h", 60), ("小时", 60), ("钟头", 60), ("d", 1440),
                   ("天", 1440), ("日", 1440), ("w", 10080), ("周", 10080), ("星期", 10080))  # fmt: skip


def within(text: str) -> Within | None:
    """The limit that a text names; None where it names none that is understood.

    Clocks of a crisis run in wall time (METHODS 8): a day is 24 hours, unless it says working day.
    """
    plain = text.strip().lower()
    if hit := _COUNTED.search(plain):
        number = _WORDS.get(hit["n"]) or float(hit["n"])
        unit = hit["unit"]
        if "work" in unit or "business" in unit or unit == "工作日":
            return Within(workdays=max(1, round(number)))
        minutes = next(each for start, each in _MINUTES if unit.startswith(start))
        return Within(minutes=number * minutes)
    if _AT_ONCE.search(plain):
        return Within(minutes=0)
    return Within(same_day=True) if _SAME_DAY.search(plain) else None
