"""Setting a row of Today aside: with a reason, until a later day, as one step."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pmdesk.actions.put_off import bring_back, put_off
from pmdesk.actions.refusals import Refused
from pmdesk.answers.owed.row import Owed
from pmdesk.answers.practices.figures import Key
from pmdesk.journal.log import last_done
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.set_aside import SetAside
from pmdesk.words import words_for

# Still the 8th in London, already the 9th at the journal's clocks in Shanghai.
AT = datetime(2026, 10, 8, 17, tzinfo=UTC)
TOMORROW = date(2026, 10, 10)


@pytest.fixture
def row(pine):
    """Something owed to the client."""
    return Owed("promise", Key("promise", 7), pine.id, "Test report")


def test_it_is_kept_with_its_reason_until_the_day(journal, pine, row):
    put_off(journal, row, why="  They are away \n", until=TOMORROW, at=AT)
    (kept,) = journal.find(SetAside)
    assert replace(kept, id=None, uuid="") == SetAside(
        client_id=pine.id, about="promise:promise:7", why="They are away",
        until=TOMORROW, made_on=date(2026, 10, 9),
    )  # fmt: skip


def test_it_is_one_step_that_says_what_and_can_be_taken_back(journal, row):
    changes = put_off(journal, row, why="x", until=TOMORROW, at=AT)
    step = last_done(journal.conn)
    assert (step.id, step.at) == (changes.action_id, AT)
    assert changes.touch("set_aside")
    assert words_for("en")(step.label, **step.facts) == "Put off until 2026-10-10: “Test report”"
    assert words_for("zh")(step.label, **step.facts) == "延后到 2026-10-10：“Test report”"
    journal.undo()
    assert journal.find(SetAside) == []
    journal.redo()
    assert len(journal.find(SetAside)) == 1


REFUSED = {
    "no reason": ("", TOMORROW, [("why", "Say why it can wait.")]),
    "blanks for a reason": (" \n", TOMORROW, [("why", "Say why it can wait.")]),
    "no day": ("x", None, [("until", "Say until when.")]),
    "today": ("x", date(2026, 10, 9), [("until", "This day has come: choose a later one.")]),
    "a day that is past": ("x", date(2026, 10, 8), [("until", "This day has come: choose a later one.")]),
    "neither": ("", None, [("why", "Say why it can wait."), ("until", "Say until when.")]),
    "no reason, and a day that is past": (
        "", date(2026, 10, 1),
        [("why", "Say why it can wait."), ("until", "This day has come: choose a later one.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("why", "until", "problems"), REFUSED.values(), ids=REFUSED)
def test_without_a_reason_or_a_later_day_it_is_refused(journal, row, why, until, problems):
    before = last_done(journal.conn)
    with pytest.raises(Refused) as refused:
        put_off(journal, row, why=why, until=until, at=AT)
    assert [(one.field, one.sentence) for one in refused.value.problems] == problems
    assert journal.find(SetAside) == []
    assert last_done(journal.conn) == before


def test_the_day_is_that_of_the_journals_clocks(journal, row):
    (calendar,) = journal.find(WorkCalendar)
    with journal.action("Change", at=AT) as act:
        act.save(replace(calendar, zone="Europe/London"))
    put_off(journal, row, why="x", until=date(2026, 10, 9), at=AT)
    assert journal.find(SetAside)[0].made_on == date(2026, 10, 8)


def kept(journal):
    return [(one.until, one.why) for one in journal.find(SetAside)]


@pytest.mark.parametrize("later", [date(2026, 10, 10), date(2026, 12, 1)], ids=["sooner", "later"])
def test_put_off_again_the_new_day_and_reason_hold(journal, row, later):
    first = date(2026, 11, 1)
    put_off(journal, row, why="x", until=first, at=AT)
    put_off(journal, row, why="y", until=later, at=AT)
    assert kept(journal) == [(later, "y")]
    journal.undo()
    assert kept(journal) == [(first, "x")]


def test_brought_back_it_is_put_off_no_more_and_what_was_over_stays_on_record(journal, pine, row):
    day = date(2026, 10, 9)
    over = SetAside(client_id=pine.id, about=row.about, why="over", until=day, made_on=day)
    other = row._replace(key=Key("promise", 8))
    with journal.action("Add", at=AT) as act:
        act.save(over)
        for n in (11, 12):  # as earlier versions kept them
            act.save(SetAside(client_id=pine.id, about=row.about, why="x", until=date(2026, n, 1)))
    put_off(journal, other, why="other", until=TOMORROW, at=AT)
    bring_back(journal, row, at=AT)
    assert kept(journal) == [(day, "over"), (TOMORROW, "other")]
    step = last_done(journal.conn)
    assert words_for("en")(step.label, **step.facts) == "Shown again: “Test report”"
    journal.undo()
    assert len(kept(journal)) == 4
