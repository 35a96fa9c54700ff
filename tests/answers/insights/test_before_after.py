"""Before and after a change, or the last 13 weeks beside the 13 before them, by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.before_after import before_after
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.answers.windows import windows
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.client import Client
from tests.answers.insights.making import MONDAY, weeks
from tests.answers.making import EN, NOW


@pytest.fixture
def of(journal, keep, pine):
    def ask(*records, period=None):
        # no holidays: each of these waits is as long as it says
        plain = keep(WorkCalendar(name="Plain", hours="Mon-Fri 09:00-18:00"))
        client = keep(*records, replace(pine, calendar_id=plain.id))
        return before_after(relationship(journal, client, at=NOW), period or Period())

    return ask


def test_the_turns_on_either_side_of_the_change_and_their_shares_in_time(of, pine):
    found = of(*weeks(pine, 40, [1] * 20 + [40, 6] * 10, each=2))
    before, after = found.shape.before, found.shape.after
    changed = (MONDAY - timedelta(weeks=20)).date()
    assert (before.last, after.first) == (changed - timedelta(days=7), changed)
    assert (before.median, before.within, before.curve.n) == (1.0, 1.0, 40)
    # half of them took 6 h, the others until Wednesday at one in the night: two working days
    assert (after.median, after.within, after.curve.n) == (pytest.approx(12, abs=0.01), 0.5, 40)
    assert found.shape.way == "slower"
    assert say(EN, found.evidence).startswith("within the target: 100% → 50% · p 0.00")
    assert [item.cells[2] for item in found.items] == [40, 40]


def test_of_two_changes_it_is_the_last_and_what_lies_between(of, pine):
    found = of(*weeks(pine, 110, [1] * 40 + [6] * 40 + [2] * 30))
    assert found.shape.before.first == (MONDAY - timedelta(weeks=70)).date()
    assert (found.shape.before.median, found.shape.after.median) == (6.0, 2.0)
    assert (found.shape.way, found.values["n"]) == ("faster", 70)


def test_without_a_change_it_is_the_windows_that_the_program_tells_elsewhere(of, pine, journal):
    found = of(*weeks(pine, 26, [1, 1.5, 2, 1, 2, 3] * 2 + [None] + [6, 7, 8, 6.5, 7.5, 8] * 2))
    pair = windows(relationship(journal, journal.get(Client, pine.id), at=NOW))
    assert say(EN, found.verdict).startswith("Slower than in the 13 weeks before: ")
    assert found.values["p"] == round(pair.p, 4)
    assert found.shape.after.median == pair.now.total.km_median_h
    assert "log-rank p" in say(EN, found.evidence)
    assert found.values["since"] is None


def test_where_they_differ_by_one_median_no_way_is_claimed(of, pine):
    found = of(*weeks(pine, 26, [1, 2, 2, 2, 9] + [2, 2, 9] * 3 + [1, 1, 1, 2, 2, 2, 2] * 2))
    assert found.values["p"] <= 0.05
    assert say(EN, found.verdict) == "Different from the 13 weeks before"
    assert found.shape.way == "differs"


def test_within_chance_nothing_is_claimed(of, pine):
    found = of(*weeks(pine, 24, [1, 2, 3] * 8))
    assert (
        say(EN, found.verdict) == "No change beyond chance against the 13 weeks before: 2.0 → 2.0 h"
    )
    assert found.shape.way == "steady"


def test_too_few_are_cases_without_a_curve(of, pine):
    found = of(*weeks(pine, 3, [1, None, 3]))
    assert say(EN, found.verdict) == "Too few turns to say (n = 3)"
    assert (found.shape.before.cases, found.shape.after.curve) == ((), None)
    assert [wait.answered for wait in found.shape.after.cases] == [True, False, True]
    assert [item.cells[2:6] for item in found.items] == [(3, 1, None, None)]


def test_a_period_that_is_over_looks_back_from_its_end(of, pine):
    records = [*weeks(pine, 30, [1, 2, 3] * 10)]
    found = of(*records, period=Period(None, date(2026, 9, 6)))
    assert found.shape.after.last == date(2026, 8, 31)


def test_of_nothing_nothing_is_drawn(of):
    found = of()
    assert not found.enough
    assert found.items == ()
