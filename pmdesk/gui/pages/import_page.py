"""Mail import: looked through first, then taken as one act, with a report of what was not."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QProgressBar, QVBoxLayout, QWidget

from pmdesk.actions.import_mail import (
    ImportCancelled,
    Job,
    Preview,
    Report,
    import_mail,
    preview_mail,
)
from pmdesk.gui.pages.importing.files import FilesCard
from pmdesk.gui.pages.importing.keeping import KeepingCard
from pmdesk.gui.pages.importing.people import PeopleCard
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.places import CLIENTS
from pmdesk.gui.tasks import Progress, Task, run_task
from pmdesk.gui.widgets.parts import Card, button, label, scrolled
from pmdesk.journal.errors import JournalError
from pmdesk.words import mark


class ImportPage(Page):
    """Files in, whose mail it is, a look, then the import."""

    kinds = ("identity", "client")

    def __init__(self, desk) -> None:
        super().__init__(desk)
        words = self.words
        self.task: Task | None = None
        self._number = 0
        self._seen: Preview | None = None
        self.head(
            words("Import mail"),
            words("Files are only read. The import is one step that Undo takes back."),
        )
        self.files, self.people, self.keeping = (
            FilesCard(words),
            PeopleCard(desk),
            KeepingCard(desk),
        )
        self.files.changed.connect(self.look)
        self.files.cleared.connect(self._on_cleared)
        self.people.changed.connect(self.look)
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 0, 8, 0)
        body.setSpacing(12)
        for card in (self.files, self.people, self.keeping, self._result_card()):
            body.addWidget(card)
        body.addStretch(1)
        self.column.addWidget(scrolled(content), 1)
        self.column.addLayout(self._foot())
        self._show_state()

    def _foot(self) -> QHBoxLayout:
        words = self.words
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
        return foot

    def _result_card(self) -> Card:
        self.result_card = Card(self.words("4 What was not taken"))
        self.not_taken = QListWidget()
        self.not_taken.setAccessibleName(self.words("What was not taken"))
        self.not_taken.setMinimumHeight(120)
        self.not_taken.setWordWrap(True)
        self.result_card.body.addWidget(self.not_taken)
        self.result_card.hide()
        return self.result_card

    def add_paths(self, paths: list[Path]) -> None:
        """Files or folders to import; they are looked through at once."""
        self.files.add(paths)

    def _on_cleared(self) -> None:
        """Begin anew."""
        self.cancel()
        self._seen = None
        self.people.clear_seen()
        self.not_taken.clear()
        self.result_card.hide()
        self._show_state()

    def look(self) -> None:
        """Look through the files in the background; nothing is written."""
        setup = self.people.setup()
        if not self.files.paths or setup is None:
            self._show_state()
            return
        self.cancel()
        paths, journal = list(self.files.paths), self.desk.journal

        def work(task: Task) -> Preview:
            with journal.again(writable=False) as own:
                return preview_mail(own, paths, setup, Job(task.report, task.cancelled))

        self._start(work, self._on_looked, self.words("Looking through the files…"))

    def take(self) -> None:
        """Import in the background, as one act; what is missing for it is said at its place."""
        setup = self.people.setup()
        if setup is None:
            return
        if not self.files.paths:
            self.files.ask_for_one()
            return
        if not setup.own:
            self.people.ask_for_own()
            return
        if self._seen is not None and not self._seen.new:
            self.people.ask_for_clients()
            return
        wanted = self.keeping.applied(setup)
        paths, journal, now = list(self.files.paths), self.desk.journal, self.desk.now()

        def work(task: Task) -> Report:
            with journal.again() as own:
                return import_mail(own, paths, wanted, at=now, job=Job(task.report, task.cancelled))

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
        self.people.show_seen(seen)
        self._show_not_taken(seen)
        self._show_state()

    def _on_taken(self, report: Report) -> None:
        """Tell what was taken; the files stay, so that more of their senders can be ticked."""
        self._show_not_taken(report)
        words = self.words
        done = words(
            "Added {added}, already there {there}, not taken {lost}",
            added=words.number(report.new, 0), there=words.number(report.there, 0),
            lost=words.number(len(report.not_taken), 0),
        )  # fmt: skip
        if report.moved:
            done = words("{what}, sorted anew {n}", what=done, n=words.number(report.moved, 0))
        self._seen = None
        self.people.show_seen(report)
        self._show_state()
        self.status.setText(done)
        self.desk.changed.emit(report.changes)
        self.desk.tell(done, undo=report.changes.action_id if report.changes.kinds else None)
        if report.new and not report.not_taken:
            self.desk.show(CLIENTS)

    def _on_failed(self, error: Exception) -> None:
        self._show_state()
        if isinstance(error, ImportCancelled):
            self.status.setText(self.words("Stopped. Nothing was kept of it."))
        elif isinstance(error, JournalError):
            self.desk.fail(error)
        else:
            raise error

    def _show_not_taken(self, seen: Preview) -> None:
        words = self.words
        self.not_taken.clear()
        for text, n in seen.left_out.most_common():
            what, number = words(text), words.number(n, 0)
            self.not_taken.addItem(words("Left out: {what} {n}", what=what, n=number))
        for problem in seen.not_taken:
            self.not_taken.addItem(f"{problem.source}: {problem.sentence(words)}")
        self.result_card.setVisible(bool(self.not_taken.count()))

    def _show_state(self) -> None:
        words, seen = self.words, self._seen
        self.take_button.setEnabled(self.task is None)
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
        self.people.refresh()
