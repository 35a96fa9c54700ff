"""Weeks and months with their medians, cases and open turns, by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.weekly import weekly
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from tests.answers.insights.making import MONDAY, exchange, weeks
from tests.answers.making import EN, NOW


@pytest.fixture
def of(journal, keep, pine):
    def ask(*records, period=None, at=NOW):
        keep(*records)
        return weekly(relationship(journal, pine, at=at), period or Period())

    return ask


def test_a_month_tells_its_median_with_interval_and_opens_its_longest(of, pine, journal):
    first = datetime(2026, 9, 7, 1, tzinfo=UTC)
    waits = [1, 2, 3, 4, 5, 6, 7]
    found = of(
        *(r for n, w in enumerate(waits) for r in exchange(pine, first + timedelta(days=n // 3), w))
    )
    (item,) = found.items
    begins, n, waiting, median, low, high, quarter, most, longest, note = item.cells
    assert (begins, n, waiting, median, longest, note) == (date(2026, 9, 1), 7, 0, 4.0, 7.0, None)
    assert low < 4 < high
    assert (quarter, most) == (2.0, 6.0)
    (stretch,) = found.shape.stretches
    assert (stretch.first, stretch.end) == (date(2026, 9, 1), date(2026, 10, 1))
    (opened,) = journal.rows(
        "SELECT min(id) FROM interaction WHERE thread = (SELECT max(thread) FROM interaction)"
    )
    assert item.record == ("interaction", opened[0])


def test_fewer_than_five_are_told_one_by_one(of, pine):
    when = datetime(2026, 9, 7, 1, tzinfo=UTC)
    found = of(*exchange(pine, when, 2), *exchange(pine, when + timedelta(minutes=1), None))
    (item,) = found.items
    assert item.cells[1:8] == (2, 1, *[None] * 5)
    assert say(EN, item.cells[9]).startswith("too few for a median: 2.0, ")
    assert say(EN, item.cells[9]).endswith("+ (+ still open)")
    assert say(EN, found.verdict) == "Too few turns to say (n = 2)"


def test_where_most_wait_there_is_no_median(of, pine):
    when = datetime(2026, 9, 7, 1, tzinfo=UTC)
    records = [
        r
        for n in range(6)
        for r in exchange(pine, when + timedelta(minutes=n), 1 if n < 2 else None)
    ]
    (item,) = of(*records).items
    assert item.cells[3] is None
    assert say(EN, item.cells[9]) == "more than half still wait"


@pytest.mark.parametrize(
    ("answered", "note"),
    [(8, "so far"), (2, "so far · more than half still wait")],
)
def test_a_week_that_is_not_over_says_so_and_is_no_reproach(of, pine, answered, note):
    records = [
        r
        for n in range(8)
        for r in exchange(pine, MONDAY + timedelta(minutes=n), 0.1 if n < answered else None)
    ]
    found = of(*records, at=MONDAY + timedelta(hours=1))
    (item,) = found.items
    assert say(EN, item.cells[9]) == note
    assert found.shape.stretches[0].so_far


def test_ten_a_week_are_told_by_week_and_this_one_so_far(of, pine):
    found = of(*weeks(pine, 25, [2] * 26, each=10))
    assert not found.shape.monthly
    assert [one.n for one in found.shape.stretches] == [10] * 26
    assert [one.so_far for one in found.shape.stretches] == [False] * 25 + [True]
    assert found.shape.stretches[-1].first == MONDAY.date()
    assert say(EN, found.evidence).endswith("medians of weeks, bars: 95%")


def test_a_month_without_a_turn_is_none(of, pine):
    first = datetime(2026, 6, 8, 1, tzinfo=UTC)
    found = of(*exchange(pine, first, 2), *exchange(pine, first + timedelta(days=91), 2))
    assert [item.cells[0] for item in found.items] == [date(2026, 6, 1), date(2026, 9, 1)]
    assert len(found.shape.stretches) == 2


def test_a_turn_belongs_to_the_client_s_own_month(of, pine):
    # 30 September 17:00 UTC is the first of October in Shanghai, the last of September's is before
    when = datetime(2026, 9, 30, 15, 59, tzinfo=UTC)
    found = of(*exchange(pine, when, 20), *exchange(pine, when + timedelta(hours=1), 20))
    assert [item.cells[0] for item in found.items] == [date(2026, 9, 1), date(2026, 10, 1)]


def test_only_turns_of_the_period_count(of, pine):
    found = of(*weeks(pine, 20, [2] * 20), period=Period(date(2026, 10, 1), date(2026, 10, 31)))
    assert [(item.cells[0], item.cells[1]) for item in found.items] == [(date(2026, 10, 1), 4)]


def test_the_change_is_its_title_and_its_levels_are_drawn(of, pine):
    found = of(*weeks(pine, 40, [1] * 20 + [6] * 20, each=2))
    changed = MONDAY - timedelta(weeks=20)
    assert say(EN, found.verdict).startswith(
        f"Slower since about {EN.date(changed.date())}: 1.0 → 6.0 h"
    )
    assert found.shape.levels.changed_at == (changed - timedelta(hours=9)).timestamp()
    assert found.values["by"] == "month"
