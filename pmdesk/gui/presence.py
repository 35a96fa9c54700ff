"""How the window is there: in front, in the tray, or called back; and how it brings things to mind."""

import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSystemTrayIcon

    from pmdesk.gui.reminders import Due
    from pmdesk.gui.tray import Tray
    from pmdesk.gui.window import MainWindow

# How often somebody looks, while the window is hidden, whether its icon can still be seen.
_LOOK_MS: Final = 20_000
# A reminder is read by who looks up from something else.
_TOAST_MS: Final = 20_000


class Presence(QObject):
    """Brings the window to the front, hides it in the tray, quits, and shows reminders.

    `kind` is the tray's icon, Qt's where it is None. Without a tray the window is never hidden.
    """

    def __init__(self, window: "MainWindow", kind: "type[QSystemTrayIcon] | None" = None) -> None:
        super().__init__(window)
        self._window, self._kind = window, kind
        self._tray: Tray | None = None
        self._quits = False
        self._about = ""
        self._held: list[Due] = []
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._check_tray)

    def has_tray(self) -> bool:
        """Whether the desktop has a tray."""
        return self._icons().isSystemTrayAvailable()

    def _icons(self) -> "type[QSystemTrayIcon]":
        if self._kind is None:
            from PySide6.QtWidgets import QSystemTrayIcon  # not before somebody asks

            self._kind = QSystemTrayIcon
        return self._kind

    def follow(self) -> None:
        """Show or take away the icon as the settings, the language and the desktop want it."""
        desk, settings = self._window.app.desk, self._window.app.settings
        is_there = desk is not None or self._window.app.locking.is_locked
        wanted = is_there and (settings.reminders or settings.stay_in_tray)
        if not (wanted and self.has_tray()):
            self._drop_tray()
            return
        if self._tray is None:
            from pmdesk.gui.tray import Tray  # where it is wanted

            self._tray = Tray(self._icons(), self)
            self._tray.opened.connect(self.come_forward)
            self._tray.taken.connect(self._on_taken)
            if sys.platform == "darwin":
                self.watch_quitting()
        words = self._window.app.words
        self._tray.offer(
            {
                words("Open PM Desk"): self.come_forward,
                words("Capture a line"): self._capture,
                words("Quit"): self.quit,
            }
        )

    def _drop_tray(self) -> None:
        if self._tray is not None:
            self._tray.remove()
            self._tray = None
        if self._look.isActive():
            self.come_forward()

    def stays(self) -> bool:
        """Whether closing the window leaves the program in the tray."""
        if self._quits or self._tray is None or not self._window.app.settings.stay_in_tray:
            return False
        return self.has_tray() and not self._window.app.qt.isSavingSession()

    def hide(self) -> None:
        """Leave the window, not the program: the icon in the tray leads back."""
        QApplication.setQuitOnLastWindowClosed(False)
        self._window.hide()
        self._look.start()

    def _check_tray(self) -> None:
        """A window whose icon has gone would never be found again."""
        if self._tray is None or not self.has_tray():
            self.come_forward()

    def come_forward(self) -> None:
        """Show the window before all others, as far as the desktop lets it."""
        self._look.stop()
        QApplication.setQuitOnLastWindowClosed(True)
        window = self._window
        if window.isMinimized():
            window.showNormal()
        window.show()
        window.raise_()
        window.activateWindow()

    def _capture(self) -> None:
        self.come_forward()
        self._window.app.capture()

    def quit(self) -> None:
        """Close the window and end the program; where something cannot be saved the window stays."""
        self._quits = True
        hidden = self._window.isHidden()
        if not self._window.close():
            self._quits = False
            self.come_forward()
        elif hidden:
            QApplication.exit(0)  # no window is left whose closing would end it

    def watch_quitting(self) -> None:
        """Let the system's own way to quit end the program: macOS asks the application, not the window."""
        self._window.app.qt.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Quit:
            self._quits = True
        elif event.type() == QEvent.Type.WindowActivate:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._tell_held)  # once the window is in front
        return False

    def remind(self, due: "Due") -> None:
        """Show what has come: on the desktop where nobody looks at the window, else in it."""
        if QApplication.activeWindow() is not None and self._window.isVisible():
            self._toast(due)
        elif self._tray is not None:
            notice = self._reminders.words_for(due, outside=True)
            self._about = notice.about
            self._tray.say(notice.title, notice.text)
        else:
            # shown when somebody looks again: until then the desktop marks the window
            self._window.installEventFilter(self)
            self._held.append(due)
            QApplication.alert(self._window)

    def remind_locked(self, sentence: str) -> None:
        """Say, where nobody looks at the window, what names nobody."""
        if QApplication.activeWindow() is not None and self._window.isVisible():
            return
        if self._tray is not None:
            self._about = ""
            self._tray.say("PM Desk", sentence)
        else:
            QApplication.alert(self._window)

    @property
    def _reminders(self) -> Any:
        return self._window.app.desk.reminders

    def _tell_held(self) -> None:
        held, self._held = self._held, []
        if held:
            moments = [moment for due in held for moment in due.moments]
            self._toast(held[-1]._replace(moments=moments))

    def _toast(self, due: "Due") -> None:
        desktop = self._window.desktop
        if desktop is None:
            return
        notice = self._reminders.words_for(due, outside=False)
        text = " · ".join([notice.title, *notice.text.splitlines()])
        offer = (desktop.desk.words("Show"), partial(desktop.show_owed, notice.about))
        desktop.toast.say(text, offer, _TOAST_MS)

    def forget(self) -> None:
        """Show nothing any more of a journal that is closed."""
        self._held.clear()

    def _on_taken(self) -> None:
        self.come_forward()
        if self._window.desktop is not None:
            self._window.desktop.show_owed(self._about)

    def tell_missed(self, sentence: str, about: str) -> None:
        """Say what came while the program was closed, with the way to it."""
        desktop = self._window.desktop
        if desktop is not None:
            offer = (desktop.desk.words("Show"), partial(desktop.show_owed, about))
            desktop.notice.say("", sentence, offer)
