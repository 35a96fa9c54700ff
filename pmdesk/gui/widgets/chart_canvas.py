"""The one widget that shows a chart: hover tells the figures, a click opens what is behind."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmdesk.charts.picture import ChartPicture, Frame, HoverMap, SpotMap
from pmdesk.charts.values import ResponsivenessSeries, Series, SurvivalSeries
from pmdesk.gui.tasks import Task, run_task
from pmdesk.tokens import Theme, palette
from pmdesk.words import Words

_Drawn = tuple[ChartPicture, QImage]
# Pixels of the screen in a point of type, as charts are drawn.
_POINT = 100 / 72
_MOST_KEPT = 8


class KeptPictures(QObject):
    """The pictures shown last, by what they show: a page built anew shows them until it has its own."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._kept: dict[Any, _Drawn] = {}

    @staticmethod
    def of(owner: QObject) -> "KeptPictures":
        """The pictures kept with an owner, which they go with."""
        return owner.findChild(KeptPictures) or KeptPictures(owner)

    def get(self, name: Any) -> _Drawn | None:
        """The last picture of that name."""
        return self._kept.get(name)

    def keep(self, name: Any, drawn: _Drawn) -> None:
        """Keep a picture in place of the last of its name; the one unused longest goes."""
        self._kept.pop(name, None)
        self._kept[name] = drawn
        if len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]


class ChartCanvas(QWidget):
    """Shows a series in the window's theme and tells of the period under the pointer.

    It is drawn beside the window; until the new picture is there, the old one stands.
    """

    period_chosen = Signal(int)
    drawn = Signal()

    def __init__(self, words: Words, theme: Theme, scale: int, height: int = 260) -> None:
        super().__init__()
        self._words, self._theme, self.size_of_text = words, theme, scale / 100 * 1.05
        self._series: Callable[[], Series] | None = None
        self._picture: ChartPicture | None = None
        self._image = QImage()
        self._stale = False
        self._shown: int | None = None
        self._keeper: tuple[KeptPictures, Any] | None = None
        self._task: Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._start)
        self.setMinimumHeight(round(height * max(1.0, scale / 140)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    @property
    def hover(self) -> HoverMap | SpotMap | None:
        """Where the periods stand that can be pointed at; None before the chart is drawn."""
        return self._picture.hover if self._picture else None

    @property
    def told(self) -> int | None:
        """Index of the period whose figures are told; None without one."""
        return self._shown

    def show_responsiveness(self, series: ResponsivenessSeries) -> None:
        self._use(lambda: series)
        figures = [p.median for p in series.periods if p.median is not None]
        self.setAccessibleName(
            self._words("Responsiveness over {n} periods", n=len(series.periods))
            + (f", {figures[-1]:.1f}" if figures else "")
        )

    def show_survival(self, series: SurvivalSeries) -> None:
        self.show_series(lambda: series, self._words("Share answered over time"))

    def show_series(
        self,
        series: Callable[[], Series],
        name: str,
        keeper: tuple[KeptPictures, Any] | None = None,
    ) -> None:
        """Draw a series that has nothing to point at.

        `series` is asked for beside the window: it reads no journal and touches no widget. A
        keeper with the chart's name among its pictures gives the last one, and takes the new.
        """
        self._keeper = keeper
        last = keeper[0].get(keeper[1]) if keeper else None
        if last is not None and self._picture is None:
            self._picture, self._image = last
        self._use(series)
        self.setAccessibleName(name)

    def _use(self, series: Callable[[], Series]) -> None:
        self._series, self._stale = series, True
        self._soon.start()

    def _frame(self) -> Frame:
        return Frame(self.width(), self.height(), self.devicePixelRatioF())

    def _start(self) -> None:
        """Have the chart drawn where it is seen: one at a time, the next when that is there."""
        series, old, frame = self._series, self._picture, self._frame()
        due = self._stale or old is None or old.frame != frame
        if series is None or self._task is not None or not due or not self.isVisible():
            return
        words, theme, scale = self._words, self._theme, self.size_of_text
        self._stale = False

        def work(task: Task) -> _Drawn | None:
            # matplotlib takes half a second the first time
            from pmdesk.charts.raster import chart_picture
            from pmdesk.charts.style import DRAWING

            values = series()
            if old is not None and (old.series, old.frame) == (values, frame):
                return None
            with DRAWING:
                task.check()
                picture = chart_picture(values, words, frame=frame, theme=theme, scale=scale)
            return picture, _image_of(picture)

        self._task = run_task(self, work, done=self._on_drawn, failed=self._on_failed)
        self.destroyed.connect(self._task.cancel)

    def _on_drawn(self, drawn: _Drawn | None) -> None:
        self._task = None
        if drawn is not None:
            self._picture, self._image = drawn
            self._shown = None
            if self._keeper is not None:
                keeper, name = self._keeper
                keeper.keep(name, drawn)
            self.update()
        self.drawn.emit()
        self._soon.start()  # another size or another series may be asked for by now

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
        """Tell the figures of a period beside its point."""
        if self.hover is not None:
            self._shown = index
            self.update()

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
            self.period_chosen.emit(self.hover.item(index))

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
