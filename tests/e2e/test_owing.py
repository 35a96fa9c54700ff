"""What is owed is found out beside the window: what fails or is stopped there is looked for again."""

from datetime import timedelta
from threading import Event

import pytest
from PySide6.QtCore import QThreadPool

from pmdesk.actions.put_off import put_off
from pmdesk.actions.records import save_record
from pmdesk.gui.tasks import run_task
from pmdesk.records.trust import Promise


@pytest.fixture
def owing(sample):
    """The sample's window, once all that is owed is known."""
    found = sample.desktop.desk.owing
    known(sample, found)
    return found


def known(driver, owing):
    driver.qtbot.waitUntil(
        lambda: owing.today is not None and not owing.busy and not owing.left, timeout=20_000
    )


def promise(driver, what):
    desk = driver.desktop.desk
    day = desk.local_now().date()
    made = Promise(
        client_id=1, what=what, to_whom="周启明", due=day, made_on=day - timedelta(days=1)
    )
    desk.do(save_record, made, at=desk.now())


def names(owing):
    return {row.owed.what for row in owing.today.rows}


def test_nothing_stands_still_while_what_is_kept_is_read(sample):
    desk = sample.desktop.desk
    known(sample, desk.owing)
    sample.app.use(sample.journal.again())  # the same journal opened anew, with all of it kept
    owing = sample.desktop.desk.owing
    owing.ensure()
    assert owing.today is None
    assert owing.busy
    known(sample, owing)
    assert owing.today.rows
    # the keyboard was on the page until its list was there
    assert sample.window.focusWidget() is sample.page.rows.list


def test_what_could_not_be_read_is_said_and_found_out_with_the_next_act(sample, owing):
    path = sample.journal.path
    away = path.rename(path.with_name("away"))
    promise(sample, "While it was away")
    sample.qtbot.waitUntil(lambda: not owing.busy)
    assert "was moved, deleted or replaced" in sample.desktop.notice.text.text()
    assert "While it was away" not in names(owing)
    away.rename(path)
    promise(sample, "When it was back")
    known(sample, owing)
    assert "When it was back" in names(owing)


@pytest.mark.parametrize("begun", [True, False])
def test_who_goes_on_with_the_same_journal_hears_of_the_next_act(sample, owing, begun):
    let_go = Event()
    if (
        not begun
    ):  # every thread has something else to do: what was to be found out is stopped first
        for _ in range(QThreadPool.globalInstance().maxThreadCount()):
            run_task(
                sample.window,
                lambda _: let_go.wait(20),
                done=lambda _: None,
                failed=sample.desktop.desk.show_failure,
            )
    promise(sample, "Stopped")
    assert owing.busy
    owing.come_back(owing.leave())
    let_go.set()
    known(sample, owing)
    assert "Stopped" in names(owing)
    promise(sample, "After it")
    known(sample, owing)
    assert "After it" in names(owing)


def test_another_dress_shows_at_once_what_is_owed(sample, owing):
    before = names(owing)
    sample.app.settings.language = "zh"
    sample.app.dress()
    assert {row.owed.what for row in sample.desktop.desk.owing.today.rows} == before
    known(sample, sample.desktop.desk.owing)


def test_what_is_put_off_while_others_are_looked_at_goes(sample, owing):
    desk, row = sample.desktop.desk, owing.today.rows[0]
    promise(sample, "Looked at meanwhile")
    assert owing.busy
    later = desk.local_now().date() + timedelta(days=3)
    desk.do(put_off, row.owed, why="They decide then", until=later, at=desk.now())
    known(sample, owing)
    assert "Looked at meanwhile" in names(owing)
    assert row.owed.about not in {row.owed.about for row in owing.today.rows}
