"""When and how long, as a line says it; days reckoned in working days; what is no certain day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from pmdesk.answers.calendars import DEFAULT, rules
from pmdesk.typed.clocks import times_in
from pmdesk.typed.days import day, open_days_in
from pmdesk.typed.festivals import FESTIVALS, FIRST_YEAR, festival
from pmdesk.typed.fold import folded
from pmdesk.typed.lengths import lengths_in, range_after
from pmdesk.typed.unclear import unclear_in
from pmdesk.typed.whens import whens_in

WEDNESDAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
WORKED = rules(DEFAULT).is_workday

PLAIN = {
    "12月底": "2026-12-31", "明年3月底": "2027-03-31", "明年底": "2027-12-31", "本周内": "2026-11-27", "下周前": "2026-11-27", "周末前": "2026-11-27", "下周末前": "2026-12-04",
    "下个月前": "2026-11-30", "周5": "2026-11-27", "下周的周三": "2026-12-02", "fri next week": "2026-12-04",
    "next week on Tuesday": "2026-12-01", "within 3 days": "2026-11-28", "in seven days": "2026-12-02",
    "end of december": "2026-12-31", "month-end": "2026-11-30", "end of Q1": "2027-03-31", "last night": "2026-11-24",
    "the 20th": "2026-11-20", "后日": "2026-11-27",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PLAIN.items(), ids=list(PLAIN))
def test_days_that_a_field_reads_too(text, expected):
    assert day(text, today=WEDNESDAY).isoformat() == expected


@pytest.mark.parametrize(
    "text",
    ["每周五", "every Friday", "20号会议室", "3号线", "1月20万", "the 3rd floor", "周2次", "周末"],
)
def test_what_only_looks_like_a_day(text):
    assert open_days_in(text, today=WEDNESDAY, is_workday=WORKED) == []


BY_CALENDAR = {
    # behind, coming: 2027 is not announced, only its days of the law are free
    "国庆后第一个工作日": "2026-10-08 2027-10-06", "国庆前": "2026-09-30 2027-09-30", "春节前": "2026-02-14 2027-02-04",
    "春节后第二个工作日": "2026-02-25 2027-02-12", "元旦后": "2026-01-04 2027-01-04", "节后": "2027-01-04 2027-01-04",
    "3个工作日内": "2026-11-30 2026-11-30", "两个工作日前": "2026-11-23 2026-11-23", "下个工作日": "2026-11-26 2026-11-26",
    "下月第一个工作日": "2026-12-01 2026-12-01", "本月最后一个工作日": "2026-11-30 2026-11-30",
    "first working day after national day": "2026-10-08 2027-10-06", "in 5 working days": "2026-12-02 2026-12-02",
    "before christmas": "2025-12-24 2026-12-24", "next business day": "2026-11-26 2026-11-26",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BY_CALENDAR.items(), ids=list(BY_CALENDAR))
def test_days_reckoned_in_working_days(text, expected):
    (found,) = open_days_in(folded(text), today=WEDNESDAY, is_workday=WORKED)
    assert f"{found.behind} {found.coming}" == expected
    assert found.worked
    assert open_days_in(folded(text), today=WEDNESDAY) == []


def test_a_calendar_in_which_nobody_works_has_no_working_day():
    asked = []
    assert open_days_in("下个工作日", today=WEDNESDAY, is_workday=asked.append) == []
    assert len(asked) < 50


def test_festivals_fall_as_the_library_of_holidays_has_them():
    from holidays import country_holidays

    names = {
        "spring": "Chinese New Year (Spring Festival)", "tombs": "Tomb-Sweeping Day",
        "dragon boat": "Dragon Boat Festival", "mid-autumn": "Mid-Autumn Festival",
        "new year": "New Year's Day", "labour": "Labor Day", "national": "National Day",
    }  # fmt: skip
    assert set(FESTIVALS) == {*names, "christmas"}
    china = country_holidays("CN", years=range(FIRST_YEAR, FIRST_YEAR + 21), language="en_US")
    firsts = {}
    for on, said in sorted(china.items()):
        for name in said.split("; "):
            firsts.setdefault((name, on.year), on)
    for ours, theirs in names.items():
        for year in range(FIRST_YEAR, FIRST_YEAR + 21):
            assert festival(ours, year) == firsts[theirs, year]
    with pytest.raises(ValueError, match=f"tombs {FIRST_YEAR + 21}"):
        festival("tombs", FIRST_YEAR + 21)


LENGTHS = {
    "30分钟 电话": 30, "30 min": 30, "1.5h": 90, "半小时": 30, "聊了半小时": 30, "通话，20分钟": 20, "，3个小时": 180, "一个半小时": 90, "1小时20分钟": 80, "2个小时": 120,
    "half an hour": 30, "an hour and a half": 90, "45min": 45, "90m": 90, "1h30": 90, "三刻钟": 45, "3小时 20 people": 180,
    "ISO 27001": None, "5 minutes ago": 5, "第2小时": None, "48小时": None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "minutes"), LENGTHS.items(), ids=list(LENGTHS))
def test_lengths_of_time(text, minutes):
    assert [found.minutes for found in lengths_in(text)] == ([] if minutes is None else [minutes])


RANGES = {
    "10:00-11:30": "10:00 90", "下午2点到4点": "14:00 120", "2-4pm": "14:00 120", "11-1pm": "11:00 120",
    "9点至11点半": "09:00 150", "11:00-1:30": "11:00 150", "10-20 people": "", "3pm and 4pm": "15:00 None",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RANGES.items(), ids=list(RANGES))
def test_ranges_of_time(text, expected):
    found = [
        f"{t.time:%H:%M} {(r := range_after(text, t)) and r.minutes}" for t in times_in(text)[:1]
    ]
    assert " ".join(found) == expected


WHENS = {
    # what stands together, whether something is due then
    "承诺周五 17:00 前给": "周五 17:00 前!11-27 17:00", "昨天下午3:30": "昨天下午3:30 11-24 15:30",
    "by Friday, 17:00": "by Friday, 17:00!11-27 17:00", "tomorrow at 3": "tomorrow at 3 11-26 15:00",
    "at 3 people": "", "by EOD friday": "by EOD friday!11-27", "周五下班前": "周五下班前!11-27", "下班前": "下班前!",
    "3天内": "3天内!11-28", "3天前": "3天前 11-22", "国庆前": "国庆前!09-30", "周三前端联调": "周三 11-25",
    "周三前提交": "周三前!11-25", "2小时前": "2小时前 @08:00", "24小时内": "24小时内!@10:00", "in 2 hours": "in 2 hours @12:00",
    "下午3点半前": "下午3点半前! 15:30", "10:00, friday": "10:00  10:00 + friday 11-27", "11.20 会议": "11.20 11-20",
    "14.88万 预算": "", "version 11.20 会": "", "at 11.20 call": "", "昨天下午": "昨天下午 11-24 ~14:00",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WHENS.items(), ids=list(WHENS))
def test_what_stands_together_is_one_moment(text, expected):
    found = []
    for when in whens_in(folded(text), now=NOW, is_workday=WORKED).whens:
        parts = [text[when.start : when.end], "!" if when.due else " "]
        parts += [f"{when.day.nearest:%m-%d}" if when.day else ""]
        parts += [f" {when.clock:%H:%M}" if when.clock else ""]
        parts += [f" ~{when.part:%H:%M}" if when.part else ""]
        parts += [f"@{when.exact:%H:%M}" if when.exact else ""]
        found.append("".join(parts))
    assert " + ".join(found) == expected


UNCLEAR = {
    "下周": "11-30 12-01 12-02 12-03 12-04", "next week": "11-30 12-01 12-02 12-03 12-04", "last week": "11-16 11-17 11-18 11-19 11-20", "周末": "11-28 11-29",
    "前几天": "11-24 11-23 11-22 11-21 11-20", "3/12/2026": "03-12 12-03", "腊月二十三": "", "2月30日": "", "32号": "",
    "下个月": "", "next month": "", "12月中旬": "", "31 feb": "", "除夕": "", "国庆 拜访": "", "in march": "",
}  # fmt: skip


@pytest.mark.parametrize(("text", "days"), UNCLEAR.items(), ids=list(UNCLEAR))
def test_what_speaks_of_a_day_without_saying_which(text, days):
    (found,) = unclear_in(text, today=WEDNESDAY, is_workday=WORKED)
    assert " ".join(f"{one:%m-%d}" for one in found.days) == days


@pytest.mark.parametrize("text", ["下周五", "5个月", "第2月台", "市场部", "mayor", "2026-11-20"])
def test_what_is_certain_or_no_day_is_not_unclear(text):
    left = text
    for found in reversed(open_days_in(text, today=WEDNESDAY)):
        left = left[: found.start] + "#" * (found.end - found.start) + left[found.end :]
    assert unclear_in(left, today=WEDNESDAY) == []


def test_full_width_and_large_letters_are_folded_in_their_places():
    assert folded("ＰＩＮＥ：３点　Ｑ＃验收…İ") == "pine:3点 q#验收…İ"
