"""A short field for whole minutes, with its caption, and below both what is wrong with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmdesk.gui.theme import current_theme, mark_widget
from pmdesk.gui.widgets.parts import label
from pmdesk.typed.numbers import integer, whole
from pmdesk.words import Words

_WIDTH = 56


class MinutesField(QWidget):
    """`kept` tells of minutes that may be; those before hold until then."""

    kept = Signal(int)

    def __init__(self, words: Words, caption: str, minutes: int, most: int) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words, self._most = words, most
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        name = label(caption, "")
        self.line = QLineEdit(str(minutes))
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
        minutes = _minutes(self.line.text(), self._most)
        if minutes is None:
            words = self._words
            self._say(words("Give whole minutes from {low} to {high}.", low=0, high=self._most))
            return
        self.line.setText(str(minutes))
        self._say("")
        self.kept.emit(minutes)

    def _say(self, sentence: str) -> None:
        """Show below the field what is wrong with it; nothing with an empty sentence."""
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence)
        mark_widget(self.line, "problem", bool(sentence))


def _minutes(text: str, most: int) -> int | None:
    """The minutes that are typed; None where they are none, or too many."""
    for read in (integer, whole):  # 1５ and 十五
        try:
            minutes = read(text)
        except ValueError:
            continue
        return minutes if 0 <= minutes <= most else None
    return None
