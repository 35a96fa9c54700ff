"""A journal that does not open: what is known, its backups with the newest sound one chosen, the ways out."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.answers.backups import records_in
from pmdesk.gui.dialogs import open_path, save_path
from pmdesk.gui.pages.backing.looks import Job, Looks
from pmdesk.gui.pages.backing.rows import BackupRows, Look
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.parts import Card, button, label, scrolled
from pmdesk.gui.widgets.secret_field import SecretField
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.journal.backup import free_aside
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.words import Words, mark

if TYPE_CHECKING:
    from pmdesk.journal.backups.manifest import Backup

_WIDEST: Final = 720
_ROWS: Final = 4
_ROW: Final = 52
_LARGE: Final = 1.5  # a list of half the height leaves room for the way back
_STATES: Final = {
    None: (mark("Being checked…"), "muted"),
    True: (mark("✓ Sound"), "good"),
    False: (mark("⚠ Damaged"), "bad"),
}


class Damage(NamedTuple):
    """A file that does not open, why, and its backups, the latest first.

    `passphrase` is the one that was typed; with `asks` another may open the file after all. `chosen`
    is the backup that was tried before.
    """

    path: Path
    sentence: str
    backups: "tuple[Backup, ...]"
    passphrase: str | None = None
    asks: bool = False
    chosen: Path | None = None


class DamagedPage(QWidget):
    """It only asks: the window acts."""

    restore_asked = Signal(object, object)
    salvage_asked = Signal(object, object)
    opening_asked = Signal(object)
    passphrase_asked = Signal()

    def __init__(self, words: Words, folder: str, damage: Damage) -> None:
        """`folder` is the one chosen for backups."""
        super().__init__()
        # there are no menus that would hold the key
        QShortcut(QKeySequence("Ctrl+Q"), self, lambda: self.window().close())
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words, self._damage = words, damage
        self._picked = damage.chosen is not None
        shelf = shelf_of(damage.path, folder)
        self.looks = Looks((Job("sound", shelf.sound),), self)
        self.looks.found.connect(self._on_found)
        content = QWidget()
        outer = QHBoxLayout(content)
        outer.setContentsMargins(28, 20, 28, 16)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(label(words("This journal cannot be opened"), "title", wrap=True))
        column.addWidget(label(damage.sentence, "", wrap=True))
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)
        self.rows = BackupRows(words, self._look)
        column.addWidget(self._backups() if damage.backups else self._none())
        column.addLayout(self._others())
        column.addStretch(2)
        holder = QWidget()
        holder.setObjectName("plain")
        holder.setLayout(column)
        holder.setMaximumWidth(current_theme().px(_WIDEST))
        outer.addWidget(holder, 8)
        outer.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content))
        self.rows.chosen.connect(self._on_chosen)
        if damage.backups:
            self.rows.use(damage.backups)
            self.rows.choose(damage.chosen or damage.backups[0].path)
            self.looks.use(list(damage.backups))

    def _backups(self) -> Card:
        words, damage = self.words, self._damage
        card = Card(words("Its backups"), words("the newest that is sound is chosen"))
        theme = current_theme()
        most = _ROWS if theme.scale < _LARGE else _ROWS // 2
        self.rows.setFixedHeight(theme.px(_ROW) * min(most, len(damage.backups)) + 2)
        card.body.addWidget(self.rows)
        self.lost = label("", "muted", wrap=True)
        card.body.addWidget(self.lost)
        self.secret = SecretField(words("Passphrase of this backup"))
        self.secret.line.setText(damage.passphrase or "")
        self.secret.entered.connect(self._restore)
        card.body.addWidget(self.secret)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.restore_button = button(words("Restore"), self._restore, primary=True)
        row.addWidget(self.restore_button)
        kept = words(
            "The file that does not open is kept as “{name}”.", name=free_aside(damage.path).name
        )
        row.addWidget(label(kept, "small", wrap=True), 1)
        card.body.addLayout(row)
        return card

    def _none(self) -> Card:
        words = self.words
        card = Card(words("Its backups"))
        text = words("There are none beside it, nor in the folder for backups.")
        card.body.addWidget(label(text, "muted", wrap=True))
        return card

    def _others(self) -> WrappedRow:
        words = self.words
        row = WrappedRow(gap=8)
        self.salvage_button = button(words("Salvage what can be read…"), self._salvage)
        row.addWidget(self.salvage_button)
        self.other_button = button(words("Open another file…"), self._open_other)
        row.addWidget(self.other_button)
        if self._damage.asks:
            self.again_button = button(
                words("Type another passphrase"), self.passphrase_asked.emit, quiet=True
            )
            row.addWidget(self.again_button)
        return row

    def take_focus(self) -> None:
        """Where one goes on: the passphrase where one is missing, else the way back."""
        if not self._damage.backups:
            self.salvage_button.setFocus()
        elif self.secret.isVisibleTo(self):
            self.secret.line.setFocus()
            self.secret.line.selectAll()
        else:
            self.restore_button.setFocus()

    def say(self, sentence: str) -> None:
        """A problem, below what is known of the file."""
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))

    def _look(self, backup: "Backup") -> Look:
        words = self.words
        sound = self.looks.known("sound", backup.path)
        state, tone = _STATES[False if isinstance(sound, Exception) else sound]
        held = words("{n} records", n=words.number(records_in(backup.counts), 0))
        second = held if backup.counts else ""
        return Look(
            words.moment(backup.at), words(backup.reason.label), second,
            words(state), tone, words.size(backup.size),
        )  # fmt: skip

    def _on_found(self, path: Path) -> None:
        """The first of them that is sound is chosen, unless somebody chose before."""
        self.rows.tell(path)
        current = self.rows.current()
        known = [(each, self.looks.known("sound", each.path)) for each in self._damage.backups]
        if not self._picked and not self.rows.hasFocus():
            # the older ones wait until the newer are known
            for backup, sound in known:
                if sound is None:
                    break
                if sound is True:
                    self._picked = True
                    self.rows.choose(backup.path)
                    self.take_focus()  # the button could not be pressed while a damaged one was chosen
                    break
        if current is not None:
            self._on_chosen(self.rows.current())

    def _on_chosen(self, backup: "Backup | None") -> None:
        if backup is None:
            return
        words = self.words
        self.looks.choose(backup.path)
        self.lost.setText(
            words("What was written after {moment} is not in it.", moment=words.moment(backup.at))
        )
        # what was typed to open the journal opens them, too, unless it was tried in vain
        typed = self._damage.passphrase is not None and self._damage.chosen is None
        self.secret.setVisible(backup.encrypted and not typed)
        sound = self.looks.known("sound", backup.path)
        self.restore_button.setEnabled(sound is True or sound is None)

    def _restore(self) -> None:
        backup = self.rows.current()
        if backup is None or not self.restore_button.isEnabled():
            return
        if backup.encrypted and not self.secret.text():
            self.secret.say(self.words("Type the passphrase of this backup."))
            return
        self.restore_asked.emit(backup, self.secret.text() if backup.encrypted else None)

    def _salvage(self) -> None:
        path, salvaged = self._damage.path, self.words("salvaged")
        name = path.with_name(f"{path.stem} {salvaged}{path.suffix}")
        target = save_path(
            self, self.words("Salvage what can be read"), str(name), "*.pmdesk", overwrite=False
        )
        if target is not None:
            typed = self.secret.text() if self._damage.backups else self._damage.passphrase
            self.salvage_asked.emit(target, typed or None)

    def _open_other(self) -> None:
        path = open_path(self, self.words("Open another file"), "*.pmdesk")
        if path is not None:
            self.opening_asked.emit(path)
