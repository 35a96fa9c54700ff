"""Small parts used everywhere: labels, buttons, cards, tiles, badges, section heads."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pmdesk.gui.announcing import Spoken

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_FIGURE_LETTERS = 13


class _Shortened(QLabel):
    """A line that ends in an ellipsis where it has no room; the whole of it is its tool tip."""

    def paintEvent(self, event: "QPaintEvent") -> None:
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        if shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment(), shown)
        painter.end()


def label(
    text: str,
    role: str = "",
    *,
    wrap: bool = False,
    gives_way: bool = False,
    spoken: bool = False,
) -> QLabel:
    """A text in one of the roles of the style sheet: title, head, section, muted, small, figure.

    One that gives way ends in an ellipsis rather than push others aside; what one that is `spoken`
    says later is told to a screen reader.
    """
    widget = _Shortened(text) if gives_way else Spoken(text) if spoken else QLabel(text)
    widget.setObjectName(role)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    if wrap or gives_way:
        widget.setWordWrap(wrap)
        widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return widget


def badge(text: str, kind: str) -> QLabel:
    """A state in a word on its soft ground: good, warn, bad, info or muted."""
    widget = QLabel(text)
    widget.setProperty("badge", kind)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return widget


def button(
    text: str, act: Callable[[], None], *, primary: bool = False, quiet: bool = False, key: str = ""
) -> QPushButton:
    """A button: its text is a verb; `key` is shown as a tool tip and works in its window."""
    widget = QPushButton(text)
    widget.setProperty("primary", primary)
    widget.setProperty("quiet", quiet)
    widget.setAutoDefault(True)
    widget.setCursor(Qt.CursorShape.PointingHandCursor)
    if key:
        widget.setShortcut(QKeySequence(key))
        widget.setToolTip(f"{text} ({key})")
    widget.clicked.connect(lambda: act())
    return widget


def rule() -> QFrame:
    """A thin rule."""
    line = QFrame()
    line.setObjectName("line")
    return line


class Card(QWidget):
    """A surface with a title, a quiet remark on its right, and what it holds."""

    def __init__(self, title: str = "", remark: str = "") -> None:
        super().__init__()
        self.heading = title
        self.setObjectName("card")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(8)
        if title:
            self.head = QHBoxLayout()
            self.head.setSpacing(12)
            self.head.addWidget(label(title, "section"))
            self.remark = label(remark, "remark", gives_way=True)
            self.remark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.head.addWidget(self.remark, 1)
            self.body.addLayout(self.head)

    def add_act(self, act: QAbstractButton) -> None:
        """Put an act at the end of the head; who does not see the card hears of what it is one."""
        say_what_of(act, self.heading)
        self.head.addWidget(act)


class FigureTile(QWidget):
    """A figure: what it is, its value with unit, and what it rests on."""

    def __init__(self, title: str, value: str, note: str, kind: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        body = QVBoxLayout(self)
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(2)
        body.addWidget(label(title, "small", wrap=True))
        # words are no number: they go on in the next line
        body.addWidget(
            label(value, "head", wrap=True) if _is_long(value) else label(value, "figure")
        )
        remark = label(f"⚠ {note}" if kind else note, "small", wrap=True)
        if kind:
            remark.setProperty("role", kind)
        body.addWidget(remark)
        body.addStretch(1)
        self.setAccessibleName(f"{title}: {value}. {note}")
        self.setMinimumHeight(96)


def width_of(text: str) -> int:
    """How wide a text is in letters; a Chinese character counts twice."""
    return sum(1 if character < "\u2e80" else 2 for character in text)


def shortened(text: str, room: int) -> str:
    """As much of a text as `room` letters hold, of which a Chinese one takes two."""
    if width_of(text) <= room:
        return text
    kept = next(n for n in range(len(text), -1, -1) if width_of(text[:n]) < room)
    return f"{text[:kept].rstrip()}…"


def _is_long(text: str) -> bool:
    """Whether a text is wider than a figure with its unit."""
    return width_of(text) > _FIGURE_LETTERS


class Flow(QWidget):
    """Parts side by side, in as few columns as there is room for; all of a row equally wide."""

    def __init__(self, least: int, most: int, stretch: tuple[int, ...] = ()) -> None:
        """`least` is the width below which a part goes to the next row."""
        super().__init__()
        self.setObjectName("plain")
        self._least, self._most, self._stretch = least, most, stretch
        self._parts: list[QWidget] = []
        self._columns = 0
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(16)

    def use(self, parts: list[QWidget]) -> None:
        """Show these instead of what was there."""
        for old in self._parts:
            self.grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._parts, self._columns = parts, 0
        self._arrange()

    def _arrange(self) -> None:
        room = max(1, self.width() // self._least)
        wanted = max(1, min(room, self._most))
        if self._most == 2:
            wanted = min(wanted, max(1, len(self._parts)))  # one alone takes the whole width
        if wanted == 3 and self._most == 4:
            wanted = 2
        if wanted == self._columns:
            return
        self._columns = wanted
        for n, part in enumerate(self._parts):
            self.grid.removeWidget(part)
            self.grid.addWidget(part, n // wanted, n % wanted)
        for n in range(self._most):
            share = self._stretch[n] if wanted > 1 and n < len(self._stretch) else 1
            self.grid.setColumnStretch(n, share if n < wanted else 0)

    def minimumSizeHint(self) -> QSize:
        tallest = super().minimumSizeHint()
        return QSize(min(self._least, tallest.width()), tallest.height())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._arrange()


class EmptyState(QWidget):
    """What belongs here, and the act that brings it."""

    def __init__(
        self, title: str, text: str, act: tuple[str, Callable[[], None]] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAccessibleName(title)
        body = QVBoxLayout(self)
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(8)
        body.addStretch(1)
        head = label(title, "head")
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        body.addWidget(head)
        explanation = label(text, "muted")
        explanation.setWordWrap(True)
        explanation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        body.addWidget(explanation)
        if act:
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(button(act[0], act[1], primary=True))
            row.addStretch(1)
            body.addSpacing(8)
            body.addLayout(row)
        body.addStretch(2)


class TwoLineRow(QWidget):
    """A statement, a reason below it, and what can be done on the right."""

    def __init__(self, title: str, second: str, right: list[QWidget], left: QWidget | None = None):
        super().__init__()
        self.title = title
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(12)
        self.left = left
        if left:
            row.addWidget(left, 0, Qt.AlignmentFlag.AlignVCenter)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        self.headline = label(title, "", wrap=True)
        texts.addWidget(self.headline)
        if second:
            texts.addWidget(label(second, "small", wrap=True))
        row.addLayout(texts, 1)
        for widget in right:
            if isinstance(widget, QAbstractButton):
                say_what_of(widget, title, second)
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)


def say_what_of(act: QAbstractButton, what: str, more: str = "") -> None:
    """Name an act with what it is done to, where it has no name of its own: many are called alike."""
    if not act.accessibleName():
        act.setAccessibleName(f"{act.text()}: {what}")
    if more and not act.accessibleDescription():
        act.setAccessibleDescription(more)


def in_line(rows: Sequence[Any]) -> None:
    """Give the states of these rows one width, so that their titles begin at one line."""
    states = [row.left for row in rows if row.left is not None]
    width = max((state.sizeHint().width() for state in states), default=0)
    for state in states:
        state.setMinimumWidth(width)
        if isinstance(state, QLabel):
            state.setAlignment(Qt.AlignmentFlag.AlignCenter)


def scrolled(content: QWidget) -> QScrollArea:
    """`content` in an area that scrolls up and down only."""
    content.setObjectName("scrolled")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def clear(layout) -> None:
    """Take everything out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        if item.widget():
            item.widget().hide()
            item.widget().deleteLater()
        elif item.layout():
            clear(item.layout())
