"""Insights in the window: a question, its verdict, whom it is about, chart and table, and the way on."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QMenu

from pmdesk.charts.insights.kinds import INSIGHTS as INSIGHT_KINDS
from pmdesk.gui.pages.places import INSIGHTS, REPORT
from pmdesk.gui.tasks import _Relay
from pmdesk.records.crisis import Crisis
from pmdesk.records.interaction import Interaction
from pmdesk.words import words_for
from tests.e2e.by_key import key

# What the platform without a screen says of menus.
pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def insights(sample):
    key(sample, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert sample.desktop.current.place is INSIGHTS
    shown(sample)
    return sample


def shown(driver):
    """Wait until the answer is there and drawn."""
    page = driver.page
    driver.qtbot.waitUntil(
        lambda: (
            page.panels is not None
            and page.panels.kind == page.name
            and page.view.canvas.hover is not None
            and page.view.canvas.hover.panels is page.panels
        ),
        timeout=20_000,
    )


def choose(driver, text, among=None):
    """Choose an entry of the menu that is open."""
    menu = among or next(one for one in driver.page.findChildren(QMenu) if one.isVisible())
    next(act for act in menu.actions() if act.text() == text).trigger()
    driver.qtbot.wait(30)


def only(driver, name):
    driver.click("All clients")
    menu = driver.page.findChildren(QMenu)
    alone = next(one for one in menu if one.title() == "Only")
    choose(driver, name, alone)
    driver.qtbot.waitUntil(lambda: driver.page.panels.names == (name,), timeout=20_000)
    shown(driver)


def subject(driver, record):
    return driver.journal.get(Interaction, record[1]).subject


def shown_subject(driver):
    """The subject of the contact in the panel."""
    return driver.field("subject").text()


def test_questions_are_walked_by_keyboard_and_answered(insights):
    page = insights.page
    assert insights.window.focusWidget() is page.questions
    assert page.view.verdict.text() == "Are we answering slower?"
    key(insights, Qt.Key.Key_Down)
    shown(insights)
    assert (page.name, page.view.verdict.text()) == ("they_answer", "Are they answering slower?")


def test_a_key_held_asks_one_question_at_a_time(insights):
    page, asked = insights.page, []
    for _ in range(12):
        key(insights, Qt.Key.Key_Down)
        insights.qtbot.wait(20)
        heard = page.findChildren(_Relay, options=Qt.FindChildOption.FindDirectChildrenOnly)
        asked.append(len(heard))
    # an answer is waited for in three ways: it comes, it fails, it is dropped; the last one's leave
    assert max(asked) <= 6
    shown(insights)
    assert page.name == INSIGHT_KINDS[12].name


def test_being_computed_is_said_until_the_picture_is_there(insights):
    page = insights.page
    key(insights, Qt.Key.Key_Down)
    insights.qtbot.waitUntil(lambda: page.remark.text() == "Being computed…")
    insights.qtbot.waitUntil(lambda: page.remark.text() != "Being computed…", timeout=20_000)
    assert page.view.canvas.hover.panels is page.panels
    assert page.remark.text() == "Are they answering slower?"


def test_of_one_client_the_title_is_the_verdict(insights):
    only(insights, "青松制造")
    page = insights.page
    assert page.view.verdict.text().startswith("Slower since about 30 Mar 2026: 5.0 → 9.8 h")
    assert "n = 752" in page.view.evidence.text()
    assert page.who.text() == "青松制造 ▾"


def test_a_click_on_a_point_opens_its_record(insights):
    only(insights, "青松制造")
    page = insights.page
    x, y = page.view.canvas.hover.place_of(3)
    place = QPointF(x, y).toPoint()
    wanted = page.panels.record(page.view.canvas.hover.item(page.view.canvas.hover.at(x, y)))
    insights.qtbot.mouseMove(page.view.canvas, place)
    insights.qtbot.mouseClick(page.view.canvas, Qt.MouseButton.LeftButton, pos=place)
    assert shown_subject(insights) == subject(insights, wanted)


def test_the_table_holds_the_same_and_opens_the_same(insights):
    only(insights, "青松制造")
    page = insights.page
    assert (
        page.view.table.model() is None
    )  # unseen it is not made: to measure it holds the window up
    insights.click("Show as table")
    model = page.view.table.model()
    assert model.rowCount() == 752
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == [
        "Asked", "Sender", "Subject",
    ]  # fmt: skip
    page.view.table.setFocus()
    page.view.table.selectRow(5)
    key(insights, Qt.Key.Key_Return)
    assert shown_subject(insights) == subject(insights, page.panels.record(5))
    insights.click("Show as chart")
    assert page.view.canvas.isVisible()


def test_a_client_is_left_out_and_the_period_narrowed(insights):
    page = insights.page
    insights.click("All clients")
    choose(insights, "Harbour Logistics")
    insights.qtbot.waitUntil(lambda: len(page.panels.names) == 2, timeout=20_000)
    assert page.who.text() == "2 clients ▾"
    before = len(page.panels.insights[0].items)
    page.when.setCurrentIndex(1)
    insights.qtbot.waitUntil(lambda: len(page.panels.insights[0].items) < before, timeout=20_000)
    assert page.panels.names[0] == "Cedar Clinic 雪松诊所"


def test_what_is_shown_is_written_to_a_file(insights, tmp_path):
    insights.page.view.save_chart(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("Client,Asked,")
    insights.page.view.save_chart(tmp_path / "none" / "a.png")
    assert insights.desktop.notice.isVisible()


def test_a_journal_without_clients_has_nothing_to_ask(driver, tmp_path, at):
    from pmdesk.actions.openings import create_journal

    driver.app.use(create_journal(tmp_path / "empty.pmdesk", at=at))
    driver.desktop.show_page(INSIGHTS)
    driver.settle()
    driver.qtbot.waitUntil(lambda: driver.page.panels is not None, timeout=20_000)
    assert driver.page.view.evidence.text() == words_for("en")("Insights come with a first client.")


def test_a_crisis_leads_to_its_own_timeline_and_the_way_back_is_open(sample, at):
    with sample.journal.action("Add", at=at) as act:
        old = {"found_at": at - timedelta(days=300), "stood_down_at": at - timedelta(days=299)}
        crisis = act.save(Crisis(client_id=1, title="Server room flooded", **old))
    sample.desktop.show_record("crisis", crisis.id)
    sample.click("Timeline", sample.desktop.panel)
    assert sample.desktop.current.place is INSIGHTS
    page = sample.page
    sample.qtbot.waitUntil(lambda: page.panels is not None and page.panels.kind == "past_crisis", timeout=20_000)  # fmt: skip
    shown(sample)
    (told,) = page.panels.insights
    assert told.values["crisis"] == "Server room flooded"
    assert page.remark.text() == "Timeline · Server room flooded"
    assert page.panels.names == ("青松制造",)
    page.choose("past_crisis", 3)
    sample.qtbot.waitUntil(lambda: page.panels.names == ("Cedar Clinic 雪松诊所",), timeout=20_000)
    shown(sample)
    assert page.remark.text() == "How did the last crisis go?"


@pytest.mark.parametrize("left_by", ["days", "another question"])
def test_another_question_or_other_days_are_no_more_about_that_crisis(sample, left_by):
    (crisis,) = sample.journal.find(Crisis, "client_id = 1")
    sample.desktop.show_insight("past_crisis", 1, crisis.id)
    page = sample.page
    assert page.about == crisis.id
    if left_by == "days":
        page.when.setCurrentIndex(1)
    else:
        page.narrow.setCurrentIndex(0)
    assert page.about == 0
    sample.settle()


@pytest.mark.parametrize(
    ("name", "edition", "response"),
    [
        ("gaps", "client", False),
        ("we_answer", "client", True),
        ("trust_signals", "internal", False),
    ],
)
def test_a_chart_goes_into_a_report_of_its_client(insights, name, edition, response):
    insights.page.choose(name, 2)
    shown(insights)
    insights.click("Export")
    choose(insights, "Into a report…")
    assert insights.desktop.current.place is REPORT
    page = insights.page
    assert (page.kind.name, page.client.id) == ("client", 2)
    wanted = page.request()
    assert (wanted.charts, wanted.edition, wanted.response) == ((name,), edition, response)
    insights.qtbot.waitUntil(lambda: "Setting" not in page.remark.text(), timeout=20_000)


def test_of_several_clients_one_is_chosen_for_the_report(insights):
    insights.click("Export")
    of = next(one for one in insights.page.findChildren(QMenu) if one.title() == "Into a report of")
    assert [act.text() for act in of.actions()] == list(insights.page.panels.names)
    name = insights.page.panels.names[-1]
    choose(insights, name, of)
    assert insights.desktop.current.place is REPORT
    assert insights.page.client.name == name
    insights.qtbot.waitUntil(lambda: "Setting" not in insights.page.remark.text(), timeout=20_000)
