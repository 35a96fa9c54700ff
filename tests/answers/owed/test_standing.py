"""Standings are brought up to date by the log, kept for the next start, and never stale."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.actions.records import delete_record
from pmdesk.answers.calendars import zone_of, zones_of
from pmdesk.answers.owed import standing as of_owed
from pmdesk.answers.owed.standing import Standings, standing_of
from pmdesk.answers.relationship import relationship
from pmdesk.journal import standings as kept
from pmdesk.journal.errors import JournalError
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import last_change
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.captured_line import CapturedLine
from pmdesk.records.client import Client
from pmdesk.records.set_aside import SetAside
from pmdesk.records.trust import Promise
from tests.answers.owed.making import EVE, asked, call, wall

AT = wall(10, 9, 12)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def two(keep, pine):
    """Two clients who are owed something."""
    birch = keep(Client(name="Birch"))
    keep(*(Promise(client_id=id_, what="x", to_whom="Xu", due=date(2026, 10, 8)) for id_ in (1, 2)))
    return pine, birch


def anew(journal, id_, at=AT):
    return standing_of(
        relationship(journal, journal.get(Client, id_), at=at), last_change(journal.conn)
    )


def known(found):
    """What is known, but for how far in the log."""
    return {id_: replace(one, until=0) for id_, one in found.known.items()}


def test_all_are_looked_at_once_and_then_none(journal, two):
    found = Standings()
    assert found.stale(journal, at=AT) == [1, 2]
    assert found.bring_up_to_date(journal, at=AT) == [1, 2]
    assert found.known == {id_: anew(journal, id_) for id_ in (1, 2)}
    assert found.stale(journal, at=AT) == [] == found.bring_up_to_date(journal, at=AT)


def test_only_whom_a_change_concerns_is_looked_at_again(journal, keep, two):
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    keep(Promise(client_id=2, what="y", to_whom="Xu", due=date(2026, 10, 1)))
    assert found.bring_up_to_date(journal, at=AT + MINUTE) == [2]
    assert known(found) == {
        1: replace(anew(journal, 1), until=0), 2: replace(anew(journal, 2, AT + MINUTE), until=0),
    }  # fmt: skip
    assert found.stale(journal, at=AT) == []


def test_what_concerns_nobody_is_read_once(journal, keep, two):
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    keep(CapturedLine(line="x", at=AT), SetAside(client_id=1, about="x", why="x"))
    assert found.stale(journal, at=AT) == []
    assert {one.until for one in found.known.values()} == {last_change(journal.conn)}


def test_one_busy_client_does_not_make_the_others_read_its_log_again(journal, keep, two):
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    keep(asked(EVE, client_id=2))
    assert found.stale(journal, at=AT) == [2]
    assert found.known[1].until == last_change(journal.conn)
    assert found.known[2].until < last_change(journal.conn)


def test_what_is_kept_serves_the_next_start(journal, two):
    Standings().bring_up_to_date(journal, at=AT)
    found = Standings()
    assert found.stale(journal, at=AT) == []
    assert found.known == {id_: anew(journal, id_) for id_ in (1, 2)}


def test_what_is_kept_is_brought_up_to_date_at_the_next_start(journal, keep, two):
    Standings().bring_up_to_date(journal, at=AT)
    keep(asked(EVE, client_id=2))
    found = Standings()
    assert found.bring_up_to_date(journal, at=AT) == [2]
    assert known(found) == {id_: replace(anew(journal, id_), until=0) for id_ in (1, 2)}
    assert {id_: one.until for id_, one in kept.read(journal).items()}[2] == last_change(
        journal.conn
    )


@pytest.mark.parametrize(
    "content",
    [[of_owed.EDITION - 1, [["of", "old"]], ["x"]], [of_owed.EDITION + 1], [1, 2, 3, 4, 5]],
    ids=["older", "newer", "of another shape"],
)
def test_what_another_edition_kept_is_found_anew(journal, two, content):
    one = kept.Kept(last_change(journal.conn), "2026-10-09T04:00:00.000Z", content)
    kept.keep(journal, {1: one, 2: one})
    found = Standings()
    assert found.bring_up_to_date(journal, at=AT) == [1, 2]
    assert found.known == {id_: anew(journal, id_) for id_ in (1, 2)}
    assert [one.content[0] for one in kept.read(journal).values()] == [of_owed.EDITION] * 2


def test_a_read_only_journal_is_answered_right_and_left_as_it_is(journal, two):
    with journal.again(writable=False) as other:
        found = Standings()
        assert found.bring_up_to_date(other, at=AT) == [1, 2]
        assert found.known == {id_: anew(other, id_) for id_ in (1, 2)}
        assert found.stale(other, at=AT) == []
    assert kept.read(journal) == {}


def test_a_locked_journal_is_answered_right_and_kept_later(journal, keep, two):
    found = Standings()
    with Journal.open(journal.path) as other:
        other.conn.execute("BEGIN IMMEDIATE")
        assert found.bring_up_to_date(journal, at=AT) == [1, 2]
        other.conn.execute("ROLLBACK")
    assert found.known == {id_: anew(journal, id_) for id_ in (1, 2)}
    assert kept.read(journal) == {}
    keep(asked(EVE, client_id=1))
    found.bring_up_to_date(journal, at=AT)
    assert set(kept.read(journal)) == {1}


def test_what_could_not_be_kept_is_not_taken_back_for_what_is(journal, keep, two):
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    keep(asked(EVE, client_id=1))
    with Journal.open(journal.path) as other:
        other.conn.execute("BEGIN IMMEDIATE")
        assert found.bring_up_to_date(journal, at=AT) == [1]
        other.conn.execute("ROLLBACK")
    assert found.stale(journal, at=AT) == []
    assert known(found)[1] == replace(anew(journal, 1), until=0)


def test_a_copy_goes_on_with_what_is_known_and_what_is_gone(journal, two):
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    delete_record(journal, two[0], at=AT)
    assert found.stale(journal, at=AT) == []
    copy = found.copied()
    assert copy.known == found.known
    assert copy.bring_up_to_date(journal, at=AT) == []
    assert set(kept.read(journal)) == {2}
    del copy.known[2]
    assert set(found.known) == {2}


def test_a_client_ages_with_its_own_day_not_with_another(journal, keep, two):
    keep(replace(two[0], zone="America/New_York"))
    found = Standings()
    found.bring_up_to_date(journal, at=wall(10, 8, 0))  # in New York it is the day before
    assert found.bring_up_to_date(journal, at=wall(10, 8, 23, 59)) == [1]
    assert found.stale(journal, at=wall(10, 9, 0)) == [2]
    assert found.stale(journal, at=wall(10, 9, 11, 59)) == [2]
    assert found.stale(journal, at=wall(10, 9, 12)) == [1, 2]


def test_a_clock_that_is_put_back_within_the_day_is_followed(journal, keep, two):
    keep(asked(AT - timedelta(hours=6), client_id=1), call(AT - timedelta(hours=1), client_id=1))
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    before = AT - timedelta(hours=2)
    assert found.bring_up_to_date(journal, at=before) == [1, 2]
    assert known(found) == {id_: replace(anew(journal, id_, before), until=0) for id_ in (1, 2)}
    assert found.stale(journal, at=before - MINUTE) == []


def test_a_contact_that_lies_ahead_counts_from_its_moment_on(journal, keep, two):
    keep(asked(AT - timedelta(hours=6), client_id=1), asked(AT + MINUTE, client_id=2))
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    assert found.stale(journal, at=AT + MINUTE / 2) == []
    assert found.bring_up_to_date(journal, at=AT + MINUTE) == [2]
    assert known(found)[2] == replace(anew(journal, 2, AT + MINUTE), until=0)
    assert found.known[2].rows != anew(journal, 2).rows


def test_an_answer_that_lies_ahead_of_a_clock_put_back_a_little_is_none_yet(journal, keep, two):
    keep(asked(AT - timedelta(hours=6), client_id=1), call(AT, client_id=1))
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    assert found.stale(journal, at=AT - MINUTE) == [1]
    assert Standings().stale(journal, at=AT - MINUTE) == [1]  # as the journal keeps it


def test_who_changed_comes_before_who_only_aged(journal, keep, two):
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    keep(asked(EVE, client_id=2))
    assert found.stale(journal, at=AT + timedelta(days=1)) == [2, 1]


def test_what_is_kept_may_be_taken_up_from_elsewhere(journal, two):
    Standings().bring_up_to_date(journal, at=AT)
    found = Standings()
    found.take_up(kept.understood(kept.stored(journal)))
    kept.keep(journal, {}, gone=[1, 2])
    assert found.stale(journal, at=AT) == []
    assert found.known == {id_: anew(journal, id_) for id_ in (1, 2)}


def test_beyond_four_thousand_changes_all_are_looked_at(journal, two):
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    with journal.action("Save", at=AT) as act:
        act.save_new([CapturedLine(line="x", at=AT) for _ in range(kept.AT_ONCE + 1)])
    assert found.bring_up_to_date(journal, at=AT) == [1, 2]
    assert found.stale(journal, at=AT) == []


def test_whoever_is_deleted_is_forgotten_and_comes_back_with_undo(journal, two):
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    before = known(found)
    delete_record(journal, two[0], at=AT)
    assert found.bring_up_to_date(journal, at=AT) == []
    assert set(found.known) == {2} == set(kept.read(journal))
    journal.undo(at=AT)
    assert found.bring_up_to_date(journal, at=AT) == [1]
    assert known(found) == before
    assert set(kept.read(journal)) == {1, 2}


def test_whoever_comes_back_before_it_was_forgotten_is_kept(journal, two):
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    delete_record(journal, two[0], at=AT)
    assert found.stale(journal, at=AT) == []
    journal.undo(at=AT)
    assert found.bring_up_to_date(journal, at=AT) == [1]
    assert set(kept.read(journal)) == {1, 2}


def test_a_journal_without_clients_owes_nothing(journal):
    found = Standings()
    assert found.stale(journal, at=AT) == [] == found.bring_up_to_date(journal, at=AT)
    assert found.known == {}


def test_only_some_are_looked_at_where_so_asked(journal, two):
    found = Standings()
    assert found.bring_up_to_date(journal, at=AT, only=[2, 99]) == [2, 99]
    assert set(found.known) == {2}
    assert found.stale(journal, at=AT) == [1]


def test_it_tells_how_far_it_is_and_what_is_done_stays_where_it_is_stopped(journal, two):
    told = []

    def tell(done, every):
        told.append((done, every))
        if done == 1:
            raise JournalError

    found = Standings()
    with pytest.raises(JournalError):
        found.bring_up_to_date(journal, at=AT, told=tell)
    assert told == [(0, 2), (1, 2)]
    assert set(found.known) == {1} == set(kept.read(journal))
    assert found.bring_up_to_date(journal, at=AT) == [2]


def test_the_zones_of_all_clients_are_those_of_each(journal, keep, two):
    first = keep(WorkCalendar(name="x", zone="Europe/Berlin"))
    keep(
        replace(two[1], calendar_id=first.id), Client(name="Elm", zone="America/New_York"),
        Client(name="Fir", zone="Asia/Tokyo", calendar_id=first.id),
    )  # fmt: skip
    zones = zones_of(journal)
    assert [str(zone) for zone in zones.values()] == [
        "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Tokyo",
    ]  # fmt: skip
    assert zones == {id_: zone_of(journal, journal.get(Client, id_)) for id_ in zones}


def test_without_any_calendar_the_days_are_those_of_shanghai(journal, two):
    with journal.action("Delete", at=AT) as act:
        act.delete(journal.find(WorkCalendar)[0])
    assert {str(zone) for zone in zones_of(journal).values()} == {"Asia/Shanghai"}
