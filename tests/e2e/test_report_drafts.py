"""What is rewritten for a report is kept as a draft until the report is kept."""

import pytest

from pmdesk.gui.pages.places import REPORT
from tests.e2e.report_pages import anew, choose, saved, text_of, type_day, wait_for_pages

# What the platform without a screen says of menus.
pytestmark = pytest.mark.qt_log_ignore("does not support")


def rewrite(driver, text):
    """Rewrite the first open part by keyboard; what the journal says there."""
    if not driver.page.points.isVisible():
        anew(driver, lambda: driver.click("Rewrite points"))
    field = first_field(driver)
    said = field.toPlainText()
    field.setFocus()
    field.selectAll()
    driver.type(text, field)
    return said


def first_field(driver):
    return next(iter(driver.page.points._fields.values()))


def come_back(driver, client=1):
    """Leave the page for another client's, which takes its place, and open it again."""
    driver.desktop.desk.show_report("client", 2)
    wait_for_pages(driver)
    driver.desktop.desk.show_report("client", client)
    assert driver.page.client.id == client
    wait_for_pages(driver)


def answer(driver, field, value):
    box = next(q.box for q in driver.page.questions if q.field == field)
    box.setCurrentIndex(box.findData(value))
    anew(driver, lambda: box.activated.emit(box.currentIndex()))


def test_rewritten_points_are_taken_up_again_and_can_be_discarded(reports, tmp_path):
    said = rewrite(reports, "Agree on hall 2")
    come_back(reports)
    points = reports.page.points
    assert points.isVisible()
    assert reports.page.rewrite.isChecked()
    assert first_field(reports).toPlainText() == "Agree on hall 2"
    assert "Taken up where you left off" in points._sentence.text()
    assert "Agree on hall 2" in text_of(saved(reports, tmp_path))
    anew(reports, lambda: reports.click("Discard draft"))
    assert first_field(reports).toPlainText() == said
    assert not points.taken_up.isVisible()
    come_back(reports)
    assert reports.page.points.texts() == ()
    assert not reports.page.rewrite.isChecked()


def test_what_is_written_belongs_to_one_kind_edition_and_language(reports):
    rewrite(reports, "Agree on hall 2")
    for field, value, back in (("language", "zh", "en"), ("edition", "internal", "client")):
        answer(reports, field, value)
        assert reports.page.points.texts() == ()
        assert "Agree on hall 2" not in first_field(reports).toPlainText()
        answer(reports, field, back)
        assert first_field(reports).toPlainText() == "Agree on hall 2"
    choose(reports, "status")
    assert reports.page.points.texts() == ()
    assert reports.page.rewrite.isChecked()
    choose(reports, "client")
    assert first_field(reports).toPlainText() == "Agree on hall 2"


def test_what_is_written_goes_along_to_other_days_and_both_find_it_again(reports):
    days = next(q for q in reports.page.questions if q.field == "period")
    rewrite(reports, "Agree on hall 2")
    anew(reports, lambda: type_day(reports, days.first, "2026-11-01"))
    assert first_field(reports).toPlainText() == "Agree on hall 2"
    rewrite(reports, "Agree on hall 3")
    anew(reports, lambda: type_day(reports, days.first, ""))
    assert first_field(reports).toPlainText() == "Agree on hall 2"
    come_back(reports)
    assert first_field(reports).toPlainText() == "Agree on hall 2"
    days = next(q for q in reports.page.questions if q.field == "period")
    anew(reports, lambda: type_day(reports, days.first, "2026-11-01"))
    assert first_field(reports).toPlainText() == "Agree on hall 3"


def test_a_draft_is_gone_once_the_report_is_kept(reports):
    days = next(q for q in reports.page.questions if q.field == "period")
    rewrite(reports, "Agree on hall 2")
    anew(reports, lambda: type_day(reports, days.first, "2026-11-01"))
    reports.click("Keep as sent")
    reports.qtbot.waitUntil(reports.page.again.isVisible, timeout=20_000)
    assert first_field(reports).toPlainText() == "Agree on hall 2"
    assert reports.journal.rows("SELECT key FROM draft") == []
    come_back(reports)
    assert reports.page.points.texts() == ()


def test_what_cannot_be_kept_as_a_draft_keeps_the_page(reports):
    rewrite(reports, "Agree on hall 2")
    with reports.held():
        reports.desktop.open_client(1)
        assert reports.desktop.current.place is REPORT
        assert "busy" in reports.page.problem.text()
    reports.desktop.open_client(1)
    assert reports.desktop.current.place is not REPORT
