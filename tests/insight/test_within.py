"""How soon a line of a crisis plan is to be done, as people write it."""

import pytest

from pmdesk.insight.within import Within, within

MINUTES = {
    "30 min": 30, "1 h": 60, "4 hours": 240, "1.5 h": 90, "30 分钟": 30, "15分": 15, "4 小时": 240,
    "两小时": 120, "半小时": 30, "half an hour": 30, "an hour": 60, "72 h": 4320, "1 day": 1440,
    "2 天": 2880, "1 周": 10080, "immediately": 0, "立即": 0, "at once": 0, "three days": 4320,
}  # fmt: skip


@pytest.mark.parametrize(("text", "minutes"), MINUTES.items())
def test_a_time_is_wall_time(text, minutes):
    assert within(text) == Within(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1 working day", 1),
        ("3 working days", 3),
        ("2 个工作日", 2),
        ("3工作日", 3),
        ("1 business day", 1),
    ],
)
def test_working_days_are_asked_for_by_their_name(text, days):
    assert within(text) == Within(workdays=days)


@pytest.mark.parametrize("text", ["same day", "当天", "today"])
def test_the_same_day_ends_at_midnight(text):
    assert within(text) == Within(same_day=True)


@pytest.mark.parametrize("text", ["", "soon", "call", "尽快", "by mail"])
def test_what_names_no_time_has_no_limit(text):
    assert within(text) is None
