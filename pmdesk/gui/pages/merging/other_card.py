"""Which journal is merged: its path, its passphrase where it has one, and what is wrong with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from pmdesk.gui.dialogs import open_path
from pmdesk.gui.pages.merging.looked import ARCHIVE_SUFFIX, JOURNAL_SUFFIX
from pmdesk.gui.tasks import Progress
from pmdesk.gui.theme import mark_widget
from pmdesk.gui.widgets.parts import Card, button, label
from pmdesk.gui.widgets.secret_field import SecretField
from pmdesk.journal.errors import shown
from pmdesk.words import Words

STEPS: Final = 1000


class OtherCard(Card):
    """`chosen` with the path that was chosen; `entered` when a passphrase was typed."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, words: Words, cancel: Callable[[], None]) -> None:
        super().__init__()
        self._words = words
        row = QHBoxLayout()
        row.setSpacing(12)
        self.path = label("", "section", gives_way=True)
        row.addWidget(self.path, 1)
        self.cancel_button = button(words("Cancel"), cancel)
        self.cancel_button.hide()
        row.addWidget(self.cancel_button)
        self.choose_button = button("", self._choose)
        row.addWidget(self.choose_button)
        self.body.addLayout(row)
        self.hint = label(
            words(
                "Take an archive that the other machine wrote (Export, as archive), or its journal"
                " (.pmdesk) itself. Drop it here or choose it. It is only read."
            ),
            "muted",
            wrap=True,
        )
        self.status = label("", "muted", wrap=True)
        self.note = label("", "advice", wrap=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, STEPS)
        self.progress.hide()
        self.problem = label("", "problem", wrap=True)
        self.secret = SecretField(words("Passphrase of the other journal"))
        self.secret.entered.connect(self.entered)
        self.secret_button = button(words("Open"), self.entered.emit)
        self.asking = QWidget()
        self.asking.setObjectName("plain")
        asking = QVBoxLayout(self.asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(8)
        asking.addWidget(self.secret)
        asking.addWidget(self.secret_button, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.hint, self.status, self.note, self.progress, self.problem, self.asking):
            self.body.addWidget(part)
        self.show_path(None)

    def _choose(self) -> None:
        names = f"*{ARCHIVE_SUFFIX} *{JOURNAL_SUFFIX}"
        path = open_path(self, self._words("Choose a file…"), names)
        if path is not None:
            self.chosen.emit(path)

    def show_path(self, path: Path | None) -> None:
        """Show which one it is, with nothing said of it yet."""
        words = self._words
        self.path.setText(shown(path) if path else words("No file is chosen yet."))
        self.choose_button.setText(words("Choose another…") if path else words("Choose a file…"))
        self.hint.setVisible(path is None)
        self.ask_passphrase(asked=False)
        self.explain("")
        self.say("")
        self.say_problem("")

    def say(self, sentence: str, kind: str = "muted", *, under_way: bool = False) -> None:
        """What is under way, or came of it."""
        mark_widget(self.status, "role", kind)
        self.status.setText(sentence)
        self.status.setVisible(bool(sentence))
        self.cancel_button.setVisible(under_way)
        self.progress.setVisible(under_way)
        self.progress.setValue(0)
        self.progress.setAccessibleName(sentence)

    def show_progress(self, progress: Progress) -> None:
        """How far it is; nothing of it while nobody knows."""
        if progress.total:
            self.progress.setValue(round(progress.done / progress.total * STEPS))

    def explain(self, sentence: str) -> None:
        """What is to be known of it before it is taken."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def say_problem(self, sentence: str) -> None:
        """Why it cannot be taken."""
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))

    def ask_passphrase(self, *, asked: bool = True, problem: str = "") -> None:
        """Ask for the passphrase; what was typed stays when it was the wrong one."""
        self.asking.setVisible(asked)
        if not asked:
            self.secret.line.clear()
        self.secret.say(problem)
        if asked:
            self.secret.line.setFocus()
