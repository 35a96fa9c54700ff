"""Steps one below the other: which are done, which is the present one, when each is due."""

from typing import Literal, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from pmdesk.gui.icons import pixmap
from pmdesk.gui.theme import Theme, current_theme

_ROW, _CIRCLE, _GAP, _INSET = 46, 20, 10, 8


State = Literal["done", "now", "later"]


class ShownStep(NamedTuple):
    """A step as it reads: its name, the line below it, how it stands, and that in a word."""

    text: str
    second: str
    state: State
    state_text: str
    late: bool = False


class StepButton(QAbstractButton):
    """One step: a tick or its number, its name, its day."""

    def __init__(self, number: int, shown: ShownStep) -> None:
        super().__init__()
        self._number, self.shown = number, shown
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.use(shown)

    def use(self, shown: ShownStep) -> None:
        """Show how the step stands now."""
        self.shown = shown
        self.setText(shown.text)
        name = f"{self._number}. {shown.text}"
        self.setAccessibleName(", ".join(filter(None, (name, shown.state_text, shown.second))))
        self.setToolTip("\n".join(filter(None, (shown.text, shown.second))))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, current_theme().px(_ROW))

    def enterEvent(self, event) -> None:
        self.update()

    def leaveEvent(self, event) -> None:
        self.update()

    def paintEvent(self, event) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -1, -1)
        self._paint_ground(painter, theme, box)
        side = theme.px(_CIRCLE)
        left = box.left() + theme.px(_INSET)
        circle = QRect(left, box.center().y() - side // 2, side, side)
        self._paint_circle(painter, theme, circle)
        text = box.adjusted(circle.right() - box.left() + theme.px(_GAP), theme.px(4),
                            -theme.px(_INSET), -theme.px(4))  # fmt: skip
        self._paint_texts(painter, theme, text)
        painter.end()

    def _paint_ground(self, painter: QPainter, theme: Theme, box: QRect) -> None:
        ground = "soft" if self.isChecked() else "hover" if self.underMouse() else ""
        painter.setPen(QPen(theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)

    def _paint_circle(self, painter: QPainter, theme: Theme, circle: QRect) -> None:
        state = self.shown.state
        line = {"done": "good", "now": "accent", "later": "edge"}[state]
        fill = {"done": "soft_good", "now": "accent", "later": "surface"}[state]
        painter.setPen(QPen(theme.color(line), 1))
        painter.setBrush(theme.color(fill))
        painter.drawEllipse(circle)
        if state == "done":
            sign = pixmap("check", "good", 12)
            size = sign.deviceIndependentSize().toSize()
            painter.drawPixmap(circle.center() - QRect(0, 0, *size.toTuple()).center(), sign)
            return
        painter.setPen(theme.color("on_accent" if state == "now" else "muted"))
        painter.setFont(theme.font("small", bold=state == "now"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _paint_texts(self, painter: QPainter, theme: Theme, box: QRect) -> None:
        shown = self.shown
        lines = [(shown.text, theme.font(bold=shown.state == "now"),
                  "muted" if shown.state == "later" else "text")]  # fmt: skip
        if shown.second:
            second = f"⚠ {shown.second}" if shown.late else shown.second
            lines.append((second, theme.font("small"), "bad" if shown.late else "muted"))
        height = box.height() // len(lines)
        for n, (text, font, colour) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(theme.color(colour))
            line = QRect(box.left(), box.top() + n * height, box.width(), height)
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)


class StepList(QWidget):
    """The steps; a click or a key on one asks for it, up and down walk them."""

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setAccessibleName(name)
        self.buttons: list[StepButton] = []
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(2)
        self.rows.addStretch(1)

    def show_steps(self, steps: list[ShownStep], present: int) -> None:
        """Show the steps, as many as before if any, with `present` as the one that is open."""
        for n, step in enumerate(steps[len(self.buttons) :], len(self.buttons)):
            button = StepButton(n + 1, step)
            self.buttons.append(button)
            self.rows.insertWidget(n, button)
            # who decides whether it may be opened is asked; the tick stays until then
            button.clicked.connect(lambda checked, n=n: self._ask(n, checked=checked))
        for n, (button, step) in enumerate(zip(self.buttons, steps, strict=True)):
            button.use(step)
            button.setChecked(n == present)

    def _ask(self, n: int, *, checked: bool) -> None:
        self.buttons[n].setChecked(not checked)
        self.chosen.emit(n)

    def keyPressEvent(self, event) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(event.key())
        place = next((n for n, b in enumerate(self.buttons) if b.hasFocus()), None)
        if by is None or place is None:
            super().keyPressEvent(event)
            return
        self.buttons[max(0, min(len(self.buttons) - 1, place + by))].setFocus()
