"""What shows the journal: read anew at an act while it is seen, else when it is seen again."""

from typing import Any

from PySide6.QtWidgets import QWidget

from pmdesk.gui.desk import Desk


class Seen(QWidget):
    """A widget that follows the journal. Hidden it does no work, and catches up when shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.words = desk, desk.words
        self._stale = False
        desk.changed.connect(self._on_changed)

    def concerns(self, changes: Any) -> bool:
        """Whether an act may change what is shown here."""
        del changes
        return True

    def refresh(self) -> None:
        """Show the journal as it is now."""

    def refresh_when_seen(self) -> None:
        """Show the journal as it is now, or as it will be when this is next seen."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.refresh()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def _on_changed(self, changes: Any) -> None:
        if self.concerns(changes):
            self.refresh_when_seen()
