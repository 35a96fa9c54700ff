"""Cells of registers: days read two ways, scales of numbers, rows that are not whole or alike."""

from datetime import UTC, date, datetime

import pytest

from pmdesk.actions.incoming.taking import Unanswered, look_through, take_in
from pmdesk.records.transparency import Issue, Odds
from tests.actions.incoming.test_registers import REGISTERS, not_taken


def test_a_day_that_is_read_two_ways_is_asked_once(journal, at, give):
    text = "Issue,Date raised\nLeak,11/3/2026\nCrack,5/4/2026\n"
    with pytest.raises(Unanswered) as missing:
        take_in(journal, REGISTERS, give(text), at=at)
    [asked] = missing.value.asked
    assert [(value, shown.values["day"]) for value, shown in asked.choices] == [
        ("dmy", date(2026, 3, 11)), ("mdy", date(2026, 11, 3)),
    ]  # fmt: skip
    take_in(journal, REGISTERS, give(text, order="mdy"), at=at)
    assert [one.found_at.month for one in journal.find(Issue)] == [11, 5]
    told = look_through(journal, REGISTERS, give(f"{text}Rust,13/2/2026\n"), at=at)
    assert "order" not in {one.key for one in told.asked}


@pytest.mark.parametrize(
    ("text", "answers", "new", "said"),
    [
        ("Issue,Date raised\nLeak,2 hours ago\n", {}, 0, None),
        ("Issue,Date raised\nLeak,2027-01-01\n", {}, 0, None),
        ("Issue,Owner\nLeak,Lin\n", {"day": "2026-11-20"}, 1, None),
        (
            "Issue,Date raised,Closed\nLeak,2026-11-03,2027-01-01\n",
            {},
            1,
            "“2027-01-01” lies ahead",
        ),
        (
            "Issue,Date raised,Closed\nLeak,2026-11-03,2026-11-01\n",
            {},
            1,
            "cannot be closed before",
        ),
        ("Issue,Date raised\n,2026-11-03\n", {}, 0, "Nothing says what this row is about."),
        (
            "Issue,Date raised,Status\nLeak,2026-11-03,半开\n",
            {},
            1,
            "“半开” is not understood here",
        ),
    ],
)
def test_rows_that_are_not_whole(journal, at, give, text, answers, new, said):
    taken = take_in(journal, REGISTERS, give(text, **answers), at=at)
    assert (taken.new, taken.unclear) == (new, int(not new and said is None))
    told = [sentence for _, sentence in not_taken(taken)]
    assert len(told) == int(said is not None)
    assert all(said in sentence for sentence in told)


@pytest.mark.parametrize(
    ("numbers", "answers", "odds"),
    [
        ("1 2 3", {"scale__probability": "3"}, [Odds.LOW, Odds.MEDIUM, Odds.HIGH]),
        ("1 2 3", {"scale__probability": "5"}, [Odds.VERY_LOW, Odds.LOW, Odds.MEDIUM]),
        ("1 3 5", {}, [Odds.VERY_LOW, Odds.MEDIUM, Odds.VERY_HIGH]),
        ("2 5 9", {}, [Odds.VERY_LOW, Odds.MEDIUM, Odds.VERY_HIGH]),
        ("10 50 90", {}, [Odds.VERY_LOW, Odds.MEDIUM, Odds.VERY_HIGH]),
        ("10% 50% 3%", {}, [Odds.VERY_LOW, Odds.MEDIUM, Odds.VERY_LOW]),
        ("0.3 0.7 1.0", {}, [Odds.LOW, Odds.HIGH, Odds.VERY_HIGH]),
    ],
)
def test_numbers_of_a_scale(journal, at, give, numbers, answers, odds):
    rows = "".join(f"R{n},{n},2026-11-03\n" for n in numbers.split())
    text = f"Risk,Likelihood,Date raised\n{rows}"
    asked = {
        one.key for one in look_through(journal, REGISTERS, give(text), at=at).asked if one.required
    }
    assert asked == ({"scale:probability"} if answers else set())
    take_in(journal, REGISTERS, give(text, **answers), at=at)
    assert [one.probability for one in journal.find(Issue, order="id")] == odds


def test_rows_that_are_called_the_same_are_two_and_what_is_strange_is_named_once(journal, at, give):
    text = "Issue,Date raised,Status\nLeak,2026-11-03,半开\nLeak,2026-11-04,半开\n"
    taken = take_in(journal, REGISTERS, give(text), at=at)
    assert (taken.new, len(taken.not_taken)) == (2, 1)
    assert take_in(journal, REGISTERS, give(text), at=at).there == 2


def test_what_is_here_under_its_title_is_not_made_again(journal, at, give, pine):
    found = datetime(2026, 11, 3, 1, 30, 17, tzinfo=UTC)
    with journal.action("Add", at=at) as act:
        act.save(Issue(client_id=pine.id, statement="Leak", found_at=found))
    text = "Issue,Date raised,Owner\nLeak,2026-11-03 09:30,\n"
    assert take_in(journal, REGISTERS, give(text), at=at).there == 1
    text = text.replace("09:30,", "09:30,Lin")
    assert take_in(journal, REGISTERS, give(text), at=at).changed == 1
    [issue] = journal.find(Issue)
    assert (issue.owner, issue.found_at) == ("Lin", found)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("risks", "risks (2)", True),
        ("risks_20261101", "risks_20261128", True),
        ("风险登记册2026年11月", "风险登记册2026-12-01 v2", True),
        ("Risks W47", "risks w48 copy", True),
        ("risks phase 1", "risks phase 2", False),
        ("pine", "harbour", False),
    ],
)
def test_numbers_are_of_one_register_whatever_its_edition(journal, at, give, first, second, same):
    text = "Risk ID,Risk,Date raised\n1,Rain,2026-11-03\n"
    take_in(journal, REGISTERS, give(text, f"{first}.csv"), at=at)
    again = take_in(journal, REGISTERS, give(text, f"{second}.csv"), at=at)
    assert (again.new, again.there) == (int(not same), int(same))


def test_no_table_was_written_tomorrow(journal, at, give):
    take_in(journal, REGISTERS, give("Issue,Owner\nLeak,Lin\n", day="2026-12-24"), at=at)
    assert journal.find(Issue)[0].found_at < at
