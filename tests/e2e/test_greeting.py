"""A greeting from Today, and a birthday typed into a contact."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pmdesk.actions.openings import create_journal
from pmdesk.gui.pages.places import TODAY
from pmdesk.records.choices import Tongue
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact

from .by_key import key


def greetings(driver):
    """The rows of Today that ask for a greeting, once all is known."""
    owing = driver.desktop.desk.owing
    driver.qtbot.waitUntil(lambda: owing.today is not None and not owing.busy, timeout=20_000)
    driver.settle()
    return [row for row in owing.today.rows if row.owed.rule == "greet"]


def test_somebody_is_greeted_as_they_are_addressed(driver, tmp_path, at):
    journal = create_journal(tmp_path / "j.pmdesk", at=at)
    soon = (datetime.now(UTC) + timedelta(days=1)).date()
    with journal.action("Add", at=at) as act:
        pine = act.save(Client(name="Pine", zone="Europe/Berlin"))
        zhou = act.save(
            Contact(client_id=pine.id, name="周启明", honorific="主任", language=Tongue.ZH,
                    birthday=f"--{soon:%m-%d}")
        )  # fmt: skip
    driver.app.use(journal)
    driver.settle()
    driver.desktop.show_page(TODAY)
    assert [row.owed.what for row in greetings(driver)] == ["周启明"]
    rows = driver.page.rows
    rows.list.setFocus()
    rows.list.choose_near(rows.items.index(greetings(driver)[0]))
    key(driver, Qt.Key.Key_Return)
    panel = driver.desktop.panel
    assert panel.text.toPlainText().startswith("周主任，您好：\n\n生日快乐！")
    panel.language.setCurrentIndex(panel.language.findData("en"))
    assert panel.text.toPlainText().startswith("Dear 周启明,\n\nHappy birthday!")
    panel.text.setPlainText("Dear Qiming, all the best!")
    panel.language.setCurrentIndex(panel.language.findData("zh"))
    panel.language.setCurrentIndex(panel.language.findData("en"))
    driver.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, panel.text)
    assert QApplication.clipboard().text() == "Dear Qiming, all the best!"
    driver.click("Greeted", driver.window)
    driver.settle()
    driver.qtbot.waitUntil(lambda: greetings(driver) == [], timeout=4000)
    driver.menu("Undo")
    driver.qtbot.waitUntil(lambda: len(greetings(driver)) == 1, timeout=4000)

    driver.desktop.edit(journal.get(Contact, zhou.id))
    driver.qtbot.wait(20)
    line, lunar = driver.field("birthday"), driver.field("birthday_lunar")
    line.setFocus()
    line.selectAll()
    driver.type("闰四月初十")
    assert "lunar 闰四月初十" in line.accessibleDescription()
    driver.press(Qt.Key.Key_Tab, widget=line)
    assert (line.text(), lunar.isChecked()) == ("04L-10", True)
    driver.qtbot.waitUntil(
        lambda: journal.get(Contact, zhou.id).birthday == "--04L-10", timeout=4000
    )
    line.setFocus()
    line.selectAll()
    driver.type("soon")
    driver.press(Qt.Key.Key_Tab, widget=line)
    assert line.property("problem")
    assert line.text() == "soon"
    assert journal.get(Contact, zhou.id).birthday == "--04L-10"
