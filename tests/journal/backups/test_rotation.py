"""Which copies go: never the last good one, never more because a clock jumped."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.journal.backups.rotation import LAST_GOOD, NEWEST, Copy, going

DAY = timedelta(days=1)
SPANS = (
    (12, lambda at: at.astimezone(UTC).date()),
    (10, lambda at: at.astimezone(UTC).isocalendar()[:2]),
    (9, lambda at: at.astimezone(UTC).strftime("%Y-%m")),
)
START = datetime(2024, 2, 1, 9, tzinfo=UTC)


def kept(copies, limit=None):
    gone = going(copies, limit)
    assert len({copy.number for copy in gone}) == len(gone)
    return [copy for copy in copies if copy not in gone]


def lived(moments, **more):
    """What stands after copies were made one after the other, each time with a tidying."""
    copies = []
    for number, at in enumerate(moments, 1):
        copies = kept([*copies, Copy(number, at, **more)])
    return copies


def test_two_years_of_work_leave_days_weeks_and_months():
    moments = [
        START + timedelta(hours=h) for day in range(730) for h in range(day * 24, day * 24 + 9)
    ]
    left = lived(moments)
    assert [c.number for c in left[-NEWEST:]] == list(range(len(moments) - 7, len(moments) + 1))
    for count, span in SPANS:
        assert len({span(copy.at) for copy in left}) >= count
    assert len(left) <= 8 + 12 + 10 + 9
    assert left[-1].at - left[0].at > timedelta(days=8 * 30)


@pytest.mark.parametrize(
    "jump",
    [
        timedelta(days=-3000),
        timedelta(days=-40),
        timedelta(hours=-1),
        timedelta(hours=1),
        timedelta(days=40),
        datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC) - datetime(2024, 11, 1, tzinfo=UTC),
        timedelta(days=30_000),
    ],
    ids=str,
)
def test_a_clock_that_jumped_and_came_back_costs_a_place_at_most(jump):
    days = [START + n * DAY for n in range(300)]
    as_usual = lived([*days, *(days[-1] + n * DAY for n in range(1, 5))])
    jumped = lived(
        [
            *days,
            *(days[-1] + jump + n * DAY for n in range(1, 3)),
            *(days[-1] + n * DAY for n in range(3, 5)),
        ]
    )
    lost = {copy.number for copy in as_usual} - {copy.number for copy in jumped}
    made_before = {number for number in lost if number <= len(days)}
    # two days, weeks and months more are told apart than there were
    assert len(made_before) <= 2 * len(SPANS)
    assert (
        min(c.at for c in jumped if c.number <= len(days)) <= min(c.at for c in as_usual) + 70 * DAY
    )


def test_a_clock_that_was_set_back_puts_nothing_in_the_place_of_what_was_made_then():
    days = [START + n * DAY for n in range(300)]
    before = [copy.number for copy in lived(days)]
    after = {copy.number for copy in lived([*days, *(d - 100 * DAY for d in days[-30:])])}
    months = [n for n in before if days[n - 1].month != (days[n - 1] + DAY).month]
    # the two months of those thirty days are told apart from the same two earlier
    assert len(months) == 8  # and the one that runs
    assert set(months[2:]) <= after


def test_a_clock_that_goes_to_and_fro_leaves_the_months():
    """Two systems on one machine, of which one takes local time for UTC."""
    moments = [START + n * DAY + timedelta(hours=23 if n % 2 else -10) for n in range(300)]
    months = {copy.at.strftime("%Y-%m") for copy in lived(moments)}
    assert len(months) >= 9


moments = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))
clocks = st.lists(moments, min_size=1, max_size=60)


@given(clocks, st.lists(st.booleans(), min_size=60, max_size=60), st.none() | st.integers(0, 700))
def test_the_newest_and_the_last_good_ones_stay_whatever_the_clock(clock, good, limit):
    copies = [
        Copy(n, at, 10, whole) for n, (at, whole) in enumerate(zip(clock, good, strict=False), 1)
    ]
    left = kept(copies, limit)
    sound = [copy for copy in copies if copy.good]
    always = NEWEST if limit is None else LAST_GOOD
    assert set(sound[-always:]) <= set(left)
    # what is damaged makes nothing go
    gone = set(sound) - set(left)
    assert gone == set(
        going(
            sound,
            None if limit is None else limit - 10 * (len(left) - len([c for c in left if c.good])),
        )
    )
    if limit is not None:
        assert sum(c.size for c in left) <= limit or len([c for c in left if c.good]) <= LAST_GOOD


@given(clocks)
def test_every_span_among_the_newest_keeps_its_latest_copy(clock):
    copies = [Copy(n, at) for n, at in enumerate(clock, 1)]
    left = set(kept(copies))
    for count, span in SPANS:
        latest = {span(copy.at): copy for copy in copies}
        met = sorted(latest.values(), key=lambda copy: -copy.number)[:count]
        assert set(met) <= left


@given(st.lists(st.integers(0, 2400), min_size=20, max_size=60), st.integers(-12, 14))
def test_no_zone_moves_a_copy(hours, offset):
    zone = timezone(timedelta(hours=offset))
    here = [Copy(n, START + timedelta(hours=each)) for n, each in enumerate(hours)]
    there = [replace(copy, at=copy.at.astimezone(zone)) for copy in here]
    assert [c.number for c in going(here)] == [c.number for c in going(there)]


def test_where_space_is_short_the_hours_go_first_and_the_oldest_of_them():
    copies = lived([START + timedelta(hours=h) for h in range(24 * 200)], size=10)
    order = [copy.number for copy in going(copies, 0)]
    assert order[:4] == [copy.number for copy in copies[-8:-4]]
    months = [copy.number for copy in copies if copy.number in order[-4:]]
    assert order[-4:] == months
    assert len(copies) - len(order) == LAST_GOOD


def test_the_limit_lets_go_of_no_more_than_it_must():
    copies = lived([START + n * DAY for n in range(100)], size=10)
    held = sum(copy.size for copy in copies)
    assert len(going(copies, held)) == 0
    assert len(going(copies, held - 1)) == 1
