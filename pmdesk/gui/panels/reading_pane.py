"""What is read beside its list: the record that is chosen there, whole, and what can be done with it."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.icons import icon
from pmdesk.gui.panels.reading import MailReading
from pmdesk.gui.panels.record_reading import RecordReading
from pmdesk.gui.widgets.parts import button, label, scrolled
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.records.choices import Direction
from pmdesk.records.declare import kind_of
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS

# With these a text is rolled and selected in.
_OF_TEXTS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
_OVERLAP = 0.9  # of a screen: the last line read stands on the next one, too


class ReadingPane(QWidget):
    """One record at a time. Its keys are those of the list, to which `pressed` hands them on."""

    pressed = Signal(object)
    record_asked = Signal()
    answer_asked = Signal()
    next_asked = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, *, waiting: bool) -> None:
        """`waiting`: the list knows of a next one that waits."""
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.desk, words = desk, desk.words
        self.setAccessibleName(words("Reading"))
        self.record: Any = None
        body = QVBoxLayout(self)
        body.setContentsMargins(16, 10, 8, 8)
        body.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        acts = WrappedRow(gap=6)
        self.open = button(words("Open"), self.record_asked.emit)
        self.answer = button(words("Reply"), self.answer_asked.emit)
        self.next = button(words("Next waiting"), self.next_asked.emit)
        if not waiting:
            self.next.hide()
        for act, key in ((self.answer, "R"), (self.open, "Enter"), (self.next, "N")):
            act.setToolTip(f"{act.text()} ({key})")
            acts.addWidget(act)
        self.close_button = button("", self.closed.emit, quiet=True)
        self.close_button.setIcon(icon("close"))
        self.close_button.setToolTip(f"{words('Back to the list')} (Esc)")
        self.close_button.setAccessibleName(words("Back to the list"))
        self.place = label("", "small")
        head.addLayout(acts, 1)
        head.addWidget(self.place)
        head.addWidget(self.close_button)
        body.addLayout(head)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.addStretch(1)
        self.area = scrolled(self._inside)
        body.addWidget(self.area, 1)
        self.reading: Any = None

    def show_record(self, kind: str, record_id: int, place: str) -> bool:
        """Whether the record was there to be shown; `place` says where in the list it stands."""
        record = self.desk.journal.get(KINDS[kind].cls, record_id)
        self.place.setText(place)
        if record is None:
            return False
        if record == self.record:
            return True
        again = _key(self.record) == _key(record)
        if not again and self._inside.isAncestorOf(self.window().focusWidget()):
            self.setFocus()  # the text that had the keyboard may go
        self.record = record
        self.answer.setVisible(self.answers)
        if isinstance(record, Interaction) and isinstance(self.reading, MailReading):
            if not again:
                self.reading.toggle.setChecked(False)
            self.reading.show_interaction(record)
        else:
            self._take(record)
        if not again:
            self.area.verticalScrollBar().setValue(0)
        return True

    def _take(self, record: Any) -> None:
        if self.reading is not None:
            self._column.removeWidget(self.reading)
            self.reading.hide()
            self.reading.deleteLater()
        if isinstance(record, Interaction):
            self.reading = MailReading(self.desk, record)
            self.reading.edit.hide()  # the record is opened for that, by the same name everywhere
        else:
            self.reading = RecordReading(self.desk, record)
        for text in self.reading.findChildren(QPlainTextEdit):
            text.installEventFilter(self)
        self._column.insertWidget(0, self.reading)

    @property
    def answers(self) -> bool:
        """Whether there is a message to be written on what is read."""
        record = self.record
        return (
            isinstance(record, Interaction)
            and record.direction is Direction.INBOUND
            and record.client_id is not None
        )

    def roll(self, way: int) -> bool:
        """Whether there was more to read that way; it is in view now."""
        bar = self.area.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + way * round(self.area.viewport().height() * _OVERLAP))
        return bar.value() != before

    def keyPressEvent(self, event: Any) -> None:
        self.pressed.emit(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A text that is read takes only the keys that roll, select and copy."""
        if isinstance(event, QKeyEvent) and _is_for_the_list(event):
            event.setAccepted(False)
            self.pressed.emit(event)
            if event.isAccepted():
                return True
        return super().eventFilter(watched, event)


def _key(record: Any) -> tuple[str, int | None] | None:
    return None if record is None else (kind_of(record).name, record.id)


def _is_for_the_list(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress and event.key() not in _OF_TEXTS
