"""Working hours as people write them, in English and Chinese, and what is refused."""

from datetime import date, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.insight.hours_text import HoursNotUnderstood, parse_hours
from pmdesk.insight.worktime import CalendarRules, Span
from tests.insight.making import format_hours


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Mon-Fri 09:00-12:00 13:00-18:00; Sat 09:00-12:00", None),
        ("mon - fri 9:00 – 18:00", "Mon-Fri 09:00-18:00"),
        ("Monday to Friday 9-18", "Mon-Fri 09:00-18:00"),
        ("Mon-Fri: 09:00-12:00, 13:00-18:00", "Mon-Fri 09:00-12:00 13:00-18:00"),
        ("Mon-Fri 13:00-18:00 09:00-12:00", "Mon-Fri 09:00-12:00 13:00-18:00"),
        ("Mon, Wed, Fri 09:00-12:00", "Mon 09:00-12:00; Wed 09:00-12:00; Fri 09:00-12:00"),
        ("Mon-Fri 09:00-12:00, Sat 13:00-14:00", "Mon-Fri 09:00-12:00; Sat 13:00-14:00"),
        ("Mon 09:00-12:00\nTue 13:00-14:00;", "Mon 09:00-12:00; Tue 13:00-14:00"),
        ("Sun-Thu 09:00-17:00", "Mon-Thu 09:00-17:00; Sun 09:00-17:00"),
        ("Mon 22:00-00:00", "Mon 22:00-24:00"),
        ("Mon-Fri 22:00-06:00",
         "Mon 22:00-24:00; Tue-Fri 00:00-06:00 22:00-24:00; Sat 00:00-06:00"),
        ("周日 20:00-02:30", "Mon 00:00-02:30; Sun 20:00-24:00"),
        ("Mon-Sun 00:00-24:00", "Mon-Sun 00:00-24:00"),
        ("周一至周五 09:00-18:00", "Mon-Fri 09:00-18:00"),
        ("周一-周五 09:00-18:00", "Mon-Fri 09:00-18:00"),
        ("周一到周五09:00-18:00", "Mon-Fri 09:00-18:00"),
        ("星期一至五：９：００－１８：００", "Mon-Fri 09:00-18:00"),
        ("周一至周五 9：00～12：00，13：00～18：00；周六 9：00至12：00", "Mon-Fri 09:00-12:00 13:00-18:00; Sat 09:00-12:00"),
        ("周一、三、五 09:00-12:00。周六日 10:00-11:00", "Mon 09:00-12:00; Wed 09:00-12:00; Fri 09:00-12:00; Sat-Sun 10:00-11:00"),
        ("周日至周四 09:00-17:00", "Mon-Thu 09:00-17:00; Sun 09:00-17:00"),
        ("星期天 09:00-17:00", "Sun 09:00-17:00"),
        ("Sun-Sat 09:00-17:00", "Mon-Sun 09:00-17:00"),
        ("Sun-Sun 09:00-17:00", "Sun 09:00-17:00"),
        ("Mon 9am-5:30pm", "Mon 09:00-17:30"),
        ("工作日 9点-18点", "Mon-Fri 09:00-18:00"),
        ("周一至周五 9点半到18点30分", "Mon-Fri 09:30-18:30"),
        ("双休 上午9:00-12:00 下午1:30-6:00", "Mon-Fri 09:00-12:00 13:30-18:00"),
        ("单休 9:00—12:00、14:00—18:00", "Mon-Sat 09:00-12:00 14:00-18:00"),
    ],
)  # fmt: skip
def test_hours_are_read_as_they_are_meant(text, meant):
    assert format_hours(parse_hours(text)) == (meant or text)


