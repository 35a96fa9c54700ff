"""The State Council's notice, in the sentences of several years."""

from datetime import date, timedelta

import pytest

from pmdesk.answers.calendars import days_off
from pmdesk.typed.holiday_notice import read_notice

OF_2026 = """国务院办公厅关于2026年部分节假日安排的通知
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八，周日）至23日（农历正月初七，周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。"""


def test_the_notice_of_a_year_is_what_the_calendar_knows_of_it():
    notice = read_notice(OF_2026, year=2030)
    known = days_off("CN")
    of_year = lambda days: {day for day in days if day.year == 2026}  # noqa: E731 - short, used twice
    assert notice.year == 2026
    assert set(notice.off) == of_year(known.off)
    assert set(notice.work) == of_year(known.work)
    assert notice.doubts == ()
    assert len(notice.off) == 33


def run(first, days):
    return tuple(first + timedelta(days=n) for n in range(days))


@pytest.mark.parametrize(
    ("text", "off", "work"),
    [
        ("元旦：1月1日放假，与周末连休。", run(date(2027, 1, 1), 1), ()),
        ("春节：2月10日至17日放假调休，共8天。2月4日（星期日）、18日（星期日）上班。",
         run(date(2024, 2, 10), 8), (date(2024, 2, 4), date(2024, 2, 18))),
        ("元旦：2027年12月31日至2028年1月2日放假调休，共3天", run(date(2027, 12, 31), 3), ()),
        ("国庆节：１０月１日至７日放假调休，共７天，9月26日（周日）上班", run(date(2027, 10, 1), 7), (date(2027, 9, 26),)),
    ],
)  # fmt: skip
def test_sentences_are_understood_and_the_year_by_its_weekdays(text, off, work):
    year = 2027 if "星期" not in text else 2025
    notice = read_notice(text, year=year)
    assert (notice.off, notice.work, notice.doubts) == (off, work, ())


def test_a_weekday_that_does_not_fit_is_told():
    notice = read_notice("2027年节假日安排：元旦：1月1日（周四）至3日（周六）放假。", year=2027)
    assert notice.doubts == (date(2027, 1, 1), date(2027, 1, 3))


@pytest.mark.parametrize("text", ["", "祝大家节日快乐", "2月30日放假。", "3月5日至2月1日放假"])
def test_what_names_no_holiday_is_refused(text):
    with pytest.raises(ValueError, match=r"|day"):
        read_notice(text, year=2027)
