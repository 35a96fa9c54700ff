"""Backups: what there is, what has changed since, one more by hand, and the way back to one."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QProgressBar, QStackedWidget, QWidget

from pmdesk.answers.backups import Names, in_short, names_in, records_in
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.backing.looks import Job, Looks
from pmdesk.gui.pages.backing.preview import Preview
from pmdesk.gui.pages.backing.rows import BackupRows, Look
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.places import SETTINGS
from pmdesk.gui.tasks import Progress, Task
from pmdesk.gui.theme import current_theme, mark_widget
from pmdesk.gui.widgets.parts import Card, EmptyState, button, label, scrolled
from pmdesk.journal.backup import free_aside
from pmdesk.journal.backups.differences import differences
from pmdesk.journal.errors import shown
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.journal.backups.differences import Difference
    from pmdesk.journal.backups.manifest import Backup

_STEPS: Final = 1000
_BESIDE: Final = 760
_LEAST_ROWS: Final = 3
_ROW: Final = 52
_MOST_ROWS: Final = 5
_EDGE: Final = 4
_PREVIEW: Final = 320
_UNBOUNDED: Final = (1 << 24) - 1  # QWIDGETSIZE_MAX, which PySide does not name
_STATES: Final = {
    None: (mark("Checked when made"), "muted"),
    True: (mark("✓ Sound"), "good"),
    False: (mark("⚠ Damaged"), "bad"),
}


class BackupsPage(Page):
    """Everything is found out beside the window, the chosen backup first; nothing is while it is hidden."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self._secrets: dict[Path, str] = {}
        self._asked = False
        self.now_button = button(words("Back up now"), self._back_up)
        settings_button = button(words("Settings"), partial(desk.show, SETTINGS), quiet=True)
        self.head(words("Backups"), self._about(), (settings_button, self.now_button), wrap=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, _STEPS)
        self.progress.setAccessibleName(words("Backing up…"))
        self.column.addWidget(self.progress)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.readable = label("", "", wrap=True)
        mark_widget(self.readable, "role", "warn")
        self.remove_button = button(words("Remove them…"), self._ask_removal)
        self._bare = QWidget()
        self._bare.setObjectName("plain")
        bare = QHBoxLayout(self._bare)
        bare.setContentsMargins(0, 0, 0, 0)
        bare.addWidget(self.readable, 1)
        bare.addWidget(self.remove_button)
        self._bare.hide()
        self.column.addWidget(self._bare)
        self.looks = Looks(
            (
                Job("since", self._since),
                Job("names", self._names, of_all=False),
                Job("sound", self._sound, reads_all=True),
            ),
            self,
        )
        self.looks.found.connect(self._on_found)
        self.rows = BackupRows(words, self._look)
        self.rows.chosen.connect(self._on_chosen)
        self._listed = Card()
        self._listed.body.setContentsMargins(*[_EDGE] * 4)
        self._listed.body.addWidget(self.rows)
        self.preview = Preview(words, desk.zone(), encrypted=desk.journal.passphrase is not None)
        self.rows.opened.connect(lambda _backup: self.preview.confirming.ask_button.click())
        self.preview.entered.connect(self._on_entered)
        self.preview.confirming.asked.connect(self._explain)
        self.preview.confirming.restored.connect(self._restore)
        both = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(16)
        self._both.addWidget(self._listed, 3)
        self._both.addWidget(self.preview, 2)
        self._empty = QWidget()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._empty)
        self._area = scrolled(both)
        self.stack.addWidget(self._area)
        self.column.addWidget(self.stack, 1)
        desk.backing.kept.connect(self._on_kept)
        desk.backing.failed.connect(self._on_failed)
        desk.backing.progressed.connect(self._on_progress)
        self._show_busy()
        self.refresh()

    def _about(self) -> str:
        words, settings = self.words, self.desk.settings
        if not settings.backups:
            return words("Switched off: only what is backed up by hand is here.")
        return words(
            "Made by themselves every {n} minutes while something changes, and at close.",
            n=settings.backup_minutes,
        )

    def take_focus(self) -> None:
        (self.rows if self.rows.entries.backups else self.now_button).setFocus()

    def arrive(self) -> None:
        self.remark.setText(self._about())
        self.refresh()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self.looks.pause(paused=False)

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self.looks.pause(paused=True)

    def refresh(self) -> None:
        """List what is there, beside the window, and compare with the journal as it is now."""
        find, chosen = self.desk.backing.shelf(), self.desk.settings.backup_folder

        def work(_task: Task) -> "tuple[list[Backup], bool, int]":
            there = not chosen or Path(chosen).is_dir()
            shelf = find()
            with self.desk.backing.borrowed() as journal:
                readable = len(shelf.unencrypted(journal))
            return shelf.all(), there, readable

        self.desk.background(self, work, self._on_listed)

    def _on_listed(self, found: "tuple[list[Backup], bool, int]") -> None:
        backups, there, readable = found
        self._show_readable(readable)
        words, folder = self.words, self.desk.settings.backup_folder
        self.looks.forget("since", "names")
        self._say_problem(
            "" if there else
            words("The folder for backups is not there: {path}. Connect that drive, or choose another"
                  " in the settings.", path=shown(Path(folder)))
        )  # fmt: skip
        had = self.rows.hasFocus() or self.now_button.hasFocus()
        if not backups:
            self._show_empty()
        self.stack.setCurrentIndex(1 if backups else 0)
        self.rows.use(backups)
        self._fit()
        self.looks.use(backups)
        if had and backups:
            self.rows.setFocus()

    def _show_readable(self, n: int) -> None:
        """Say how many copies of an encrypted journal anybody can read."""
        text = self.words("Backups from before the journal had a passphrase: {n}. Anybody who gets"
                          " them can read them.", n=n)  # fmt: skip
        self.readable.setText(f"⚠ {text}")
        self._bare.setVisible(n > 0)

    def _ask_removal(self) -> None:
        words = self.words
        sentence = words("Backups without a passphrase are removed for good, once a sound one with"
                         " the passphrase is there.")  # fmt: skip
        self.desk.questioned.emit(sentence, (words("Remove them"), self._remove_readable))

    def _remove_readable(self) -> None:
        find, now, desk = self.desk.backing.shelf(), self.desk.now(), self.desk

        def work(task: Task) -> int:
            with desk.backing.alone(), desk.backing.borrowed() as journal:
                return len(find().drop_unencrypted(journal, at=now, progress=task.report))

        def done(n: int) -> None:
            desk.tell(desk.words("Backups removed: {n}", n=n))
            self.refresh()

        desk.background(self, work, done)

    def _show_empty(self) -> None:
        words, on = self.words, self.desk.settings.backups
        text = words(
            "The first is made as soon as something changes, then every {n} minutes while it does,"
            " and when the journal is closed.",
            n=self.desk.settings.backup_minutes,
        )
        act = (words("Back up now"), self._back_up)
        if not on:
            text = words("Backups are switched off in the settings.")
            act = (words("Settings"), partial(self.desk.show, SETTINGS))
        empty = EmptyState(words("No backups yet"), text, act)
        self.stack.insertWidget(0, empty)
        self.stack.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = empty

    def _look(self, backup: "Backup") -> Look:
        words, looks = self.words, self.looks
        found, sound = looks.known("since", backup.path), looks.known("sound", backup.path)
        second = in_short(words, found) if isinstance(found, list) else ""
        state, tone = _STATES[None if isinstance(sound, Exception) else sound]
        size = words.size(backup.size)
        if backup.counts:
            held = words("{n} records", n=words.number(records_in(backup.counts), 0))
            size = f"{held} · {size}"
        return Look(
            words.moment(backup.at, self.desk.zone()), words(backup.reason.label), second,
            words(state), tone, size,
        )  # fmt: skip

    # What is found out, in a thread.

    def _secret(self, backup: "Backup") -> str | None:
        return self._secrets.get(backup.path) or self.desk.journal.passphrase

    def _since(self, backup: "Backup") -> "list[Difference]":
        with self.desk.backing.borrowed() as journal:
            return differences(journal, backup, self._secret(backup))

    def _names(self, backup: "Backup") -> Names:
        with self.desk.backing.borrowed() as journal:
            return names_in(journal, backup, self._secret(backup))

    def _sound(self, backup: "Backup") -> bool:
        return self.desk.backing.shelf()().sound(backup)

    def _on_found(self, path: Path) -> None:
        self.rows.tell(path)
        current = self.rows.current()
        if current is not None and current.path == path:
            self.preview.show_backup(current, self.looks)

    def _on_chosen(self, backup: "Backup | None") -> None:
        self.looks.choose(backup.path if backup is not None else None)
        if backup is not None:
            self.preview.show_backup(backup, self.looks)

    def _on_entered(self, passphrase: str) -> None:
        backup = self.rows.current()
        if backup is not None:
            self._secrets[backup.path] = passphrase
            self.looks.forget("names", "since")
            self.looks.choose(backup.path)

    # One more by hand.

    def _back_up(self) -> None:
        self._asked = True
        self._say_problem("")
        self.desk.backing.by_hand()
        self._show_busy()

    def _show_busy(self) -> None:
        words, busy = self.words, self.desk.backing.busy
        self.now_button.setEnabled(not busy)
        self.now_button.setText(words("Backing up…") if busy else words("Back up now"))
        self.progress.setVisible(busy)
        self.progress.setValue(0)

    def _on_progress(self, progress: Progress) -> None:
        if progress.total:
            self.progress.setValue(round(progress.done / progress.total * _STEPS))

    def _on_kept(self, backup: "Backup | None") -> None:
        self._show_busy()
        if backup is not None:
            if self._asked:
                self.desk.tell(self.words("Backed up, opened and checked."))
            self._asked = False
            self.refresh_when_seen()

    def _on_failed(self, sentence: str) -> None:
        self._show_busy()
        if self._asked:
            self._say_problem(sentence)
            self._asked = False

    def _say_problem(self, sentence: str) -> None:
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))

    # The way back.

    def _explain(self) -> None:
        self.preview.confirming.explain(
            self.words(
                "The journal becomes what it was then. As it is now it is kept beside it as “{name}”,"
                " and Undo puts it back.",
                name=free_aside(self.desk.path).name,
            )
        )
        # its height is known to the area only at the next turn of the loop
        box = self.preview.confirming.box
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(box))

    def _restore(self) -> None:
        backup = self.rows.current()
        if backup is not None:
            self.desk.restore(backup, self._secret(backup) if backup.encrypted else None)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """List and preview side by side; one above the other, the list is as high as its rows."""
        theme, way = current_theme(), QBoxLayout.Direction
        beside = self.width() >= theme.px(_BESIDE)
        self._both.setDirection(way.LeftToRight if beside else way.TopToBottom)
        rows = _LEAST_ROWS if beside else min(len(self.rows.entries.backups), _MOST_ROWS)
        self.rows.setMinimumHeight(theme.px(_ROW) * rows)
        most = _UNBOUNDED if beside else theme.px(_ROW) * rows + 2 * (_EDGE + 1)
        self._listed.setMaximumHeight(most)
        self.preview.setMinimumHeight(0 if beside else theme.px(_PREVIEW))
