"""The last change of waits beyond chance: its week, its medians, and how seldom chance is taken for one."""

from math import exp, log
from random import Random

import pytest

from pmdesk.insight.drift import Drift, Turn, drift
from pmdesk.insight.survival import Wait


def history(seed, weeks, rate=8, *, factor=1.0, since=None, open_share=0.03):
    """Lognormal waits of 6 h in the middle, in weeks of about `rate` turns."""
    chance, turns = Random(seed), []
    for week in range(weeks):
        n, left, product = 0, exp(-rate), chance.random()
        while product > left:
            n, product = n + 1, product * chance.random()
        times = factor if since is not None and week >= since else 1.0
        turns += [
            Turn(week, Wait(exp(chance.gauss(log(6), 0.85)) * times, chance.random() > open_share))
            for _ in range(n)
        ]
    return turns


@pytest.mark.parametrize(("factor", "state"), [(2.5, "slower"), (0.4, "faster")])
def test_a_change_is_found_with_its_week_and_both_medians(factor, state):
    found = drift(history(3, 104, factor=factor, since=60))
    assert (found.state, found.n) == (state, len(history(3, 104)))
    assert abs(found.since - 60) <= 2
    assert found.p == 1 / 2000
    assert found.before_h == pytest.approx(6, rel=0.15)
    assert found.after_h == pytest.approx(6 * factor, rel=0.2)


def test_a_stretch_that_came_and_went_is_not_taken_for_no_change():
    turns = [turn for turn in history(5, 120) if turn.week < 40]
    turns += [turn for turn in history(6, 120, factor=3, since=0) if 40 <= turn.week < 80]
    turns += [turn for turn in history(7, 120) if turn.week >= 80]
    found = drift(turns)
    assert (found.state, abs(found.since - 80) <= 2) == ("faster", True)
    assert found.before_h > 9
    assert found.after_h == pytest.approx(6, rel=0.2)


def test_after_a_change_that_lasts_a_second_one_is_told():
    turns = [turn for turn in history(5, 120) if turn.week < 40]
    turns += [turn for turn in history(6, 120, factor=3, since=0) if 40 <= turn.week < 100]
    turns += [turn for turn in history(7, 120, factor=9, since=0) if turn.week >= 100]
    found = drift(turns)
    assert (found.state, abs(found.since - 100) <= 1) == ("slower", True)
    assert found.after_h == pytest.approx(54, rel=0.2)


def test_what_stays_open_counts_as_a_wait_of_at_least_its_age():
    turns = history(11, 60, open_share=0)
    # from week 40 on seven of ten are never answered: those that are, are as quick as ever
    ignored = [
        turn._replace(wait=Wait(400.0, answered=False)) if turn.week >= 40 and n % 10 < 7 else turn
        for n, turn in enumerate(turns)
    ]
    found = drift(ignored)
    assert (found.state, found.after_h) == ("slower", None)
    assert abs(found.since - 40) <= 1


@pytest.mark.parametrize("n", [0, 1, 39])
def test_too_few_waits_say_nothing(n):
    turns = [Turn(week, Wait(1.0 + week % 3, answered=True)) for week in range(n)]
    assert drift(turns) == Drift("few", n)


def test_many_waits_of_a_few_weeks_say_nothing():
    turns = [Turn(n % 15, Wait(1.0 + n % 7, answered=True)) for n in range(200)]
    assert drift(turns) == Drift("few", 200)


def test_sixteen_weeks_are_enough_and_the_sides_have_eight_each():
    turns = [
        Turn(n % 16, Wait(1.0 + n % 7 + 20 * (n % 16 >= 8), answered=True)) for n in range(160)
    ]
    found = drift(turns)
    assert found.state in {"slower", "steady"}
    assert found.since in {8, None}


def test_the_order_in_which_waits_are_given_does_not_matter():
    turns = history(3, 104, factor=2.5, since=60)
    assert drift(reversed(turns)) == drift(turns)


def test_equal_waits_change_nothing():
    turns = [Turn(n // 4, Wait(2.0, answered=True)) for n in range(400)]
    found = drift(turns)
    assert (found.state, found.p) == ("steady", 1.0)


def test_chance_is_seldom_taken_for_a_change():
    assert sum(drift(history(seed, 104)).changed for seed in range(60)) <= 3


@pytest.mark.parametrize(
    ("seed", "factor", "p"),
    [(1, 1.0, 75 / 2000), (9, 1.0, 100 / 315), (14, 1.0, 100 / 168), (8, 1.2, 6 / 2000)],
)
def test_the_orders_of_chance_are_the_same_each_time(seed, factor, p):
    assert drift(history(seed, 104, factor=factor, since=70)).p == p
