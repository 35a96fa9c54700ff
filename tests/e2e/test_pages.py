"""Every page in both languages, light and dark, small and at double size; search, turns, settings."""

import json
from collections import Counter

import pytest
from click.testing import CliRunner
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QScrollArea

from pmdesk.actions.keep_report import copies_of
from pmdesk.answers.rows.proposals import proposals
from pmdesk.cli import main
from pmdesk.gui.pages.places import CLIENT, PLACES, REPORT, SEARCH, SETTINGS, TABS
from pmdesk.gui.saving import save_to
from pmdesk.records.client import Client
from pmdesk.records.feedback import ReportSent
from pmdesk.records.kinds import KINDS
from pmdesk.records.transparency import Issue
from pmdesk.records.trust import TrustSignal
from tests.e2e.spoken import badly_called

PAGES = [
    (place, target)
    for place in PLACES.values()
    for target in ((1, 2) if place is CLIENT else (1,) if place.of_client or place.of else (None,))
]


@pytest.mark.parametrize(
    ("language", "theme", "scale"),
    [("en", "light", 100), ("en", "dark", 200), ("zh", "light", 100), ("zh", "dark", 150)],
)
def test_every_page_stands_in_every_dress_in_one_window(sample, qapp, language, theme, scale):
    settings = sample.app.settings
    settings.language, settings.theme, settings.scale = language, theme, scale
    sample.app.dress()
    sample.settle()
    # large letters belong to large screens
    sample.window.resize(*((1024, 700) if scale <= 150 else (1600, 1000)))
    flashed = []  # windows that came up meanwhile: a part shown before it had its place
    qapp.focusWindowChanged.connect(flashed.append)
    for place, target in PAGES:
        page = place.name
        sample.desktop.show_page(place, target)
        sample.settle()
        tabs = range(sample.page.tabs.count()) if page == "client" else [None]
        for tab in tabs:
            if tab is not None:
                sample.page.tabs.setCurrentIndex(tab)
                sample.settle()
            sample.window.grab()
            assert cut_off(sample) == [], (page, tab)
            assert doubled_keys(sample) == [], (page, tab)
            if theme == "light":  # once in each language: how it looks says nothing to the ear
                assert badly_called(sample.window) == [], (page, tab)
    qapp.focusWindowChanged.disconnect(flashed.append)
    assert flashed == []


def doubled_keys(sample):
    """Keys that stand for two things at this moment: Qt would then do neither."""
    there = [one for one in sample.window.findChildren(QAbstractButton) if one.isVisible()]
    there += sample.window.findChildren(QAction)
    keys = Counter(one.shortcut().toString() for one in there)
    return [key for key, n in keys.items() if key and n > 1]


def cut_off(sample):
    """What stands beyond the right edge of its area, where no scroll bar leads, and cut figures."""
    figures = [
        (found.text(), found.sizeHint().width(), found.width())
        for found in sample.window.findChildren(QLabel, "figure")
        if found.isVisible() and found.sizeHint().width() > found.width()
    ]
    return figures + [
        (type(area.widget()).__name__, area.widget().width(), area.viewport().width())
        for area in sample.window.findChildren(QScrollArea)
        if area.isVisible() and area.widget().width() > area.viewport().width()
    ]


def test_the_language_switches_without_a_restart_and_keeps_the_place(sample):
    sample.desktop.open_client(2)
    sample.page.tabs.setCurrentIndex(1)
    sample.menu("English / 中文")
    assert sample.page.tabs.tabText(1) == "时间线"
    assert sample.page.tabs.currentIndex() == 1
    assert sample.page.client.id == 2
    sample.menu("English / 中文")
    assert sample.page.tabs.tabText(1) == "Timeline"


