"""Days, moments, numbers and lists as people type them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.typed.clocks import time_in
from pmdesk.typed.days import day, days_in
from pmdesk.typed.lists import items
from pmdesk.typed.moments import moment
from pmdesk.typed.numbers import integer, minor, number, whole

WEDNESDAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

ONE_READING = ["2026-12-03|2026-12-03", "2026-12-3|2026-12-03", "2026/12/3|2026-12-03", "2026.12.03|2026-12-03", "20261203|2026-12-03", "3.12.2026|2026-12-03", "13/12/2026|2026-12-13", "12/13/2026|2026-12-13", "2026年12月3日|2026-12-03", "26年12月3号|2026-12-03", "明年1月5日|2027-01-05", "去年12月3日|2025-12-03", "today|2026-11-25", "tomorrow|2026-11-26", "tmr|2026-11-26", "yesterday|2026-11-24", "明天|2026-11-26", "后天|2026-11-27", "大后天|2026-11-28", "昨天|2026-11-24", "前天|2026-11-23", "+3|2026-11-28", "+2w|2026-12-09", "-1|2026-11-24", "3天后|2026-11-28", "两周后|2026-12-09", "三天前|2026-11-22", "10天内|2026-12-05", "下周三|2026-12-02", "下下周一|2026-12-07", "上周五|2026-11-20", "本周一|2026-11-23", "月底|2026-11-30", "下月底|2026-12-31", "年底|2026-12-31", "季度末|2026-12-31", "eom|2026-11-30", "eow|2026-11-27", "下个月5号|2026-12-05", "週五|2026-11-27", "２０２６－１２－０３|2026-12-03", "２０２６／１２／３|2026-12-03", "＋３|2026-11-28", "ＦＲＩ|2026-11-27"]  # fmt: skip


@pytest.mark.parametrize("case", ONE_READING)
@pytest.mark.parametrize("ahead", [True, None])
def test_what_says_one_day(case, ahead):
    text, _, expected = case.partition("|")
    assert day(text, today=WEDNESDAY, ahead=ahead).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "plan", "past", "nearest"),
    [
        ("fri", "2026-11-27", "2026-11-20", "2026-11-27"),
        ("Monday", "2026-11-30", "2026-11-23", "2026-11-23"),
        ("周三", "2026-11-25", "2026-11-25", "2026-11-25"),
        ("星期天", "2026-11-29", "2026-11-22", "2026-11-22"),
        ("12-03", "2026-12-03", "2025-12-03", "2026-12-03"),
        ("12/3", "2026-12-03", "2025-12-03", "2026-12-03"),
        ("25/12", "2026-12-25", "2025-12-25", "2026-12-25"),
        ("3 Dec", "2026-12-03", "2025-12-03", "2026-12-03"),
        ("Dec 3rd", "2026-12-03", "2025-12-03", "2026-12-03"),
        ("十二月三日", "2026-12-03", "2025-12-03", "2026-12-03"),
        ("11月20日", "2027-11-20", "2026-11-20", "2026-11-20"),
        ("5号", "2026-12-05", "2026-11-05", "2026-12-05"),
    ],
)
def test_what_leaves_the_year_or_the_week_open(text, plan, past, nearest):
    found = [day(text, today=WEDNESDAY, ahead=ahead).isoformat() for ahead in (True, False, None)]
    assert found == [plan, past, nearest]


def test_a_day_of_last_december_told_in_january_is_last_december():
    january = date(2027, 1, 5)
    assert day("12月30日", today=january, ahead=False) == date(2026, 12, 30)
    assert day("30 Dec", today=january) == date(2026, 12, 30)


@pytest.mark.parametrize(
    "text", ["", "soon", "31 Feb", "2026-02-30", "2026-13-01", "12:30", "1.5", "may", "5", "周末",
             "3/12/2026", "99991", "fri or sat", "0月5日"],
)  # fmt: skip
def test_what_is_no_day_or_could_be_two_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        day(text, today=WEDNESDAY)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.booleans() | st.none())
def test_a_full_date_is_that_date_whenever_it_is_read(wanted, ahead):
    for text in (
        wanted.isoformat(),
        f"{wanted:%Y/%m/%d}",
        f"{wanted.year}年{wanted.month}月{wanted.day}日",
        f"{wanted.day}.{wanted.month}.{wanted.year}",
        f"{wanted:%B} {wanted.day}, {wanted.year}",
    ):
        assert day(text, today=WEDNESDAY, ahead=ahead) == wanted


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 12, 31))
)
def test_a_day_without_its_year_lies_on_the_side_that_was_asked_for(today, wanted):
    text = f"{wanted.month}-{wanted.day}"
    if wanted.month == 2 and wanted.day == 29:
        return  # the year next door may have none
    assert timedelta(0) <= day(text, today=today, ahead=True) - today < timedelta(days=366)
    assert timedelta(0) <= today - day(text, today=today, ahead=False) < timedelta(days=366)


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text):
    for found in days_in(text, today=WEDNESDAY):
        assert text[found.start : found.end]
    time_in(text)
    for reader in (number, integer, minor, whole):
        try:
            reader(text)
        except ValueError:
            continue


def test_days_stand_in_a_sentence():
    text = "Kick-off on 3 Dec, report by fri; see v1.2.3, 10-20 people, 192.168.1.10 and 3/4-5"
    found = [
        (text[f.start : f.end], f.day.isoformat())
        for f in days_in(text, today=WEDNESDAY, ahead=True)
    ]
    assert found[:2] == [("3 Dec", "2026-12-03"), ("fri", "2026-11-27")]
    assert [t for t, _ in found] == ["3 Dec", "fri", "10-20"]
    assert not days_in("Monster friend sunny marching decent 说明 文明 一天到晚", today=WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17:00", "17:00"), ("5pm", "17:00"), ("5:30 pm", "17:30"), ("at 9", None), ("9：15", "09:15"),
        ("12am", "00:00"), ("12pm", "12:00"), ("2.30 pm", "14:30"), ("下午3点", "15:00"), ("下午3点半", "15:30"),
        ("三点一刻", "15:15"), ("下午两点", "14:00"), ("两点半", "14:30"), ("凌晨两点", "02:00"), ("周三两点开会", "14:00"),
        ("明天两点一刻", "14:15"), ("两点到四点", "14:00"), ("提了两点意见", None), ("今天两点建议", None),
        ("3点", "15:00"), ("9点", "09:00"), ("15点30分", "15:30"), ("15时", "15:00"),
        ("上午10点", "10:00"), ("中午12点", "12:00"), ("晚上8点", "20:00"), ("凌晨1点", "01:00"), ("noon", "12:00"),
        ("明晚8点", "20:00"), ("早上6点", "06:00"), ("25:00", None), ("3点建议", "15:00"), ("3点间", None),
        ("1:2", None), ("10:00-12:00", "10:00"), ("15:00: agreed", "15:00"), ("ISO 27001", None), ("下午17:30", "17:30"),
    ],
)  # fmt: skip
def test_times_of_day(text, expected):
    found = time_in(text)
    assert (f"{found.time:%H:%M}" if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-03 14:30", "2026-12-03 14:30"), ("2026-12-03T14:30", "2026-12-03 14:30"),
        ("fri 5pm", "2026-11-27 17:00"), ("5pm fri", "2026-11-27 17:00"), ("周五下午3点", "2026-11-27 15:00"),
        ("明天下午三点半", "2026-11-26 15:30"), ("明早9点", "2026-11-26 09:00"), ("昨天", "2026-11-24 09:00"),
        ("17:00", "2026-11-25 17:00"), ("12-03, 9:15", "2026-12-03 09:15"), ("now", "2026-11-25 10:30"),
        ("tomorrow at 9am", "2026-11-26 09:00"), ("昨晚10点", "2026-11-24 22:00"),
    ],
)  # fmt: skip
def test_moments(text, expected):
    found = moment(text, now=NOW, ahead=True)
    assert f"{found:%Y-%m-%d %H:%M}" == expected
    assert found.tzinfo is NOW.tzinfo


def test_a_day_alone_is_at_the_time_that_the_field_means():
    assert moment("2026-12-03", now=NOW, otherwise=time(0)).time() == time(0)
    for text in ("", "soon", "2026-12-03 25:00", "17:00 whenever"):
        with pytest.raises(ValueError, match=r"^"):
            moment(text, now=NOW)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", "1234.5"), ("1,234,567.89", "1234567.89"), ("1，234", "1234"), ("12,3456", "123456"),
        ("３００", "300"), ("50%", "50"), ("3.5万", "35000"), ("1.2亿", "120000000"), ("¥1,200", "1200"),
        ("1200元", "1200"), ("USD 15", "15"), ("1.5k", "1500"), ("-5", "-5"), (".5", "0.5"),
    ],
)  # fmt: skip
def test_numbers(text, value):
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "1,5", "1e9", "nan", "inf", "1 2", "--5", "1.2.3", "12a", "k"]
)
def test_what_is_no_number_or_could_be_two_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        number(text)


def test_money_is_exact_to_the_hundredth_and_a_whole_number_has_no_fraction():
    assert (minor("0.29"), minor("1.005"), minor("3万")) == (29, 101, 3_000_000)
    assert integer("12.0") == 12
    with pytest.raises(ValueError, match=r"12\.5"):
        integer("12.5")
    assert [whole(t) for t in ("12", "十", "十二", "三十一", "两", "two", "５")] == [
        12,
        10,
        12,
        31,
        2,
        2,
        5,
    ]


@pytest.mark.parametrize("text", ["", "  ", "一二", "零一"])
def test_nothing_and_digits_in_a_row_are_no_small_number(text):
    with pytest.raises(ValueError, match=r"^"):
        whole(text)


def test_lists_are_parted_everywhere_alike():
    assert items("a@b.c；d@e.f、 g；\nh, ，i;") == ("a@b.c", "d@e.f", "g", "h", "i")
