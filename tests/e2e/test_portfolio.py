"""The portfolio in the real window: what it shows, how it is sorted, narrowed, walked and heard."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from PySide6.QtCore import QPoint, Qt

from pmdesk.actions.records import save_record
from pmdesk.actions.sample import create_sample
from pmdesk.answers.owed.portfolio import SORTS, ordered, portfolio
from pmdesk.answers.owed.portfolio_words import COLUMNS, line_values, sentence_of
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.text.said import say
from pmdesk.cli import main
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.places import CLIENTS, JOURNAL
from pmdesk.gui.settings import Settings
from pmdesk.gui.widgets.parts import FigureTile
from pmdesk.gui.widgets.portfolio_table import KEPT
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import ClientStatus
from pmdesk.records.client import Client
from pmdesk.records.transparency import Issue, Severity
from pmdesk.records.trust import Promise

TEXT = Qt.ItemDataRole.DisplayRole
HEARD = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def clients(driver, copy_of, tmp_path, at, monkeypatch):
    """The window on the clients of the sample journal, whose clock stands still."""
    monkeypatch.setattr(Desk, "now", staticmethod(lambda: at))
    driver.app.use(copy_of(create_sample, tmp_path / "sample.pmdesk", at=at))
    driver.window.resize(1500, 800)
    driver.desktop.show_page(CLIENTS)
    known(driver)
    return driver


def known(driver):
    """Wait until every client has been looked at."""
    owing = driver.app.desk.owing
    driver.qtbot.waitUntil(lambda: owing.today is not None, timeout=10000)
    driver.qtbot.waitUntil(lambda: not owing.busy and not owing.left, timeout=20000)
    driver.settle()


def told(driver, sort="owed"):
    """The lines that the answers tell of the journal, in an order."""
    standings, now = Standings(), driver.app.desk.now()
    standings.bring_up_to_date(driver.journal, at=now)
    return ordered(portfolio(driver.journal, standings.known, at=now), sort)


def rows(driver):
    return driver.page.table.lines.rows


def shown(driver):
    return [line.name for line in rows(driver)]


def cell(driver, row, column):
    """A cell's figure and its note as they are painted."""
    (upper, _), (lower, _) = driver.page.table.lines.texts(row, column)
    return upper, lower


def title(driver, column):
    """Where the title of a column can be clicked."""
    header = driver.page.table.horizontalHeader()
    section = driver.page.table.lines.columns.index(column)
    return header.viewport(), QPoint(
        header.sectionViewportPosition(section) + 20, header.height() // 2
    )


def click_title(driver, column):
    where, place = title(driver, column)
    driver.qtbot.mouseClick(where, Qt.MouseButton.LeftButton, pos=place)


def test_the_table_shows_what_the_answers_tell_the_most_pressing_first(clients):
    lines = told(clients)
    assert rows(clients) == lines
    assert lines[0].pressing > lines[-1].pressing
    words = clients.app.desk.words
    for row, line in enumerate(lines):
        for name, column in COLUMNS.items():
            said = column.cell(line)
            assert cell(clients, row, name) == (say(words, said.upper), say(words, said.lower))
    owed = (
        f"{sum(line.owed.n for line in lines)} owed, {sum(line.owed.late for line in lines)} late"
    )
    assert clients.page.remark.text() == f"3 clients · {owed}"


def test_the_median_of_a_line_is_that_of_the_clients_own_card(clients):
    for row, line in enumerate(list(rows(clients))):
        clients.desktop.show_page(CLIENTS)
        median, note = cell(clients, row, "median")
        clients.desktop.open_client(line.id)
        clients.told()
        (tile,) = [
            tile.accessibleName()
            for tile in clients.page.stack.currentWidget().findChildren(FigureTile)
            if tile.accessibleName().startswith("Median response, unanswered too")
        ]
        low, high, n = re.match(r"([\d.]+)–([\d.]+) · n = (\d+)", note).groups()
        assert f": {median}. " in tile
        assert f"95% {low}–{high} · n = {n}" in tile


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_command_line_tells_the_same(clients, at, language):
    clients.app.settings.language = language
    clients.app.dress()
    known(clients)
    options = ["clients", "-j", str(clients.journal.path), "--at", at.isoformat()]
    done = CliRunner().invoke(main, ["--lang", language, *options, "--json"])
    words = clients.app.desk.words
    assert json.loads(done.stdout) == [line_values(line, words) for line in rows(clients)]
    done = CliRunner().invoke(main, ["--lang", language, *options])
    assert done.stdout.splitlines() == [sentence_of(line, words) for line in rows(clients)]


