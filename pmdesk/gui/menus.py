"""The menus: every act has its place and its key."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from pmdesk.gui.exporting import choose_export
from pmdesk.gui.text_keys import own_steps
from pmdesk.journal.errors import shown
from pmdesk.records.kinds import KINDS

if TYPE_CHECKING:
    from pmdesk.gui.window import MainWindow

_LONGEST = 70


def build_menus(window: "MainWindow") -> None:
    """Fill the menu bar anew; it is empty where no journal is open."""
    bar = window.menuBar()
    bar.clear()
    for old in bar.findChildren(QMenu):
        # a menu left behind would keep its keys, and each key would then stand for two acts
        old.setParent(None)
        old.deleteLater()

    desktop = window.desktop
    if desktop is None:
        return
    desk, words = desktop.desk, desktop.desk.words

    def add(menu: QMenu, text: str, act: Callable[[], Any], key: str = "") -> QAction:
        made = QAction(text, menu)
        if key:
            made.setShortcut(QKeySequence(key))
        made.triggered.connect(lambda: act())
        menu.addAction(made)
        return made

    def of_client(kind: str, **more: Any) -> None:
        desk.go("edit", KINDS[kind].cls(client_id=desk.settings.client or None, **more))

    file = bar.addMenu(words("&File"))
    add(file, words("Another journal…"), window.app.leave_journal, "Ctrl+O")
    if recent := window.app.settings.recent(without=desk.path.absolute()):
        opened = file.addMenu(words("Opened before"))
        for path in recent:
            add(opened, _plain(shown(path)), partial(window.app.leave_journal, path))
    add(file, words("Import mail…"), lambda: desk.go("import"), "Ctrl+I")
    add(file, words("Export all as tables…"), lambda: choose_export(desktop, desk))
    file.addSeparator()
    add(file, words("Quit"), window.close, "Ctrl+Q")

    edit = bar.addMenu(words("&Edit"))
    undo = add(edit, words("Undo"), lambda: _undo(desk.undo, "undo"), "Ctrl+Z")
    redo = add(edit, words("Redo"), lambda: _undo(desk.redo, "redo"), "Ctrl+Shift+Z")
    edit.aboutToShow.connect(lambda: _name_steps(desk, undo, redo))
    edit.addSeparator()
    add(edit, words("Capture a line"), desktop.begin_capture, "Ctrl+N")
    add(edit, words("Search"), lambda: desk.go("search"), "Ctrl+F")

    new = bar.addMenu(words("&New"))
    add(new, words("Client"), lambda: desk.go("edit", KINDS["client"].cls()), "Ctrl+Shift+C")
    add(new, words("Contact person"), lambda: of_client("contact"), "Ctrl+Shift+K")
    add(new, words("Project"), lambda: of_client("project"), "Ctrl+Shift+J")
    add(
        new,
        words("Call, meeting or other contact"),
        lambda: of_client("interaction", at=desk.now()),
        "Ctrl+Shift+N",
    )

    add(new, words("Meeting notes"), lambda: _meet(desktop), "Ctrl+M")

    view = bar.addMenu(words("&View"))
    for number, (page, text) in enumerate(
        (
            ("clients", words("Clients")),
            ("journal", words("Journal")),
            ("import", words("Import mail")),
            ("inbox", words("Inbox")),
        ),
        1,
    ):
        add(view, text, partial(desk.go, page), f"Ctrl+{number}")
    add(view, words("Next side of the client"), lambda: _step(desktop, 1), "Ctrl+PgDown")
    add(view, words("Side before"), lambda: _step(desktop, -1), "Ctrl+PgUp")
    add(view, words("Settings"), lambda: desk.go("settings"), "Ctrl+,")
    view.addSeparator()
    add(view, words("Larger"), lambda: window.app.resize_text(25), "Ctrl++")
    add(view, words("Smaller"), lambda: window.app.resize_text(-25), "Ctrl+-")
    add(view, words("Light or dark"), window.app.toggle_theme, "Ctrl+Shift+D")
    add(view, "English / 中文", window.app.toggle_language, "Ctrl+Shift+L")

    help_menu = bar.addMenu(words("&Help"))
    add(help_menu, words("About PM Desk"), lambda: desk.go("about"))


def _plain(text: str) -> str:
    """A text in which an ampersand is no key."""
    return text.replace("&", "&&")


def _step(desktop: Any, by: int) -> None:
    if hasattr(desktop.page(), "step"):
        desktop.page().step(by)


def _meet(desktop: Any) -> None:
    """Notes of a meeting with the client that is shown."""
    client = getattr(desktop.page(), "client", None)
    if client is None:
        desktop.desk.tell(desktop.desk.words("Open a client first."))
    else:
        desktop.go("meeting", client)


def _undo(act: Callable[[], None], name: str) -> None:
    """What is being typed is taken back first; the journal's last act otherwise."""
    focus = QApplication.focusWidget()
    way = "isUndoAvailable" if name == "undo" else "isRedoAvailable"
    if focus is not None and own_steps(focus, way):
        getattr(focus, name)()
    else:
        act()


def _name_steps(desk: Any, undo: QAction, redo: QAction) -> None:
    """Say in the menu what the next step would be, before it is taken."""
    words = desk.words
    back, on = (
        desk.said(step)[:_LONGEST] if step else "" for step in (desk.next_undo(), desk.next_redo())
    )
    undo.setText(_plain(words("Undo: {what}", what=back) if back else words("Undo")))
    redo.setText(_plain(words("Redo: {what}", what=on) if on else words("Redo")))
