"""Opened, closed and open over stretches of time."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.insight.flow import Lived, flow, lanes, open_on, unit_of


def day(number):
    return date(2026, 11, number)


CASES = [
    Lived(day(2), day(4)),
    Lived(day(3), None),
    Lived(day(4), day(12)),
    Lived(day(9), day(9)),
    Lived(day(10), None),
]


def test_a_week_counts_its_first_and_last_day():
    weeks = flow(CASES, day(2), day(11), "week")
    assert [(w.first, w.last) for w in weeks] == [(day(2), day(8)), (day(9), day(15))]
    assert [(w.opened, w.closed, w.open) for w in weeks] == [(3, 1, 2), (2, 2, 2)]


def test_what_was_opened_before_counts_as_open():
    (week,) = flow(CASES, day(9), day(15), "week")
    assert (week.opened, week.closed, week.open) == (2, 2, 2)


@pytest.mark.parametrize(
    ("by", "first", "last", "begins"),
    [
        ("month", date(2025, 12, 31), date(2026, 2, 1), [(2025, 12), (2026, 1), (2026, 2)]),
        ("quarter", date(2025, 12, 31), date(2026, 4, 1), [(2025, 10), (2026, 1), (2026, 4)]),
    ],
)
def test_months_and_quarters_go_over_the_year(by, first, last, begins):
    found = flow([], first, last, by)
    assert [(s.first.year, s.first.month) for s in found] == begins
    assert all(a.last.toordinal() + 1 == b.first.toordinal() for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("last", "unit"),
    [(date(2026, 7, 9), "week"), (date(2026, 7, 11), "month"), (date(2030, 1, 1), "quarter")],
)
def test_the_longer_the_span_the_wider_its_stretches(last, unit):
    assert unit_of(date(2026, 1, 1), last) == unit


SPANS = st.lists(
    st.builds(
        lambda first, days: Lived(
            date.fromordinal(739_000 + first),
            None if days is None else date.fromordinal(739_000 + first + days),
        ),
        st.integers(0, 90),
        st.none() | st.integers(0, 40),
    ),
    max_size=25,
)


@given(SPANS)
def test_every_stretch_ends_with_what_came_less_what_went(lived):
    before = 0
    for stretch in flow(lived, date.fromordinal(739_000), date.fromordinal(739_140), "week"):
        assert stretch.open == before + stretch.opened - stretch.closed
        before = stretch.open


@given(SPANS)
def test_no_two_share_a_lane_on_a_day_and_no_lane_is_wasted(lived):
    lived.sort(key=lambda one: one.opened)
    placed = lanes(lived)
    ends = [one.closed or date.max for one in lived]
    for n, one in enumerate(lived):
        for m in range(n):
            assert placed[n] != placed[m] or ends[m] < one.opened
    days = {one.opened for one in lived}
    most = max(
        (sum(o.opened <= d <= (o.closed or date.max) for o in lived) for d in days), default=0
    )
    assert len(set(placed)) == most


def test_what_is_closed_is_not_open_at_the_end_of_that_day():
    assert [open_on(CASES, day(n)) for n in (1, 2, 3, 4, 9, 12)] == [0, 1, 2, 2, 2, 2]
