"""How long something has waited: hours with their clock while they can be felt, then since when."""

from datetime import date

import pytest

from pmdesk.answers.text.said import waited
from pmdesk.words import words_for

SINCE = date(2026, 9, 28)


@pytest.mark.parametrize(
    ("language", "hours", "clock", "expected"),
    [
        ("en", 38.04, "work", "38.0 working hours"),
        ("en", 38.04, "wall", "38.0 hours"),
        ("en", 343.0, "work", "since 28 Sept 2026"),
        ("zh", 38.04, "work", "38.0 工作小时"),
        ("zh", 343.0, "work", "自2026年9月28日起"),
    ],
)
def test_a_long_wait_is_told_by_its_day(language, hours, clock, expected):
    assert waited(words_for(language), hours, SINCE, clock) == expected


def test_where_hours_end_and_days_begin():
    words = words_for("en")
    assert [waited(words, hours, SINCE)[:5] for hours in (98.9, 99.9, 100.0)] == [
        "98.9 ", "99.9 ", "since",
    ]  # fmt: skip
