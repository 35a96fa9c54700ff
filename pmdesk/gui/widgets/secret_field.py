"""A line for a passphrase under its name, and below it what is wrong with what was typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pmdesk.gui.theme import current_theme, mark_widget
from pmdesk.gui.widgets.parts import label

_WIDEST = 420


class SecretField(QWidget):
    """Shows no letter of what is typed; typing anew takes its problem away."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(3)
        caption = label(name, "small")
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name)
        self.line.setMaximumWidth(current_theme().px(_WIDEST))
        caption.setBuddy(self.line)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        for part in (caption, self.line, self.problem):
            body.addWidget(part)
        self.line.textEdited.connect(lambda: self.say(""))
        self.line.returnPressed.connect(self.entered)

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def say(self, sentence: str) -> None:
        """Show what is wrong and put the keyboard there; nothing wrong with an empty sentence."""
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence)
        mark_widget(self.line, "problem", bool(sentence))
        if sentence:
            self.line.setFocus()
            self.line.selectAll()
