"""How a line of the portfolio is painted: the client, 26 weeks as a line, figures over their notes."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from pmdesk.answers.owed.portfolio import Line, Scale
from pmdesk.gui.widgets.delegates import RowDelegate
from pmdesk.gui.widgets.isolated import isolated
from pmdesk.gui.widgets.long_table import ROW

PAD = 8
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight
# A text and the colour it is painted in.
Piece = tuple[str, str]


class PortfolioDelegate(RowDelegate):
    """Paints a cell of the portfolio; its view's model knows the texts of each."""

    def paint(self, painter: QPainter, option, index) -> None:
        view, model = option.widget, index.model()
        line: Line | None = index.data(ROW)
        if line is None:
            return
        painter.save()
        box: QRect = option.rect
        if view.selectionModel().isSelected(index):
            painter.fillRect(box, self._colours["soft"])
        elif view.hovered == index.row():
            painter.fillRect(box, self._colours["hover"])
        painter.setPen(self._colours["line"])
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        self._paint_focus(painter, box, view, index)
        name = model.columns[index.column()]
        if name == "name":
            self._paint_name(painter, box.adjusted(PAD, 4, -PAD, -4), model.pieces(index.row()))
        elif name == "weeks":
            self._paint_weeks(painter, box, line, model.scale)
        else:
            self._paint_cell(
                painter, box.adjusted(PAD, 4, -PAD, -4), model.texts(index.row(), name)
            )
        painter.restore()

    def _paint_focus(self, painter: QPainter, box: QRect, view: Any, index: Any) -> None:
        """A bar at the line that has the keyboard, and one under the cell it has moved to."""
        current = view.currentIndex()
        if not view.hasFocus() or current.row() != index.row():
            return
        if index.column() == 0:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), self._colours["accent"])
        elif index.column() == current.column():
            painter.fillRect(
                QRect(box.left(), box.bottom() - 1, box.width(), 2), self._colours["accent"]
            )

    def _paint_name(
        self, painter: QPainter, inner: QRect, pieces: tuple[Sequence[Piece], Sequence[Piece]]
    ) -> None:
        half = inner.height() // 2
        (name, *remarks), second = pieces
        upper = QRect(inner.left(), inner.top(), inner.width(), half)
        # a long name leaves room for what stands behind it
        painter.setFont(self._font("small"))
        metrics = painter.fontMetrics()
        wanted = sum(metrics.horizontalAdvance(f"{text} · ") for text, _ in remarks)
        painter.setFont(self._font("body", bold=True))
        kept = min(wanted, inner.width() // 2)
        used = self._piece(painter, upper.adjusted(0, 0, -kept, 0), name)
        self._row(painter, upper.adjusted(used + 10, 0, 0, 0), remarks)
        self._row(painter, upper.translated(0, half), second)

    def _row(self, painter: QPainter, box: QRect, pieces: Sequence[Piece]) -> None:
        painter.setFont(self._font("small"))
        least = painter.fontMetrics().horizontalAdvance(" · …") * 2
        for n, piece in enumerate(pieces):
            if box.width() < least:
                return
            if n:
                box = box.adjusted(self._piece(painter, box, (" · ", "muted")), 0, 0, 0)
            box = box.adjusted(self._piece(painter, box, piece), 0, 0, 0)

    def _piece(self, painter: QPainter, box: QRect, piece: Piece) -> int:
        """Paint a text from the left, shortened where it must be; how wide it became."""
        text, colour = piece
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(isolated(text), _ELIDE, max(0, box.width()))
        painter.setPen(self._colours[colour])
        painter.drawText(box, _LEFT, shown)
        return metrics.horizontalAdvance(shown)

    def _paint_cell(self, painter: QPainter, inner: QRect, texts: tuple[Piece, Piece]) -> None:
        half = inner.height() // 2
        for n, ((text, colour), size) in enumerate(zip(texts, ("body", "small"), strict=True)):
            if text:
                painter.setFont(self._font(size, bold=colour in ("good", "warn", "bad")))
                painter.setPen(self._colours[colour])
                box = QRect(inner.left(), inner.top() + n * half, inner.width(), half)
                shown = painter.fontMetrics().elidedText(text, _ELIDE, inner.width())
                painter.drawText(box, _RIGHT, shown)

    def _paint_weeks(self, painter: QPainter, box: QRect, line: Line, scale: Scale) -> None:
        if line.figures is None or not any(hours is not None for hours in line.figures.weeks):
            return
        grow = self._scale / 100
        place = QRectF(box).adjusted(PAD, 8 * grow, -PAD, -8 * grow)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = place.bottom() - scale.place(line.figures.target) * place.height()
        target = QPen(self._colours["edge"], 1, Qt.PenStyle.DashLine)
        painter.setPen(target)
        painter.drawLine(QPointF(place.left(), height), QPointF(place.right(), height))
        colour = self._colours["muted" if line.resting else "accent"]
        points = points_of(line.figures.weeks, scale, place)
        painter.setPen(QPen(colour, 1.5 * grow))
        for first, second in pairwise(points):
            if first is not None and second is not None:
                painter.drawLine(first, second)
        painter.setBrush(colour)
        for n, point in enumerate(points[:-1]):
            if point is not None and points[n + 1] is None and (n == 0 or points[n - 1] is None):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.drawEllipse(point, 1.5 * grow, 1.5 * grow)
        if (running := points[-1]) is not None:
            painter.setPen(QPen(colour, 1.5 * grow))
            painter.setBrush(QColor(self._colours["surface"]))
            painter.drawEllipse(running, 2.5 * grow, 2.5 * grow)


def points_of(weeks: Sequence[float | None], scale: Scale, place: QRectF) -> list[QPointF | None]:
    """Where the median of each week stands; None for a week without one."""
    step = place.width() / max(1, len(weeks))
    return [
        None
        if hours is None
        else QPointF(
            place.left() + (n + 0.5) * step, place.bottom() - scale.place(hours) * place.height()
        )
        for n, hours in enumerate(weeks)
    ]
