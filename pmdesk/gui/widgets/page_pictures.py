"""The pages of a document under each other; each is decoded when it is scrolled to."""

from collections import deque

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pmdesk.gui.widgets.parts import clear, scrolled
from pmdesk.words import Words

# Two are seen at once, and one more on the way up or down.
_DECODED = 4


class _PagePicture(QWidget):
    """A page as PNG, as large as it is before anybody has seen it."""

    def __init__(self, png: bytes, decoded: "deque[_PagePicture]") -> None:
        super().__init__()
        self._png, self._decoded = png, decoded
        self.pixmap = QPixmap()
        buffer = QBuffer()
        buffer.setData(QByteArray(png))
        self._size = QImageReader(buffer, QByteArray(b"png")).size()

    def fit(self, room: int, zoom: float) -> None:
        """Take the page's own size, less where there is less room in width; both times `zoom`.

        One that was made for a larger zoom than 1 has that many pixels more.
        """
        own = self._size.width() / max(1.0, zoom)
        width = max(1, round(min(room, own) * zoom))
        self.setFixedSize(width, round(self._size.height() * width / self._size.width()))

    def paintEvent(self, event) -> None:
        # only what is on the screen is painted
        if self.pixmap.isNull():
            self.pixmap.loadFromData(self._png)
            if len(self._decoded) == _DECODED:
                self._decoded.popleft().pixmap = QPixmap()
            self._decoded.append(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self.pixmap)
        painter.end()


class PagePictures(QWidget):
    """A document that is scrolled through; a few of its pages are held as pixels."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._zoom = 1.0
        self._decoded: deque[_PagePicture] = deque()
        self._shown: list[_PagePicture] = []
        content = QWidget()
        self._pages = QVBoxLayout(content)
        self._pages.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._pages.setSpacing(16)
        self.area: QScrollArea = scrolled(content)
        self.area.viewport().installEventFilter(self)
        self.setAccessibleName(words("Preview"))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.area)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._shown)

    @property
    def decoded(self) -> int:
        """How many of them are held as pixels."""
        return len(self._decoded)

    def show_pages(self, pictures: list[bytes], zoom: float = 1.0) -> None:
        """Show these pages, PNG each, in place of the old ones; `zoom` times the usual size."""
        self._zoom = zoom
        self._decoded.clear()
        clear(self._pages)
        self._shown = [_PagePicture(png, self._decoded) for png in pictures]
        for number, page in enumerate(self._shown, 1):
            page.setAccessibleName(self._words("Page {n}", n=number))
            self._pages.addWidget(page)
        self._fit()

    def _fit(self) -> None:
        margins = self._pages.contentsMargins()
        room = self.area.viewport().width() - margins.left() - margins.right()
        for page in self._shown:
            page.fit(room, self._zoom)
        # each in its place before the first is painted
        self._pages.activate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # a scroll bar that comes takes of the room, too
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)
