"""Evidence packs in the window: what goes in is seen before, written beside it, and checked by name."""

import zipfile

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget

from pmdesk.exchange.pack import file_sum, verify_pack
from pmdesk.gui.pages.places import CHECK_PACK, EVIDENCE
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import Issue


@pytest.fixture
def matter(sample, at):
    """The window on the pack of a problem that has two options, one of them internal."""
    with sample.journal.action("Add", at=at) as act:
        issue = act.save(Issue(client_id=1, statement="Pump stands", found_at=at, told_at=at))
        of_it = {"client_id": 1, "issue_id": issue.id, "offered_on": at.date()}
        act.save(Option(**of_it, title="Rent a pump"))
        act.save(Option(**of_it, title="Sue the maker", internal=True))
    sample.desktop.open_client(1)
    sample.desktop.show_record("issue", issue.id)
    sample.click("Evidence pack…", sample.desktop.panel)
    looked_through(sample)
    return sample


def looked_through(driver):
    """Wait until what is asked for was looked through."""
    page = driver.page
    driver.qtbot.waitUntil(lambda: not page._soon.isActive() and page._task is None, timeout=20_000)


def inside(driver):
    model = driver.page.table.model()
    return [model.index(n, 0).data() for n in range(model.rowCount())]


def listed(widget: QListWidget):
    return [widget.item(n).text() for n in range(widget.count())]


def answer(driver, field, value):
    (question,) = [one for one in driver.page.questions if one.field == field]
    question.box.setCurrentIndex(question.box.findData(value))
    question.box.activated.emit(question.box.currentIndex())
    looked_through(driver)


def written(driver, target):
    driver.page.write(target)
    driver.qtbot.waitUntil(target.exists, timeout=30_000)
    driver.qtbot.waitUntil(lambda: not driver.desktop.desk.work.running, timeout=5000)
    return target


def test_a_record_leads_to_its_pack_and_what_belongs_to_it_is_seen_before(matter):
    assert matter.desktop.current.place is EVIDENCE
    assert "Pump stands" in matter.page.matter.currentText()
    assert inside(matter) == ["Rent a pump", "Pump stands"]
    assert "records: 2" in matter.page.inside.remark.text()
    assert listed(matter.page.reasons) == [
        "Records that are internal only, or not yet told to the client: 1"
    ]
    answer(matter, "edition", "internal")
    assert sorted(inside(matter)) == ["Pump stands", "Rent a pump", "Sue the maker"]
    assert listed(matter.page.reasons) == ["Nothing was left out."]


def test_the_pack_is_written_beside_the_window_and_its_sum_is_told(matter, tmp_path):
    answer(matter, "language", "zh")
    target = written(matter, tmp_path / "pack.zip")
    findings, files = verify_pack(target)
    assert (findings, files) == ([], 4)
    with zipfile.ZipFile(target) as pack:
        texts = [pack.read(name).decode() for name in pack.namelist() if name.startswith("rec")]
    assert ["泵" in one or "Pump" in one for one in texts] == [False, True]
    assert not any("Sue the maker" in one for one in texts)
    sum_ = file_sum(target)
    assert sum_ in matter.desktop.notice.text.text()
    matter.click("Copy its SHA-256")
    assert QGuiApplication.clipboard().text() == sum_


def test_words_and_days_narrow_it_and_an_empty_pack_is_not_offered(matter):
    page = matter.page
    matter.type("rent", page.text)
    looked_through(matter)
    assert inside(matter) == ["Rent a pump"]
    matter.type("zzz", page.text)
    looked_through(matter)
    assert "No dated record fits" in page.problem.text()
    assert not page.save_button.isEnabled()


def test_a_day_that_is_none_is_told_and_stays_as_typed(matter):
    page = matter.page
    (days,) = [one for one in page.questions if one.field == "period"]
    days.first.setText("32 March")
    days.first.editingFinished.emit()
    assert "32 March" in page.problem.text()
    assert days.first.text() == "32 March"
    assert not page.save_button.isEnabled()


def test_everything_of_a_client_is_a_command_and_stopped_leaves_no_file(sample, tmp_path):
    sample.menu("Evidence pack…")
    assert sample.desktop.toast._said == "Open a client first."
    sample.desktop.open_client(1)
    sample.menu("Evidence pack…")
    looked_through(sample)
    assert sample.page.matter.currentText() == "Everything of the client"
    assert len(inside(sample)) > 100
    sample.page.write(tmp_path / "pack.zip")
    sample.click("Cancel", sample.desktop.work_bar)
    sample.qtbot.waitUntil(lambda: not sample.desktop.desk.work.running, timeout=20_000)
    assert list(tmp_path.glob("pack*")) == []


def test_what_became_empty_meanwhile_is_told_and_not_written(matter, tmp_path):
    matter.page.text.setText("zzz")
    matter.page.write(tmp_path / "pack.zip")
    matter.qtbot.waitUntil(matter.desktop.notice.isVisible, timeout=20_000)
    assert "No dated record fits" in matter.desktop.notice.text.text()
    assert list(tmp_path.glob("pack*")) == []


def test_a_file_that_cannot_be_written_is_told(matter, tmp_path):
    (tmp_path / "file").write_text("x")
    matter.page.write(tmp_path / "file" / "pack.zip")
    matter.qtbot.waitUntil(matter.desktop.notice.isVisible, timeout=20_000)
    assert "could not be written" in matter.desktop.notice.text.text()


@pytest.fixture
def checked(matter, tmp_path):
    """Looks at a pack, and gives the page that says what was found."""
    made = written(matter, tmp_path / "pack.zip")
    matter.click("Check a pack…", matter.page)
    assert matter.desktop.current.place is CHECK_PACK

    def look(change=None):
        path = made
        if change is not None:
            path = tmp_path / "other.zip"
            change(made, path)
        matter.page.check(path)
        matter.qtbot.waitUntil(lambda: matter.page._task is None, timeout=20_000)
        return matter.page

    return look


def tamper(made, path):
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name != "README.txt":
                new.writestr(name, old.read(name) + b"x" * name.startswith("records/0002"))
        new.writestr("new\n.txt", b"1")


def test_a_pack_as_it_was_is_unchanged_and_known_by_its_sum(checked):
    page = checked()
    assert page.verdict.text() == "✓ Unchanged since it was made: 4 files"
    assert not page.list.isVisible()
    page.noted.setText(f" {page.sum.upper()}\n")
    assert page.same.text().startswith("✓")
    page.noted.setText("0" * 64)
    assert "another" in page.same.text()
    page.noted.clear()
    assert "written down elsewhere" in page.same.text()


def test_each_file_that_is_not_as_it_was_is_named(checked):
    page = checked(tamper)
    assert "3 files" in page.verdict.text()
    found = listed(page.list)
    assert "README.txt: missing" in found
    assert "new\\n.txt: was not in the pack when it was made" in found
    assert any("records/0002" in one and "changed" in one for one in found)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _made, path: path.write_bytes(b"no pack"), "is no pack of PM Desk"),
        (lambda _made, _path: None, "cannot be read"),
    ],
    ids=["something else", "gone"],
)
def test_what_is_no_pack_is_told(checked, change, said):
    assert checked().sum
    page = checked(change)
    assert said in page.verdict.text()
    assert page.sum == page.told_sum.text() == ""
    page.noted.setText("0" * 64)
    assert "written down elsewhere" in page.same.text()
