"""What changes on the screen, said to who does not see it."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QWidget


def announce(widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Have a screen reader say a sentence; an urgent one before what it is saying."""
    if not sentence:
        return
    event = QAccessibleAnnouncementEvent(widget, sentence)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


class Spoken(QLabel):
    """A line of text that is also said when it changes while it is shown."""

    def setText(self, text: str) -> None:
        """Show a text."""
        new = text != self.text()
        super().setText(text)
        if new and self.isVisible():
            announce(self, text)
