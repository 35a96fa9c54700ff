"""No record changes unseen, nothing typed is lost: wheel, keys and mouse on the real window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
)

from pmdesk.gui.pages.places import CLIENTS, IMPORT, JOURNAL, PLACES, REPORT, SEARCH
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import TwoLineRow
from pmdesk.gui.widgets.record_list import RecordList
from pmdesk.records.choices import Channel
from pmdesk.records.expectations import Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.transparency import Issue
from pmdesk.records.trust import Promise

CTRL = Qt.KeyboardModifier.ControlModifier
PAGES = [place for place in PLACES.values() if not place.of_client]


def an_issue(sample):
    """An open problem of the first client, in the panel."""
    issue = sample.journal.find(Issue, "client_id = 1", order="id", limit=1)[0]
    sample.desktop.open_client(1)
    sample.desktop.edit(issue)
    sample.qtbot.wait(20)
    return issue


def key(sample, pressed, modifier=Qt.KeyboardModifier.NoModifier):
    """A key where the keyboard is."""
    sample.press(pressed, modifier)
    sample.qtbot.wait(20)


# 1: the wheel, and a key on what opens


def test_the_wheel_over_a_box_of_the_panel_scrolls_and_changes_nothing(sample):
    sample.window.resize(1180, 560)
    issue = an_issue(sample)
    bar = sample.desktop.panel.area.verticalScrollBar()
    box = sample.field("severity")
    assert not box.hasFocus()
    sample.desktop.panel.area.ensureWidgetVisible(box)
    bar.setValue(0)
    before = (box.currentIndex(), bar.value())
    for _ in range(3):
        sample.wheel(box)
    assert box.currentIndex() == before[0]
    assert bar.value() > before[1]
    sample.qtbot.wait(900)  # longer than the panel waits before it saves
    assert sample.journal.get(Issue, issue.id) == issue


def test_every_box_of_every_page_and_form_lets_the_wheel_pass(sample):
    for page in PAGES:
        sample.desktop.show_page(page)
    sample.desktop.open_client(1)
    for name in ("overview", "communication", "trust", "crisis"):
        sample.page.go_to(name)
    sample.desktop.show_page(REPORT, 1)
    found = list(sample.window.findChildren(QComboBox))
    for kind in KINDS.values():
        if kind.practice or kind.name in ("client", "contact", "project", "interaction"):
            sample.desktop.edit(kind.cls())
            sample.qtbot.wait(5)
            found += sample.desktop.panel.findChildren(QComboBox)
            assert all(isinstance(box, Choice) for box in found), kind.name
            found.clear()
            key(sample, Qt.Key.Key_Escape)


@pytest.mark.parametrize("pressed", [Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_PageDown])
def test_a_saved_record_opens_with_the_keyboard_on_its_title(sample, pressed):
    sample.desktop.open_client(1)
    for cls in (Issue, Expectation, Promise):
        record = sample.journal.find(cls, "client_id = 1", limit=1)[0]
        sample.desktop.edit(record)
        sample.qtbot.wait(20)
        focus = sample.window.focusWidget()
        assert isinstance(focus, QLineEdit | QPlainTextEdit)
        assert focus.objectName() == record.__kind__.title
        key(sample, pressed)
        key(sample, Qt.Key.Key_Escape)
        assert sample.journal.get(cls, record.id) == record


def test_a_saved_change_is_named_and_undone_where_it_was_made(sample):
    issue = an_issue(sample)
    box = sample.field("severity")
    box.setFocus()
    other = Qt.Key.Key_Up if box.currentIndex() else Qt.Key.Key_Down
    key(sample, other)
    sample.qtbot.waitUntil(lambda: "Saved: Severity: " in sample.desktop.panel.status.text())
    assert "→" in sample.desktop.panel.status.text()
    assert sample.journal.get(Issue, issue.id).severity is not issue.severity
    sample.click("Undo", sample.desktop.panel)
    assert sample.journal.get(Issue, issue.id) == issue
    assert sample.field("severity").currentData() == issue.severity


# 2: what is prepared is kept only when the person says so


@pytest.fixture
def explaining(sample):
    """The prepared explanation of a gap of the sample, in the panel."""
    sample.desktop.open_client(1)
    sample.page.go_to("expectations")
    sample.qtbot.wait(50)
    tab = sample.page.stack.currentWidget()
    row = next(
        row
        for row in tab.findChildren(TwoLineRow)
        if any(b.text() == "Explain" for b in row.findChildren(QAbstractButton))
    )
    kept = sample.journal.find(Expectation, "statement = ?", [row.title])[0]
    assert (kept.explained_on, kept.explanation) == (None, "")
    sample.click("Explain", row)
    sample.qtbot.wait(20)
    return kept


def explained(sample, kept):
    found = sample.journal.get(Expectation, kept.id)
    return found.explained_on, found.explanation


def test_a_prepared_explanation_is_not_saved_and_says_so(sample, explaining):
    panel = sample.desktop.panel
    assert panel.status.text() == "Prepared, not saved: fill it in, then confirm"
    assert panel.save_button.isVisible()
    assert panel.save_button.text() == "Explained to the client"
    sample.qtbot.wait(900)
    assert explained(sample, explaining) == (None, "")
    box = sample.field("explanation")
    box.setFocus()
    sample.type("x", box)
    sample.qtbot.wait(900)
    assert explained(sample, explaining) == (None, "")


def test_placeholders_stand_against_confirming(sample, explaining):
    box = sample.field("explanation")
    assert "…" in box.toPlainText()
    key(sample, Qt.Key.Key_S, CTRL)
    assert "Fill in what is still “…”" in sample.field("explanation_problem").text()
    assert explained(sample, explaining) == (None, "")
    box.selectAll()
    sample.type("The supplier was late; we test in parallel; please confirm Monday.", box)
    sample.click("Explained to the client", sample.desktop.panel)
    day, text = explained(sample, explaining)
    assert day is not None
    assert text.startswith("The supplier was late")


def test_escape_keeps_a_prepared_explanation_as_a_draft(sample, explaining):
    box = sample.field("explanation")
    box.selectAll()
    sample.type("The supplier was late", box)
    key(sample, Qt.Key.Key_Escape)
    assert sample.desktop.panel is None
    assert explained(sample, explaining) == (None, "")
    sample.click("Open again", sample.desktop.toast)
    sample.qtbot.wait(20)
    assert sample.field("explanation").toPlainText() == "The supplier was late"
    assert sample.desktop.panel.save_button.text() == "Explained to the client"


# "Show all", and where the keyboard is


@pytest.fixture
def promises(sample, at):
    """The trust page of a client with many promises."""
    with sample.journal.action("Add", at=at) as act:
        for n in range(20):
            act.save(Promise(client_id=1, what=f"Promise {n}", to_whom="Zhou"))
    sample.desktop.open_client(1)
    sample.page.go_to("trust")
    sample.qtbot.wait(50)
    return sample


def promise_rows(sample):
    tab = sample.page.stack.currentWidget()
    rows = [r for r in tab.findChildren(TwoLineRow) if r.isVisible()]
    return [r for r in rows if r.title.startswith("Promise ")]


def press(sample, row, text):
    button = next(b for b in row.findChildren(QAbstractButton) if b.text() == text)
    button.setFocus()
    sample.press(Qt.Key.Key_Space, widget=button)
    sample.qtbot.wait(50)


def test_show_all_stays_open_and_the_keyboard_keeps_its_place(promises):
    sample = promises
    tab = sample.page.stack.currentWidget()
    card = next(c for c in tab.findChildren(RecordList) if c.accessibleName() == "Promises")
    more = next(b for b in card.findChildren(QAbstractButton) if b.text().startswith("Show all"))
    more.setFocus()
    sample.press(Qt.Key.Key_Space, widget=more)
    sample.qtbot.wait(50)
    shown = len(promise_rows(sample))
    assert shown >= 20
    row = promise_rows(sample)[12]
    button = next(b for b in row.findChildren(QAbstractButton) if b.text() == "Open")
    button.setFocus()
    tab.refresh_when_seen()  # the clock, sooner
    sample.qtbot.wait(50)
    assert len(promise_rows(sample)) == shown
    focus = sample.window.focusWidget()
    assert (focus.text(), focus.parentWidget().title) == ("Open", row.title)


def test_after_an_act_the_keyboard_is_on_the_same_row_or_the_next_one(promises):
    sample = promises
    row = promise_rows(sample)[2]
    title = row.title
    press(sample, row, "Delivered")
    done = sample.journal.find(Promise, "what = ?", [title])[0]
    assert done.delivered_on is not None
    focus = sample.window.focusWidget()
    assert isinstance(focus.parentWidget(), TwoLineRow)
    assert focus.text() in ("Delivered", "Open")


# smaller ones


def test_who_must_be_named_has_its_star(sample):
    sample.desktop.edit(Promise(client_id=1))
    assert sample.field("to_whom_label").text().endswith("*")


def test_a_call_in_search_has_its_icon_and_its_word(sample, at):
    with sample.journal.action("Add", at=at) as act:
        act.save(
            Interaction(client_id=1, channel=Channel.CALL, at=at, subject="zebra", source="typed")
        )
    sample.desktop.show_page(SEARCH)
    sample.type("zebra", sample.page.line)
    sample.qtbot.waitUntil(lambda: bool(getattr(sample.page, "hits", ())))
    look = sample.page._look(sample.page.hits[0])
    assert look.icon == "call"
    assert "Call" in [text for text, _, _ in look.right]


def test_a_step_is_named_in_the_past_without_markdown(sample, at):
    sample.desktop.show_page(JOURNAL)
    sample.click("New entry")
    sample.type("# **周会** notes", sample.page.text)
    sample.desktop.show_page(CLIENTS)
    assert sample.app.desk.said(sample.app.desk.next_undo()) == "Journal entry “周会 notes” added"


def test_import_pressed_with_no_file_says_so(sample):
    sample.desktop.show_page(IMPORT)
    page = sample.page
    sample.qtbot.mouseClick(
        page.foot.take_button,
        Qt.MouseButton.LeftButton,
        pos=QPoint(10, page.foot.take_button.height() // 2),
    )
    said = [w.text() for w in page.findChildren(QLabel) if w.isVisible()]
    assert not page.foot.take_button.isEnabled() or any("file" in text for text in said)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_choice_is_read_whole_in_its_form(sample, language):
    sample.app.settings.language = language
    sample.app.dress()
    sample.desktop.open_client(1)
    cut = []
    for kind in KINDS.values():
        if kind.practice is None:
            continue
        sample.desktop.edit(kind.cls(client_id=1))
        sample.qtbot.wait(20)
        for box in sample.desktop.panel.form.findChildren(QComboBox):
            if kind.field(box.objectName()).choices is None or not box.isVisible():
                continue
            look = QStyleOptionComboBox()
            box.initStyleOption(look)
            room = box.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox, look, QStyle.SubControl.SC_ComboBoxEditField, box
            )
            texts = [box.itemText(n) for n in range(box.count())]
            cut += [
                (kind.name, text)
                for text in texts
                if box.fontMetrics().horizontalAdvance(text) > room.width()
            ]
        key(sample, Qt.Key.Key_Escape)
    assert cut == []
