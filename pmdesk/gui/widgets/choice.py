"""A list of choices that the wheel never turns: it scrolls the page instead."""

from PySide6.QtWidgets import QComboBox


class Choice(QComboBox):
    """A combo box. Turning the wheel over one would change a record without a click."""

    def wheelEvent(self, event) -> None:
        event.ignore()
