"""The frame of `make endure` itself: figures are honest, and what is bad is told by its exit code."""

import time

import pytest

from tests.endure.__main__ import declared, table
from tests.endure.going_on import code_of, earlier, keep
from tests.endure.trial import Figures, NotRun, Room, Trial, Tried, tried_out


def room(tmp_path, *, wanted=5, seconds=60):
    return Room(tmp_path, "plain", 1, True, time.monotonic() + seconds, 100, wanted)


def raising(_room):
    yield Tried()
    raise ValueError("a mistake")


def lacking(_room):
    raise NotRun("no compiler")
    yield


def tries(*told):
    return lambda _room: iter([*told]) and (one for one in told)


@pytest.mark.parametrize(
    ("make", "count", "bad"),
    [
        (tries(*[Tried()] * 9), 5, False),
        (tries(Tried(), Tried()), 2, False),
        (tries(Tried(lost=1)), 1, True),
        (tries(Tried(silent=1)), 1, True),
        (tries(Tried(wrong="left behind")), 1, True),
        (raising, 1, True),
        (lacking, 0, False),
    ],
)
def test_figures_say_what_was_tried_and_what_was_bad(tmp_path, make, count, bad):
    found = tried_out(Trial("t", "d", 100, make), room(tmp_path))
    assert (found.tries, found.bad, found.reach) == (count, bad, 100)


def test_a_trial_ends_with_its_time(tmp_path):
    def slow(_room):
        while True:
            yield Tried()

    assert tried_out(Trial("t", "d", 100, slow), room(tmp_path, seconds=0)).tries == 0


def test_what_was_cut_off_by_time_is_not_told_as_all_there_is(tmp_path):
    def two(asked):
        yield Tried()
        asked.ends = 0
        yield Tried()

    asked = Room(tmp_path, "plain", 1, False, time.monotonic() + 60, 0)
    found = tried_out(Trial("t", "d", 0, two), asked)
    assert (found.tries, found.whole) == (2, False)
    assert any("2 (more)" in line for line in table([found]))


def test_what_was_not_run_does_not_pass_for_it(tmp_path):
    found = tried_out(Trial("t", "d", 100, lacking), room(tmp_path))
    assert any("NOT RUN: no compiler" in line and "0 (100)" in line for line in table([found]))


def test_the_trials_have_names_of_their_own_and_the_short_form_has_all_of_them():
    trials = declared()
    assert len({trial.name for trial in trials}) == len(trials) > 0
    assert all(trial.does for trial in trials)


def test_a_run_goes_on_with_what_was_found_of_the_same_code(tmp_path):
    trial = Trial("t", "d", 8, tries(*[Tried(note="n")] * 9), goes_on=True)
    first = tried_out(trial, Room(tmp_path, "plain", 1, False, time.monotonic() + 60, 8, 3))
    first.code = code_of(trial)
    keep(
        tmp_path / "found.json", [first, Figures("t", "encrypted", 8, code="other")], 1, quick=False
    )
    known = earlier(tmp_path / "found.json", [trial])
    assert set(known) == {("t", "plain")}
    assert not known["t", "plain"].whole
    room = Room(tmp_path, "plain", 1, False, time.monotonic() + 60, 8, 8, done=3)
    second = tried_out(trial, room)
    second.after(known["t", "plain"])
    assert (second.tries, second.notes, second.whole) == (8, {"n": 8}, True)


def test_a_plan_is_shuffled_as_before_and_chance_is_not():
    def first(reach, done):
        return Room(None, "plain", 1, False, 0, reach, done=done).chance.random()

    assert first(0, 0) == first(0, 5)
    assert first(9, 0) != first(9, 5)
