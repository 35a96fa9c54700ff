"""An evidence pack looked at: whether it is the one that was written down, and what of it changed."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QProgressBar

from pmdesk.exchange.pack import SAID, Finding, NoPack, file_sum, verify_pack
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import open_path
from pmdesk.gui.pages.page import Page
from pmdesk.gui.tasks import Progress, Task, run_task
from pmdesk.gui.theme import mark_widget
from pmdesk.gui.widgets.parts import Card, button, label
from pmdesk.journal.errors import shown

_STEPS = 1000


class _Checked(NamedTuple):
    """What a look at a pack found: its files that are not as they were, how many it names, its sum."""

    findings: list[Finding]
    files: int
    sum: str


class CheckPackPage(Page):
    """Every file that changed, is missing or came in is named; nothing is unpacked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self._task: Task | None = None
        self.sum = ""
        self.choose_button = button(words("Choose a pack…"), self._choose, primary=True)
        about = words("Whether a pack is still what it was when it was made. Nothing is unpacked.")
        self.head(words("Check a pack"), about, (self.choose_button,))
        row = QHBoxLayout()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, _STEPS)
        self.progress.setAccessibleName(words("Check a pack"))
        self.cancel_button = button(words("Cancel"), self._cancel)
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel_button)
        self.column.addLayout(row)
        card = Card()
        self.verdict = label(words("No pack is chosen yet."), "section", wrap=True)
        self.path = label("", "muted", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(words("Files that are not as they were"))
        self.list.setWordWrap(True)
        card.body.addWidget(self.verdict)
        card.body.addWidget(self.path)
        self.list.hide()
        card.body.addWidget(self.list, 1)
        self.column.addWidget(card)
        sums = Card(words("SHA-256 of the pack"))
        self.told_sum = QLineEdit()
        self.told_sum.setReadOnly(True)
        self.told_sum.setAccessibleName(words("SHA-256 of the pack"))
        self.noted = QLineEdit()
        self.noted.setPlaceholderText(words("The SHA-256 that was written down when it was made"))
        self.noted.setAccessibleName(words("The SHA-256 that was written down when it was made"))
        self.noted.setClearButtonEnabled(True)
        self.noted.textChanged.connect(self._compare)
        self.same = label("", "", wrap=True)
        for widget in (self.told_sum, self.noted, self.same):
            sums.body.addWidget(widget)
        self.column.addWidget(sums)
        self.column.addStretch(1)
        self._show_running(running=False)
        self._compare()

    def take_focus(self) -> None:
        self.choose_button.setFocus()

    def _choose(self) -> None:
        path = open_path(self, self.words("Choose a pack…"), "*.zip")
        if path is not None:
            self.check(path)

    def _show_running(self, *, running: bool) -> None:
        self.progress.setVisible(running)
        self.cancel_button.setVisible(running)
        self.choose_button.setEnabled(not running)

    def check(self, path: Path) -> None:
        """Look at a pack beside the window."""
        words = self.words
        self._cancel()
        self.sum = ""
        self.told_sum.clear()
        self.list.clear()
        self.list.hide()
        self.path.setText(shown(path))
        self._say("", words("Being checked…"))
        self.progress.setValue(0)
        self._show_running(running=True)
        self._compare()

        def work(task: Task) -> _Checked:
            findings, files = verify_pack(path, progress=task.report)
            return _Checked(findings, files, file_sum(path))

        self._task = run_task(
            self,
            work,
            done=self._on_checked,
            failed=partial(self._on_failed, path),
            progressed=self._on_progress,
            cancelled=self._on_cancelled,
        )

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_progress(self, progress: Progress) -> None:
        if progress.total:
            self.progress.setValue(round(progress.done / progress.total * _STEPS))

    def _ended(self) -> None:
        self._task = None
        self._show_running(running=False)

    def _say(self, kind: str, sentence: str) -> None:
        mark_widget(self.verdict, "role", kind)
        self.verdict.setText(sentence)

    def _on_checked(self, checked: _Checked) -> None:
        self._ended()
        words = self.words
        for finding in checked.findings:
            self.list.addItem(words(SAID[finding.what], name=finding.shown))
        self.list.setVisible(bool(checked.findings))
        if checked.findings:
            text = words("Not as it was when it was made: {n} files", n=len(checked.findings))
            self._say("bad", f"⚠ {text}")
        else:
            self._say("good", words("✓ Unchanged since it was made: {n} files", n=checked.files))
        self.sum = checked.sum
        self.told_sum.setText(checked.sum)
        self._compare()

    def _on_failed(self, path: Path, error: Exception) -> None:
        self._ended()
        words = self.words
        if isinstance(error, NoPack):
            text = words(error.sentence, path=shown(path))
        elif isinstance(error, OSError):
            text = words("{path} cannot be read.", path=shown(path))
        else:
            raise error
        self._say("bad", f"⚠ {text}")

    def _on_cancelled(self) -> None:
        self._ended()
        self._say("", self.words("Stopped before its end: nothing is known of the pack."))

    def _compare(self) -> None:
        """Say whether it is the pack whose sum was written down: its own list proves nothing of that."""
        words, noted = self.words, "".join(self.noted.text().split()).casefold()
        if not self.sum or not noted:
            kind, text = "muted", words(
                "Compare it with the one that was written down elsewhere: who changes a pack can also"
                " change the list in it."
            )  # fmt: skip
        elif noted == self.sum:
            kind, text = "good", words("✓ It is the pack whose SHA-256 was written down.")
        else:
            other = words("It is another: its SHA-256 is not the one written down.")
            kind, text = "bad", f"⚠ {other}"
        mark_widget(self.same, "role", kind)
        self.same.setText(text)
