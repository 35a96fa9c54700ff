"""How a person waits for the pages of a report, has them set anew, and saves them."""

from pypdf import PdfReader
from PySide6.QtCore import Qt


def wait_for_pages(driver):
    driver.qtbot.waitUntil(lambda: "Setting" not in driver.page.remark.text(), timeout=20_000)


def anew(driver, act):
    """Do something that has the pages set anew, and wait for them."""
    act()
    driver.qtbot.wait(10)
    wait_for_pages(driver)


def saved(driver, tmp_path, suffix=".pdf"):
    target = tmp_path / f"report{suffix}"
    target.unlink(missing_ok=True)
    driver.page.write(target)
    driver.qtbot.waitUntil(target.exists, timeout=20_000)
    driver.settle()
    return target


def text_of(path):
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def choose(driver, kind):
    box = driver.page.which
    box.setCurrentIndex(box.findData(kind))
    box.activated.emit(box.currentIndex())
    driver.qtbot.waitUntil(lambda: driver.page.kind.name == kind)
    driver.qtbot.wait(20)
    wait_for_pages(driver)


def type_day(driver, box, text):
    box.setFocus()
    box.selectAll()
    driver.press(Qt.Key.Key_Delete, widget=box)
    driver.type(text, box)
    driver.press(Qt.Key.Key_Tab, widget=box)
