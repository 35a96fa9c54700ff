"""A window that locks by itself while something stands half typed: unlocked, all of it is there."""

import json
import os
from contextlib import suppress
from importlib import util
from pathlib import Path

from pmdesk.actions.sample import create_sample
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS
from tests.conftest import NOW
from tests.endure.trial import ENCRYPTED, NotRun, Trial, Tried

LOCKS = 500
_LONG_MS = 20_000
_LOOK_MS = 10
_PIECES = ("call back ", "延期的原因 ", "50% ", "“quoted” ", "a|b ", "\\n {0} ", "👍 ", "Ω≈ç ", "2026-13-40 ", "#x ")  # fmt: skip
_KINDS = (
    "interaction", "promise", "issue", "change_request", "expectation", "need", "contact",
    "project", "complaint", "crisis_plan", "key_date", "opportunity", "appointment", "client",
)  # fmt: skip


class Person:
    """Somebody at the window."""

    def __init__(self, app, chance, folder):
        from PySide6.QtTest import QTest

        self.app, self.chance, self.folder, self.test = app, chance, folder, QTest
        self.number, self.token = 0, ""

    @property
    def desktop(self):
        return self.app.window.desktop

    def wait_until(self, what):
        """Whether it came true in time."""
        for _ in range(_LONG_MS // _LOOK_MS):
            if what():
                return True
            self.test.qWait(_LOOK_MS)
        return False

    def begin_to_type(self):
        """Open some editor; a field of it that can be typed into, and the editor's name."""
        from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

        from pmdesk.gui.pages.places import SEARCH

        desktop, way = self.desktop, self.chance.randrange(10)
        client = self.chance.choice(desktop.desk.journal.find(Client))
        if way == 0:
            desktop.begin_capture()
            return desktop.capture.line, "capture"
        if way == 1:
            desktop.show_page(SEARCH)
            return desktop.page().line, "search"
        if way == 2:
            name = "minutes"
            desktop.open_client(client.id)
            desktop.write_minutes(client, None)
        else:
            name = self.chance.choice(_KINDS)
            cls = KINDS[name].cls
            known = desktop.desk.journal.find(cls, order="id DESC", limit=20)
            if known and self.chance.random() < 0.5:
                desktop.edit(self.chance.choice(known))
            else:
                desktop.edit(
                    cls(client_id=client.id) if KINDS[name].client == "client_id" else cls()
                )
        QApplication.processEvents()
        self.test.qWait(10)
        fields = [
            field
            for shape in (QLineEdit, QPlainTextEdit, QTextEdit)
            for field in desktop.panel.findChildren(shape)
            if field.isVisible() and field.isEnabled() and not field.isReadOnly()
            and not field.parent().inherits("QAbstractSpinBox")
        ]  # fmt: skip
        return self.chance.choice(fields), name

    def type(self, field):
        """Type something as a person does, now and then with a pause; what the field then says."""
        field.setFocus()
        self.number += 1
        # what it begins with stands nowhere else, not even by chance in what is encrypted
        self.token = f"typed{self.number:07d}"
        pieces = self.chance.choices(_PIECES, k=self.chance.randint(0, 5))
        for piece in (f"{self.token} ", *pieces):
            if piece.isascii():
                self.test.keyClicks(field, piece)
            else:
                (field.insert if hasattr(field, "insert") else field.insertPlainText)(piece)
            if self.chance.random() < 0.4:
                self.test.qWait(self.chance.choice((1, 30, 150, 500, 900)))
        # of one line no white space is kept around it, as everywhere in the program
        return field.text().strip() if hasattr(field, "text") else field.toPlainText()

    def idle(self):
        """Nobody does anything for so long that the window locks; whether the journal is closed then."""
        locking = self.app.locking
        if locking.idle is None:
            locking._later.stop()
            locking._watch()
        usual = locking.idle.clock
        locking.idle.clock = lambda: usual() + 3_600
        locking.idle.look()
        locking.idle.clock = usual
        return self.wait_until(lambda: locking.is_closed)

    def unlock(self, passphrase):
        from PySide6.QtCore import Qt

        line = self.app.page.field.line
        line.setText(passphrase)
        self.test.keyClick(line, Qt.Key.Key_Return)
        return self.wait_until(lambda: self.desktop is not None)

    def shown(self):
        """Every text that can be edited in the window."""
        from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit

        found = [one.text() for one in self.app.window.findChildren(QLineEdit)]
        for shape in (QPlainTextEdit, QTextEdit):
            found += [one.toPlainText() for one in self.app.window.findChildren(shape)]
        return found

    def kept(self, text):
        """Where a text is now: shown, saved or a draft."""
        journal = self.desktop.desk.journal
        if any(text in one for one in self.shown()):
            return "shown again where it was typed"
        drafts = [json.loads(row[0]) for row in journal.rows("SELECT content FROM draft")]
        if any(text in one for one in _texts(drafts)):
            return "kept as a draft"
        for kind in KINDS.values():
            for record in journal.find(kind.cls):
                # of a list each item for itself: a list as a text doubles a backslash
                if any(text.strip() in one for one in _texts([*vars(record).values()])):
                    return "saved"
        return ""

    def outside(self):
        """Files that tell what was typed last outside of the encrypted journal."""
        needles = [self.token.encode(), self.token.encode("utf-16-le")]
        found = []
        for path in self.folder.rglob("*"):
            with suppress(FileNotFoundError, IsADirectoryError):  # SQLite's own come and go
                if any(needle in path.read_bytes() for needle in needles):
                    found.append(path.name)
        return found


def _texts(value):
    if isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
    elif value is not None:
        yield str(value)


def locks(room):
    """A try is one lock at a moment of chance with something typed and not saved."""
    if util.find_spec("pmdesk.gui.locking") is None:
        raise NotRun("there is no lock")
    home = room.folder / "home"
    home.mkdir()
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "PMDESK_CONFIG_DIR": str(home), "HOME": str(home),
                   "XDG_RUNTIME_DIR": str(home), "PMDESK_LANG": "en"}  # fmt: skip
    from PySide6.QtTest import QTest

    from pmdesk.gui.app import App, application

    path = Path(room.folder, "locked.pmdesk")
    create_sample(path, room.passphrase, at=NOW).close()
    app = App(application())
    app.settings.lock_minutes = 10
    app.use(Journal.open(path, room.passphrase))
    app.window.resize(1180, 780)
    app.window.show()
    person = Person(app, room.chance, room.folder)
    while True:
        field, name = person.begin_to_type()
        text = person.type(field)
        QTest.qWait(room.chance.choice((0, 0, 5, 60, 400)))
        wrong = ""
        if not person.idle():
            wrong = "the journal was not closed"
        elif any(text.strip() in shown for shown in person.shown()):
            wrong = "the locked window tells it"
        elif telling := person.outside():
            wrong = f"{telling} tell it"
        if not person.unlock(room.passphrase):
            yield Tried(wrong=f"{name}: {wrong} was not unlocked")
            return
        QTest.qWait(30)
        where = person.kept(text)
        told = f"{name}: {wrong}" if wrong else ""
        yield Tried(lost=not where, wrong=told, note=where or f"lost in {name}: {text!r}")
        person.desktop.close_panel()


TRIALS = (
    Trial(
        "locks with something typed",
        "an idle window locks at moments of chance; what was typed is there afterwards",
        LOCKS,
        locks,
        forms=(ENCRYPTED,),
        quick=4,
        weight=5,
        goes_on=True,
        window=True,
    ),
)
