"""The page of export: every form with what it is for, whose, and where it went."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from pmdesk.actions.openings import create_journal
from pmdesk.actions.outgoing.forms import BY_NAME, FORMS


@pytest.fixture
def choose(sample):
    """Choose a form by its sign, and write it to a place."""

    def chosen(form, target=None):
        page = sample.page
        sample.click(page.words(BY_NAME[form].title), page)
        if target is not None:
            page.write(target)

    return chosen


def _shown(page):
    return {one.text() for one in page.findChildren(QLabel) if one.isVisible()}


def _wait_for(sample, text):
    toast = sample.desktop.toast.text
    sample.qtbot.waitUntil(lambda: text in toast.text(), timeout=20_000)
    return toast.text()


def test_each_form_says_what_it_is_for_and_the_chosen_one_what_it_holds(sample, choose):
    sample.menu("Export…")
    assert {form.purpose for form in FORMS} <= _shown(sample.page)
    assert not any("passphrase" in text for text in _shown(sample.page))
    for form in FORMS:
        choose(form.name)
        assert _shown(sample.page) & {one.holds for one in FORMS} == {form.holds}
        wishes = {wish for (_, wish), box in sample.page.wishes.items() if box.isVisible()}
        assert wishes == set(form.also)
    choose("archive")
    sample.press(Qt.Key.Key_Down, widget=sample.page.focusWidget())
    assert sample.page.form is BY_NAME["json"]


def test_the_client_at_hand_goes_out_with_what_is_wished_and_the_toast_tells_where(
    sample, choose, tmp_path
):
    sample.desktop.open_client(2)
    sample.menu("Export…")
    assert sample.page.whose.currentText() == "Harbour Logistics"
    choose("ics", tmp_path / "a.ics")
    usual = _wait_for(sample, "Left out as internal")
    assert "a.ics: " in usual
    assert sample.desktop.toast.offer.text() == "Show in folder"
    sample.click("Also what is internal", sample.page)
    sample.page.write(tmp_path / "b.ics")
    assert "internal" not in _wait_for(sample, "b.ics: ")
    fewer, more = ((tmp_path / f"{name}.ics").read_text("utf-8") for name in "ab")
    assert 0 < fewer.count("BEGIN:VEVENT") < more.count("BEGIN:VEVENT")
    assert "Harbour Logistics: " in more
    assert "青松制造" not in more


def test_a_folder_of_its_own_is_made_where_the_person_says(sample, choose, tmp_path, monkeypatch):
    sample.menu("Export…")
    choose("csv")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    for ending in ("", " 2"):
        sample.click("Choose where…")
        told = _wait_for(sample, f"{ending}: ")
        sample.desktop.toast.text.setText("")
        day = f"{sample.desktop.desk.local_now():%Y-%m-%d}"
        folder = tmp_path / f"sample Tables (CSV) {day}{ending}"
        assert folder.name in told
        assert (folder / "expectation.csv").exists()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **_: (a[2], ""))
    choose("vcf")
    sample.click("Choose where…")
    _wait_for(sample, ".vcf: ")
    assert (tmp_path / f"sample {day}.vcf").read_bytes().startswith(b"BEGIN:VCARD")


def test_a_journal_with_a_passphrase_says_that_what_goes_out_has_none(driver, tmp_path, at):
    driver.app.use(create_journal(tmp_path / "secret.pmdesk", "correct horse", at=at))
    driver.settle()
    driver.menu("Export…")
    assert any("What goes out has none" in text for text in _shown(driver.page))


def test_what_cannot_be_written_is_told_on_the_page_and_choices_stay(sample, choose, tmp_path):
    sample.menu("Export…")
    (tmp_path / "file").write_text("x")
    choose("json", tmp_path / "file" / "a.json")
    problem = sample.page.problem
    sample.qtbot.waitUntil(problem.isVisible, timeout=20_000)
    assert "file is a file, no folder." in problem.text()
    assert sample.page.form is BY_NAME["json"]
    sample.page.write(tmp_path / "b.json")
    _wait_for(sample, "b.json: ")
    assert not problem.isVisible()
