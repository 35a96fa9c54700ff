"""The icon in the desktop's tray, with its menu and its notices."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from pmdesk.gui.icons import app_icon

_SHOWN_MS = 15_000


class Tray(QObject):
    """One icon, shown as long as it lives. `kind` is Qt's, or one that a test watches."""

    opened = Signal()
    taken = Signal()

    def __init__(self, kind: type[QSystemTrayIcon], parent: QObject) -> None:
        super().__init__(parent)
        self._menu = QMenu()
        self._icon = kind(app_icon(), self)
        self._icon.setToolTip("PM Desk")
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self.taken)
        self._icon.show()

    def offer(self, acts: Mapping[str, Callable[[], None]]) -> None:
        """Show these in the menu, by their words."""
        self._menu.clear()
        for text, act in acts.items():
            self._menu.addAction(text).triggered.connect(lambda _=False, act=act: act())

    def say(self, title: str, text: str) -> None:
        """Show a notice of the desktop."""
        self._icon.showMessage(title, text, app_icon(), _SHOWN_MS)

    def remove(self) -> None:
        """Take the icon away."""
        self._icon.hide()
        self._menu.deleteLater()
        self.deleteLater()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        clicks = QSystemTrayIcon.ActivationReason
        if reason in {clicks.Trigger, clicks.DoubleClick, clicks.MiddleClick}:
            self.opened.emit()
