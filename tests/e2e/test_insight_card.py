"""An insight in a tab of a client: chosen, counted otherwise, as a table, on its own page, kept."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.actions.records import save_record
from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.slower import drift_of, drift_values
from pmdesk.answers.responsiveness import Question, ask
from pmdesk.charts.insights.kinds import INSIGHTS, look
from pmdesk.gui.pages.places import INSIGHTS as PAGE
from pmdesk.gui.widgets.insight_card import InsightCard
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import TrustSignal
from tests.e2e.by_key import key

TABS = sorted({kind.tab for kind in INSIGHTS if kind.tab})


@pytest.fixture(autouse=True)
def stopped(sample, at):
    """Every look is of one moment."""
    sample.app.desk.now, sample.app.desk.since = lambda: at, at


def opened(sample, tab, client_id=1):
    """The card of a tab, once it is drawn."""
    sample.desktop.open_client(client_id)
    sample.page.go_to(tab)
    card = sample.page.stack.currentWidget().insight
    drawn(sample, card)
    return card


def drawn(sample, card, kind=""):
    sample.qtbot.waitUntil(
        lambda: (
            card.panels is not None
            and card.panels.kind == (kind or card.kind.name)
            and (card.canvas.hover is not None and card.canvas.hover.panels == card.panels)
        ),
        timeout=20_000,
    )


def pick(sample, box, times=1):
    """Go down in a box by key."""
    box.setFocus()
    for _ in range(times):
        sample.press(Qt.Key.Key_Down, widget=box)


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_shows_what_the_declared_insight_says(sample, tab, at):
    card = opened(sample, tab)
    client = sample.journal.get(Client, 1)
    assert card.kind.tab == tab
    assert card.panels == look(sample.journal, card.kind.name, [client], Period(), at=at)
    assert card.verdict.isVisible()


def test_who_answers_and_how_it_is_counted_governs_insight_figures_and_turns(sample, at):
    card = opened(sample, "communication")
    tab, client = sample.page.stack.currentWidget(), sample.journal.get(Client, 1)
    pick(sample, tab.boxes["ours_answer"])
    drawn(sample, card, "they_answer")
    assert [card.questions.itemText(n) for n in range(card.questions.count())] == [
        "Are they answering slower?",
        "How fast are they, week by week?",
        "What did the change do to their answers?",
        "Who waits longer for whom?",
    ]
    for box in ("mode", "clock"):
        before = card.panels
        pick(sample, tab.boxes[box])
        sample.qtbot.waitUntil(lambda before=before: card.panels is not before, timeout=20_000)
    drawn(sample, card)
    answer = ask(sample.journal, client, Question("message", "wall", ours_answer=False), at=at)
    (insight,) = card.panels.insights
    assert insight.values == drift_values(drift_of(answer))
    assert [item.cells[3] for item in insight.items] == answer.hours
    assert (tab.answer.hours, insight.shape.unit) == (answer.hours, "hours")
    assert "wall clock" in card.evidence.text()


def test_the_question_stays_when_the_side_changes_and_the_period_narrows_it(sample):
    card = opened(sample, "communication")
    tab = sample.page.stack.currentWidget()
    assert not card.by.isVisible()
    pick(sample, card.questions)
    drawn(sample, card, "weekly")
    assert card.by.isVisible()
    n = len(card.panels.insights[0].items)
    pick(sample, card.when)
    sample.qtbot.waitUntil(lambda: len(card.panels.insights[0].items) < n, timeout=20_000)
    pick(sample, tab.boxes["ours_answer"])
    drawn(sample, card, "their_weekly")
    assert card.questions.currentText() == "How fast are they, week by week?"


def test_points_are_walked_by_key_and_the_last_opens_its_record(sample):
    card = opened(sample, "expectations")
    card.canvas.setFocus()
    key(sample, Qt.Key.Key_Left)
    assert card.canvas.told == card.canvas.hover.count - 1
    # the record's panel makes the canvas narrower, and another picture tells of no point yet
    _, id_ = card.panels.record(card.canvas.hover.item(card.canvas.told))
    key(sample, Qt.Key.Key_Return)
    wanted = sample.journal.rows("SELECT statement FROM expectation WHERE id = ?", [id_])[0][0]
    sample.qtbot.waitUntil(lambda: sample.field("statement").text() == wanted)


def test_as_a_table_it_holds_the_same_rows(sample):
    card = opened(sample, "trust")
    sample.click("Show as table", card)
    assert card.view.table.isVisible()
    assert card.view.table.model().rowCount() == len(card.panels.insights[0].items)
    card.view.table.setFocus()
    card.view.table.selectRow(2)
    key(sample, Qt.Key.Key_Return)
    what = sample.journal.get(TrustSignal, card.panels.record(2)[1]).what
    sample.qtbot.waitUntil(lambda: sample.field("what").text() == what)
    sample.click("Show as chart", card)
    assert card.canvas.isVisible()


def test_it_goes_on_to_the_page_of_insights_with_its_client(sample):
    card = opened(sample, "feedback", 2)
    verdict = card.verdict.text()
    sample.click("Open in Insights", card)
    assert sample.desktop.current.place is PAGE
    page = sample.page
    sample.qtbot.waitUntil(
        lambda: page.panels is not None and page.panels.kind == "satisfaction", timeout=20_000
    )
    assert page.panels.names == (sample.journal.get(Client, 2).name,)
    assert page.view.verdict.text() == verdict


def test_without_records_a_sentence_says_so_and_nothing_is_drawn(sample):
    sample.desktop.desk.do(save_record, Client(name="New"), at=sample.desktop.desk.now())
    new = sample.journal.find(Client, "name = 'New'")[0]
    sample.desktop.open_client(new.id)
    sample.page.go_to("trust")
    card = sample.page.stack.currentWidget().insight
    sample.qtbot.waitUntil(lambda: card.panels is not None, timeout=20_000)
    assert card.verdict.text() == "No signal counts yet"
    assert not card.view.stack.isVisible()
    assert not card.view.turn.isVisible()
    sample.page.go_to("overview")
    sample.settle()
    shown = [one for one in sample.page.findChildren(InsightCard) if one.isVisible()]
    assert shown == []


def test_a_client_opened_again_begins_with_what_was_shown_and_asks_only_what_changed(
    sample,
):
    card = opened(sample, "communication")
    told = card.panels
    sample.desktop.open_client(2)
    sample.desktop.open_client(1)
    sample.page.go_to("communication")
    again = sample.page.stack.currentWidget().insight
    assert again.panels is told
    assert again.canvas.hover.panels is told
    mail = Interaction(client_id=1, at=sample.desktop.desk.now(), subject="Now?", who="Xu")
    sample.desktop.desk.do(save_record, mail, at=sample.desktop.desk.now())
    sample.qtbot.waitUntil(lambda: again.panels is not told, timeout=20_000)
    assert len(again.panels.insights[0].items) == len(told.insights[0].items) + 1


def test_of_questions_asked_quickly_the_last_alone_is_shown(sample, monkeypatch):
    card = opened(sample, "communication")
    shown, real = [], card.view.show_panels

    def show(panels):
        shown.append(panels.kind)
        real(panels)

    monkeypatch.setattr(card.view, "show_panels", show)
    pick(sample, card.questions, 3)
    assert card.questions.currentText() == "Who waits longer for whom?"
    drawn(sample, card, "mirror")
    sample.settle()
    assert shown == ["mirror"]
