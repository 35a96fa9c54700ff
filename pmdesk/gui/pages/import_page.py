"""Mail import: looked through first, then taken as one act, with a report of what was not."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from pmdesk.actions.import_mail import (
    ImportCancelled,
    Job,
    Preview,
    Report,
    import_mail,
    preview_mail,
)
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.exchange.mail.addresses import PatternNotUnderstood, parse_pattern
from pmdesk.gui.pages.page import Page
from pmdesk.gui.tasks import Progress, Task, run_task
from pmdesk.gui.widgets.parts import Card, button, label, scrolled
from pmdesk.gui.widgets.sender_table import SenderTable
from pmdesk.journal.errors import JournalError
from pmdesk.records.choices import IdentityRole
from pmdesk.records.identity import Identity
from pmdesk.words import mark


class ImportPage(Page):
    """Files in, whose mail it is, a look, then the import."""

    kinds = ("identity", "client")

    def __init__(self, desk) -> None:
        super().__init__(desk)
        words = self.words
        self.paths: list[Path] = []
        self.task: Task | None = None
        self._number = 0
        self._seen: Preview | None = None
        self.head(
            words("Import mail"),
            words("Files are only read. The import is one step that Undo takes back."),
        )
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 0, 8, 0)
        body.setSpacing(12)
        body.addWidget(self._files_card())
        body.addWidget(self._people_card())
        body.addWidget(self._result_card())
        body.addStretch(1)
        self.column.addWidget(scrolled(content), 1)
        foot = QHBoxLayout()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.progress.hide()
        self.status = label("", "muted", wrap=True)
        self.cancel_button = button(words("Cancel"), self.cancel)
        self.cancel_button.hide()
        self.take_button = button(words("Import"), self.take, primary=True)
        foot.addWidget(self.status, 2)
        foot.addWidget(self.progress, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.take_button)
        self.column.addLayout(foot)
        self._show_state()

    def _files_card(self) -> Card:
        words = self.words
        card = Card(words("1 Mail files"), words(".eml, .mbox, .msg, or folders of them"))
        self.files = QListWidget()
        self.files.setAccessibleName(words("Mail files"))
        self.files.setMaximumHeight(96)
        card.body.addWidget(self.files)
        self.hint = label(words("Drop mail files here, or add them."), "muted")
        card.body.addWidget(self.hint)
        row = QHBoxLayout()
        row.addWidget(button(words("Add files"), self._choose_files))
        row.addWidget(button(words("Add folder"), self._choose_folder))
        self.clear_button = button(words("Remove all"), self.clear_files, quiet=True)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _people_card(self) -> Card:
        words = self.words
        card = Card(words("2 Whose mail it is"))
        caption = label(words("My addresses, or @domain for everyone of my company"), "")
        self.own = QLineEdit()
        self.own.setPlaceholderText("me@company.com, @company.com")
        self.own.setAccessibleName(caption.text())
        caption.setBuddy(self.own)
        self.own.setText(", ".join(self._identities(IdentityRole.OWN)))
        self.own.editingFinished.connect(self.look)
        card.body.addWidget(caption)
        card.body.addWidget(self.own)
        self.own_problem = label("", "problem", wrap=True)
        self.own_problem.hide()
        card.body.addWidget(self.own_problem)
        caption = label(words("Leave out mail from"), "")
        self.ignored = QLineEdit()
        self.ignored.setPlaceholderText("noreply@example.com, @lists.example.com")
        self.ignored.setAccessibleName(caption.text())
        caption.setBuddy(self.ignored)
        self.ignored.setText(", ".join(self._identities(IdentityRole.IGNORED)))
        self.ignored.editingFinished.connect(self.look)
        card.body.addWidget(caption)
        card.body.addWidget(self.ignored)
        self.unclear_caption = label(
            words("Senders no client claims yet: tick those that are clients, and name them"),
            "",
            wrap=True,
        )
        card.body.addWidget(self.unclear_caption)
        self.unclear = SenderTable(words, self.unclear_caption.text())
        self.unclear.ticked_or_named.connect(self.look)
        card.body.addWidget(self.unclear)
        self.everybody = QCheckBox(words("Also take mail that concerns none of my clients"))
        self.everybody.clicked.connect(self.look)
        card.body.addWidget(self.everybody)
        return card

    def _result_card(self) -> Card:
        self.result_card = Card(self.words("3 What was not taken"))
        self.not_taken = QListWidget()
        self.not_taken.setAccessibleName(self.words("What was not taken"))
        self.not_taken.setMinimumHeight(120)
        self.result_card.body.addWidget(self.not_taken)
        self.result_card.hide()
        return self.result_card

    def _identities(self, role: IdentityRole) -> list[str]:
        found = self.desk.journal.find(Identity, "role = ?", [role.value])
        return [identity.pattern for identity in found]

    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, self.words("Add files"), "", self.words("Mail") + " (*.eml *.mbox *.msg);;* (*)"
        )
        self.add_paths([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.words("Add folder"))
        if name:
            self.add_paths([Path(name)])

    def add_paths(self, paths: list[Path]) -> None:
        """Files or folders to import; they are looked through at once."""
        for path in paths:
            if path not in self.paths:
                self.paths.append(path)
                self.files.addItem(str(path))
        self.look()

    def clear_files(self) -> None:
        """Begin anew."""
        self.cancel()
        self.paths.clear()
        self.files.clear()
        self._seen = None
        self.unclear.setRowCount(0)
        self.not_taken.clear()
        self.result_card.hide()
        self._show_state()

    def _patterns(self, line: QLineEdit) -> list[str]:
        text = line.text().replace("，", ",").replace("；", ",").replace(";", ",")
        return [parse_pattern(part) for part in text.split(",") if part.strip()]

    def setup(self) -> MailSetup | None:
        """What was said of addresses; None when something is not understood, which is shown."""
        try:
            own, ignored = self._patterns(self.own), self._patterns(self.ignored)
        except PatternNotUnderstood as error:
            self._tell_own(
                self.words(
                    "“{text}” is no mail address. Write a@b.com, or @b.com for a whole domain.",
                    text=str(error),
                )
            )
            return None
        self._tell_own("")
        clients: dict[str, list[str]] = {}
        for pattern, name in self.unclear.ticked().items():
            if name:
                clients.setdefault(name, []).append(pattern)
        return MailSetup(own, ignored, clients, everybody=self.everybody.isChecked())

    def _tell_own(self, sentence: str) -> None:
        self.own_problem.setText(f"⚠ {sentence}" if sentence else "")
        self.own_problem.setVisible(bool(sentence))
        self.own.setProperty("problem", bool(sentence))
        self.own.style().unpolish(self.own)
        self.own.style().polish(self.own)

    def look(self) -> None:
        """Look through the files in the background; nothing is written."""
        setup = self.setup()
        if not self.paths or setup is None:
            self._show_state()
            return
        self.cancel()
        paths, journal = list(self.paths), self.desk.journal

        def work(task: Task) -> Preview:
            with journal.again(writable=False) as own:
                return preview_mail(own, paths, setup, Job(task.report, task.cancelled))

        self._start(work, self._on_looked, self.words("Looking through the files…"))

    def take(self) -> None:
        """Import in the background, as one act."""
        setup = self.setup()
        if setup is None or not self.paths:
            return
        if not setup.own:
            self._tell_own(
                self.words("Say which addresses are your own: they decide who wrote to whom.")
            )
            self.own.setFocus()
            return
        paths, journal, now = list(self.paths), self.desk.journal, self.desk.now()

        def work(task: Task) -> Report:
            with journal.again() as own:
                return import_mail(own, paths, setup, at=now, job=Job(task.report, task.cancelled))

        self._start(work, self._on_taken, self.words("Importing…"))

    def _start(self, work: Any, done: Any, said: str) -> None:
        self._number += 1
        number = self._number
        self.status.setText(said)
        self.progress.setValue(0)
        self.progress.show()
        self.cancel_button.show()
        self.take_button.setEnabled(False)
        self.task = run_task(
            self,
            work,
            done=lambda result: self._ended(number, done, result),
            failed=lambda error: self._ended(number, self._on_failed, error),
            cancelled=lambda: self._ended(number, self._on_failed, ImportCancelled()),
            progressed=self._on_progress,
        )

    def _on_progress(self, progress: Progress) -> None:
        if progress.total:
            self.progress.setValue(round(progress.done / progress.total * 1000))

    def cancel(self) -> None:
        """Stop what is under way; nothing of it is kept."""
        if self.task:
            self.task.cancel()

    def _ended(self, number: int, tell: Any, result: Any) -> None:
        """Tell what came of a task, unless a later one has been started."""
        if number != self._number:
            return
        self.task = None
        self.progress.hide()
        self.cancel_button.hide()
        tell(result)

    def _on_looked(self, seen: Preview) -> None:
        self._seen = seen
        self.unclear.show_senders(seen.unclear)
        self._show_not_taken(seen)
        self._show_state()

    def _on_taken(self, report: Report) -> None:
        self._show_not_taken(report)
        words = self.words
        done = words(
            "Added {added}, already there {there}, not taken {lost}",
            added=words.number(report.new, 0), there=words.number(report.there, 0),
            lost=words.number(len(report.not_taken), 0),
        )  # fmt: skip
        self.paths.clear()
        self.files.clear()
        self._seen = None
        self.unclear.setRowCount(0)
        self._show_state()
        self.status.setText(done)
        self.desk.changed.emit(report.changes)
        self.desk.tell(done, undo=report.new > 0)
        if report.new and not report.not_taken:
            self.desk.go("clients")

    def _on_failed(self, error: Exception) -> None:
        self._show_state()
        if isinstance(error, ImportCancelled):
            self.status.setText(self.words("Stopped. Nothing was kept of it."))
        elif isinstance(error, JournalError):
            self.desk.fail(error)
        else:
            raise error

    def _show_not_taken(self, seen: Preview) -> None:
        self.not_taken.clear()
        for problem in seen.not_taken:
            self.not_taken.addItem(f"{problem.source}: {problem.sentence(self.words)}")
        self.result_card.setVisible(bool(seen.not_taken))

    def _show_state(self) -> None:
        words, seen = self.words, self._seen
        self.take_button.setEnabled(
            bool(self.paths) and self.task is None and bool(seen and seen.new)
        )
        for part in (self.clear_button, self.files):
            part.setVisible(bool(self.paths))
        self.hint.setVisible(not self.paths)
        self.unclear_caption.setVisible(bool(self.unclear.rowCount()))
        self.unclear.setVisible(bool(self.unclear.rowCount()))
        if seen is None:
            self.status.setText("")
            self.take_button.setText(words("Import"))
            return
        self.take_button.setText(words("Import {n} messages", n=words.number(seen.new, 0)))
        told = (
            (mark("new {n}"), seen.new),
            (mark("already here {n}"), seen.there),
            (mark("left out {n}"), seen.ignored + seen.left_out.total()),
            (mark("not readable {n}"), len(seen.not_taken)),
        )
        # the first two also when they are none
        parts = [
            words(text, n=words.number(n, 0)) for at, (text, n) in enumerate(told) if n or at < 2
        ]
        self.status.setText(" · ".join(parts))

    def refresh(self) -> None:
        if not self.own.text().strip():
            self.own.setText(", ".join(self._identities(IdentityRole.OWN)))
