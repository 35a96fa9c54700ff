"""The stakeholder map: influence upwards, interest to the right, cut at 3."""

from collections import defaultdict

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmdesk.answers.practices.communication import Standing
from pmdesk.gui.desk import Desk
from pmdesk.gui.theme import pixels
from pmdesk.tokens import palette


class StakeholderMap(QWidget):
    """Each contact as a point with its name; those on one spot share a label."""

    def __init__(self, desk: Desk, standings: list[Standing]) -> None:
        super().__init__()
        self._words, self._scale = desk.words, desk.settings.scale
        self._colours = palette(desk.theme)
        self._spots: dict[tuple[int, int], list[str]] = defaultdict(list)
        for standing in standings:
            contact = standing.contact
            self._spots[contact.interest or 1, contact.influence or 1].append(contact.name)
        self.setMinimumSize(round(240 * self._scale / 100), round(230 * self._scale / 100))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = self._words
        description = words.clauses(
            words.labelled(words.listed(names), f"{spot[1]}/{spot[0]}")
            for spot, names in self._spots.items()
        )
        self.setAccessibleName(words.labelled(words("Influence and interest"), description))

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(pixels("small", self._scale))
        painter.setFont(font)
        edge = painter.fontMetrics().height() + 6
        box = QRectF(edge, 4, self.width() - edge - 4, self.height() - edge - 4)
        self._ground(painter, box)
        for (interest, influence), names in self._spots.items():
            self._spot(painter, self._place(box, interest, influence), names, box)
        painter.setPen(QColor(self._colours["muted"]))
        below = QRectF(box.left(), box.bottom() + 2, box.width(), edge)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._words("Interest →"))
        painter.translate(0, box.center().y())
        painter.rotate(-90)
        side = QRectF(-box.height() / 2, 0, box.height(), edge)
        painter.drawText(side, Qt.AlignmentFlag.AlignCenter, self._words("Influence →"))
        painter.end()

    def _ground(self, painter: QPainter, box: QRectF) -> None:
        """The four quarters; high begins at 3, so the cut lies between 2 and 3."""
        cut = self._place(box, 2.5, 2.5)
        strong = QRectF(cut.x(), box.top(), box.right() - cut.x(), cut.y() - box.top())
        painter.fillRect(box, QColor(self._colours["page"]))
        painter.fillRect(strong, QColor(self._colours["soft"]))
        painter.setPen(QColor(self._colours["line"]))
        painter.drawRect(box)
        painter.drawLine(QPointF(cut.x(), box.top()), QPointF(cut.x(), box.bottom()))
        painter.drawLine(QPointF(box.left(), cut.y()), QPointF(box.right(), cut.y()))

    @staticmethod
    def _place(box: QRectF, interest: float, influence: float) -> QPointF:
        step_x, step_y = box.width() / 5, box.height() / 5
        return QPointF(
            box.left() + (interest - 0.5) * step_x, box.bottom() - (influence - 0.5) * step_y
        )

    def _spot(self, painter: QPainter, at: QPointF, names: list[str], box: QRectF) -> None:
        painter.setBrush(QColor(self._colours["accent"]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(at, 5, 5)
        painter.setPen(QColor(self._colours["text"]))
        metrics = painter.fontMetrics()
        text = self._words.listed(names)
        wide = min(metrics.horizontalAdvance(text), round(box.width() * 0.6))
        left = (
            min(at.x() + 9, box.right() - wide - 4)
            if at.x() + 9 + wide > box.right()
            else at.x() + 9
        )
        top = at.y() - metrics.height() / 2
        if left < at.x() + 5:
            top = at.y() + 6
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QRectF(left, top, wide + 2, metrics.height()), shown)
