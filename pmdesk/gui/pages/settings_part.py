"""A part of the Settings page: what it shows stands below one another in a card of the page."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.gui.desk import Desk


class SettingsPart(QWidget):
    """What the parts have in common; each adds to `body`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk = desk
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
