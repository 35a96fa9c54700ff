"""Waiting turns at their edges: answers that a person named, marks, ties, and their laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.insight.turns import Event, WaitingTurn, message_waits, waiting_turns


def theirs(number, at, *, thread=1, **facts):
    return Event(number, at, thread, ours=False, **facts)


def ours(number, at, *, thread=1, **facts):
    return Event(number, at, thread, ours=True, **facts)


def waits(turns):
    """First message, and how long it waited; None is still open."""
    return [
        (turn.first_id, None if turn.answered_at is None else turn.answered_at - turn.asked_at)
        for turn in turns
    ]


def test_a_turn_tells_its_messages_and_its_answer():
    turns = waiting_turns([theirs(1, 100), theirs(2, 150), theirs(3, 170), ours(4, 200)])
    assert turns == [WaitingTurn(1, 1, (1, 2, 3), 100, 200, 4)]


def test_threads_do_not_mix_and_turns_come_in_order_of_time():
    events = [
        theirs(1, 100, thread=2),
        theirs(2, 90, thread=1),
        ours(3, 120, thread=1),
        ours(4, 200, thread=2),
    ]
    assert waits(waiting_turns(events)) == [(2, 30), (1, 100)]


def test_an_answer_of_the_same_second_leaves_the_clock_to_the_next_one():
    assert waits(waiting_turns([theirs(1, 100), ours(2, 100), ours(3, 130)])) == [(1, 30)]


def test_only_what_we_wrote_gives_no_turn():
    assert waiting_turns([ours(1, 100), ours(2, 200)]) == []
    assert waiting_turns([]) == []


def test_automatic_mail_is_no_part_of_the_turn_that_follows():
    turns = waiting_turns([theirs(1, 100, automatic=True), theirs(2, 150), ours(3, 200)])
    assert turns == [WaitingTurn(1, 2, (2,), 150, 200, 3)]


def test_automatic_mail_between_two_messages_does_not_part_them():
    turns = waiting_turns([theirs(1, 100), ours(2, 101, automatic=True), theirs(3, 150)])
    assert turns == [WaitingTurn(1, 1, (1, 3), 100, None, None)]


def test_an_automatic_mail_that_a_person_says_needs_a_reply_starts_a_clock():
    turns = waiting_turns([theirs(1, 100, automatic=True, needs_reply=True), ours(2, 160)])
    assert waits(turns) == [(1, 60)]


def test_automatic_mail_of_ours_answers_nothing_whatever_its_mark():
    turns = waiting_turns([theirs(1, 100), ours(2, 101, automatic=True, needs_reply=True)])
    assert waits(turns) == [(1, None)]


def test_a_turn_wholly_marked_is_left_out_whether_answered_or_not():
    marked = [theirs(1, 100, needs_reply=False), theirs(2, 150, needs_reply=False)]
    assert waiting_turns(marked) == []
    assert waiting_turns([*marked, ours(3, 200)]) == []


def test_a_later_message_that_needs_no_reply_does_not_free_the_turn():
    turns = waiting_turns([theirs(1, 100), theirs(2, 150, needs_reply=False), ours(3, 200)])
    assert waits(turns) == [(1, 100)]


def test_what_we_write_after_thanks_ends_their_run():
    events = [theirs(1, 100, needs_reply=False), ours(2, 120), theirs(3, 150), ours(4, 170)]
    assert waiting_turns(events) == [WaitingTurn(1, 3, (3,), 150, 170, 4)]


def test_a_call_of_theirs_may_be_the_answer():
    call = theirs(9, 140, thread=-9, needs_reply=False)
    assert waiting_turns([theirs(1, 100, answered_by=9), call])[0].answer_id == 9


def test_a_mail_before_the_named_call_stops_the_clock_first():
    events = [theirs(1, 100, answered_by=9), ours(2, 120), ours(9, 140, thread=-9)]
    assert waiting_turns(events) == [WaitingTurn(1, 1, (1,), 100, 120, 2)]


@pytest.mark.parametrize("named_at", [40, 100])
def test_what_was_said_before_the_question_is_no_answer_to_it(named_at):
    turns = waiting_turns([theirs(1, 100, answered_by=9), ours(9, named_at, thread=-9)])
    assert turns == [WaitingTurn(1, 1, (1,), 100, None, None)]


def test_mail_that_does_not_reach_the_asker_answers_nothing_and_asks_nothing():
    forward = ours(2, 110, reaches=False)
    assert waiting_turns([theirs(1, 100), forward, ours(3, 300)]) == [
        WaitingTurn(1, 1, (1,), 100, 300, 3)
    ]
    assert waiting_turns([forward, theirs(3, 300)], ours_answer=False) == []


def test_per_message_a_forward_counts_as_reply_time_tools_count_it():
    (wait,) = message_waits([theirs(1, 100), ours(2, 110, reaches=False)])
    assert (wait.answered_at, wait.answer_id) == (110, 2)


def test_the_named_answer_of_any_message_ends_the_turn():
    events = [theirs(1, 100), theirs(2, 120, answered_by=9), ours(9, 150, thread=-9)]
    assert waiting_turns(events) == [WaitingTurn(1, 1, (1, 2), 100, 150, 9)]


def test_the_earliest_of_several_named_answers_counts():
    events = [
        theirs(1, 100, answered_by=9),
        theirs(2, 120, answered_by=8),
        ours(8, 130, thread=-8),
        ours(9, 150, thread=-9),
    ]
    assert waiting_turns(events) == [WaitingTurn(1, 1, (1, 2), 100, 130, 8)]


def test_a_question_after_the_call_waits_anew():
    events = [theirs(1, 100, answered_by=9), ours(9, 140, thread=-9), theirs(2, 180)]
    assert waits(waiting_turns(events)) == [(1, 40), (2, None)]
    assert waits(waiting_turns([*events, ours(3, 200)])) == [(1, 40), (2, 20)]


def test_questions_of_one_second_are_one_turn_whatever_was_named_before():
    events = [theirs(1, 100, answered_by=9), theirs(2, 100), ours(9, 40, thread=-9)]
    assert waiting_turns(events) == [WaitingTurn(1, 1, (1, 2), 100, None, None)]


def test_messages_that_the_same_call_answered_stay_one_turn():
    events = [
        theirs(1, 100, answered_by=9),
        theirs(2, 180, answered_by=9),
        ours(9, 140, thread=-9),
    ]
    assert waiting_turns(events) == [WaitingTurn(1, 1, (1, 2), 100, 140, 9)]


def test_a_named_answer_that_is_not_among_the_events_changes_nothing():
    assert waits(waiting_turns([theirs(1, 100, answered_by=77)])) == [(1, None)]


def test_a_named_answer_without_a_date_stops_no_clock():
    named = [theirs(1, 100, answered_by=9), ours(9, 160, thread=-9, counts=False)]
    assert waits(waiting_turns(named)) == [(1, None)]


def test_a_question_without_a_date_starts_no_clock():
    assert waiting_turns([theirs(1, 100, counts=False, needs_reply=True)]) == []


def test_the_other_way_round_their_out_of_office_reply_is_no_answer():
    events = [ours(1, 100), ours(2, 150), theirs(3, 151, automatic=True), theirs(4, 180)]
    turns = waiting_turns(events, ours_answer=False)
    assert turns == [WaitingTurn(1, 1, (1, 2), 100, 180, 4)]


def test_one_by_one_an_answer_is_strictly_later_and_of_the_same_thread():
    events = [theirs(1, 100), ours(2, 100), ours(3, 110, thread=2), ours(4, 130)]
    assert waits(message_waits(events)) == [(1, 30)]


def test_one_by_one_automatic_mail_and_marks_count_like_any():
    events = [theirs(1, 100, automatic=True, needs_reply=False), ours(2, 130, automatic=True)]
    assert waits(message_waits(events)) == [(1, 30)]


def test_one_by_one_messages_without_a_date_do_not_count():
    events = [theirs(1, 100), ours(2, 120, counts=False), theirs(3, 130, counts=False)]
    assert waits(message_waits(events)) == [(1, None)]


# A machine that is busy with other tests is no failure.
LAW = settings(deadline=None)
FACTS = st.tuples(
    st.integers(0, 20),
    st.integers(1, 3),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, None, 0, 3, 7]),
    st.booleans(),
)
CONVERSATIONS = st.lists(FACTS, max_size=14).map(
    lambda rows: [Event(number, *facts) for number, facts in enumerate(rows)]
)


@LAW
@given(CONVERSATIONS, st.randoms(use_true_random=False), st.booleans())
def test_the_order_in_which_events_come_makes_no_difference(events, chance, way):
    mixed = chance.sample(events, len(events))
    assert waiting_turns(mixed, ours_answer=way) == waiting_turns(events, ours_answer=way)
    assert message_waits(mixed) == message_waits(events)


def test_what_was_named_for_a_message_that_needs_no_reply_answers_no_later_question():
    call = Event(2, 1, 2, True)
    thanks = Event(1, 0, 1, False, needs_reply=False, answered_by=2)
    (turn,) = waiting_turns([thanks, call, Event(3, 2, 1, False)])
    assert (turn.first_id, turn.asked_at, turn.answered_at) == (3, 2, None)


@LAW
@given(CONVERSATIONS, st.booleans())
def test_every_message_that_needs_a_reply_is_in_exactly_one_turn(events, way):
    turns = waiting_turns(events, ours_answer=way)
    asked = [event for event in events if event.counts and event.ours != way]
    needing = {e.id for e in asked if e.needs_reply or (e.needs_reply is None and not e.automatic)}
    within = [number for turn in turns for number in turn.message_ids]
    assert len(within) == len(set(within))
    assert needing <= set(within) <= {event.id for event in asked}
    assert {turn.first_id for turn in turns} <= needing
    assert all(turn.answered_at is None or turn.answered_at >= turn.asked_at for turn in turns)


@LAW
@given(CONVERSATIONS)
def test_one_by_one_the_answer_is_the_earliest_that_is_later(events):
    ours_dated = [event for event in events if event.ours and event.counts]
    for wait in message_waits(events):
        later = (e.at for e in ours_dated if e.thread == wait.thread and e.at > wait.asked_at)
        assert wait.answered_at == min(later, default=None)
