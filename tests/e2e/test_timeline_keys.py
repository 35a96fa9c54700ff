"""The timeline and the search by keys: narrowed, by conversation, read in place, as in a mail program."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from pmdesk.gui.pages.places import SEARCH
from pmdesk.gui.panels.message_panel import MessagePanel
from pmdesk.gui.widgets.long_table import ROW
from pmdesk.journal.errors import JournalExists
from pmdesk.journal.sieve import Sieve
from pmdesk.records.choices import Direction
from pmdesk.records.interaction import Interaction

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def tab(sample):
    """The timeline of a client, the keyboard in its list."""
    sample.desktop.open_client(1)
    sample.page.go_to("timeline")
    sample.settle()
    tab = sample.page.stack.currentWidget()
    tab.list.take_focus()
    return tab


def rows(shown):
    model = shown.table.model()
    return [model.index(n, 0).data(ROW) for n in range(model.rowCount())]


def narrowed(sample, tab, what, line):
    """Type into a line of the filters, as far as it has been read."""
    tab.bar.setFocus()
    getattr(tab.bar, line).setFocus()
    sample.type(what + "\n")
    sample.settle()


def test_filters_narrow_stay_while_one_is_away_and_go_at_one_press(sample, tab):
    whole = tab.list.count
    sample.press(K.Key_Down, widget=tab.bar.kind)
    sample.press(K.Key_Down, widget=tab.bar.kind)  # Mails
    narrowed(sample, tab, "zhou", "person")
    sample.press(K.Key_Down, widget=tab.bar.side)
    found = rows(tab.list)
    assert {(line.row.channel, line.row.direction) for line in found} == {("mail", "inbound")}
    assert all("周启明" in line.row.who for line in found)
    told = f"{len(found)} of {whole:,} · Mails · with zhou · From the client"
    assert tab.bar.told.text() == told
    sample.desktop.open_client(2)
    assert sample.page.stack.currentWidget().bar.sieve == Sieve()
    sample.desktop.open_client(1)
    again = sample.page.stack.currentWidget()
    assert again is not tab
    assert again.bar.told.text() == told
    assert again.bar.person.text() == "zhou"
    sample.click("Clear filters", again)
    assert again.list.count == whole
    assert again.bar.told.text() == f"{whole:,} in all"


def test_a_conversation_unfolds_and_folds_and_n_goes_through_all_that_wait(sample):
    sample.desktop.open_client(1)
    sample.page.go_to("timeline")
    tab = sample.page.stack.currentWidget()
    tab.list.take_focus()
    assert not tab._waits
    sample.press(K.Key_N)  # before it is known who waits
    sample.qtbot.waitUntil(lambda: tab.list.is_reading)
    assert tab.list.current.waits.for_us
    sample.press(K.Key_Escape)
    sample.click("By thread", tab)
    shown = rows(tab.list)
    head = next(n for n, line in enumerate(shown) if line.size > 1)
    tab.list.choose(head)
    tab.list.take_focus()
    for unfold, fold in ((K.Key_Right, K.Key_Left), (K.Key_Return, K.Key_Return)):
        sample.press(unfold)
        inside = rows(tab.list)[head + 1 : head + 1 + shown[head].size]
        assert all(line.inside for line in inside)
        assert tab.list.count == len(shown) + shown[head].size
        sample.press(fold)
        assert tab.list.count == len(shown)
    sample.press(K.Key_Right)
    sample.press(K.Key_J)
    sample.press(K.Key_Left)  # from within: its own row again
    assert tab.table.currentIndex().row() == head
    assert sample.desktop.panel is None
    for by_thread in (True, False):
        tab.by_thread.setChecked(by_thread)
        tab.list.take_focus()
        sample.press(K.Key_Home, CTRL)
        wanted = {one.first_id for one in tab._waits.values() if one.for_us}
        assert len(wanted) > 1
        seen = []
        for _ in range(len(wanted) + 1):
            sample.press(K.Key_N)
            assert tab.list.current.waits.for_us
            seen.append(tab.table.currentIndex().row())
        assert seen[:-1] == sorted(set(seen))
        assert seen[-1] == seen[0]


def test_what_is_chosen_is_read_beside_the_list_by_the_keys_of_a_mail_program(sample, tab, at):
    with sample.journal.action("Add", at=at) as act:
        long = act.save(
            Interaction(client_id=1, at=at, subject="Long", who="Zhou", text="line\n" * 90)
        )
    sample.app.desk.changed.emit(act.changes())
    tab.list.choose(tab._place("interaction", long.id))
    place = tab.table.currentIndex().row()
    sample.press(K.Key_Space)
    pane = tab.list.pane
    assert pane.reading.subject.text() == "Long"
    assert sample.desktop.panel is None
    bar = pane.area.verticalScrollBar()
    sample.qtbot.waitUntil(lambda: bar.maximum() > 0)
    sample.press(K.Key_Space)
    assert bar.value() > 0
    assert tab.table.currentIndex().row() == place
    sample.press(K.Key_Space, SHIFT)
    assert bar.value() == 0
    while bar.value() < bar.maximum():
        sample.press(K.Key_Space)
    sample.press(K.Key_Space)  # read to its end: the next one
    assert tab.table.currentIndex().row() == place + 1
    assert bar.value() == 0
    sample.press(K.Key_K)
    assert pane.reading.subject.text() == "Long"
    pane.reading.new.setFocus()  # the keys act where a text is read, too
    sample.press(K.Key_J)
    sample.press(K.Key_K)
    assert tab.table.currentIndex().row() == place
    sample.press(K.Key_R)
    assert isinstance(sample.desktop.panel, MessagePanel)
    sample.press(K.Key_Escape, widget=sample.desktop.panel)
    assert sample.desktop.panel is None
    sample.press(K.Key_Escape)
    assert not tab.list.is_reading
    assert sample.window.focusWidget() is tab.table
    sample.press(K.Key_Return)
    assert sample.desktop.panel.reading.subject.text() == "Long"
    sample.press(K.Key_Escape, widget=sample.desktop.panel)
    place = next(n for n, line in enumerate(rows(tab.list)) if line.row.kind == "promise")
    tab.list.choose(place)
    sample.press(K.Key_Space)
    assert pane.reading.subject.text() == tab.list.current.row.title
    assert "Promise" in [part.text() for part in pane.reading.findChildren(type(pane.place))]
    assert pane.answer.isHidden()
    sample.press(K.Key_R)
    assert "nothing here to reply to" in sample.desktop.toast.text.text()


def test_the_search_takes_the_same_filters_and_another_order(sample):
    sample.desktop.show_page(SEARCH)
    page = sample.page
    sample.type("验收\n", page.line)
    newest = [(hit.kind, hit.id) for hit in page.hits]
    assert "newest" in page.bar.told.text() or str(len(newest)) in page.bar.told.text()
    sample.press(K.Key_Down, widget=page.bar.side)
    sample.qtbot.waitUntil(lambda: not page._latest.busy)
    found = [hit for hit in page.hits if hit.kind == "interaction"]
    assert found == page.hits
    ways = {sample.journal.get(Interaction, hit.id).direction for hit in found}
    assert ways == {Direction.INBOUND}
    sample.press(K.Key_Down, widget=page.order)
    sample.qtbot.waitUntil(lambda: not page._latest.busy)
    assert {hit.id for hit in page.hits} == {hit.id for hit in found}
    assert page.hits != found
    page.list.take_focus()
    sample.press(K.Key_J)
    sample.press(K.Key_Space)
    assert page.list.pane.reading.subject.text() == page.hits[1].title
    sample.press(K.Key_Escape)
    page.bar.person.setFocus()
    sample.type("nobody\n")
    sample.qtbot.waitUntil(lambda: page.stack.currentWidget() is page.none)
    sample.click("Clear filters", page.none)
    assert page.bar.sieve == Sieve()
    sample.press(K.Key_Up, widget=page.order)
    sample.qtbot.waitUntil(lambda: [(hit.kind, hit.id) for hit in page.hits] == newest)
    shown = []

    def refused(_journal):
        raise JournalExists(path="x.pmdesk")

    page._latest.ask(refused, shown.append)
    sample.qtbot.waitUntil(lambda: not page._latest.busy)
    assert "already exists" in sample.desktop.notice.text.text()
    for n in (1, 2, 3):  # asked faster than answered: the newest counts, and it is asked
        page._latest.ask(lambda _journal, n=n: n, shown.append)
    sample.qtbot.waitUntil(lambda: not page._latest.busy)
    assert shown == [3]


def test_nothing_acts_while_composing_and_what_keeps_all_out_is_named(sample, tab):
    line, whole = tab.bar.text, tab.list.count
    line.setFocus()
    QApplication.sendEvent(line, QInputMethodEvent("ys", []))
    for key in (K.Key_Return, K.Key_Escape, K.Key_Down, K.Key_N, K.Key_J):
        sample.press(key, widget=line)
    sample.qtbot.wait(150)
    assert sample.window.focusWidget() is line
    assert (tab.list.count, tab.bar.sieve, tab.list.is_reading) == (whole, Sieve(), False)
    done = QInputMethodEvent("", [])
    done.setCommitString("预算")
    QApplication.sendEvent(line, done)
    sample.press(K.Key_Return, widget=line)
    assert tab.bar.sieve.text == "预算"
    assert sample.window.focusWidget() is tab.table
    assert not tab.table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    there = tab.list.count
    narrowed(sample, tab, "nobody", "person")
    assert tab.stack.currentWidget() is tab.none
    sample.click(f"Without “with nobody”: {there:,}", tab.none)
    assert tab.list.count == there > 0
    assert tab.stack.currentWidget() is tab.list
    sample.click("Clear filters", tab)
    tab.bar.period.setCurrentIndex(tab.bar.period.count() - 1)
    narrowed(sample, tab, "32 Oct", "first")
    assert tab.bar.told.text().startswith("“32 Oct” is no date.")
    assert tab.bar.first.text() == "32 Oct"
    tab.bar.first.clear()
    narrowed(sample, tab, "2026-11-10", "first")
    assert tab.bar.told.text().endswith("· since 10 Nov 2026")
    assert all(f"{line.row.at:%Y-%m-%d}" >= "2026-11-10" for line in rows(tab.list))
