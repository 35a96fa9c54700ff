"""What is brought to mind, at which moment, and how it reads; what came while nobody looked."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from pmdesk.actions.put_off import put_off
from pmdesk.answers.owed.reminder_words import Missed, missed, missed_sentence, notice
from pmdesk.answers.owed.reminders import Ahead, Moment, Why, moments
from pmdesk.answers.owed.reminders import put_off as comes_back
from pmdesk.answers.owed.row import Owed
from pmdesk.answers.owed.rules import BY_NAME
from pmdesk.answers.owed.sentences import Looked
from pmdesk.answers.owed.standing import Standing, Standings
from pmdesk.answers.owed.today import Lookers, Row, Today
from pmdesk.answers.practices.figures import Key
from pmdesk.insight.worktime import CalendarRules, WorkClock
from pmdesk.records.appointment import Appointment
from pmdesk.records.longterm import KeyDate
from pmdesk.records.transparency import Severity
from pmdesk.records.trust import Promise, Side
from pmdesk.words import words_for
from tests.answers.owed.making import (
    AFTER,
    EVE,
    SHANGHAI,
    WEEKLY,
    Case,
    asked,
    happened,
    problem,
    wall,
    weekly_calls,
)

QUARTER = timedelta(minutes=15)
SECOND = timedelta(seconds=1)
SINCE, UNTIL = wall(9, 28), wall(10, 13)


def promise(day, **more):
    return Promise(**{"what": "Test plan", "to_whom": "Xu", "due": day} | more)


def case(*records, **fields):
    return Case("", records, None, None, None, EVE, "", "", fields)


@pytest.fixture
def ahead(journal):
    """What is ahead of a moment, of rows that were found when all of it had come."""

    def found(at=SINCE, before=QUARTER):
        standings, known = Standings(), Ahead(before)
        standings.bring_up_to_date(journal, at=AFTER)
        known.use(standings.known.values(), Lookers(journal, at).of, at=at)
        return known

    return found


@pytest.fixture
def told(journal, ahead):
    """What is brought to mind from the eve of all cases until they are over: when and why."""

    def found(since=SINCE, until=UNTIL, before=QUARTER):
        known = ahead(since, before).between(
            since.timestamp(), until.timestamp(), comes_back(journal)
        )
        return [(moment.at, moment.why) for moment in known]

    return found


@pytest.mark.parametrize(
    ("records", "wanted"),
    [
        # some minutes before it begins, and never again
        ([Appointment(what="Visit", at=wall(10, 8, 15))], [(wall(10, 8, 14, 45), Why.BEGINS)]),
        # limits in wall time: at three quarters, and when they have passed, night and holiday or not
        (
            [problem(Severity.S2, wall(9, 30, 15))],
            [(wall(9, 30, 18), Why.SOON), (wall(9, 30, 19), Why.LATE)],
        ),
        (
            [happened(Severity.S1, wall(10, 1, 3))],
            [(wall(10, 1, 3, 45), Why.SOON), (wall(10, 1, 4), Why.LATE)],
        ),
        # a limit in working time: three quarters of its nine hours lie over the holiday
        (
            [problem(Severity.S3, wall(9, 30, 15))],
            [(wall(10, 8, 12, 45), Why.SOON), (wall(10, 8, 15), Why.LATE)],
        ),
        # a promise on its day, and the next morning at work, a worked Saturday
        (
            [promise(date(2026, 10, 9))],
            [(wall(10, 9, 9), Why.TODAY), (wall(10, 10, 9), Why.LATE)],
        ),
        # of a free day on the last working day before it
        (
            [promise(date(2026, 10, 11))],
            [(wall(10, 10, 9), Why.TODAY), (wall(10, 12, 9), Why.LATE)],
        ),
        (
            [promise(date(2026, 10, 5))],
            [(wall(9, 30, 9), Why.TODAY), (wall(10, 8, 9), Why.LATE)],
        ),
        ([promise(date(2026, 10, 9), by=Side.CLIENT)], [(wall(10, 10, 9), Why.LATE)]),
        # a reply once it is late: in working hours, at their very end, never in the night
        ([asked(wall(9, 30, 15))], [(wall(10, 8, 14), Why.LATE)]),
        ([asked(wall(9, 30, 10))], [(wall(9, 30, 18), Why.LATE)]),
        (weekly_calls(wall(9, 30, 10)), [(wall(10, 8, 9), Why.LATE)]),
        # a date that has gone by is no news
        ([KeyDate(what="Founded", day=date(2026, 10, 9))], [(wall(10, 9, 9), Why.TODAY)]),
        (
            [replace(WEEKLY, first_on=date(2026, 10, 9))],
            [(wall(10, 9, 9), Why.TODAY), (wall(10, 10, 9), Why.LATE)],
        ),
    ],
)  # fmt: skip
def test_it_comes_at_its_moment_and_not_a_second_before(ahead, told, stand, records, wanted):
    stand(case(*records))
    assert told() == [(at.timestamp(), why) for at, why in wanted]
    known = ahead()
    for at, why in wanted:
        second = SECOND.total_seconds()
        before = known.between(SINCE.timestamp(), at.timestamp() - second, {})
        assert (at.timestamp(), why) not in [(one.at, one.why) for one in before]
        (just,) = known.between(at.timestamp() - second, at.timestamp(), {})
        assert just.why is why
        assert known.between(at.timestamp(), at.timestamp() + second, {}) == []
    first = min(at for at, _ in wanted).timestamp()
    assert known.next(SINCE.timestamp(), {}) == first
    assert known.next(AFTER.timestamp() + 400 * 86_400, {}) is None


def test_how_long_before_a_meeting_is_a_person_s_choice(told, stand):
    stand(case(Appointment(what="Visit", at=wall(10, 8, 15))))
    for minutes in (0, 60):
        at = wall(10, 8, 15) - timedelta(minutes=minutes)
        assert told(before=timedelta(minutes=minutes)) == [(at.timestamp(), Why.BEGINS)]


def test_a_step_of_a_crisis_comes_at_three_quarters_of_its_limit_whatever_the_hour():
    found, due = wall(10, 1, 3), wall(10, 1, 5)
    one = Owed("crisis_task", Key("crisis", 1), 1, "Call", found.timestamp(), due.timestamp())
    seen = list(moments(one, pytest.fail, before=QUARTER))  # no calendar is asked
    assert [(moment.at, moment.why) for moment in seen] == [
        (wall(10, 1, 4, 30).timestamp(), Why.SOON),
        (due.timestamp(), Why.LATE),
    ]


def test_where_nobody_ever_works_it_comes_when_it_is_late():
    never = CalendarRules(SHANGHAI, ((),) * 7)
    day = date(2026, 10, 8)
    looked = Looked(EVE, SHANGHAI, never, lambda: WorkClock(never, day, day))
    due, late = wall(10, 8, 3), wall(10, 9)
    for rule, facts, wanted in (
        ("promise", {"due": "2026-10-08"}, [(wall(10, 8, 9), Why.TODAY), (late, Why.LATE)]),
        ("untold", {"severity": "S3"}, [(due, Why.SOON), (late, Why.LATE)]),
    ):
        one = Owed(rule, Key("x", 1), 1, "x", due.timestamp(), late.timestamp(), facts=facts)
        seen = moments(one, lambda: looked, before=QUARTER)
        assert [(moment.at, moment.why) for moment in seen] == [
            (at.timestamp(), why) for at, why in wanted
        ]


@pytest.fixture
def aside(journal, stand):
    """A promise due on the 9th, put off until a day."""

    def until(day, due=date(2026, 10, 9)):
        stand(case(promise(due)))
        standings = Standings()
        standings.bring_up_to_date(journal, at=EVE)
        (known,) = standings.known.values()
        (one,) = (row for row in known.rows if row.rule == "promise")
        put_off(journal, one, why="They are away", until=day, at=EVE)

    return until


def test_what_was_put_off_comes_back_in_the_morning_of_its_day_and_not_before(ahead, told, aside):
    aside(date(2026, 10, 12))
    back = wall(10, 12, 9)
    assert told() == [(back.timestamp(), Why.BACK)]
    assert told(until=back - SECOND) == []
    assert ahead().next(EVE.timestamp(), {"x": back.timestamp()}) == wall(10, 9, 9).timestamp()
    assert ahead().next(wall(10, 10, 9).timestamp(), {"x": back.timestamp()}) == back.timestamp()


def test_what_comes_back_before_it_is_due_is_brought_to_mind_when_it_is(told, aside):
    aside(date(2026, 10, 8), due=date(2026, 10, 13))
    assert told(until=wall(10, 13, 12)) == [(wall(10, 13, 9).timestamp(), Why.TODAY)]


def test_what_is_put_off_until_a_free_day_comes_back_on_it(told, aside):
    aside(date(2026, 10, 11))
    assert told() == [(wall(10, 11, 9).timestamp(), Why.BACK)]


def test_a_client_whose_rows_are_the_same_is_not_asked_again(journal, stand):
    stand(case(promise(date(2026, 10, 9))))
    standings, known, asked_of = Standings(), Ahead(QUARTER), []
    standings.bring_up_to_date(journal, at=EVE)
    lookers = Lookers(journal, EVE)

    def looked(client):
        asked_of.append(client)
        return lookers.of(client)

    for _ in range(2):
        known.use(standings.known.values(), looked, at=EVE)
    n = len(asked_of)
    (one,) = standings.known.values()
    known.use([replace(one, until=one.until + 1)], looked, at=EVE)
    assert len(asked_of) == n > 0
    known.use([replace(one, rows=(*one.rows, *one.rows))], looked, at=EVE)
    assert len(asked_of) == 3 * n
    known.use([], looked, at=EVE)
    assert known.next(EVE.timestamp(), {}) is None


def test_what_became_late_in_a_holiday_waits_for_its_end_whenever_it_is_looked_at(ahead, stand):
    stand(case(promise(date(2026, 9, 30), by=Side.CLIENT)))
    eve, morning = wall(10, 7, 23), wall(10, 8, 9)
    assert ahead(eve).next(eve.timestamp(), {}) == morning.timestamp()


def known_of(*rows):
    known = Ahead(QUARTER)
    known.use([Standing(1, 0, EVE, rows, None, (None, None))], pytest.fail, at=EVE)
    return known


def test_what_has_no_hour_of_its_own_comes_back_on_its_day_alone():
    one, at = Owed("gap", Key("expectation", 1), 1, "x"), wall(10, 9, 9).timestamp()
    known, back = known_of(one), {one.about: wall(10, 9, 9).timestamp()}
    assert known.between(at - 1, at, back) == [Moment(at, Why.BACK, one)]
    assert known.between(at - 2, at - 1, back) == known.between(at, at + 1, back) == []
    assert known.between(0, at, {}) == []


def test_what_never_falls_due_is_never_brought_to_mind():
    never = float("inf")
    known = known_of(Owed("reply", Key("interaction", 1), 1, "x", never, never))
    assert known.next(0, {}) is None


# How it reads: with names, and without

EN, ZH = words_for("en"), words_for("zh")
MARKS = ("Kiefer", "Vertrag", "Ansprech")
FACTS = {"at": wall(10, 8, 15).isoformat(), "who": "Ansprech <ansprech@kiefer.example>",
         "whom": "Ansprech", "place": "Kiefer", "crisis": "Vertrag", "ask": "Vertrag?",
         "act": "Vertrag", "stage": "Vertrag"}  # fmt: skip
NAMES = {1: "Kiefer"}


def moment(rule="reply", why=Why.LATE, at=AFTER, what="Vertrag"):
    one = Owed(rule, Key("promise", 1), 1, what, facts=FACTS)
    return Moment(at.timestamp(), why, one)


ALL = [moment(rule, why) for rule, why in product(BY_NAME, Why)]


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
@pytest.mark.parametrize("of", [1, 2, len(ALL)])
def test_a_private_notice_names_no_client_no_person_and_quotes_nothing(words, of):
    for n in range(0, len(ALL), of):
        found = ALL[n : n + of]
        for at in (wall(10, 8, 14, 46), wall(10, 8, 16)):
            said = notice(found, NAMES, words, at=at, private=True)
            assert said.title
            assert not [
                mark for mark in MARKS if mark.lower() in f"{said.title}{said.text}".lower()
            ]
    assert "Kiefer · Vertrag" in notice(ALL[:1], NAMES, words, at=AFTER, private=False).text
    unnamed = notice([moment(what="")], NAMES, words, at=AFTER, private=False)
    assert unnamed.text == f"Kiefer · {words('(no subject)')}"


@pytest.mark.parametrize(
    ("found", "private", "title", "text"),
    [
        ([moment()], False, "A reply is overdue", "Kiefer · Vertrag"),
        ([moment()], True, "A reply is overdue", ""),
        ([moment(what="")], False, "A reply is overdue", "Kiefer · (no subject)"),
        ([moment("gap", Why.BACK)], True, "Gap: put off until today", ""),
        ([moment("change")], True, "Change: overdue", ""),
        (
            [moment(), moment("promise", Why.TODAY)],
            False,
            "2 things became due",
            "A reply is overdue: Kiefer · Vertrag\nA promise is due today: Kiefer · Vertrag",
        ),
        (
            [moment(), moment("promise", Why.TODAY), moment()],
            True,
            "3 things became due",
            "A reply is overdue (2)\nA promise is due today",
        ),
        (
            [moment()] * 6,
            False,
            "6 things became due",
            "\n".join(["A reply is overdue: Kiefer · Vertrag"] * 3 + ["and 3 more"]),
        ),
        ([moment()] * 4, False, "4 things became due",
         "\n".join(["A reply is overdue: Kiefer · Vertrag"] * 4)),
    ],
)  # fmt: skip
def test_one_notice_tells_of_all_that_has_come(found, private, title, text):
    said = notice(found, NAMES, EN, at=AFTER, private=private)
    assert (said.title, said.text, said.about) == (title, text, found[0].owed.about)


@pytest.mark.parametrize(
    ("at", "title"),
    [
        (wall(10, 8, 14, 45), "A meeting begins in 15 minutes"),
        (wall(10, 8, 14, 44) + 30 * SECOND, "A meeting begins in 16 minutes"),
        (wall(10, 8, 14, 59), "A meeting begins in 1 minute"),
        (wall(10, 8, 15), "A meeting begins now"),
        (wall(10, 8, 15, 30), "A meeting begins now"),
    ],
)
def test_a_meeting_says_in_how_many_minutes_it_begins_when_it_is_shown(at, title):
    assert notice([moment("meeting", Why.BEGINS)], NAMES, EN, at=at, private=True).title == title


# What came while nobody looked


def row(shown, late, at, name=1):
    one = Owed("promise", Key("promise", name), 1, "x", shown and shown.timestamp(),
               late and late.timestamp())  # fmt: skip
    return Row(one, BY_NAME["promise"], "Kiefer", 1.0, late is not None and late <= at)


NOON, HOUR = wall(10, 8, 12), timedelta(hours=1)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([], None),
        ([(NOON - HOUR, None)], None),
        ([(NOON - HOUR + SECOND, None)], (1, 0)),
        ([(NOON, None)], (1, 0)),
        ([(NOON - 2 * HOUR, NOON - HOUR)], None),
        ([(NOON - 2 * HOUR, NOON - HOUR + SECOND)], (1, 1)),
        ([(NOON - 2 * HOUR, NOON + SECOND)], None),
        ([(None, None)], None),
        ([(NOON, None), (None, NOON), (None, NOON - 9 * HOUR)], (2, 1)),
    ],
)
def test_what_came_since_the_last_look_is_told_once(rows, wanted):
    shown = [row(*each, NOON, n) for n, each in enumerate(rows)]
    found = missed(Today(NOON, shown, []), {}, (NOON - HOUR).timestamp())
    assert (found and (found.n, found.late)) == wanted
    if found:
        assert found.about in {each.owed.about for each in shown}


def test_what_came_back_since_counts_too():
    one = row(NOON - 9 * HOUR, NOON - 8 * HOUR, NOON)
    back = {one.owed.about: (NOON - SECOND).timestamp()}
    assert missed(Today(NOON, [one], []), back, (NOON - HOUR).timestamp()) == (1, 1, one.owed.about)


@pytest.mark.parametrize(
    ("n", "late", "text"),
    [
        (1, 0, "While PM Desk was closed: 1 thing became due"),
        (4, 0, "While PM Desk was closed: 4 things became due"),
        (1, 1, "While PM Desk was closed: 1 thing became due and is late"),
        (1200, 2, "While PM Desk was closed: 1,200 things became due, 2 of them late"),
    ],
)
def test_the_summary_says_how_much_and_how_much_of_it_is_late(n, late, text):
    assert missed_sentence(Missed(n, late, ""), EN) == text
    assert str(n)[:1] in missed_sentence(Missed(n, late, ""), ZH)
