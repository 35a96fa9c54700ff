"""A report in the window: its kind, parts, own points, both languages, kept and begun again, zoom, paper."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document as WordFile
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QMenu

from pmdesk.actions.keep_report import copies_of
from pmdesk.charts.insights.kinds import INSIGHTS
from pmdesk.gui.pages.places import CLIENTS, JOURNAL_REPORT, REPORT
from pmdesk.gui.printing import paint_pages
from pmdesk.journal import blobs
from pmdesk.records.client import Client
from pmdesk.records.feedback import ReportSent
from pmdesk.records.interaction import Interaction
from pmdesk.records.minutes import Minutes
from pmdesk.records.project import Project
from pmdesk.records.trust import Promise
from pmdesk.report.asks import Request, request_of
from pmdesk.report.kinds import REPORTS
from tests.e2e.report_pages import anew, choose, saved, text_of, type_day, wait_for_pages

# What the platform without a screen says of menus.
pytestmark = pytest.mark.qt_log_ignore("does not support")


def test_parts_are_left_out_and_moved_by_the_menu(reports, tmp_path):
    question = next(q for q in reports.page.questions if q.field == "parts")
    question.box.click()
    menu = next(one for one in question.box.findChildren(QMenu) if one.isVisible())
    anew(reports, next(act for act in menu.actions() if act.text() == "Promises").trigger)
    menu.close()
    text = text_of(saved(reports, tmp_path))
    assert "What was promised" not in text
    question.box.click()
    menu = next(one for one in question.box.findChildren(QMenu) if one.isVisible())
    upwards = next(act.menu() for act in menu.actions() if act.menu() is not None)
    before = question.answer()
    anew(reports, next(act for act in upwards.actions() if act.text() == "Problems").trigger)
    after = question.answer()
    assert after.index("problems") == before.index("problems") - 1


def test_both_languages_stand_in_one_file(reports, tmp_path):
    box = next(q.box for q in reports.page.questions if q.field == "language")
    box.setCurrentIndex(box.findData("both"))
    anew(reports, lambda: box.activated.emit(box.currentIndex()))
    text = text_of(saved(reports, tmp_path))
    assert "Expectations" in text
    assert "期望" in text


def test_what_was_sent_begins_the_next_one(reports):
    days = next(q for q in reports.page.questions if q.field == "period")
    for box, day in ((days.first, "2026-11-01"), (days.last, "2026-11-30")):
        box.setFocus()
        box.selectAll()
        reports.type(day, box)
        reports.press(Qt.Key.Key_Return, widget=box)
    wait_for_pages(reports)
    assert not reports.page.again.isVisible()
    reports.click("Keep as sent")
    reports.qtbot.waitUntil(reports.page.again.isVisible, timeout=20_000)
    (sent,) = reports.journal.find(ReportSent, "form = 'client'")
    assert request_of(sent.wanted).period == (date(2026, 11, 1), date(2026, 11, 30))
    (copy,) = copies_of(reports.journal, "report", sent.id)
    assert blobs.read(reports.journal, copy.hash).startswith(b"%PDF")
    anew(reports, lambda: reports.click("Same as last time"))
    assert (days.first.text(), days.last.text()) == ("2026-12-01", "2026-12-31")


@pytest.mark.parametrize("typed", ["soon", "-9999", "0001-01-01", "99999-12-31", "第三天"])
def test_a_day_that_is_none_stays_as_typed_and_is_marked_where_it_stands(reports, typed):
    days = next(q for q in reports.page.questions if q.field == "period")
    type_day(reports, days.last, typed)
    assert days.last.text() == typed
    assert days.last.property("problem")
    assert days.last.accessibleDescription().startswith(f"“{typed}” is no date.")
    assert days.last.accessibleDescription() in reports.page.problem.text()
    assert not days.first.property("problem")
    anew(reports, lambda: type_day(reports, days.last, "２０２６－１１－２０"))
    assert days.last.text() == "2026-11-20"
    assert not days.last.property("problem")
    assert reports.page.problem.isHidden()
    type_day(reports, days.first, "2026-11-21")
    assert days.last.property("problem")
    assert days.last.accessibleDescription() == "The last day lies before the first."


def test_pages_grow_and_shrink_by_key(reports):
    page = reports.page
    width = page.pages._shown[0].width()
    page.pages.setFocus()
    anew(reports, lambda: reports.press(Qt.Key.Key_Plus))
    assert page.zoomed.text() == "125%"
    assert page.pages._shown[0].width() == pytest.approx(width * 1.25, rel=0.02)
    anew(reports, lambda: reports.press(Qt.Key.Key_Minus))
    anew(reports, lambda: reports.press(Qt.Key.Key_Minus))
    assert page.pages._shown[0].width() < width
    anew(reports, lambda: reports.click("80%"))
    assert page.pages._shown[0].width() == width


def test_the_pages_go_on_paper_as_they_were_set(reports, tmp_path):
    from pmdesk.actions.reports import report_pictures
    from pmdesk.report.asks import Request

    pictures = report_pictures(
        reports.journal, REPORTS["client"], reports.page.client, Request("en"),
        at=reports.desktop.desk.now(), ppi=60,
    )  # fmt: skip
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setFullPage(True)
    paint_pages(printer, pictures)
    reader = PdfReader(tmp_path / "paper.pdf")
    assert len(reader.pages) == len(pictures)
    assert len(reader.pages[0].images) == 1


OPEN = [
    kind for kind in REPORTS.values() if kind.of == "client" and any(p.open for p in kind.parts)
]


@pytest.mark.parametrize("kind", OPEN, ids=lambda kind: kind.name)
def test_points_are_rewritten_in_place_before_it_goes(reports, tmp_path, kind):
    choose(reports, kind.name)
    anew(reports, lambda: reports.click("Rewrite points"))
    name, field = next(iter(reports.page.points._fields.items()))
    before = field.toPlainText()
    field.setFocus()
    field.selectAll()
    reports.type("Agree on hall 2\n  by Friday", field)
    reports.qtbot.waitUntil(lambda: reports.page.points.texts() != ())
    reports.qtbot.wait(800)
    wait_for_pages(reports)
    text = text_of(saved(reports, tmp_path))
    assert "Agree on hall 2" in text
    assert "by Friday" in text
    if kind.word:
        made = WordFile(BytesIO(saved(reports, tmp_path, ".docx").read_bytes()))
        assert any("Agree on hall 2" in one.text for one in made.paragraphs)
    anew(reports, lambda: reports.click("As in the journal"))
    assert reports.page.points.texts() == ()
    assert reports.page.points._fields[name].toPlainText() == before


FORMS = [
    kind for kind in REPORTS.values() if kind.of not in {"client", "journal", "client_or_journal"}
]


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.name)
def test_a_record_leads_to_its_form(reports, tmp_path, kind):
    rows = reports.journal.rows(f"SELECT id FROM {kind.of} WHERE client_id IS NOT NULL LIMIT 1")
    if not rows:
        assert kind.of == "minutes"  # the sample has none
        contact = reports.journal.find(Interaction, "client_id IS NOT NULL", limit=1)[0]
        with reports.journal.action("Add", at=reports.desktop.desk.now()) as act:
            made = act.save(Minutes(client_id=contact.client_id, interaction_id=contact.id, what="Hall 2"))  # fmt: skip
        rows = [(made.id,)]
    reports.desktop.show_record(kind.of, rows[0][0])
    reports.qtbot.wait(30)
    words = reports.app.words
    if reports.desktop.panel is not None:
        reports.click(words("As {report}…", report=words(kind.title)), reports.desktop.panel)
    else:
        reports.desktop.desk.show_report(kind.name, reports.desktop.client().id, rows[0][0])
    assert reports.desktop.current.place is REPORT
    wait_for_pages(reports)
    assert (reports.page.kind.name, reports.page.about) == (kind.name, rows[0][0])
    assert len(text_of(saved(reports, tmp_path))) > 50


def test_registers_and_portfolio_of_all_clients_are_set_and_saved(sample, tmp_path):
    sample.menu("Clients")
    sample.click("Reports…", sample.page)
    assert sample.desktop.current.place is JOURNAL_REPORT
    wait_for_pages(sample)
    page = sample.page
    offered = {page.which.itemData(n) for n in range(page.which.count())}
    assert offered == {"registers", "portfolio"}
    assert page.remark.text().startswith("All clients")
    assert not page.keep_button.isVisible()
    choose(sample, "registers")
    names = {client.name for client in sample.journal.find(Client)}
    book = load_workbook(saved(sample, tmp_path, ".xlsx"))
    whose = {row[0].value for row in book["Promises"].iter_rows(min_row=2)}
    assert len(whose & names) > 1
    choose(sample, "portfolio")
    assert not page.excel_button.isVisible()
    text = text_of(saved(sample, tmp_path))
    assert all(name in text for name in names)
    sample.click("Back", page)
    assert sample.desktop.current.place is CLIENTS


def test_what_is_of_the_whole_journal_alone_is_not_offered_of_a_client(reports):
    offered = {reports.page.which.itemData(n) for n in range(reports.page.which.count())}
    assert "registers" in offered
    assert not offered & {"portfolio", "change"}


def test_a_report_is_of_one_project_and_begun_again_of_it(reports, at, tmp_path):
    with reports.journal.action("Add", at=at) as act:
        project = act.save(Project(client_id=1, name="Line 9"))
        act.save(Promise(client_id=1, project_id=project.id, what="Of line 9", to_whom="Xu"))
        act.save(Promise(client_id=1, what="Of no line", to_whom="Xu"))
    choose(reports, "status")
    (question,) = [one for one in reports.page.questions if one.field == "project"]
    assert question.box.isVisible()
    question.box.setCurrentIndex(question.box.findText("Line 9"))
    anew(reports, lambda: question.box.activated.emit(question.box.currentIndex()))
    text = text_of(saved(reports, tmp_path))
    assert "Of line 9" in text
    assert "Of no line" not in text
    reports.click("Keep as sent")
    reports.qtbot.waitUntil(reports.page.again.isVisible, timeout=20_000)
    question.use(0)
    anew(reports, lambda: reports.click("Same as last time"))
    assert question.answer() == project.id


def test_no_project_is_asked_for_where_a_client_has_none(sample, at):
    with sample.journal.action("Add", at=at) as act:
        elm = act.save(Client(name="Elm"))
    sample.desktop.show_page(REPORT, elm.id)
    wait_for_pages(sample)
    (question,) = [one for one in sample.page.questions if one.field == "project"]
    assert not question.box.isVisible()


def menu_of(driver, field):
    question = next(q for q in driver.page.questions if q.field == field)
    question.box.click()
    menu = next(one for one in question.box.findChildren(QMenu) if one.isVisible())
    return question, {act.text(): act for act in menu.actions() if act.isCheckable()}


def test_charts_are_taken_in_and_left_out_by_the_menu(reports, tmp_path):
    question, acts = menu_of(reports, "charts")
    chosen = [text for text, act in acts.items() if act.isChecked()]
    assert chosen == ["Is what is what they expect?", "Are we on schedule and in budget?",
                      "Do we keep what we promise?"]  # fmt: skip
    assert "Whom must we win?" not in acts
    assert question.answer() is None
    anew(reports, acts["Are they satisfied?"].trigger)
    _, acts = menu_of(reports, "charts")
    anew(reports, acts["Is what is what they expect?"].trigger)
    assert question.answer() == ("plan", "promises", "satisfaction")
    text = text_of(saved(reports, tmp_path))
    assert "Satisfaction" in text
    assert "Expected and actual" not in text


def test_another_edition_has_charts_of_its_own_and_what_was_chosen_stays(reports):
    edition = next(q.box for q in reports.page.questions if q.field == "edition")

    def take(name):
        edition.setCurrentIndex(edition.findData(name))
        anew(reports, lambda: edition.activated.emit(edition.currentIndex()))

    question = next(q for q in reports.page.questions if q.field == "charts")
    take("internal")
    _, acts = menu_of(reports, "charts")
    assert [name for name, act in acts.items() if act.isChecked()][
        -1
    ] == "What does their trust rest on?"
    assert len(acts) == len(INSIGHTS)
    anew(reports, acts["Whom must we win?"].trigger)
    assert question.answer()[-1] == "people"
    take("client")
    assert question.answer() == ("gaps",)


def test_what_was_sent_internally_begins_with_its_own_parts_and_charts(reports):
    wanted = replace(
        Request("zh", edition="internal"), parts=("health", "promises"), charts=("risks", "gaps")
    )
    anew(reports, lambda: reports.page.use("client", 0, wanted))
    asked = reports.page.request()
    assert (asked.parts, asked.charts) == (("health", "promises"), ("risks", "gaps"))
    assert (asked.language, asked.edition) == ("zh", "internal")