def test_search_finds_as_you_type_and_opens(sample):
    sample.desktop.show_page(SEARCH)
    page, line = sample.page, sample.page.line
    sample.type("预算", line)
    sample.qtbot.waitUntil(lambda: bool(getattr(page, "hits", None)), timeout=5000)
    hit = page.hits[0]
    assert hit.title_marks or hit.text_marks
    sample.press(Qt.Key.Key_Return, widget=line)
    sample.press(Qt.Key.Key_Return, widget=page.table)
    assert sample.desktop.panel is not None or sample.page is not page
    sample.desktop.show_page(SEARCH)
    sample.type("zzzzqq", line)
    sample.qtbot.waitUntil(lambda: page.stack.currentIndex() == 2, timeout=5000)


def test_the_timeline_is_walked_and_opened_by_keyboard(sample):
    sample.desktop.open_client(1)
    sample.page.tabs.setCurrentIndex(1)
    table = sample.page.stack.currentWidget().table
    table.setFocus()
    for _ in range(5):
        sample.press(Qt.Key.Key_Down, widget=table)
    sample.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier, table)
    assert table.currentIndex().row() == table.model().rowCount() - 1
    sample.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier, table)
    # these open their own page
    while table.model().row(table.currentIndex().row()).row.kind == "entry":
        sample.press(Qt.Key.Key_Down, widget=table)
    sample.press(Qt.Key.Key_Return, widget=table)
    assert sample.desktop.panel is not None


def test_a_turn_needs_no_reply_and_undo_brings_it_back(sample):
    sample.desktop.open_client(3)
    sample.page.go_to("communication")
    sample.settle()
    tab = sample.page.stack.currentWidget()
    waiting = tab.answer.total.open
    assert waiting
    sample.click("No reply needed", tab)
    assert tab.answer.total.open == waiting - 1
    sample.click("Answered by call", tab)
    sample.click("Keep", tab)
    assert tab.answer.total.open == waiting - 2
    sample.menu("Undo")
    sample.menu("Undo")
    assert tab.answer.total.open == waiting


def week_by_week(sample):
    """The communication tab of a client with its insight of weeks, once it is drawn."""
    sample.desktop.open_client(1)
    sample.page.go_to("communication")
    tab = sample.page.stack.currentWidget()
    sample.press(Qt.Key.Key_Down, widget=tab.insight.questions)
    chosen = tab.insight
    sample.qtbot.waitUntil(
        lambda: (
            chosen.panels is not None
            and chosen.panels.kind == "weekly"
            and chosen.canvas.hover is not None
            and chosen.canvas.hover.panels is chosen.panels
        ),
        timeout=20_000,
    )
    return tab


@pytest.mark.parametrize("by", ["week", "month"])
def test_a_click_on_the_chart_opens_the_turns_behind_it(sample, by):
    tab = week_by_week(sample)
    canvas, box = tab.insight.canvas, tab.insight.by
    box.setFocus()
    sample.press(Qt.Key.Key_Down, widget=box)
    if by == "month":
        sample.press(Qt.Key.Key_Down, widget=box)
    wanted = by == "month"
    sample.qtbot.waitUntil(
        lambda: (
            tab.insight.panels.insights[0].shape.monthly is wanted
            and canvas.hover is not None
            and canvas.hover.panels == tab.insight.panels
        ),
        timeout=20_000,
    )
    stretches = tab.insight.panels.insights[0].shape.stretches
    index = max(range(len(stretches)), key=lambda i: stretches[i].n)
    place = QPointF(*canvas.hover.place_of(index)).toPoint()
    QTest.mouseMove(canvas, place)
    sample.qtbot.waitUntil(lambda: canvas.told == index)
    assert f"Turns: {stretches[index].n}" in canvas.hover.lines(index, sample.app.words)
    sample.qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert len(tab.rows) == stretches[index].n
    assert tab.turns_card.remark.text().startswith(f"{stretches[index].n} of ")
    assert tab.back.isVisible()
    sample.click("Show all that wait", tab)
    assert len(tab.rows) == tab.answer.total.open


