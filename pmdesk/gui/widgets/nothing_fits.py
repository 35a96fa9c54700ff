"""That nothing passes the filters, and which of them to let go of."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.gui.widgets.parts import button, clear, label
from pmdesk.words import Words


class NothingFits(QWidget):
    """One button for each filter without which there is something."""

    loosened = Signal(str)
    cleared = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.words = words
        body = QVBoxLayout(self)
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(8)
        body.addStretch(1)
        head = label(words("Nothing passes all filters"), "head")
        self.hint = label("", "muted")
        self.hint.setWordWrap(True)
        for part in (head, self.hint):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            body.addWidget(part)
        body.addSpacing(8)
        self.acts = QVBoxLayout()
        self.acts.setSpacing(8)
        body.addLayout(self.acts)
        body.addStretch(2)

    def show_filters(self, filters: Mapping[str, str], looser: Sequence[tuple[str, str]]) -> None:
        """What is asked for, filter by filter in words; how much each of some alone keeps out."""
        clear(self.acts)
        words, middle = self.words, Qt.AlignmentFlag.AlignHCenter
        self.hint.setText(
            words("Let one of them go:")
            if looser
            else words("Each alone keeps everything out, too: clear them all.")
        )
        for name, much in looser:
            text = words("Without “{filter}”", filter=filters[name].strip("“”"))
            loosen = button(words.labelled(text, much), partial(self.loosened.emit, name))
            self.acts.addWidget(loosen, 0, middle)
        if len(filters) > 1 or not looser:
            every = button(words("Clear filters"), self.cleared.emit, quiet=True)
            self.acts.addWidget(every, 0, middle)
