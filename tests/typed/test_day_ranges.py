"""Lists of days with ranges, and zones by what people call them."""

from datetime import date

import pytest

from pmdesk.typed.day_ranges import NoDays, days_typed, days_written
from pmdesk.typed.zones import zone_named

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("2027-02-03 至 02-18", "2027-02-03 – 2027-02-18"),
        ("2027-02-03至18日", "2027-02-03 – 2027-02-18"),
        ("2027-02-03 – 2027-02-18", "2027-02-03 – 2027-02-18"),
        ("2027年2月3日-2月5日、2027-05-04", "2027-02-03 – 2027-02-05, 2027-05-04"),
        ("2027-12-30 到 1-2", "2027-12-30 – 2028-01-02"),
        ("2027-02-03, 2027-02-04；2027-02-06", "2027-02-03 – 2027-02-04, 2027-02-06"),
        ("2027-02-03 to 2027-02-03", "2027-02-03"),
        ("2027-02-03/2027-02-05", "2027-02-03 – 2027-02-05"),
        ("", ""),
    ],
)
def test_days_are_read_with_their_ranges_and_written_back(typed, written):
    days = [str(one) for one in days_typed(typed, today=TODAY)]
    assert days_written(days) == written
    assert [str(one) for one in days_typed(written, today=TODAY)] == days


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("2027-02-03, soon", "soon"),
        ("2027-02-18 至 2027-02-03", "2027-02-18 至 2027-02-03"),
        ("2027-02-03 至 2029-02-03", "2027-02-03 至 2029-02-03"),
        ("2027-02-03 至 31日", "2027-02-03 至 31日"),
    ],
)
def test_what_is_no_day_is_told(typed, part):
    with pytest.raises(NoDays) as refusal:
        days_typed(typed, today=TODAY)
    assert refusal.value.part == part


@pytest.mark.parametrize(
    ("called", "zone"),
    [("北京时间", "Asia/Shanghai"), ("Beijing time", "Asia/Shanghai"), ("香港", "Asia/Hong_Kong"),
     ("Europe/Berlin", "Europe/Berlin"), ("Middle Earth", "Middle Earth")],
)  # fmt: skip
def test_a_zone_is_known_by_what_it_is_called(called, zone):
    assert zone_named(called) == zone