@pytest.mark.parametrize("column", ["name", *(name for name in COLUMNS if name != "weeks")])
def test_a_click_on_a_title_sorts_by_it_and_another_turns_that_round(clients, column):
    sort = "name" if column == "name" else COLUMNS[column].sort
    if sort == "owed":  # it already is
        click_title(clients, "name")
    click_title(clients, column)
    assert rows(clients) == told(clients, sort)
    assert (clients.app.settings.clients_by, clients.page.sort.currentData()) == (sort, sort)
    click_title(clients, column)
    assert rows(clients) == told(clients, f"-{sort}")
    assert clients.app.settings.clients_by == f"-{sort}"
    click_title(clients, column)
    assert rows(clients) == told(clients, sort)


def test_every_order_is_reached_by_keyboard_and_comes_back_with_the_window(clients):
    page = clients.page
    page.sort.setFocus()
    for sort in list(SORTS)[1:]:
        clients.press(Qt.Key.Key_Down, widget=page.sort)
        assert rows(clients) == told(clients, sort), sort
    page.turned.setFocus()
    clients.press(Qt.Key.Key_Space, widget=page.turned)
    assert rows(clients) == told(clients, f"-{sort}")
    clients.window.close()
    assert Settings.load().clients_by == f"-{sort}"
    clients.window.show()
    clients.app.dress()
    clients.desktop.show_page(CLIENTS)
    known(clients)
    assert rows(clients) == told(clients, f"-{sort}")
    assert (clients.page.sort.currentData(), clients.page.turned.text()) == (sort, "↑")


def test_lines_are_walked_by_arrows_found_by_letters_and_opened_by_enter(clients):
    page, table = clients.page, clients.page.table
    page.turned.setFocus()
    clients.press(Qt.Key.Key_Tab, widget=page.turned)
    assert table.hasFocus()
    assert [index.row() for index in table.selectionModel().selectedRows()] == [0]
    clients.press(Qt.Key.Key_Down, widget=table)
    clients.press(Qt.Key.Key_Right, widget=table)  # one cell on: what it says is heard
    assert table.currentIndex().row() == 1
    assert table.currentIndex().column() > 0
    clients.type("harb", table)
    assert rows(clients)[table.currentIndex().row()].name == "Harbour Logistics"
    clients.press(Qt.Key.Key_Return, widget=table)
    assert clients.page.client.name == "Harbour Logistics"


def test_a_click_on_any_cell_opens_the_client(clients):
    table = clients.page.table
    place = table.visualRect(table.lines.index(1, table.lines.columns.index("silent"))).center()
    name = shown(clients)[1]
    clients.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clients.page.client.name == name


def test_who_is_looked_for_is_shown_alone_and_opened_by_enter(clients):
    line = clients.page.filter
    clients.type("Harb", line)
    assert shown(clients) == ["Harbour Logistics"]
    clients.type("zzz", line)
    assert shown(clients) == []
    assert clients.page.stack.currentIndex() != 0
    line.clear()
    assert shown(clients) == [one.name for one in told(clients)]
    clients.type("Harb", line)
    clients.press(Qt.Key.Key_Return, widget=line)
    assert clients.page.client.name == "Harbour Logistics"


def test_a_line_is_right_after_an_act_and_after_undo(clients, at):
    click_title(clients, "promises")
    before = rows(clients)
    table, second = clients.page.table, before[1].id
    table.setCurrentIndex(table.lines.index(1, 0))
    was = before[-1].promises
    day = at.date() - timedelta(days=2)
    promise = Promise(client_id=before[-1].id, what="Report", to_whom="Mara", due=day)

    def promises():
        return next(line for line in rows(clients) if line.id == before[-1].id).promises

    clients.app.desk.do(save_record, promise, at=at)
    clients.qtbot.waitUntil(lambda: promises() == (was.n + 1, was.late + 1), timeout=5000)
    clients.settle()
    assert rows(clients) == told(clients, "promises")
    assert [line.id for line in rows(clients)] != [line.id for line in before]
    assert rows(clients)[table.currentIndex().row()].id == second
    clients.app.desk.undo()
    clients.qtbot.waitUntil(lambda: promises() == was, timeout=5000)
    clients.settle()
    assert rows(clients) == before


def test_an_act_on_another_page_is_seen_when_the_portfolio_is(clients, at):
    clients.desktop.show_page(JOURNAL)
    client = clients.journal.get(Client, 2)
    clients.app.desk.do(save_record, replace(client, status=ClientStatus.PAUSED), at=at)
    known(clients)
    clients.desktop.show_page(CLIENTS)
    assert rows(clients) == told(clients)
    assert rows(clients)[-1].id == 2
    assert {colour for _, colour in clients.page.table.lines.texts(len(rows(clients)) - 1, "median")} == {"muted"}  # fmt: skip