def test_both_directions_and_single_messages_are_offered(sample):
    sample.desktop.open_client(1)
    sample.page.go_to("communication")
    tab = sample.page.stack.currentWidget()
    ours = tab.answer.total.inbound
    box = tab.boxes["ours_answer"]
    box.setFocus()
    sample.press(Qt.Key.Key_Down, widget=box)
    assert tab.answer.question.ours_answer is False
    assert tab.answer.total.inbound != ours
    sample.press(Qt.Key.Key_Up, widget=box)
    sample.press(Qt.Key.Key_Down, widget=tab.boxes["mode"])
    assert tab.answer.question.mode == "message"
    assert tab.answer.total.inbound >= ours


def test_a_chart_is_exported(sample, tmp_path):
    sample.desktop.open_client(1)
    sample.page.go_to("communication")
    card = sample.page.stack.currentWidget().insight
    sample.qtbot.waitUntil(lambda: card.panels is not None, timeout=20_000)
    card.view.save_chart(tmp_path / "c.csv")
    assert (tmp_path / "c.csv").read_bytes().startswith(b"\xef\xbb\xbfClient,Asked")
    card.view.save_chart(tmp_path / "no" / "c.png")
    assert sample.desktop.notice.isVisible()


def test_the_window_comes_back_as_it_was_left(sample, qapp):
    from pmdesk.gui.app import App
    from pmdesk.gui.settings import Settings

    sample.desktop.open_client(2)
    sample.page.tabs.setCurrentIndex(1)
    sample.window.close()
    kept = Settings.load()
    assert (kept.page, kept.client, kept.tab) == ("client", 2, 1)
    again = App(qapp)
    sample.qtbot.addWidget(again.window)
    again.start(None)
    assert again.window.desktop.page().client.id == 2
    again.close_journal()


def test_a_backup_and_a_look_for_damage_from_the_settings(sample, tmp_path):
    sample.desktop.show_page(SETTINGS)
    sample.page.back_up(tmp_path / "b.pmdesk")
    sample.settle()
    assert (tmp_path / "b.pmdesk.sha256").exists()
    sample.page.check()
    sample.settle()
    assert sample.desktop.toast.text.text() == "No damage found."


