"""The one widget that shows a chart: hover tells the figures, a click opens what is behind."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy

from pmdesk.answers.insights.values import Panels
from pmdesk.charts.picture import ChartPicture, Frame, SpotMap
from pmdesk.collector import collector_paused
from pmdesk.gui.announcing import announce
from pmdesk.gui.tasks import Task, run_task
from pmdesk.tokens import Theme, palette
from pmdesk.words import Words

Drawn = tuple[ChartPicture, QImage]
# Pixels of the screen in a point of type, as charts are drawn.
_POINT = 100 / 72
_FAINT = 0.35


class ChartCanvas(QLabel):
    """Shows panels in the window's theme and tells of the item under the pointer.

    It is drawn beside the window; until the new picture is there, the old one stands. A label that
    has a picture is a graphic to a screen reader; it paints its own.
    """

    # the place of an item among all of the panels
    item_chosen = Signal(int)
    drawn = Signal()

    def __init__(self, words: Words, theme: Theme, scale: int, height: int = 260) -> None:
        super().__init__()
        self._words, self._theme, self.size_of_text = words, theme, scale / 100 * 1.05
        self._panels: Panels | None = None
        self._picture: ChartPicture | None = None
        self._image = QImage()
        self._stale = self._faint = False
        self._shown: int | None = None
        self._task: Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._start)
        self.setMinimumHeight(round(height * max(1.0, scale / 140)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setPixmap(QPixmap(1, 1))
        self.setAccessibleName(words("Chart"))  # until it is known what it says

    @property
    def hover(self) -> SpotMap | None:
        """Where the items stand that can be pointed at; None before the chart is drawn."""
        return self._picture.hover if self._picture and not self._faint else None

    @property
    def is_drawing(self) -> bool:
        """Whether a picture that will be seen is still to come."""
        due = self._stale and self._panels is not None and self.isVisible()
        return due or self._task is not None

    @property
    def told(self) -> int | None:
        """Index of the item that is told of; None without one."""
        return self._shown

    @property
    def drawing(self) -> Drawn | None:
        """What was drawn last, for another canvas to begin with."""
        return None if self._picture is None else (self._picture, self._image)

    def begin_with(self, drawn: Drawn) -> None:
        """Show a picture until there is one of its own."""
        self._picture, self._image = drawn
        self._shown = None
        self.update()

    def fade(self) -> None:
        """Let the picture stand faintly: it tells what is no longer asked. The next one does not."""
        self._panels, self._faint = None, True
        self._hide()
        self.update()

    def show_panels(self, panels: Panels, name: str) -> None:
        """Draw panels; `name` is what the chart is called for who does not see it."""
        self._panels, self._stale = panels, True
        self.setAccessibleName(name)
        self._soon.start()

    def _frame(self) -> Frame:
        return Frame(self.width(), self.height(), self.devicePixelRatioF())

    def _start(self) -> None:
        """Have the chart drawn where it is seen: one at a time, the next when that is there."""
        panels, old, frame = self._panels, self._picture, self._frame()
        due = self._stale or old is None or old.frame != frame
        if panels is None or self._task is not None or not due or not self.isVisible():
            return
        words, theme, scale = self._words, self._theme, self.size_of_text
        self._stale = False

        def work(task: Task) -> Drawn | None:
            # matplotlib takes half a second the first time
            from pmdesk.charts.raster import chart_picture
            from pmdesk.charts.style import DRAWING

            if old is not None and (old.panels, old.frame) == (panels, frame):
                return None
            with DRAWING, collector_paused():
                task.check()
                picture = chart_picture(panels, words, frame=frame, theme=theme, scale=scale)
            return picture, _image_of(picture)

        self._task = run_task(self, work, done=self._on_drawn, failed=self._on_failed)
        self.destroyed.connect(self._task.cancel)

    def _on_drawn(self, drawn: Drawn | None) -> None:
        self._task = None
        self._faint = self._faint and (self._stale or self._panels is None)
        if drawn is not None:
            self._picture, self._image = drawn
            self._shown = None
        self.update()
        self.drawn.emit()
        self._soon.start()  # another size or other panels may be asked for by now

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        raise error

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._soon.start()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def paintEvent(self, event) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setOpacity(_FAINT if self._faint else 1.0)
        frame = self._frame()
        if self._picture.frame == frame:
            painter.drawImage(0, 0, self._image)
        else:
            # the old one, until that of the new size is there
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()), self._image)
            self._soon.start()
        if self._shown is not None:
            self._paint_tip(painter, self._shown)
        painter.end()

    def _paint_tip(self, painter: QPainter, index: int) -> None:
        hover = self.hover
        if hover is None:
            return
        colours, point = palette(self._theme), _POINT * self.size_of_text
        font = self.font()
        font.setPixelSize(round(9 * point))
        painter.setFont(font)
        text = "\n".join(hover.lines(index, self._words))
        room = QRectF(0, 0, self.width(), self.height())
        box = painter.boundingRect(room, Qt.AlignmentFlag.AlignLeft, text)
        around = 4.5 * point
        box.adjust(-around, -around, around, around)
        x, y = hover.place_of(index)
        away = 12 * _POINT - around
        left_half = x <= self.width() / 2
        box.moveLeft(x + away) if left_half else box.moveRight(x - away)
        box.moveBottom(y - away) if hover.is_low(index) else box.moveTop(y + away)
        # beside its point, and whole
        box.moveLeft(max(1.0, min(box.left(), self.width() - box.width() - 1)))
        box.moveTop(max(1.0, min(box.top(), self.height() - box.height() - 1)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours["line"]), 1.4))
        painter.setBrush(QColor(colours["surface"]))
        painter.drawRoundedRect(box, around, around)
        painter.setPen(QColor(colours["text"]))
        inside = box.adjusted(around, around, -around, -around)
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft, text)

    def show_tip(self, index: int) -> None:
        """Tell of an item beside its point."""
        if self.hover is not None:
            self._shown = index
            self.update()
            told = self._words.clauses(self.hover.lines(index, self._words))
            self.setAccessibleDescription(told)
            announce(self, told)

    def _hide(self) -> None:
        if self._shown is not None:
            self._shown = None
            self.update()

    def _index(self, place: QPointF) -> int | None:
        return self.hover.at(place.x(), place.y()) if self.hover else None

    def mouseMoveEvent(self, event) -> None:
        super().mouseMoveEvent(event)
        index = self._index(event.position())
        if index is None:
            self._hide()
        elif index != self._shown:
            self.show_tip(index)

    def leaveEvent(self, event) -> None:
        super().leaveEvent(event)
        self._hide()

    def mousePressEvent(self, event) -> None:
        super().mousePressEvent(event)
        index = self._index(event.position())
        if index is not None:
            event.accept()
            self._choose(index)

    def _choose(self, index: int) -> None:
        if self.hover is not None:
            self.item_chosen.emit(self.hover.item(index))

    def keyPressEvent(self, event) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(event.key())
        if self.hover and step is not None:
            last = self.hover.count - 1
            now = self._shown if self._shown is not None else last + (1 if step < 0 else 0)
            self.show_tip(max(0, min(last, now + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._shown is not None:
            self._choose(self._shown)
        else:
            super().keyPressEvent(event)


def _image_of(picture: ChartPicture) -> QImage:
    """The picture in the form that the screen takes; the pixels are copied."""
    seen = QImage(
        picture.pixels, picture.width, picture.height, 4 * picture.width,
        QImage.Format.Format_RGBA8888,
    ).convertToFormat(QImage.Format.Format_RGB32)  # fmt: skip
    seen.setDevicePixelRatio(picture.frame.ratio)
    return seen
