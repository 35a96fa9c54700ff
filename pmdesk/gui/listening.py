"""What other starts of the program ask of this window, brought into the window's thread."""

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from pmdesk.gui.running import Door, Request

if TYPE_CHECKING:
    from pmdesk.gui.app import App


class Listening(QObject):
    """The door of the window, open as long as the program runs."""

    _asked = Signal(object)

    def __init__(self, app: "App") -> None:
        super().__init__(app.window)
        self._app = app
        self._asked.connect(self._take)
        self.door = Door(self._is_meant, self._asked.emit)

    def _is_meant(self, request: Request) -> bool:
        """Whether this window has the journal, or any will do; called in the door's thread."""
        if not request.journal:
            return True
        known = self._app.journal_path()
        return known is not None and os.path.realpath(known) == os.path.realpath(request.journal)

    @Slot(object)
    def _take(self, request: Request) -> None:
        if request.token:
            os.environ["XDG_ACTIVATION_TOKEN"] = request.token  # Qt shows it to the desktop, once
        self._app.window.presence.come_forward()
        if request.capture:
            self._app.capture()
