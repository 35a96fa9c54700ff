"""A record in one line: a state, what it is, what more there is to say, the way there."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pmdesk.answers.practices.figures import Key
from pmdesk.answers.rows.row import Badge
from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.parts import badge, button, label, width_of
from pmdesk.gui.widgets.record_list import TONES

_SHORT = 24
_LEAST = 0.4


class LineRow(QWidget):
    """`more` stands beside the title where it is short and no day follows it, else below it."""

    def __init__(
        self,
        desk: Desk,
        key: Key | None,
        state: Badge | None,
        title: str,
        more: str,
        day: str = "",
    ) -> None:
        super().__init__()
        words = desk.words
        self.title, self.more = title or words("(no subject)"), more
        self._desk, self.key = desk, key
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        self.left = badge(words(state[0]), TONES[state[1]]) if state else None
        if self.left:
            row.addWidget(self.left, 0, Qt.AlignmentFlag.AlignVCenter)
        short = width_of(more) <= _SHORT  # what is longer stands below, where it has room
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(label(self.title, "", gives_way=True))
        if not short:
            texts.addWidget(label(more, "small", wrap=True))
        row.addLayout(texts, 1)
        for text in (more if short else "", day):
            if text:
                row.addWidget(label(text, "small"))
        self.open = button(words("Open"), self._open, quiet=True)
        self.open.setAccessibleName(f"{words('Open')} {self.title}")
        self.open.setAccessibleDescription(
            words.clauses(filter(None, (words(state[0]) if state else "", more, day)))
        )
        # a record that has gone leaves its place in the column empty
        keeps = self.open.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.open.setSizePolicy(keeps)
        row.addWidget(self.open)
        if key is None:
            self.open.hide()

    def _open(self) -> None:
        if self.key is not None:
            self._desk.show_record(*self.key)


class LineButton(QPushButton):
    """The same as low as can be, for a page of many: pressed anywhere it opens its record."""

    def __init__(
        self, desk: Desk, key: Key | None, state: Badge | None, title: str, more: str
    ) -> None:
        super().__init__()
        words = desk.words
        self.title, self.more = title or words("(no subject)"), more
        self._desk, self.key = desk, key
        self.setProperty("line", True)
        self.setEnabled(key is not None)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(4, 1, 4, 1)
        row.setSpacing(8)
        self.left = badge(words(state[0]), TONES[state[1]]) if state else None
        if self.left:
            row.addWidget(self.left, 0, Qt.AlignmentFlag.AlignVCenter)
        self._title_label = label(self.title, "", gives_way=True)
        self._more_label = label(more, "small", gives_way=True)
        self._more_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._more_label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._least = 1.0 if width_of(more) <= _SHORT else _LEAST
        row.addWidget(self._title_label, 1)
        row.addWidget(self._more_label)
        self._more_label.setVisible(bool(more))
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        spoken = (words(state[0]) if state else "", self.title, more)
        self.setAccessibleName(". ".join(part for part in spoken if part))
        self.setToolTip(" · ".join(part for part in spoken[1:] if part))
        self.clicked.connect(self._open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What the title does not need is the other text's, and never less than its share."""
        super().resizeEvent(event)
        more, title = self._more_label, self._title_label
        for text in (more, title):
            text.ensurePolished()  # in the letters of the style sheet
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._row.spacing()
        if self.left:
            room -= self.left.sizeHint().width() + self._row.spacing()
        wanted = more.fontMetrics().horizontalAdvance(self.more) + 2
        needed = title.fontMetrics().horizontalAdvance(self.title) + 2
        more.setFixedWidth(max(0, min(wanted, max(room - needed, round(room * self._least)))))

    def sizeHint(self) -> QSize:
        return self._inside(self._row.sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self._inside(self._row.minimumSize())

    def _inside(self, size: QSize) -> QSize:
        """The room of what it holds and of the frame that shows the keyboard."""
        return QSize(size.width() + 4, size.height() + 4)

    def _open(self) -> None:
        if self.key is not None:
            self._desk.show_record(*self.key)
