"""Guided paths on the real window, by keyboard alone: begun, left, taken up, ended."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pmdesk.gui.leading import follow_path, write_message
from pmdesk.gui.pages.path_page import PathPage
from pmdesk.gui.pages.under_way_page import UnderWayPage
from pmdesk.journal import drafts
from pmdesk.records.expectations import Dimension, Expectation, Outcome, Talk
from pmdesk.records.recovery import Breach, Complaint
from pmdesk.records.transparency import Issue, Raid

from .by_key import ALT, CTRL, SHIFT, begin, fill, go_on, key, reopened, said, take, walk_to

DAY, LATER = date(2027, 3, 1), date(2027, 3, 15)


def test_an_unhappy_client_from_hearing_to_closing_left_in_the_middle_and_taken_up(sample, qapp):
    begin(sample)
    take(sample, own_words="Nobody answers the phone")
    (case,) = sample.journal.find(Complaint, "own_words LIKE 'Nobody%'")
    assert case.client_id == 1
    assert sample.page.record == case
    take(sample, acknowledged_at="now")
    take(sample, causes="One phone for all\nNobody relieved", breach="We could not")
    assert sample.journal.get(Complaint, case.id).breach is Breach.COULD_NOT
    fill(sample, "ways", "A second phone")
    key(sample, Qt.Key.Key_1, CTRL)  # left in the middle of a step
    assert sample.journal.get(Complaint, case.id).ways == "A second phone"

    again = reopened(sample, qapp)
    key(again, Qt.Key.Key_P, CTRL | SHIFT)
    assert isinstance(again.page, UnderWayPage)
    of_ours = {w.text() for w in again.page.findChildren(QLabel)}
    assert "Nobody answers the phone" in of_ours
    ours = lambda b: "Nobody" in b.parentWidget().title  # noqa: E731
    walk_to(again, "Take the next step", ours)
    key(again, Qt.Key.Key_Space)
    page = again.page
    assert isinstance(page, PathPage)
    assert page.record.id == case.id
    assert "5. Solution agreed" in said(again)
    take(again, solution="A second phone", agreed_on="today", due="+3", owner="Li")
    take(again, done_on="today")
    take(again, follow_up_1_on="today", follow_up_1="Somebody answers")
    take(again, follow_up_2_on="today", follow_up_2="Still so")
    take(again, rating="4")
    take(again, closed_on="today")
    assert "⚠ Put the cause into the risk log before closing." in said(again)
    assert again.journal.get(Complaint, case.id).closed_on is None
    walk_to(again, "Put the cause into the risk log")
    key(again, Qt.Key.Key_Space)
    (risk,) = again.journal.find(Issue, "statement = 'One phone for all'")
    assert (risk.raid, risk.internal) == (Raid.RISK, True)
    walk_to(again, "Finish")
    key(again, Qt.Key.Key_Space)
    closed = again.journal.get(Complaint, case.id)
    assert closed.closed_on is not None
    assert closed.issue_id == risk.id
    assert again.desktop.toast.text.text() == "The case is closed."
    assert again.page.client.id == 1
    again.app.close_journal()


def test_the_next_act_of_a_client_leads_onto_the_path(sample):
    sample.desktop.open_client(3)
    sample.settle()
    sample.told()
    walk_to(sample, "Take the next step")
    key(sample, Qt.Key.Key_Space)
    (case,) = sample.journal.find(Complaint, "client_id = 3 AND closed_on IS NULL")
    assert isinstance(sample.page, PathPage)
    assert sample.page.record == case
    assert sample.page.present == case.step


def test_no_step_is_skipped_and_the_reason_is_said(sample):
    page = begin(sample)
    go_on(sample)
    assert "⚠ This cannot stay empty." in said(sample)
    assert sample.journal.count(Complaint, "own_words = ''") == 0
    take(sample, own_words="Nobody answers")
    page.steps.buttons[1].setFocus()
    for _ in range(8):
        key(sample, Qt.Key.Key_Down)
    assert sample.window.focusWidget() is page.steps.buttons[9]
    key(sample, Qt.Key.Key_Space)
    assert "⚠ First comes “Acknowledged”, then “Closed”." in said(sample)
    assert page.present == 1
    assert [b.isChecked() for b in page.steps.buttons].index(True) == 1
    take(sample, acknowledged_at="now")
    take(sample, causes="x")
    take(sample, ways="x")
    take(sample, solution="x", agreed_on="today", due="today", owner="Li")
    take(sample, done_on="today")
    take(sample, follow_up_1_on="today")
    # without the client's answer the case goes no further
    assert page.present == 6
    assert "⚠ This cannot stay empty." in said(sample)
    assert sample.journal.find(Complaint, order="id DESC", limit=1)[0].follow_up_1 == ""


def test_an_earlier_step_is_looked_at_and_mended(sample):
    page = begin(sample)
    take(sample, own_words="Nobody answers")
    take(sample, acknowledged_at="now")
    key(sample, Qt.Key.Key_Left, ALT)
    key(sample, Qt.Key.Key_Left, ALT)
    key(sample, Qt.Key.Key_Left, ALT)
    assert page.present == 0
    fill(sample, "own_words", "Nobody ever answers")
    sample.qtbot.waitUntil(lambda: page.record.own_words == "Nobody ever answers", timeout=3000)
    assert sample.journal.get(Complaint, page.record.id) == page.record
    fill(sample, "own_words", " ")
    go_on(sample)
    assert page.present == 0
    assert page.record.own_words == "Nobody ever answers"
    fill(sample, "own_words", "Still nobody")
    go_on(sample)
    assert page.present == 1


def test_a_text_is_as_high_as_its_lines_whatever_stands_beside_it(sample):
    page = begin(sample)
    take(sample, own_words="x " * 120)
    key(sample, Qt.Key.Key_Left, ALT)
    field = sample.field("own_words", page)
    write_message(sample.desktop.desk, page.record)
    sample.qtbot.wait(50)
    lines = field.document().size().height()
    assert field.height() < (lines + 2) * field.fontMetrics().lineSpacing()


def test_enter_in_a_line_goes_on_and_in_a_text_makes_one(sample):
    page = begin(sample)
    fill(sample, "own_words", "Nobody")
    key(sample, Qt.Key.Key_Return)
    assert page.present == 0
    fill(sample, "heard_at", "today 0:01")
    key(sample, Qt.Key.Key_Return)
    assert page.present == 1
    assert page.record.own_words == "Nobody\n"


def test_what_cannot_be_saved_yet_is_there_when_the_path_is_taken_up(sample, qapp):
    page = begin(sample)
    take(sample, own_words="Nobody answers")
    take(sample, acknowledged_at="soon")
    assert any("“soon” is no moment" in text for text in said(sample))
    id_ = page.record.id
    key(sample, Qt.Key.Key_1, CTRL)
    again = reopened(sample, qapp)
    follow_path(again.desktop.desk, again.journal.get(Complaint, id_))
    assert again.field("acknowledged_at", again.page).text() == "soon"
    assert any(text.startswith("Your draft of ") for text in said(again))
    take(again, acknowledged_at="now")
    assert again.page.present == 2
    assert drafts.read(again.journal, f"edit:complaint:{id_}") is None
    again.app.close_journal()


def test_the_window_comes_back_on_the_path_it_was_left_on(sample, qapp):
    begin(sample)
    take(sample, own_words="Nobody answers")
    follow_path(sample.desktop.desk, sample.page.record)
    id_ = sample.page.record.id
    again = reopened(sample, qapp)
    assert isinstance(again.page, PathPage)
    assert again.page.record.id == id_
    again.app.close_journal()


def test_a_path_whose_record_goes_leaves_the_window_at_its_client(sample):
    page = begin(sample)
    take(sample, own_words="Nobody answers")
    sample.desktop.desk.undo()
    sample.qtbot.waitUntil(lambda: sample.page is not page)
    assert sample.page.client.id == 1


@pytest.fixture
def late_stage(sample):
    """An expectation about a day with a gap, of which no talk is under way."""
    with sample.journal.action("Add", at=sample.desktop.desk.now()) as act:
        made = act.save(
            Expectation(client_id=1, statement="Go-live of the third line", said_by="Zhou", importance=90,
                        dimension=Dimension.SCHEDULE, expected_day=DAY, forecast_day=LATER)
        )  # fmt: skip
    sample.desktop.open_client(1)
    sample.page.go_to("expectations")
    sample.settle()
    return made


def begin_talk(sample, held):
    sample.desktop.edit(held)
    walk_to(sample, "Prepare a talk", sample.desktop.panel.isAncestorOf)
    key(sample, Qt.Key.Key_Space)
    assert isinstance(sample.page, PathPage)
    assert sample.desktop.panel is None
    return sample.page


def test_a_talk_to_agreed_anew_changes_the_expectation_and_keeps_the_old_value(sample, late_stage):
    page = begin_talk(sample, late_stage)
    assert sample.journal.count(Talk, "expectation_id = ?", [late_stage.id]) == 0
    assert "Go-live of the third line: 1 Mar 2027, said by Zhou" in page.binder.raw()["agreed"]
    go_on(sample)
    (talk,) = sample.journal.find(Talk, "expectation_id = ?", [late_stage.id])
    assert talk.outcome is Outcome.PREPARED
    go_on(sample)
    take(sample, why="Customs took longer")
    take(sample, ways="By air\nBy sea")
    take(sample, proposal="By air", new_day="2027-03-08")
    assert "6. Outcome" in said(sample)
    go_on(sample)
    assert "⚠ Say how the talk ended." in said(sample)
    take(sample, outcome="Held, not yet agreed")
    assert any("It stays open" in text for text in said(sample))
    assert sample.journal.get(Talk, talk.id).outcome is Outcome.HELD
    take(sample, outcome="Agreed anew")
    assert "⚠ Say who of the client agreed." in said(sample)
    assert sample.journal.get(Expectation, late_stage.id).expected_day == DAY
    fill(sample, "agreed_by", "Zhou")
    key(sample, Qt.Key.Key_Return)
    held = sample.journal.get(Expectation, late_stage.id)
    assert held.expected_day == date(2027, 3, 8)
    talk = sample.journal.get(Talk, talk.id)
    assert (talk.outcome, talk.agreed_by, talk.old_value) == (Outcome.AGREED, "Zhou", "2027-03-01")
    assert sample.desktop.toast.text.text().startswith("Agreed anew")
    sample.menu("Undo")
    assert sample.journal.get(Expectation, late_stage.id).expected_day == DAY


def test_an_outcome_that_is_typed_and_left_decides_nothing(sample, late_stage):
    page = begin_talk(sample, late_stage)
    go_on(sample)
    go_on(sample)
    take(sample, why="Customs")
    take(sample, ways="By air")
    take(sample, proposal="By air")
    fill(sample, "outcome", "Agreed anew")
    fill(sample, "agreed_by", "Zhou")
    sample.qtbot.wait(900)
    talk = sample.journal.find(Talk, order="id DESC", limit=1)[0]
    assert talk.outcome is Outcome.PREPARED
    kept = drafts.read(sample.journal, f"edit:talk:{talk.id}").content["fields"]
    assert (kept["outcome"], kept["agreed_by"]) == ("agreed", "Zhou")
    key(sample, Qt.Key.Key_Left, ALT)
    fill(sample, "proposal", "By air at our cost")
    sample.qtbot.wait(900)
    talk = sample.journal.get(Talk, talk.id)
    assert (talk.outcome, talk.proposal) == (Outcome.PREPARED, "By air at our cost")
    assert sample.journal.get(Expectation, late_stage.id).expected_day == DAY
    key(sample, Qt.Key.Key_1, CTRL)
    follow_path(sample.desktop.desk, late_stage)
    assert sample.page is not page
    assert sample.field("outcome", sample.page).currentData() == Outcome.AGREED
    assert sample.field("agreed_by", sample.page).text() == "Zhou"
    take(sample, outcome="Declined")
    assert sample.journal.get(Talk, talk.id).outcome is Outcome.DECLINED
    assert sample.journal.get(Expectation, late_stage.id).expected_day == DAY


def test_a_case_under_way_is_a_press_away_where_another_is_begun(sample):
    begin(sample)
    assert not sample.desktop.toast.isVisible()
    take(sample, own_words="Nobody answers the phone, not even at noon, and this for weeks")
    (case,) = sample.journal.find(Complaint, "own_words LIKE 'Nobody%'")
    sample.desktop.open_client(1)
    key(sample, Qt.Key.Key_U, CTRL | SHIFT)
    assert sample.page.record.id is None
    told = sample.desktop.toast.text.text()
    assert told == "Already under way here: “Nobody answers the phone, not even at n…”"
    sample.click("Go on with it", sample.desktop.toast)
    assert sample.page.record.id == case.id