def test_a_summary_is_kept_as_sent_and_saved_again_from_its_record(sample, tmp_path):
    sample.desktop.show_page(REPORT, 1)
    before = sample.journal.count(ReportSent)
    sample.click("Keep as sent")
    sample.qtbot.waitUntil(lambda: sample.journal.count(ReportSent) == before + 1, timeout=20000)
    made = sample.journal.find(ReportSent, order="id DESC", limit=1)[0]
    sample.desktop.edit(made)
    (kept,) = copies_of(sample.journal, "report", made.id)
    save_to(sample.desktop.desk, kept, tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")
    save_to(sample.desktop.desk, kept, tmp_path / "copy.pdf")
    assert "already exists and was left as it is" in sample.desktop.notice.text.text()
    save_to(sample.desktop.desk, kept, tmp_path / "none" / "copy.pdf")
    assert "could not be written" in sample.desktop.notice.text.text()


def test_what_is_owed_is_done_from_the_nine_practices(sample):
    sample.desktop.open_client(3)
    sample.settle()
    sample.click("Tell the client")
    panel = sample.desktop.panel
    told = panel._record
    assert told.told_at is None
    sample.click("Client told", panel)
    assert sample.journal.get(Issue, told.id).told_at is not None
    sample.menu("Undo")
    assert sample.journal.get(Issue, told.id) == told


def test_proposed_signals_are_accepted_and_rejected_by_key(sample):
    sample.desktop.open_client(1)
    sample.page.go_to("trust")
    tab = sample.page.stack.currentWidget()
    before = sample.journal.count(TrustSignal)
    for text, state in (("Accept", "accepted"), ("Reject", "rejected")):
        buttons = [b for b in tab.findChildren(QPushButton) if b.text() == text and b.isVisible()]
        buttons[0].setFocus()
        sample.press(Qt.Key.Key_Space, widget=buttons[0])
        made = sample.journal.find(TrustSignal, order="id DESC", limit=1)[0]
        assert made.state == state
        sample.settle()
    assert sample.journal.count(TrustSignal) == before + 2


def test_the_window_says_what_the_command_line_says(sample):
    sample.desktop.open_client(1)
    sample.settle()
    path = str(sample.journal.path)
    found = CliRunner().invoke(main, ["health", "-j", path, "--client", "青松制造", "--json"])
    health = json.loads(found.output)
    shown = [w.text() for w in sample.page.health.findChildren(QLabel)]
    assert f"{health['health']:.0f}" in shown
    found = CliRunner().invoke(main, ["practices", "-j", path, "--client", "青松制造", "--json"])
    nine = json.loads(found.output)["practices"]
    assert len(nine) == 9
    said = [w.text() for w in sample.page.stack.currentWidget().findChildren(QLabel)]
    for one in nine:
        assert one["says"] in said
        for figure in one["figures"]:
            for record in figure["records"]:
                kind, _, number = record.partition(":")
                assert sample.journal.get(KINDS[kind].cls, int(number)) is not None


def test_after_an_act_the_keys_still_belong_to_the_panel(sample):
    sample.desktop.open_client(3)
    (late,) = [i for i in sample.journal.find(Issue, "client_id = 3") if i.told_at is None and i.raid == "issue"
               and not i.internal and i.closed_on is None]  # fmt: skip
    sample.desktop.edit(late)
    panel = sample.desktop.panel
    told = next(b for b in panel.findChildren(QPushButton) if b.text() == "Client told")
    told.setFocus()
    sample.press(Qt.Key.Key_Space, widget=told)
    sample.qtbot.wait(20)
    assert panel.isAncestorOf(sample.window.focusWidget())
    sample.press(Qt.Key.Key_Escape)
    assert sample.desktop.panel is None


def test_the_sides_of_a_client_are_walked_by_key(sample):
    sample.desktop.open_client(1)
    seen = []
    for _ in range(sample.page.tabs.count()):
        seen.append(sample.page.tabs.tabText(sample.page.tabs.currentIndex()))
        sample.menu("Next side of the client")
    assert len(set(seen)) == sample.page.tabs.count() == len(TABS)
    sample.menu("Side before")
    assert sample.page.tabs.tabText(sample.page.tabs.currentIndex()) == seen[-1]


def test_signals_are_accepted_together_only_where_they_are_seen(sample):
    sample.desktop.open_client(1)
    sample.page.go_to("trust")
    before = len(sample.journal.find(TrustSignal))
    tab = sample.page.stack.currentWidget()
    sample.click("Accept these 5", tab)
    assert len(sample.journal.find(TrustSignal)) == before + 5
    sample.menu("Undo")
    assert len(sample.journal.find(TrustSignal)) == before
    all_ = len(proposals(sample.app.desk.relations.of(sample.journal.get(Client, 1))))
    assert all_ > 5
    sample.click(f"Show all {all_}", tab)
    sample.click(f"Accept these {all_}", tab)
    assert len(sample.journal.find(TrustSignal)) == before + all_


def test_the_evidence_of_a_signal_is_one_press_away(sample):
    sample.desktop.open_client(1)
    sample.page.go_to("trust")
    sample.click("Accept", sample.page.stack.currentWidget())
    signal = next(s for s in sample.journal.find(TrustSignal, order="id DESC", limit=5) if s.source)
    sample.desktop.edit(signal)
    if signal.source.startswith("answers:"):
        pytest.fail("the newest proposal of the sample comes from one record")
    sample.click("Evidence", sample.desktop.panel)
    kind, number, _ = signal.source.split(":")
    assert sample.desktop.panel._record == sample.journal.get(KINDS[kind].cls, int(number))


def test_about_tells_versions_and_licences(sample):
    sample.menu("About PM Desk")
    said = [w.text() for w in sample.page.findChildren(QLabel)]
    assert any(text.startswith("PM Desk 0.") for text in said)
    assert any("Qt 6." in text and "SQLite 3." in text for text in said)
