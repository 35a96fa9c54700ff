"""What helps in forms: days in words and from a calendar, people by letters, rows, several clients."""

from datetime import UTC, datetime
from shutil import copyfile

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QListWidget, QTableView, QToolButton

from pmdesk.actions.openings import create_journal
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.places import JOURNAL
from pmdesk.gui.widgets.day_help import DayHelp
from pmdesk.journal.journal import Journal
from pmdesk.records.appointment import Appointment
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import CrisisPlan
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.transparency import Issue, Severity
from pmdesk.records.trust import Promise
from tests.conftest import NOW

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A journal of one client, whose calendar has a day off in the midst of a week."""
    path = tmp_path_factory.mktemp("forms") / "forms.pmdesk"
    hours = "Mon-Fri 09:00-18:00"
    with create_journal(path, at=NOW) as journal, journal.action("Add", at=NOW) as act:
        ours = WorkCalendar(name="Ours", hours=hours, country="CN", days_off=("2026-12-09",))
        pine = act.save(Client(name="Pine", calendar_id=act.save(ours).id))
        for name, role in (("方立", "Buyer"), ("Ines Faber", "Plant manager"), ("Fabian Koch", "")):
            act.save(Contact(client_id=pine.id, name=name, role=role))
    return path


@pytest.fixture
def forms(driver, kept, tmp_path, monkeypatch):
    """The window on Tuesday, 1 December 2026, 9:30 in Shanghai."""
    at = datetime(2026, 12, 1, 1, 30, tzinfo=UTC)
    monkeypatch.setattr(Desk, "now", staticmethod(lambda: at))
    driver.app.use(Journal.open(copyfile(kept, tmp_path / "forms.pmdesk")))
    return driver


@pytest.fixture
def promise(forms):
    forms.desktop.edit(Promise(client_id=1))
    return forms


def told(sample):
    """What is said over the page of what is typed."""
    return [b.text() for b in sample.window.findChildren(QLabel, "bubble") if b.isVisible()]


def calendar_of(line):
    return line.findChild(DayHelp).calendar


TYPED = (
    ("fri", "Fri 4 Dec", "2026-12-04"),
    ("+3", "Fri 4 Dec", "2026-12-04"),
    ("明天", "Wed 2 Dec", "2026-12-02"),
    ("月底", "Thu 31 Dec", "2026-12-31"),
    ("3个工作日内", "Fri 4 Dec", "2026-12-04"),
    ("sat", "Sat 5 Dec · no working day", "2026-12-05"),
    ("12-09", "Wed 9 Dec · no working day", "2026-12-09"),
    ("2028-01-31", "Monday, 31 Jan 2028", "2028-01-31"),
)


def test_a_day_is_told_while_it_is_typed_and_written_out_when_the_field_is_left(promise):
    line = promise.field("due")
    for typed, said, kept in TYPED:
        line.setFocus()
        line.selectAll()
        promise.type(typed, line)
        assert told(promise) == [said], typed
        promise.press(Qt.Key.Key_Tab, widget=line)
        assert line.text() == kept
        assert told(promise) == []


def test_what_is_no_day_stays_with_its_sentence_until_it_is_typed_anew(promise):
    line, problem = promise.field("due"), promise.field("due_problem")
    line.setFocus()
    promise.type("soonish", line)
    assert told(promise) == []
    promise.press(Qt.Key.Key_Tab, widget=line)
    assert "“soonish” is no date" in problem.text()
    assert line.text() == "soonish"
    line.setFocus()
    line.selectAll()
    promise.type("fri", line)
    assert not problem.isVisible()


def test_a_day_is_chosen_from_the_calendar_by_keys_and_by_a_click(promise):
    line = promise.field("due")
    line.setFocus()
    promise.press(Qt.Key.Key_Down, ALT, line)
    month = calendar_of(line).month
    grid = month.findChild(QTableView)
    assert month.selectedDate() == QDate(2026, 12, 1)
    promise.press(Qt.Key.Key_Right, widget=grid)
    promise.press(Qt.Key.Key_Down, widget=grid)
    assert calendar_of(line).told.text() == "Wed 9 Dec · no working day"
    promise.press(Qt.Key.Key_Return, widget=grid)
    assert line.text() == "2026-12-09"
    assert promise.window.focusWidget() is line
    promise.qtbot.waitUntil(lambda: calendar_of(line) is None)
    promise.qtbot.mouseClick(line.findChild(QToolButton), Qt.MouseButton.LeftButton)
    shown = calendar_of(line)
    assert shown.month.selectedDate() == QDate(2026, 12, 9)
    promise.press(Qt.Key.Key_Escape, widget=shown.month)
    assert line.text() == "2026-12-09"
    assert promise.desktop.panel is not None
    promise.qtbot.waitUntil(lambda: calendar_of(line) is None)
    promise.press(Qt.Key.Key_Down, ALT, line)
    promise.click("Today", calendar_of(line))
    assert line.text() == "2026-12-01"


def test_the_calendar_is_headed_as_its_language_writes_a_month(forms):
    forms.menu("English / 中文")
    forms.desktop.edit(Promise(client_id=1))
    line = forms.field("due")
    line.setFocus()
    forms.press(Qt.Key.Key_Down, ALT, line)
    heads = {turn.text() for turn in calendar_of(line).findChildren(QToolButton)}
    assert {"2026年", "12月"} <= heads
    assert calendar_of(line).told.text() == "12月1日周二"


def test_a_moment_keeps_its_time_when_another_day_is_chosen(forms):
    forms.desktop.edit(Appointment(client_id=1, what="Demo"))
    line = forms.field("at")
    line.setFocus()
    forms.type("fri 5pm", line)
    assert told(forms) == ["Fri 4 Dec 17:00"]
    forms.press(Qt.Key.Key_Down, ALT, line)
    grid = calendar_of(line).month.findChild(QTableView)
    forms.press(Qt.Key.Key_Down, widget=grid)
    forms.press(Qt.Key.Key_Return, widget=grid)
    assert line.text() == "2026-12-11 17:00"
    forms.press(Qt.Key.Key_S, CTRL, line)
    (made,) = forms.journal.find(Appointment)
    assert made.at == datetime(2026, 12, 11, 9, 0, tzinfo=UTC)


def names(sample):
    (found,) = [n for n in sample.window.findChildren(QListWidget, "names") if n.isVisible()] or [
        None
    ]
    return [found.item(n).text() for n in range(found.count())] if found else []


def test_people_of_the_client_are_named_by_their_letters_several_in_one_field(forms):
    forms.desktop.edit(Interaction(client_id=1))
    line = forms.field("to")
    line.setFocus()
    forms.type("fl", line)
    assert names(forms) == ["方立 · Buyer"]
    forms.press(Qt.Key.Key_Down, widget=line)
    forms.press(Qt.Key.Key_Return, widget=line)
    assert line.text() == "方立"
    assert names(forms) == []
    forms.type("、fa", line)
    assert names(forms) == ["Fabian Koch", "Ines Faber · Plant manager"]
    shown = forms.window.findChildren(QListWidget, "names")
    (shown,) = [found for found in shown if found.isVisible()]
    place = shown.visualItemRect(shown.item(1)).center()
    forms.qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert line.text() == "方立、Ines Faber"
    forms.type(", ", line)
    forms.press(Qt.Key.Key_Down, widget=line)
    assert names(forms) == ["Fabian Koch"]
    forms.press(Qt.Key.Key_Escape, widget=line)
    assert names(forms) == []
    assert forms.desktop.panel is not None
    forms.type("Xu", line)
    forms.press(Qt.Key.Key_Tab, widget=line)
    assert line.text() == "方立、Ines Faber, Xu"


def test_the_minutes_help_with_moments_and_people_as_forms_do(forms):
    forms.desktop.write_minutes(forms.journal.get(Client, 1))
    write(forms, "at", "fri 5pm")
    assert told(forms) == ["Fri 27 Nov 17:00"]
    line = forms.field("present")
    line.setFocus()
    forms.type("fl", line)
    assert names(forms) == ["方立 · Buyer"]


def test_a_new_promise_asks_for_what_is_known_when_it_is_made_and_the_rest_by_more(promise):
    later = ("delivered_on", "broken_on", "new_due", "evidence")
    assert not any(promise.field(name).isVisible() for name in later)
    assert promise.field("due").isVisible()
    write(promise, "what", "Test report")
    write(promise, "to_whom", "Xu")
    promise.qtbot.waitUntil(lambda: promise.journal.count(Promise) == 1)
    assert not promise.field("broken_on").isVisible()  # nothing moves below what one types
    promise.press(Qt.Key.Key_M, ALT, promise.field("what"))
    assert all(promise.field(name).isVisible() for name in later)
    assert promise.window.focusWidget() is promise.field("delivered_on")
    assert not promise.desktop.panel.more.isVisible()
    (made,) = promise.journal.find(Promise)
    promise.press(Qt.Key.Key_Escape, widget=promise.field("what"))
    promise.desktop.edit(made)
    assert all(promise.field(name).isVisible() for name in later)


def test_more_is_a_button_and_saving_by_hand_shows_the_rest_too(promise):
    promise.click("More", promise.desktop.panel)
    assert promise.field("broken_on").isVisible()
    promise.press(Qt.Key.Key_Escape, widget=promise.field("what"))
    promise.desktop.edit(Promise(client_id=1, what="Test report", to_whom="Xu"))
    assert not promise.field("broken_on").isVisible()
    promise.press(Qt.Key.Key_S, CTRL, promise.field("what"))
    assert promise.field("broken_on").isVisible()


def test_a_new_problem_begins_as_many_do_around_what_is_typed(forms):
    forms.desktop.edit(Issue(client_id=1))
    write(forms, "statement", "Pump stands")
    write(forms, "owner", "Lin")
    forms.click("S1 problem", forms.desktop.panel)
    assert forms.field("found_at").text() == "2026-12-01 09:30"
    forms.press(Qt.Key.Key_S, CTRL, forms.field("statement"))
    (made,) = forms.journal.find(Issue)
    assert (made.statement, made.owner, made.severity) == ("Pump stands", "Lin", Severity.S1)
    assert not forms.desktop.panel.beginnings.isVisible()


def parts(rows):
    return [tuple(part.text() for part in row.parts) for row in rows.rows]


def test_the_steps_of_a_plan_are_rows_that_the_keyboard_adds_moves_and_takes_away(forms):
    forms.desktop.edit(CrisisPlan(client_id=1, scenario="Flood"))
    rows = forms.field("steps")
    first = rows.rows[0].parts[0]
    first.setFocus()
    forms.type("Lin | 10 min|call")  # as it was typed before there were rows
    for _ in range(2):
        forms.press(Qt.Key.Key_Return)
        forms.type("Wu")
        forms.press(Qt.Key.Key_Tab)
        forms.type("1 h")
        forms.press(Qt.Key.Key_Tab)
        forms.type("pumps on")
    assert parts(rows) == [("Lin", "10 min", "call"), *2 * [("Wu", "1 h", "pumps on")]]
    forms.press(Qt.Key.Key_Delete, CTRL)
    forms.press(Qt.Key.Key_Up, ALT)
    forms.type(", Tang")
    assert parts(rows) == [("Wu, Tang", "1 h", "pumps on"), ("Lin", "10 min", "call")]
    forms.press(Qt.Key.Key_S, CTRL)
    (made,) = forms.journal.find(CrisisPlan)
    assert made.steps == ("Wu, Tang | 1 h | pumps on", "Lin | 10 min | call")


def test_rows_are_moved_by_the_mouse_pasted_and_told_what_they_lack(forms):
    steps = ("Lin|10 min|call", "Wu | 1 h | pumps on")
    forms.desktop.edit(stored(forms, CrisisPlan(client_id=1, scenario="Flood", steps=steps)))
    rows = forms.field("steps")
    forms.qtbot.mouseClick(rows.rows[0].down, Qt.MouseButton.LeftButton)
    forms.qtbot.waitUntil(lambda: plan(forms).steps == (steps[1], steps[0]))  # as they were written
    forms.qtbot.mouseClick(rows.rows[0].gone, Qt.MouseButton.LeftButton)
    QGuiApplication.clipboard().setText("Tang | 2 h | dry\nTang | 3 h")
    forms.click("Add a row", rows)
    forms.press(Qt.Key.Key_V, CTRL)
    assert parts(rows) == [("Lin", "10 min", "call"), ("Tang", "2 h", "dry"), ("Tang", "3 h", "")]
    forms.press(Qt.Key.Key_S, CTRL)
    assert "“Tang | 3 h” lacks one" in forms.field("steps_problem").text()
    marked = [part for row in rows.rows for part in row.parts if part.property("problem")]
    assert marked == [rows.rows[2].parts[2]]
    forms.type("rest", marked[0])
    forms.press(Qt.Key.Key_S, CTRL, marked[0])
    assert plan(forms).steps == (steps[0], "Tang | 2 h | dry", "Tang | 3 h | rest")


def test_a_journal_entry_is_of_several_clients_and_its_preview_stands_beside_it(forms):
    for name in ("青松制造", "Birch"):
        stored(forms, Client(name=name))
    forms.window.resize(1500, 800)
    forms.desktop.show_page(JOURNAL)
    page = forms.page
    forms.click("New entry")
    forms.type("# Week\n\nAll **well**", page.text)
    forms.qtbot.waitUntil(lambda: page.preview.toPlainText() == "Week\nAll well")
    assert page.text.isVisible()
    page.clients.line.setFocus()
    for letters in ("qszz", "pi"):
        forms.type(letters, page.clients.line)
        forms.press(Qt.Key.Key_Down, widget=page.clients.line)
        forms.press(Qt.Key.Key_Return, widget=page.clients.line)
    forms.type("Birch\n", page.clients.line)
    forms.press(Qt.Key.Key_Backspace, widget=page.clients.line)
    assert page.save()
    (entry,) = forms.journal.find(Entry)
    assert entry.clients == (2, 1)
    forms.type("Nobody\n", page.clients.line)
    assert page.status.text() == "⚠ There is no client “Nobody”."
    assert page.clients.line.text() == "Nobody"
    page.clients.line.clear()
    forms.click("青松制造", page.clients)
    assert page.save()
    assert forms.journal.get(Entry, entry.id).clients == (1,)
    forms.window.resize(1024, 700)
    forms.qtbot.waitUntil(lambda: not page.preview.isVisible())
    forms.click("Preview", page)
    assert page.preview.isVisible()
    assert not page.text.isVisible()


def plan(sample):
    return sample.journal.find(CrisisPlan)[0]


def stored(sample, record):
    with sample.journal.action("Add", at=NOW) as act:
        return act.save(record)


def write(sample, name, text):
    widget = sample.field(name)
    widget.setFocus()
    widget.selectAll()
    sample.type(text, widget)
