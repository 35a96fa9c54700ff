"""The part of the settings for the head of reports: the sender, and a logo."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.actions.letterhead import choose_logo, remove_logo
from pmdesk.actions.refusals import Refused
from pmdesk.answers.letterhead import letterhead, letterhead_record
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import open_path
from pmdesk.gui.forms import spoken
from pmdesk.gui.widgets.parts import button, label

_LOGO_HEIGHT = 44


class LetterheadPart(QWidget):
    """The letterhead as it will stand there, with the ways to change it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, words = desk, desk.words
        head = letterhead(desk.journal)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(16)
        if head.logo:
            picture = QPixmap()
            picture.loadFromData(head.logo)
            logo = label("")
            height = round(_LOGO_HEIGHT * desk.settings.scale / 100)
            logo.setPixmap(
                picture.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation)
            )
            logo.setAccessibleName(words("Logo"))
            row.addWidget(logo)
        text = "\n".join(head.sender) or words("Nobody is named yet: reports go without a sender.")
        row.addWidget(label(text, "" if head.sender else "muted", wrap=True), 1)
        body.addLayout(row)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(
            button(words("Edit sender"), lambda: desk.edit(letterhead_record(desk.journal)))
        )
        acts.addWidget(button(words("Choose logo…"), self._choose))
        if head.logo:
            acts.addWidget(button(words("Remove logo"), self._remove, quiet=True))
        acts.addStretch(1)
        body.addLayout(acts)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)

    def _choose(self) -> None:
        path = open_path(self, self._desk.words("Choose logo…"), "*.png *.jpg *.jpeg *.svg")
        if path is not None:
            self.use(path)

    def use(self, path: Path) -> None:
        """Take a picture as the logo; what is wrong with it is said here."""
        words = self._desk.words
        try:
            self._desk.do(choose_logo, path, at=self._desk.now(), say=True)
        except Refused as refused:
            self._tell(" ".join(spoken(words, problem) for problem in refused.problems))
        except OSError:
            self._tell(words("{path} cannot be read.", path=path.name))

    def _tell(self, sentence: str) -> None:
        self.problem.setText(f"⚠ {sentence}")
        self.problem.show()

    def _remove(self) -> None:
        self._desk.do(remove_logo, at=self._desk.now(), say=True)
