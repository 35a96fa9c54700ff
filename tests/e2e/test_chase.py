"""The reminder of what we asked: quoted whole, kept as it is written, put off when it has gone out."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from pmdesk.gui.pages.places import TODAY
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.interaction import Interaction
from pmdesk.records.set_aside import SetAside

from .by_key import CTRL, key

# More than a row shows.
ASKED = (
    f"Could you confirm the list of {'very ' * 60}many machines by Friday?",
    "Please send us the drawings.",
    "Who signs?",
)


def known(driver):
    """Until all that is owed is known and shown."""
    owing = driver.desktop.desk.owing
    driver.qtbot.waitUntil(lambda: owing.today is not None and not owing.busy, timeout=20_000)
    driver.settle()


@pytest.fixture
def asked(sample):
    """The window on Today with something long that was asked a month ago."""
    desk = sample.desktop.desk
    mail = Interaction(
        client_id=1, channel=Channel.MAIL, direction=Direction.OUTBOUND, thread=9_001, reached=True,
        at=desk.now() - timedelta(days=30), subject="Machines", who="Ann Lee <ann@pine.example>",
        text="\n".join(("Good day,", *ASKED, "Regards")),
    )  # fmt: skip
    with sample.journal.action("Add", at=desk.now()) as act:
        act.save(mail)
    sample.desktop.show_page(TODAY)
    desk.owing._find()
    known(sample)
    return sample


def chase(driver):
    """Choose the row of what was asked and open its reminder by key."""
    rows = driver.page.rows
    rows.list.setFocus()
    place = next(
        n for n, one in enumerate(rows.items) if one in rows.rows and one.owed.what == "Machines"
    )
    rows.list.choose_near(place)
    key(driver, Qt.Key.Key_Return)
    return driver.desktop.panel


def test_all_that_was_asked_is_quoted_whole_a_sentence_a_line(asked):
    panel = chase(asked)
    assert "…" in asked.page.rows.reason.text()
    quoted = [line for line in panel.text.toPlainText().splitlines() if line.startswith("> ")]
    assert quoted == [f"> {' '.join(sentence.split())}" for sentence in ASKED]


def test_what_is_written_by_hand_stays_in_each_language_and_after_esc(asked):
    panel = chase(asked)
    panel.text.setPlainText("My own words")
    panel.language.setCurrentIndex(1)
    assert "Ann Lee，您好" in panel.text.toPlainText()
    panel.language.setCurrentIndex(0)
    assert panel.text.toPlainText() == "My own words"
    key(asked, Qt.Key.Key_Escape)
    assert asked.desktop.panel is None
    panel = chase(asked)
    assert panel.text.toPlainText() == "My own words"
    assert panel.status.text().startswith("Your draft of ")
    asked.click("From the records again")
    assert panel.text.toPlainText().startswith("Dear Ann Lee,")
    assert not panel.again.isVisible()
    key(asked, Qt.Key.Key_Escape)
    assert chase(asked).text.toPlainText().startswith("Dear Ann Lee,")


def test_a_draft_in_the_other_language_is_found_again(asked):
    panel = chase(asked)
    panel.language.setCurrentIndex(1)
    panel.text.setPlainText("我自己的话")
    key(asked, Qt.Key.Key_Escape)
    panel = chase(asked)
    assert (panel.language.currentData(), panel.text.toPlainText()) == ("zh", "我自己的话")


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_copied_it_may_wait_whether_or_not_the_panel_was_closed(asked, closed):
    panel = chase(asked)
    panel.text.setPlainText("My own words")
    key(asked, Qt.Key.Key_Return, CTRL)
    assert QGuiApplication.clipboard().text() == "My own words"
    if closed:
        key(asked, Qt.Key.Key_Escape)
        assert asked.desktop.panel is None
    asked.click("Show it again")
    known(asked)
    assert asked.desktop.panel is None
    assert asked.journal.find(SetAside)[0].why.startswith("reminded on")
    asked.desktop.desk.undo()
    known(asked)
    assert chase(asked).text.toPlainText().startswith("Dear Ann Lee,")


@pytest.mark.parametrize("height", [500, 1000])
def test_where_it_is_low_the_text_scrolls_and_where_it_is_high_nothing_is_pulled_apart(
    asked, height
):
    asked.window.resize(1180, height)
    panel = chase(asked)
    panel.text.insertPlainText("x")
    asked.settle()
    seen = panel.text.visibleRegion().boundingRect()
    assert panel.text.mapTo(panel, seen.bottomLeft()).y() < panel.again.geometry().top()
    assert panel.language.mapTo(panel, panel.language.rect().topLeft()).y() < 120
