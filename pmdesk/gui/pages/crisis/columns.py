"""Three, two or one column: each scrolls by itself while there is room, so that the log line is always seen."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmdesk.gui.widgets.parts import scrolled

_THREE: Final = 860
_TWO: Final = 540
_LOG_ALONE: Final = 300


class Columns(QWidget):
    """`first` and `last` scroll as a whole, `middle` within itself."""

    def __init__(self, first: QWidget, middle: QWidget, last: QWidget, scale: int) -> None:
        """`scale` is the size of text in per cent: it decides how many columns there is room for."""
        super().__init__()
        self.setObjectName("plain")
        self._scale = scale / 100
        self._first, self._middle, self._last = first, middle, last
        self.count = 0
        self._body = QHBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(12)
        self._areas: list[QScrollArea] = []
        self._arrange(3)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(240 * self._scale), round(200 * self._scale))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        width = self.width() / self._scale
        self._arrange(3 if width >= _THREE else 2 if width >= _TWO else 1)

    def _arrange(self, count: int) -> None:
        if count == self.count:
            return
        self.count = count
        focus = self.window().focusWidget()
        for part in (self._first, self._middle, self._last):
            part.setParent(self)
        while self._body.count():
            self._body.takeAt(0)
        for area in self._areas:
            area.deleteLater()
        self._areas = []
        self._middle.setMinimumHeight(round(_LOG_ALONE * self._scale) if count == 1 else 0)
        if count == 1:
            self._body.addWidget(self._scrolling(self._first, self._middle, self._last))
        else:
            self._body.addWidget(self._scrolling(self._first), 4)
            if count == 3:
                self._body.addWidget(self._middle, 5)
                self._body.addWidget(self._scrolling(self._last), 4)
            else:
                right = QVBoxLayout()
                right.setSpacing(12)
                right.addWidget(self._middle, 3)
                right.addWidget(self._scrolling(self._last), 2)
                self._body.addLayout(right, 5)
        for part in (self._first, self._middle, self._last):
            part.show()
        if focus is not None and self.isAncestorOf(focus):
            focus.setFocus()

    def _scrolling(self, *parts: QWidget) -> QScrollArea:
        """These under each other in an area of their own."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        area = scrolled(holder)
        self._areas.append(area)
        return area
