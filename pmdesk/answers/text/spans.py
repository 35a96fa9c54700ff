"""A length of time as a clock on the wall tells it: 42 min, 1 h 36 min, 3 d 4 h."""

from datetime import timedelta

from pmdesk.answers.text.said import Said, said
from pmdesk.words import mark

_HOUR, _DAY = 60, 1440


def span_said(span: timedelta) -> Said:
    """How long it is, in whole minutes, from four days on in whole hours; its sign is let go.

    A part of a minute counts as one: what is seconds late is not "0 min" late.
    """
    minutes = max(1, int(abs(span.total_seconds()) // 60))
    if minutes < _HOUR:
        return said(mark("{n} min"), n=minutes)
    if minutes >= 4 * _DAY:
        return said(mark("{d} d {h} h"), d=minutes // _DAY, h=minutes % _DAY // _HOUR)
    if minutes % _HOUR == 0:
        return said(mark("{h} h"), h=minutes // _HOUR)
    return said(mark("{h} h {m} min"), h=minutes // _HOUR, m=minutes % _HOUR)
