"""The real window on a real journal file, driven by keyboard and mouse."""

from contextlib import contextmanager
from shutil import copyfile

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from pmdesk.actions.openings import create_journal
from pmdesk.actions.sample import create_sample
from pmdesk.gui.app import App
from pmdesk.gui.pages.places import REPORT
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from tests.conftest import NOW
from tests.e2e.report_pages import wait_for_pages


class Driver:
    """What a person does to the window."""

    def __init__(self, qtbot, app):
        self.qtbot, self.app = qtbot, app
        self.window = app.window

    @property
    def desktop(self):
        return self.window.desktop

    @property
    def page(self):
        return self.desktop.page()

    @property
    def journal(self):
        return self.app.desk.journal

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier, widget=None):
        target = widget or self.window.focusWidget() or self.window
        self.qtbot.keyClick(target, key, modifier)

    def type(self, text, widget=None):
        for character in text:
            target = widget or self.window.focusWidget()
            if character == "\n":
                self.qtbot.keyClick(target, Qt.Key.Key_Return)
            elif character.isascii():
                self.qtbot.keyClicks(target, character)
            else:
                target.insert(character) if hasattr(target, "insert") else target.insertPlainText(
                    character
                )

    def click(self, text, within=None):
        """Click the button of that text, else the first one that begins with it."""

        def found():
            begin = [
                b
                for b in (within or self.window).findChildren(QAbstractButton)
                if b.text().strip().startswith(text) and b.isVisible() and b.isEnabled()
            ]
            return sorted(begin, key=lambda b: b.text().strip() != text)

        self.qtbot.waitUntil(lambda: bool(found()), timeout=3000)
        # the box itself: a tick box is as wide as its column, but only its text can be clicked
        widget = found()[0]
        self.qtbot.mouseClick(
            widget, Qt.MouseButton.LeftButton, pos=QPoint(12, widget.height() // 2)
        )

    def wheel(self, widget, notches=-1):
        """Turn the wheel over the middle of a widget, as the system tells the window of it."""
        place = QPointF(widget.mapTo(self.window, widget.rect().center()))
        QTest.wheelEvent(self.window.windowHandle(), place, QPoint(0, 120 * notches))
        self.qtbot.wait(20)

    def menu(self, text):
        """Trigger the menu entry of that text, as its key would."""
        from PySide6.QtGui import QAction

        # a step of the log is named behind the word: “Undo: Added …”
        names = (text, f"{text}: ")
        (found,) = [
            a
            for a in self.window.findChildren(QAction)
            if a.text() == text or a.text().startswith(names[1])
        ]
        found.trigger()
        self.qtbot.wait(20)

    def field(self, name, within=None):
        self.qtbot.wait(5)  # a panel just made is shown by the next turn of the event loop
        found = (within or self.desktop.panel).findChild(QWidget, name)
        assert found is not None, name
        return found

    def settle(self):
        """Wait until nothing runs in the background and all of it has been shown."""
        QThreadPool.globalInstance().waitForDone()
        self.qtbot.wait(20)

    @contextmanager
    def held(self):
        """Another writer holds the journal: what was begun beside the window cannot go on."""
        with Journal.open(self.journal.path) as other:
            other.conn.execute("BEGIN IMMEDIATE")
            yield
            other.conn.execute("ROLLBACK")

    def told(self):
        """The texts on the page, once nothing is asked any more and all that comes later is there."""
        self.qtbot.waitUntil(lambda: not self.desktop.desk.relations.busy, timeout=20000)
        looks = [None, None, self._told()]
        while not looks[-3] == looks[-2] == looks[-1]:  # a chart that is drawn holds up one look
            self.qtbot.wait(60)
            QThreadPool.globalInstance().waitForDone()
            looks.append(self._told())
        return looks[-1]

    def _told(self):
        return [found.text() for found in self.page.findChildren(QLabel) if found.isVisible()]


@pytest.fixture
def app(qtbot, qapp, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    made = App(qapp)
    made.settings.language = "en"
    made.settings.backups = False  # the tests of backups want them
    made.settings.tips = False  # those of tips want these
    made.words = made.wear()
    qtbot.addWidget(made.window)
    made.window.resize(1180, 780)
    made.window.show()
    yield made
    QThreadPool.globalInstance().waitForDone()
    made.close_journal()


@pytest.fixture
def driver(qtbot, app):
    return Driver(qtbot, app)


@pytest.fixture
def sample(driver, copy_of, tmp_path, at):
    """The window on the sample journal."""
    driver.app.use(copy_of(create_sample, tmp_path / "sample.pmdesk", at=at))
    driver.settle()
    return driver


@pytest.fixture
def reports(sample):
    sample.desktop.open_client(1)
    sample.click("Reports")
    assert sample.desktop.current.place is REPORT
    wait_for_pages(sample)
    return sample


@pytest.fixture(scope="session")
def encrypted(tmp_path_factory):
    """A small journal under the passphrase "one", made once."""
    path = tmp_path_factory.mktemp("encrypted") / "secret.pmdesk"
    with create_journal(path, "one", at=NOW) as journal, journal.action("Add", at=NOW) as act:
        for name in ("Pine", "Birch"):
            act.save(Client(name=name, mail=(f"@{name.lower()}.example",)))
    return path


@pytest.fixture
def secret(driver, encrypted, tmp_path):
    """The window on that journal."""
    driver.app.use(Journal.open(copyfile(encrypted, tmp_path / "secret.pmdesk"), "one"))
    driver.settle()
    return driver
