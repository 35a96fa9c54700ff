"""The lunar calendar, held to days that almanacs print, and birthdays as people type them."""

from datetime import date, timedelta

import pytest

from pmdesk.typed.birthdays import Birthday, next_birthday, stored_birthday, typed_birthday
from pmdesk.typed.moon import LunarDay, day_of, in_lunar_year, leap_month, lunar_of, lunar_text


@pytest.mark.parametrize(
    ("day", "lunar", "text"),
    [
        (date(1900, 1, 31), LunarDay(1900, 1, 1), "正月初一"),
        (date(2026, 2, 17), LunarDay(2026, 1, 1), "正月初一"),
        (date(2026, 2, 16), LunarDay(2025, 12, 29), "腊月廿九"),
        (date(2025, 7, 25), LunarDay(2025, 6, 1, leap=True), "闰六月初一"),
        (date(2025, 8, 23), LunarDay(2025, 7, 1), "七月初一"),
        (date(2033, 12, 22), LunarDay(2033, 11, 1, leap=True), "闰冬月初一"),
        (date(2034, 2, 19), LunarDay(2034, 1, 1), "正月初一"),
        (date(2026, 9, 25), LunarDay(2026, 8, 15), "八月十五"),
        (date(2101, 1, 28), LunarDay(2100, 12, 29), "腊月廿九"),
    ],
)
def test_a_day_is_that_of_the_almanac(day, lunar, text):
    assert lunar_of(day) == lunar
    assert day_of(lunar) == day
    assert lunar_text(day) == text


def test_every_day_of_two_centuries_is_another_lunar_day():
    days = [date(1900, 1, 31) + timedelta(days=n) for n in range(0, 73_400, 7)]
    assert [day_of(lunar_of(day)) for day in days] == days


@pytest.mark.parametrize(
    ("name", "month", "day"),
    [
        ("LUNAR_NEW_YEAR", 1, 1),
        ("DRAGON_BOAT", 5, 5),
        ("MID_AUTUMN", 8, 15),
        ("DOUBLE_NINTH", 9, 9),
    ],
)
def test_festivals_fall_as_another_library_has_them(name, month, day):
    from holidays.calendars.chinese import _ChineseLunisolar

    table = getattr(_ChineseLunisolar, f"{name}_DATES")
    ours = {year: in_lunar_year(month, day, year) for year in range(1917, 2100)}
    assert ours == {year: date(year, *table[year]) for year in ours}


def test_a_leap_month_and_a_thirtieth_are_kept_where_a_year_has_none():
    assert leap_month(2025) == 6
    assert leap_month(2026) == 0
    assert in_lunar_year(6, 10, 2025, leap=True) == date(2025, 8, 3)
    assert in_lunar_year(6, 10, 2026, leap=True) == in_lunar_year(6, 10, 2026)
    assert in_lunar_year(12, 30, 2025) == date(2026, 2, 16)
    for wrong in (LunarDay(2026, 6, 1, leap=True), LunarDay(2025, 12, 30), LunarDay(1899, 1, 1)):
        with pytest.raises(ValueError, match=r"no (month|day|lunar year)"):
            day_of(wrong)


@pytest.mark.parametrize(
    ("typed", "stored", "lunar"),
    [
        ("1985-08-15", "1985-08-15", None),
        ("8-15", "--08-15", None),
        ("--0815", "--08-15", None),
        ("1985年8月15日", "1985-08-15", None),
        ("八月十五", "--08-15", None),
        ("农历八月十五", "--08-15", True),
        ("阴历1985年8月15日", "1985-08-15", True),
        ("腊月三十", "--12-30", True),
        ("闰四月初十", "--04L-10", True),
        ("九月廿一", "--09-21", True),
        ("公历８月１５日", "--08-15", False),
        ("02-29", "--02-29", None),
    ],
)
def test_a_birthday_is_understood(typed, stored, lunar):
    born, says = typed_birthday(typed)
    assert (born.stored, says) == (stored, lunar)
    assert stored_birthday(stored, lunar=bool(lunar)) == born


@pytest.mark.parametrize(
    "typed", ["soon", "13-01", "2-30", "农历八月卅二", "1985-02-29", "二月三十"]
)
def test_what_is_no_birthday_is_refused(typed):
    with pytest.raises(ValueError, match=r"."):
        typed_birthday(typed)


@pytest.mark.parametrize(
    ("born", "lunar", "today", "comes"),
    [
        (Birthday(8, 15), True, date(2026, 11, 29), date(2027, 9, 15)),
        (Birthday(12, 30), True, date(2027, 2, 1), date(2027, 2, 5)),
        (Birthday(2, 29), False, date(2026, 11, 29), date(2027, 2, 28)),
        (Birthday(11, 29, 1985), False, date(2026, 11, 29), date(2026, 11, 29)),
        (Birthday(1, 1), True, date(2150, 1, 1), None),
    ],
)
def test_a_birthday_comes_again(born, lunar, today, comes):
    assert next_birthday(born, today, lunar=lunar) == comes
