"""Greetings that are owed: whose, on which day, from when on, and once each."""

from datetime import UTC, date, datetime

import pytest

from pmdesk.actions.put_off import greeted
from pmdesk.answers.owed.greeting import greetings
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.owed.today import today
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.greeting import OCCASIONS, greeting
from pmdesk.answers.text.salutation import addressed
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.choices import ClientStatus, Tongue
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.limits import Limits
from pmdesk.words import words_for

NOON = datetime(2027, 1, 20, 4, tzinfo=UTC)


@pytest.fixture
def rows(journal):
    """What greetings a client is owed, with the day of each, and from when it is shown."""

    def found(*records, at=NOON, calendar=None, **fields):
        with journal.action("x", at=at) as act:
            if calendar:
                fields["calendar_id"] = act.save(calendar).id
            client = act.save(Client(name="Pine", **fields))
            for one in records:
                act.save(type(one)(**{**vars(one), "client_id": client.id}))
        rel = relationship(journal, client, at=at)
        return [
            (
                one.facts["occasion"],
                one.facts["due"],
                datetime.fromtimestamp(one.shown_from, rel.zone).date(),
            )
            for one in greetings(rel)
        ]

    return found


CHINA = WorkCalendar(name="CN", hours="Mon-Fri 09:00-18:00", country="CN")
ZH = Contact(name="周启明", language=Tongue.ZH)


def test_a_client_in_china_is_greeted_at_its_festivals(rows):
    spring = ("spring", "2027-02-06", date(2027, 2, 2))
    assert rows(calendar=CHINA) == [spring]
    assert rows(ZH, zone="Europe/Berlin") == [spring]
    assert rows(Contact(name="Ada"), zone="Europe/Berlin") == []
    assert (
        rows(calendar=WorkCalendar(name="DE", zone="Europe/Berlin", hours="Mon-Fri 09:00-18:00"))
        == []
    )


@pytest.mark.parametrize("status", [ClientStatus.PAUSED, ClientStatus.CLOSED])
def test_a_client_at_rest_is_left_in_peace(rows, status):
    assert rows(ZH, status=status) == []


def test_two_festivals_on_a_day_are_one(rows):
    at = datetime(2020, 9, 1, 4, tzinfo=UTC)
    found = rows(ZH, at=at)
    assert [name for name, day, _ in found if day == "2020-10-01"] == ["mid-autumn"]


@pytest.mark.parametrize(
    ("birthday", "lunar", "day"),
    [
        ("1985-01-20", False, "2027-01-20"),
        ("--01-19", False, None),
        ("--12-30", True, "2027-02-05"),
        ("1984-10L-10", True, None),
        ("", False, None),
    ],
)
def test_a_birthday_comes_once_a_year(rows, birthday, lunar, day):
    found = rows(Contact(name="Ada", birthday=birthday, birthday_lunar=lunar), zone="Europe/Berlin")
    assert [one[1] for one in found] == ([day] if day else [])


def test_limits_say_how_many_working_days_before(rows, journal):
    for days, shown in ((0, date(2027, 2, 6)), (1, date(2027, 2, 4)), (6, date(2027, 1, 28))):
        with journal.action("x", at=NOON) as act:
            for one in journal.find(Limits):
                act.delete(one)
            act.save(Limits(greet_days=days))
        assert rows(calendar=CHINA)[0][2] == shown


def test_whoever_was_greeted_is_not_asked_for_again_until_next_year(journal):
    with journal.action("x", at=NOON) as act:
        client = act.save(Client(name="Pine", zone="Europe/Berlin"))
        act.save(Contact(client_id=client.id, name="Ada", birthday="--01-21"))

    def shown(at):
        standings = Standings()
        standings.bring_up_to_date(journal, at=at)
        return [
            r.owed
            for r in today(journal, standings.known.values(), at=at).rows
            if r.owed.rule == "greet"
        ]

    (one,) = shown(NOON)
    greeted(journal, one, words_for("en"), at=NOON)
    assert shown(NOON) == []
    journal.undo()
    assert shown(NOON) == [one]
    greeted(journal, one, words_for("en"), at=NOON)
    next_year = NOON.replace(year=2028)
    assert [again.facts["due"] for again in shown(next_year)] == ["2028-01-21"]


@pytest.mark.parametrize(
    ("who", "language", "called"),
    [
        (("周启明", "信息中心主任", "总工"), "zh", "周总工"),
        (("周启明", "信息中心主任", ""), "zh", "周主任"),
        (("欧阳明", "", "老师"), "zh", "欧阳老师"),
        (("周启明", "", "周老"), "zh", "周老"),
        (("Ada King", "", "Dr"), "en", "Dr King"),
        (("Ada King", "", "Dr"), "zh", "Ada King Dr"),
        (("周启明", "", "主任"), "en", "周启明"),
        (("ada@pine.example", "", "Dr"), "en", ""),
    ],
)
def test_somebody_is_addressed_as_they_wish(who, language, called):
    name, role, honorific = who
    assert addressed(name, role, language, honorific) == called


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_a_greeting_names_the_person_and_the_day(occasion):
    assert greeting(occasion, name="Dr King", language="en").text.startswith("Dear Dr King,\n\n")
    made = greeting(occasion, name="周主任", language="zh")
    assert made.text.startswith("周主任，")
    assert made.subject.isascii() is False
