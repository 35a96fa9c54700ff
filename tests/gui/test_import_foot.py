"""The foot of a page that imports: one piece of work at a time, told how far, stopped by hand."""

import threading

import pytest

from pmdesk.actions.importing import ImportCancelled, Preview
from pmdesk.gui.pages.importing.not_taken import NotTakenCard
from pmdesk.gui.pages.importing.running import RunningFoot
from pmdesk.words import words_for


@pytest.fixture
def foot(qtbot):
    widget = RunningFoot(words_for("en"), lambda: None)
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def heard():
    return []


def test_work_that_is_stopped_fails_as_an_import_that_was_stopped(qtbot, foot, heard):
    begun, gate = threading.Event(), threading.Event()

    def work(job):
        job.progress(1, 4)
        begun.set()
        gate.wait()
        job.check()

    foot.start(work, "Importing…", done=heard.append, failed=heard.append)
    assert (foot.status.text(), foot.take_button.isEnabled()) == ("Importing…", False)
    begun.wait()
    qtbot.waitUntil(lambda: foot.progress.value() == 250)
    foot.cancel_button.click()
    gate.set()
    qtbot.waitUntil(lambda: not foot.is_running)
    assert [type(error) for error in heard] == [ImportCancelled]
    assert foot.progress.isHidden()
    assert foot.cancel_button.isHidden()


def test_of_two_only_the_later_is_told(qtbot, foot, heard):
    gate = threading.Event()
    foot.start(lambda _job: gate.wait() and "first", "", done=heard.append, failed=heard.append)
    foot.cancel()
    foot.start(lambda _job: "second", "", done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: heard == ["second"])
    gate.set()
    qtbot.wait(100)
    assert heard == ["second"]
    assert not foot.is_running


def test_what_was_left_out_is_listed_and_an_empty_list_is_hidden(qtbot):
    card = NotTakenCard(words_for("en"))
    qtbot.addWidget(card)
    preview = Preview()
    preview.left_out["Not of my clients"] = 3
    card.show_of(preview)
    assert [card.list.item(n).text() for n in range(card.list.count())] == [
        "Left out: Not of my clients 3"
    ]
    assert not card.isHidden()
    card.show_of(Preview())
    assert card.isHidden()
