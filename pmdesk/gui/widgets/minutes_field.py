"""A short field for a whole number, as of minutes, with its caption, and below both what is wrong."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmdesk.gui.theme import current_theme, mark_widget
from pmdesk.gui.widgets.parts import label
from pmdesk.typed.numbers import integer, whole
from pmdesk.words import Words, mark

_WIDTH = 56
_MINUTES = mark("Give whole minutes from {low} to {high}.")


class WholeField(QWidget):
    """`kept` tells of a number that may be; the one before holds until then."""

    kept = Signal(int)

    def __init__(
        self, words: Words, caption: str, value: int, bounds: tuple[int, int], sentence: str
    ) -> None:
        """`sentence` names the bounds, {low} and {high}, of what may be typed."""
        super().__init__()
        self.setObjectName("plain")
        self._words, self._bounds, self._sentence = words, bounds, sentence
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        name = label(caption, "")
        self.line = QLineEdit(str(value))
        self.line.setFixedWidth(current_theme().px(_WIDTH))
        self.line.setAccessibleName(caption)
        name.setBuddy(self.line)
        row.addWidget(name)
        row.addWidget(self.line)
        row.addStretch(1)
        body.addLayout(row)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)
        self.line.editingFinished.connect(self._keep)
        self.line.textEdited.connect(lambda: self._say(""))

    def _keep(self) -> None:
        """Tell what is typed, or say what is wanted."""
        low, high = self._bounds
        value = _whole(self.line.text(), low, high)
        if value is None:
            self._say(self._words(self._sentence, low=low, high=high))
            return
        self.line.setText(str(value))
        self._say("")
        self.kept.emit(value)

    def _say(self, sentence: str) -> None:
        """Show below the field what is wrong with it; nothing with an empty sentence."""
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence)
        mark_widget(self.line, "problem", bool(sentence))


class MinutesField(WholeField):
    """One for whole minutes, from none to the most there may be."""

    def __init__(self, words: Words, caption: str, minutes: int, most: int, least: int = 0) -> None:
        super().__init__(words, caption, minutes, (least, most), _MINUTES)


def _whole(text: str, low: int, high: int) -> int | None:
    """The number that is typed; None where it is none, or out of bounds."""
    for read in (integer, whole):  # 1５ and 十五
        try:
            value = read(text)
        except ValueError:
            continue
        return value if low <= value <= high else None
    return None
