"""How soon a line of a crisis plan is to be done, as people write it."""

from datetime import time

import pytest

from pmdesk.insight.within import Within, within

MINUTES = {
    "30 min": 30, "1 h": 60, "4 hours": 240, "1.5 h": 90, "30 分钟": 30, "15分": 15, "4 小时": 240,
    "两小时": 120, "半小时": 30, "半个小时": 30, "half an hour": 30, "an hour": 60, "72 h": 4320, "1 day": 1440,
    "2 天": 2880, "1 周": 10080, "immediately": 0, "立即": 0, "at once": 0, "three days": 4320,
    "1 h 30 min": 90, "1h30": 90, "1 hour and 15 minutes": 75, "1小时20分": 80, "一个半小时": 90,
    "1小时半": 90, "两天半": 3600, "十五分钟": 15, "二十四小时": 1440, "三十分钟内": 30, "within 2 hrs": 120,
    "T+45min": 45, "２小时": 120, "a quarter of an hour": 15, "一刻钟": 15, "2-4 h": 240, "2 至 4 小时": 240,
    "1 h, 2 h at night": 60, "half a day": 720,
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
        ("两个工作日内", 2),
        ("1 business day", 1),
        ("half a working day", 1),
    ],
)
def test_working_days_are_asked_for_by_their_name(text, days):
    assert within(text) == Within(workdays=days)


@pytest.mark.parametrize(
    ("text", "days"),
    [("same day", 0), ("当天", 0), ("today", 0), ("下班前", 0), ("next day", 1), ("次日", 1)],
)
def test_a_day_named_lasts_until_midnight(text, days):
    assert within(text) == Within(days=days)


@pytest.mark.parametrize(
    ("text", "until"),
    [("by 12:30", time(12, 30)), ("17:00 前", time(17)), ("下午3点前", time(15))],
)
def test_a_time_of_day_is_the_next_one_there_is(text, until):
    assert within(text) == Within(until=until)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "call",
        "尽快",
        "by mail",
        "via mail",
        "10月1日",
        "二百三十分钟",
        "v2 h",
        "every one",
    ],
)
def test_what_names_no_time_has_no_limit(text):
    assert within(text) is None
