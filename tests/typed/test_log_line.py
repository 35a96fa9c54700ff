"""Lines of a log that begin with the time at which something happened."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pmdesk.typed.log_line import log_line

NOW = datetime(2026, 11, 28, 11, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("typed", "text", "at"),
    [
        ("09:40 IT lead confirms", "IT lead confirms", "2026-11-28T09:40"),
        ("9：40，两个接口受影响", "两个接口受影响", "2026-11-28T09:40"),
        ("11:00 now", "now", "2026-11-28T11:00"),
        ("00:10 - alarm", "alarm", "2026-11-28T00:10"),
        ("12:30 we roll back", "12:30 we roll back", None),
        ("22:00 is the new window", "22:00 is the new window", None),
        ("23:30 is the new window", "23:30 is the new window", None),
        ("24:10 x", "24:10 x", None),
        ("09:40:12 x", "09:40:12 x", None),
        ("09:40", "09:40", None),
        ("  Found: job 14 stopped at 61 % ", "Found: job 14 stopped at 61 %", None),
        ("10 people", "10 people", None),
    ],
)
def test_a_time_that_was_is_when_it_happened(typed, text, at):
    line = log_line(typed, now=NOW)
    assert line.text == text
    assert line.at == (NOW if at is None else datetime.fromisoformat(at).replace(tzinfo=NOW.tzinfo))


def test_just_after_midnight_the_evening_is_yesterday():
    now = NOW.replace(hour=0, minute=5)
    assert log_line("23:50 stopped", now=now).at == now.replace(
        day=27, hour=23, minute=50, second=0
    )
