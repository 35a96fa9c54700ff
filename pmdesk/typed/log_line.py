"""A line of a log as it is typed: “09:40 IT lead confirms” happened at 09:40."""

import re
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

_TIME_FIRST: Final = re.compile(r"\s*(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)(?![\d:：])[\s,，:：\-–—]*(?P<text>\S.*)", re.DOTALL)  # fmt: skip
_NIGHT: Final = timedelta(hours=6)


class LogLine(NamedTuple):
    """What happened, and when."""

    text: str
    at: datetime


def log_line(typed: str, *, now: datetime) -> LogLine:
    """The line with its moment: `now`, or the time of today that it begins with.

    `now` is local. A time ahead ("12:30 we roll back") is what the line tells, not when it happened,
    unless it was yesterday's, not many hours ago.
    """
    hit = _TIME_FIRST.fullmatch(typed)
    if hit is None:
        return LogLine(typed.strip(), now)
    clock = time(int(hit["hour"]), int(hit["minute"]))
    at = datetime.combine(now.date(), clock, now.tzinfo)
    if at > now:
        at -= timedelta(days=1)
        if now - at > _NIGHT:
            return LogLine(typed.strip(), now)
    return LogLine(hit["text"].strip(), at)
