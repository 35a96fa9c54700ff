"""A row that goes on in the next line where its width ends."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class WrappedRow(QLayout):
    """Lays widgets side by side, in as many lines as the width asks for."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        """`gap` stands between widgets and between lines, in pixels."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lines(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lines(rect, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The height of one line; any width will do."""
        height = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(0, height)

    def _lines(self, rect: QRect, *, place: bool) -> int:
        """Height of all lines within the width of `rect`, and the widgets put there."""
        x, y, tall = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []

        def end_line() -> None:
            # low and tall stand on one middle, as in a row of Qt's own
            for item, box in line if place else ():
                item.setGeometry(box.translated(0, (tall - box.height()) // 2))
            line.clear()

        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            wide = min(size.width(), rect.width())
            if line and x + wide > rect.x() + rect.width():
                end_line()
                x, y, tall = rect.x(), y + tall + self.spacing(), 0
            line.append((item, QRect(QPoint(x, y), QSize(wide, size.height()))))
            x += wide + self.spacing()
            tall = max(tall, size.height())
        end_line()
        return y + tall - rect.y()