def test_a_day_has_the_spans_that_were_written():
    week = parse_hours("Mon-Fri 09:00-12:00 13:00-24:00")
    assert week[0] == week[4] == (Span(time(9), time(12)), Span(time(13), time(0)))
    assert week[5] == week[6] == ()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", ""),
        ("  ；", "；"),
        ("Mon-Fri", "Mon-Fri"),
        ("09:00-18:00", "09:00-18:00"),
        ("Mon-Fri 09:00-18:00; Sat", "Sat"),
        ("Mon-Fri 18:00-09:00", "18:00-09:00"),
        ("Mon-Fri 09:00-09:00", "09:00-09:00"),
        ("Mon-Fri 09:00-12:00 11:00-18:00", "Mon-Fri 09:00-12:00 11:00-18:00"),
        ("Mon-Fri 09:00-12:00; Fri 13:00-18:00", "Fri 13:00-18:00"),
        ("Mon Mon 09:00-12:00", "Mon Mon 09:00-12:00"),
        ("Mon-Fry 09:00-18:00", "Mon-Fry"),
        ("Fri-Mon 09:00-18:00", "Fri-Mon"),
        ("周五至周一 09:00-18:00", "周五-周一"),
        ("M 09:00-18:00", "M"),
        ("Mon-Tue-Wed 09:00-18:00", "Mon-Tue-Wed"),
        ("周八 09:00-18:00", "周八"),
        ("周一三至五 09:00-18:00", "周一三-五"),
        ("Mon 25:00-26:00", "25:00-26:00"),
        ("Mon 24:00-24:00", "24:00-24:00"),
        ("Mon 09:60-10:00", "09:60-10:00"),
        ("Mon 9xm-5pm", "9xm-17"),
        ("大小周 09:00-18:00", "大小周 09:00-18:00"),
        ("大小周 09:00-18:00 自2026-13-03起", "大小周 09:00-18:00 自2026-13-03起"),
        ("Mon 09:00", "09:00"),
        ("Mon-Fri 09:00-18:00 often", "often"),
    ],
)
def test_hours_that_say_nothing_are_refused_with_the_part_that_does_not(text, part):
    with pytest.raises(HoursNotUnderstood) as refusal:
        parse_hours(text)
    assert refusal.value.part == str(refusal.value) == part


@pytest.mark.parametrize(
    "text",
    [
        "大小周 09:00-12:00 自2026-01-03起",
        "Mon-Fri 09:00-12:00; Sat 09:00-12:00 every 2 weeks from 2026-01-01",
        "工作日 9:00-12:00；隔周周六 9点-12点 自2025年12月20日",
    ],
)
def test_every_second_saturday_is_worked_from_the_one_that_is_named(text):
    plan = CalendarRules(ZoneInfo("Asia/Shanghai"), parse_hours(text))
    saturdays = [date(2026, 1, 3) + timedelta(days=7 * n) for n in range(-2, 5)]
    assert [plan.is_workday(day) for day in saturdays] == [True, False] * 3 + [True]
    assert all(plan.is_workday(day - timedelta(days=1)) for day in saturdays)
    with_one_off = CalendarRules(
        ZoneInfo("Asia/Shanghai"), parse_hours(text), frozenset({saturdays[2]})
    )
    assert not with_one_off.is_workday(saturdays[2])


# A machine that is busy with other tests is no failure.
LAW = settings(deadline=None)
PIECES = ("Mon", "Fri", "周一", "五", "日", "至", "-", " ", ":", ";", "，", "9", "09:00-12:00")


@st.composite
def spans_of_a_day(draw):
    """Up to five spans, which may touch, of whole minutes up to midnight."""
    ends = sorted(draw(st.lists(st.integers(0, 1440), max_size=6, unique=True)))
    apart = list(zip(ends[::2], ends[1::2], strict=False))
    chosen = draw(st.sampled_from([apart, list(pairwise(ends))]))
    return tuple(Span(time(a // 60, a % 60), time(b // 60 % 24, b % 60)) for a, b in chosen)


@LAW
@given(st.tuples(*[spans_of_a_day()] * 7).filter(any))
def test_what_is_written_is_read_back(week):
    assert parse_hours(format_hours(week)) == week


@LAW
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_is_either_read_or_refused(text):
    try:
        week = parse_hours(text)
    except HoursNotUnderstood:
        return
    assert parse_hours(format_hours(week)) == week
