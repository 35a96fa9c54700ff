"""A line of text that stands over the page below a field while one types there."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from pmdesk.gui.widgets.floating import float_at


class Told(QObject):
    """Says below a line what `said` makes of what is typed there."""

    def __init__(self, line: QLineEdit, said: Callable[[str], str]) -> None:
        super().__init__(line)
        self._bubble, self._said = Bubble(line), said
        line.textEdited.connect(self._tell)

    def _tell(self, text: str) -> None:
        self._bubble.say(self._said(text))


class Bubble(QObject):
    """Says how what is typed is understood. It covers what is below and moves nothing."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._label: QLabel | None = None  # made when there is something to say
        line.installEventFilter(self)

    def say(self, sentence: str) -> None:
        """Show a sentence, or nothing where it is empty."""
        if not sentence and (self._label is None or self._label.isHidden()):
            return
        if self._label is None:
            self._label = self._made()
        self._label.setText(sentence)
        self._line.setAccessibleDescription(sentence)
        if not sentence or not self._line.isVisible():
            self._label.hide()
            return
        self._label.ensurePolished()
        self._label.adjustSize()
        float_at(self._label, self._line)

    def _made(self) -> QLabel:
        label = QLabel(self._line.parentWidget())
        label.setObjectName("bubble")
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return label

    def eventFilter(self, _line: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.say("")
        return False
