"""The menu bar, built from the commands."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from pmdesk.gui.commands import COMMANDS, MENUS, Command

if TYPE_CHECKING:
    from pmdesk.gui.desktop import Desktop
    from pmdesk.gui.window import MainWindow


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
    for name, text in MENUS.items():
        menu = bar.addMenu(desktop.desk.words(text))
        for command in COMMANDS:
            if command.menu == name:
                add_command(menu, desktop, command)


def add_command(menu: QMenu, desktop: "Desktop", command: Command) -> None:
    """Add a command to a menu, or its own menu where it has parts."""
    desk = desktop.desk
    if command.parted:
        menu.addSeparator()
    if command.parts is not None:
        if parts := command.parts(desktop):
            below = menu.addMenu(_plain(desk.words(command.text)))
            for text, act in parts:
                below.addAction(_plain(text)).triggered.connect(lambda _=False, act=act: act())
        return
    action = QAction(_plain(desk.words(command.text)), menu)
    if command.key:
        action.setShortcut(QKeySequence(command.key))
    action.triggered.connect(lambda: desktop.run_command(command))
    if command.now is not None:
        say_now = command.now
        menu.aboutToShow.connect(lambda: action.setText(_plain(say_now(desk))))
    menu.addAction(action)


def _plain(text: str) -> str:
    """A text in which an ampersand is no key."""
    return text.replace("&", "&&")
