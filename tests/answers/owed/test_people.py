"""Whose habit an answer is measured by, and from how many contacts on there is one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.actions.replies import answer_by, mark_reply
from pmdesk.answers.owed.rules import owed_to
from pmdesk.answers.people import Usual, rhythm_of, touch, usual_of, usual_waits
from pmdesk.answers.relationship import relationship
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.choices import Channel, ClientStatus, DateDoubt, Direction, NeedsReply
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.limits import Limits
from tests.answers.owed.making import AFTER, asked, asks, call, wall, weekly_calls

XU, LI = 1, 2
LIMIT = Usual(18.0, "limit")


@pytest.fixture
def people(keep, pine):
    """Two contacts of the client."""
    keep(Contact(client_id=pine.id, name="Xu"), Contact(client_id=pine.id, name="Li"))


@pytest.fixture
def answered(keep, pine):
    """Asks of ours, each answered by a contact after so many working hours, a day each."""

    def store(contact, *hours, first=1, **more):
        for n, wait in enumerate(hours, first):
            at, thread = wall(3, 2, 9) + timedelta(days=7 * n), 100 * (contact or 9) + n
            keep(
                asks(at, client_id=pine.id, thread=thread, contact_id=contact),
                asked(at + timedelta(hours=wait), client_id=pine.id, thread=thread,
                      contact_id=contact, **more),
            )  # fmt: skip

    return store


@pytest.fixture
def rel(journal, pine):
    """The relationship at a moment."""
    return lambda at=AFTER: relationship(journal, journal.get(Client, pine.id), at=at)


def talked(rel):
    """What is owed to a client but greetings, which are owed whoever said what."""
    return [one for one in owed_to(rel) if one.rule != "greet"]


def test_seven_answers_of_a_person_are_no_habit_eight_are(people, answered, rel):
    answered(XU, 1, 2, 3, 4, 5, 6, 7)
    assert usual_of(rel(), XU) == LIMIT
    answered(XU, 8, first=8)
    assert usual_of(rel(), XU) == Usual(6.25, "own")
    assert usual_of(rel(), LI) == usual_of(rel(), None) == Usual(6.25, "client")


def test_seven_answers_of_a_client_are_no_habit_eight_are(people, answered, rel):
    answered(XU, 1, 1, 1, 1)
    answered(LI, 3, 3, 3)
    assert {usual_of(rel(), one) for one in (XU, LI, None)} == {LIMIT}
    answered(None, 3)
    assert {usual_of(rel(), one) for one in (XU, LI, None)} == {Usual(3.0, "client")}


def test_the_persons_own_habit_comes_before_the_clients(people, answered, rel):
    answered(XU, *[1] * 8)
    answered(LI, *[8] * 8)
    assert usual_of(rel(), XU) == Usual(1.0, "own")
    assert usual_of(rel(), LI) == Usual(8.0, "own")
    assert usual_of(rel(), None) == Usual(8.0, "client")


def test_an_ask_is_late_after_the_persons_own_habit(keep, pine, people, answered, rel):
    answered(XU, *[2] * 8)
    keep(asks(wall(10, 15, 17), client_id=pine.id, contact_id=XU, thread=1))
    (one,) = (one for one in talked(rel()) if one.rule == "waiting")
    assert one.late_from == one.shown_from == wall(10, 16, 10).timestamp()
    assert (one.facts["usual"], one.facts["whose"]) == (2.0, "own")


def test_automatic_and_unanswered_mail_makes_no_habit(keep, pine, people, answered, rel):
    answered(XU, *[1] * 7)
    answered(XU, 1, first=8, automatic=True)
    keep(asks(wall(6, 1, 9), client_id=pine.id, contact_id=XU, thread=5))
    assert usual_waits(rel()) == {}


def test_an_answer_that_lies_ahead_makes_no_habit_yet(people, answered, rel):
    answered(XU, *[1] * 8)
    last = wall(3, 2, 9) + timedelta(days=56, hours=1)
    assert usual_of(rel(last), XU).whose == "own"
    assert usual_of(rel(last - timedelta(minutes=1)), XU) == LIMIT


def test_the_limit_is_in_working_days_of_the_client(journal, keep, pine, rel):
    keep(Limits(waiting_days=3))
    assert usual_of(rel(), None) == Usual(27.0, "limit")
    (calendar,) = journal.find(WorkCalendar)
    keep(replace(calendar, hours="Sat 09:00-12:00 13:00-17:30"))
    assert usual_of(rel(), None) == Usual(22.5, "limit")


def test_fourteen_gaps_with_a_person_are_no_rhythm_fifteen_are(keep, pine, people, rel):
    last = wall(9, 28, 12)
    for n in range(15):
        keep(call(last - timedelta(days=7 * n), client_id=pine.id, contact_id=XU))
    assert rhythm_of(rel(), XU) is rhythm_of(rel(), None) is None
    keep(call(last - timedelta(days=7 * 15), client_id=pine.id, contact_id=XU))
    assert rhythm_of(rel(), XU) == rhythm_of(rel(), None) == (15, 7.0)
    assert rhythm_of(rel(), LI) is None


NO_CONTACTS = {
    "automatic": {"automatic": True},
    "without a date": {"date_doubt": DateDoubt.MISSING},
    "that lies ahead": {"at": AFTER + timedelta(seconds=1)},
}


@pytest.mark.parametrize("fields", NO_CONTACTS.values(), ids=NO_CONTACTS)
def test_what_is_no_contact_is_left_out(keep, pine, people, rel, fields):
    keep(replace(call(wall(9, 28, 12), client_id=pine.id, contact_id=XU), **fields))
    assert (touch(rel()).client_days, dict(touch(rel()).days)) == ((), {})
    keep(call(AFTER, client_id=pine.id, contact_id=XU))
    assert touch(rel()).client_days == touch(rel()).days[XU] == (AFTER.date(),)


def test_a_contact_counts_on_the_clients_day(keep, pine, people, rel):
    keep(call(wall(9, 29, 0, 30), client_id=pine.id, contact_id=XU))
    assert [day.day for day in touch(rel()).client_days] == [29]


def test_who_has_written_lately_is_told_of_the_last_ninety_days(keep, pine, people, rel):
    since = AFTER - timedelta(days=90)
    keep(asked(since - timedelta(seconds=1), client_id=pine.id, contact_id=XU))
    keep(call(AFTER, client_id=pine.id, contact_id=XU))
    keep(asked(since, client_id=pine.id, contact_id=LI))
    assert touch(rel()).inbound_lately == {LI}


def silent(rel):
    return [one for one in talked(rel) if one.rule in {"silence", "person_silent"}]


def test_whoever_was_last_heard_of_a_year_ago_has_left(keep, pine, people, rel):
    last = wall(9, 28, 12)
    keep(replace(pine, contact_max_days=700))
    keep(*(replace(one, client_id=pine.id) for one in weekly_calls(last, contact_id=XU)))
    assert [one.rule for one in silent(rel(last + timedelta(days=365)))] == [
        "silence",
        "person_silent",
    ]
    assert [one.rule for one in silent(rel(last + timedelta(days=366)))] == ["silence"]


CONTACTS = {
    "a call of ours": ({"channel": Channel.CALL}, True),
    "a call of theirs": ({"channel": Channel.CALL, "direction": Direction.INBOUND}, True),
    "a meeting": ({"channel": Channel.MEETING, "direction": Direction.INBOUND}, True),
    "a video call": ({"channel": Channel.VIDEO, "direction": Direction.INBOUND}, True),
    "a visit": ({"channel": Channel.VISIT, "direction": Direction.INBOUND}, True),
    "a mail of ours": ({"channel": Channel.MAIL}, True),
    "a chat of ours": ({"channel": Channel.CHAT}, True),
    "a mail of theirs": ({"channel": Channel.MAIL, "direction": Direction.INBOUND}, False),
    "a mail of ours to a colleague": ({"channel": Channel.MAIL, "reached": False}, False),
    "an automatic mail of ours": ({"channel": Channel.MAIL, "automatic": True}, False),
}


@pytest.mark.parametrize(("fields", "counts"), CONTACTS.values(), ids=CONTACTS)
def test_any_real_contact_resets_the_agreed_cadence(keep, pine, rel, fields, counts):
    keep(replace(pine, contact_every_days=7, contact_max_days=14))
    keep(call(wall(9, 1, 12), client_id=pine.id))
    keep(replace(call(wall(9, 28, 12), client_id=pine.id), **fields))
    (one,) = silent(rel())
    assert one.facts["last"] == ("2026-09-28" if counts else "2026-09-01")


CADENCES = {
    "both": (7, 14, wall(10, 6), wall(10, 13)),
    "the usual one alone": (7, None, wall(10, 6), wall(10, 6)),
    "the latest one alone": (None, 14, wall(10, 13), wall(10, 13)),
}


@pytest.mark.parametrize(("ideal", "longest", "shown", "late"), CADENCES.values(), ids=CADENCES)
def test_amber_at_the_usual_cadence_red_at_the_latest(keep, pine, rel, ideal, longest, shown, late):
    keep(replace(pine, contact_every_days=ideal, contact_max_days=longest))
    keep(call(wall(9, 28, 23), client_id=pine.id))
    (one,) = silent(rel())
    assert (one.shown_from, one.late_from) == (shown.timestamp(), late.timestamp())


STATUS = {
    ClientStatus.ACTIVE: {"silence", "waiting", "reply"},
    ClientStatus.PROSPECT: {"silence", "waiting", "reply"},
    ClientStatus.PAUSED: {"reply"},
    ClientStatus.CLOSED: {"reply"},
}


@pytest.mark.parametrize(("status", "rules"), STATUS.items())
def test_who_is_no_client_at_present_is_neither_chased_nor_silent(keep, pine, rel, status, rules):
    keep(replace(pine, status=status, contact_max_days=7))
    keep(
        asks(wall(10, 8, 12), client_id=pine.id),
        asked(wall(10, 8, 12), client_id=pine.id, thread=2),
    )
    assert {one.rule for one in talked(rel())} == rules


def test_one_row_a_person_of_the_oldest_ask(keep, pine, people, rel):
    keep(
        asks(wall(10, 8, 12), client_id=pine.id, contact_id=XU, thread=1),
        asks(wall(10, 8, 11), client_id=pine.id, contact_id=XU, thread=2),
        asks(wall(10, 8, 10), client_id=pine.id, contact_id=LI, thread=3),
        asks(wall(10, 8, 9), client_id=pine.id, thread=4, who="Fang"),
        asks(wall(10, 8, 9), client_id=pine.id, thread=5, who="Zhou"),
    )
    rows = [(one.key.id, one.facts["n"]) for one in talked(rel()) if one.rule == "waiting"]
    assert rows == [(4, 1), (5, 1), (3, 1), (2, 2)]


ASKS = {
    "asking by its words": ({}, True),
    "asking nothing": ({"text": "Here is the list."}, False),
    "marked as needing a reply": ({"text": "Here.", "needs_reply": NeedsReply.YES}, True),
    "marked as needing none": ({"needs_reply": NeedsReply.NO}, False),
    "automatic": ({"automatic": True}, False),
    "without a date": ({"date_doubt": DateDoubt.MISSING}, False),
    "to a colleague": ({"reached": False}, False),
    "a call": ({"channel": Channel.CALL}, False),
    "a call marked as needing a reply": ({"channel": Channel.CALL, "needs_reply": NeedsReply.YES}, True),
    "a chat": ({"channel": Channel.CHAT, "thread": None}, True),
    "two months ago": ({"at": wall(8, 15, 0)}, True),
    "more than two months ago": ({"at": wall(8, 14, 23, 59)}, False),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "waits"), ASKS.values(), ids=ASKS)
def test_what_of_ours_waits_for_an_answer(keep, pine, rel, fields, waits):
    keep(replace(asks(wall(10, 8, 12), client_id=pine.id), **fields))
    assert [one.rule for one in talked(rel())] == ["waiting"] * waits


def test_all_that_asks_in_its_thread_is_settled_together(journal, keep, pine, rel):
    keep(
        asks(wall(10, 8, 10), "The list.", client_id=pine.id),
        asks(wall(10, 8, 11), client_id=pine.id),
        asks(wall(10, 8, 12), "It is for the test.", client_id=pine.id),
        asks(wall(10, 8, 13), "Any news?", client_id=pine.id),
    )
    (one,) = talked(rel())
    assert (one.key.id, one.facts["messages"]) == (2, [2, 4])
    mark_reply(journal, one.facts["messages"], NeedsReply.NO, at=AFTER)
    assert talked(rel()) == []
    journal.undo()
    answer_by(journal, one.facts["messages"], Channel.CALL, when=wall(10, 8, 14), at=AFTER)
    assert talked(rel()) == []
    assert talked(rel(wall(10, 8, 13, 30))) == [one]


def test_an_answer_named_for_one_ask_settles_no_other(keep, pine, rel):
    keep(
        call(wall(10, 9, 12), client_id=pine.id),
        asks(wall(10, 8, 10), client_id=pine.id, answered_by=1),
        asks(wall(10, 8, 11), client_id=pine.id, thread=2),
    )
    assert [one.key.id for one in talked(rel())] == [3]


def test_the_ask_is_quoted_by_its_first_two_sentences_and_cut(keep, pine, rel):
    text = f"Could you send the list? Can you {'x' * 300}? Would you call?"
    keep(asks(wall(10, 8, 12), text, client_id=pine.id))
    (one,) = talked(rel())
    assert one.facts["ask"] == f"Could you send the list? Can you {'x' * 300}"[:239] + "…"


def test_a_message_that_did_not_reach_them_is_no_contact(keep, pine, people, rel):
    keep(asked(wall(3, 2, 9), client_id=pine.id, contact_id=XU))
    assert len(touch(rel()).client_days) == 1
    keep(asks(wall(3, 4, 9), client_id=pine.id, contact_id=XU, reached=False))
    assert len(touch(rel()).client_days) == len(touch(rel()).days[XU]) == 1
    keep(asks(wall(3, 5, 9), client_id=pine.id, contact_id=XU))
    assert len(touch(rel()).client_days) == 2
