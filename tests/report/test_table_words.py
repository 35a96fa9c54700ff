"""Tables of a report: one form of day, people by their names."""

from datetime import UTC, date, datetime

import pytest

from pmdesk.answers.text.who import person
from pmdesk.report.table_words import TableWords


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [("en", "9 Nov 2026", "9 Nov 2026 04:25"), ("zh", "2026-11-09", "2026-11-09 04:25")],
)
def test_days_and_moments_have_one_form(language, day, moment):
    words = TableWords(language)
    assert words.date(date(2026, 11, 9)) == day
    assert words.short_moment(datetime(2026, 11, 9, 4, 25, tzinfo=UTC), UTC) == moment


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("方立 <fang.li@pine.example>", "方立"),
        ('"Li, Wei" <li@pine.example>', "Li, Wei"),
        ("li@pine.example", "li@pine.example"),
        ("<li@pine.example>", "<li@pine.example>"),
        ("Dr Ines Hale", "Dr Ines Hale"),
        ("", ""),
    ],
)
def test_people_stand_by_their_names(who, name):
    assert person(who) == name
