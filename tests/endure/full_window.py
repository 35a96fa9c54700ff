"""A disk that is full while somebody saves in the window: what was typed stays, the notice says why."""

import os

from pmdesk.actions.openings import create_journal
from pmdesk.records.client import Client
from tests.endure.acts import NOW
from tests.endure.shim import Mode, shimmed
from tests.endure.trial import Trial, Tried

_TIMES = 3  # each write is tried so often: how a journal grows is never twice the same


class Hands:
    """The real window on a journal, and what a person does to it."""

    def __init__(self, journal):
        from PySide6.QtWidgets import QApplication

        from pmdesk.gui.app import App

        self.app = App(QApplication.instance() or QApplication(["pmdesk"]))
        self.app.settings.language = "en"
        self.app.settings.backups = False  # a trial of its own
        self.app.words = self.app.wear()
        self.app.window.show()
        self.app.use(journal)
        self.journal = journal

    @property
    def desktop(self):
        return self.app.window.desktop

    @property
    def notice(self):
        """What the notice bar says; nothing while it is not shown."""
        notice = self.desktop.notice
        return notice.text.text() if notice.isVisible() else ""

    def turn(self):
        """Let the window do what is due."""
        from PySide6.QtTest import QTest

        QTest.qWait(5)

    def write(self, **texts):
        """Type a new client into its form."""
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QWidget

        self.desktop.edit(Client())
        self.turn()
        for name, text in texts.items():
            field = self.desktop.panel.findChild(QWidget, name)
            field.setFocus()
            QTest.keyClicks(field, text)
        return field

    def typed(self, name):
        """What stands in a field of the form."""
        from PySide6.QtWidgets import QWidget

        panel = self.desktop.panel
        field = panel.findChild(QWidget, name) if panel else None
        if field is None:
            return None
        return field.toPlainText() if hasattr(field, "toPlainText") else field.text()

    def save(self, field):
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self.turn()


def _with_little_room(hands, shim, number, folder, mode, at):
    """One try: a client typed in and saved, the disk being full at a write of it."""
    texts = {"name": f"Client {number}", "goals": f"please confirm {number}"}
    field = hands.write(**texts)
    shim.watch(folder, mode, at)
    hands.save(field)
    there = hands.journal.find(Client, "name = ?", [texts["name"]])
    if there:
        shim.stop()
        return Tried(note="saved all the same")
    wrong = ""
    if " MB are needed" not in hands.notice:
        wrong = f"not saved, and the notice says: {hands.notice!r}"
    if {name: hands.typed(name) for name in texts} != texts:
        wrong = "what was typed is not there any more"
    shim.room()
    hands.save(field)
    shim.stop()
    there = hands.journal.find(Client, "name = ?", [texts["name"]])
    if [(one.name, one.goals) for one in there] != [tuple(texts.values())]:
        wrong = wrong or f"with room again it is not saved: {hands.notice!r}"
    return Tried(wrong=wrong, note="kept in the form, then saved")


def fullness(room, shim):
    """One try for each write of a save, alone or with all that come after it."""
    folder = room.folder / "own"
    for name in ("HOME", "PMDESK_CONFIG_DIR", "XDG_DOCUMENTS_DIR"):
        os.environ[name] = str(room.folder)
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "PMDESK_LANG": "en"}
    folder.mkdir()
    hands = Hands(create_journal(folder / "j.pmdesk", room.passphrase, at=NOW))
    shim_counts = _writes(hands, shim, folder)
    plan = [(n, m) for n in shim_counts for m in (Mode.FULL_ONCE, Mode.FULL_ON)] * _TIMES
    room.reach = len(plan)
    room.chance.shuffle(plan)
    for number, (at, mode) in enumerate(plan):
        yield _with_little_room(hands, shim, number, folder, mode, at)


def _writes(hands, shim, folder):
    """Which changes of a usual save are writes."""
    field = hands.write(name="Before all others", goals="to be counted")
    shim.watch(folder, Mode.COUNT)
    hands.save(field)
    shim.stop()
    return [n for n, kind in enumerate(shim.kinds, 1) if kind == "w"]


TRIALS = [
    Trial(
        "disk full in the window",
        "a client is typed in and saved on a full disk: what was typed stays, the notice names the"
        " space that is needed, and with room again Ctrl+S saves it",
        0,
        shimmed(fullness),
        quick=8,
        window=True,
    )
]