def test_a_clock_that_runs_on_renews_the_lines_and_leaves_them_in_their_place(
    clients, at, monkeypatch
):
    table, silent = clients.page.table, {line.id: line.silence.days for line in rows(clients)}
    order = [line.id for line in reversed(rows(clients))]  # as it may have been an hour ago
    table.use(list(reversed(rows(clients))), table.lines.scale, table.lines.by)
    table.setCurrentIndex(table.lines.index(2, 0))
    later = at + timedelta(hours=13)  # one in the morning in Shanghai
    monkeypatch.setattr(Desk, "now", staticmethod(lambda: later))
    with clients.qtbot.waitSignal(clients.app.desk.owing.changed):
        clients.app.desk.owing._minutes.timeout.emit()
    assert [line.id for line in rows(clients)] == order
    assert table.currentIndex().row() == 2
    assert all(line.silence.days == silent[line.id] + 1 for line in rows(clients))
    clients.desktop.show_page(JOURNAL)
    clients.desktop.show_page(CLIENTS)
    assert rows(clients) == told(clients)


@pytest.mark.parametrize(
    ("width", "scale", "least"),
    [
        (1024, 100, {"weeks", "median", "open", "silent", "owed"}),
        (1500, 100, set(COLUMNS)),
        (1024, 200, {"owed", "open"}),
        (760, 100, {"owed"}),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_columns_go_in_their_order_where_it_is_narrow(clients, width, scale, least, language):
    clients.app.settings.scale, clients.app.settings.language = scale, language
    clients.app.dress()
    clients.window.resize(width, 700)
    clients.desktop.show_page(CLIENTS)
    known(clients)
    table = clients.page.table
    clients.qtbot.waitUntil(lambda: least <= set(table.shown_columns()))
    columns = set(table.shown_columns()) - {"name"}
    assert columns == set(KEPT[: len(columns)])
    widths = [table.columnWidth(n) for n in range(len(table.lines.columns)) if not table.isColumnHidden(n)]  # fmt: skip
    assert sum(widths) <= table.viewport().width()
    assert widths[0] >= 150


def test_what_has_no_column_is_told_in_the_second_line(clients, at):
    issue = Issue(client_id=2, statement="Pump", severity=Severity.S2, found_at=at - timedelta(days=2))  # fmt: skip
    clients.app.desk.do(save_record, issue, at=at)
    known(clients)
    table = clients.page.table
    row = next(n for n, line in enumerate(rows(clients)) if line.id == 2)

    def second():
        return [text for text, _ in table.lines.pieces(row)[1]]

    assert second()[0].startswith("→ Mara Okonjo")
    clients.window.resize(960, 700)
    clients.qtbot.waitUntil(lambda: "untold" not in table.shown_columns())
    assert table.lines.pieces(row)[1][0] == ("Untold 1 (1 late)", "bad")
    assert second()[-1].startswith("→ Mara Okonjo")
    clients.window.resize(1500, 700)
    clients.qtbot.waitUntil(lambda: "untold" in table.shown_columns())
    assert second()[0].startswith("→ Mara Okonjo")


def test_every_cell_is_heard_and_the_name_tells_the_whole_line(clients):
    model, words = clients.page.table.lines, clients.app.desk.words
    for row, line in enumerate(rows(clients)):
        assert model.index(row, 0).data(HEARD) == sentence_of(line, words)
        for n, name in enumerate(model.columns[1:], 1):
            heard = model.index(row, n).data(HEARD)
            assert heard == say(words, COLUMNS[name].cell(line).sentence)
            tip = model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
            assert heard in tip.splitlines() or not heard


def test_names_stand_there_before_anything_is_known_of_them(
    driver, copy_of, tmp_path, at, monkeypatch
):
    monkeypatch.setattr(Desk, "now", staticmethod(lambda: at))
    journal = copy_of(create_sample, tmp_path / "sample.pmdesk", at=at)
    driver.app.settings.page = "clients"
    driver.app.use(journal)
    driver.desktop.show_page(CLIENTS)
    assert sorted(shown(driver)) == ["Cedar Clinic 雪松诊所", "Harbour Logistics", "青松制造"]
    assert driver.page.remark.text() == "3 clients"
    assert cell(driver, 0, "owed") == ("…", "")
    assert driver.page.table.grab().width() > 0
    known(driver)
    assert rows(driver) == told(driver)


def test_what_is_kept_is_read_beside_the_window(clients):
    lines, app = list(rows(clients)), clients.app
    app.settings.page = "clients"
    app.use(Journal.open(app.desk.path))
    owing = app.desk.owing
    owing.ensure()
    owing.ensure()
    assert owing.busy
    assert owing.today is None
    assert {line.figures for line in rows(clients)} == {None}
    clients.qtbot.waitUntil(lambda: rows(clients) == lines, timeout=5000)
    assert not owing.busy
