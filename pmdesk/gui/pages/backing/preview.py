"""The backup that is chosen: what it holds, what has changed since, and the way back to it."""

from datetime import tzinfo
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.answers.backups import Names, records_in
from pmdesk.gui.pages.backing.confirming import Confirming
from pmdesk.gui.theme import mark_widget
from pmdesk.gui.widgets.parts import Card, button, clear, label, rule, scrolled
from pmdesk.gui.widgets.secret_field import SecretField
from pmdesk.journal.errors import PassphraseNeeded, WrongPassphraseOrDamaged
from pmdesk.words import Words, mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmdesk.gui.pages.backing.looks import Looks
    from pmdesk.journal.backups.differences import Difference
    from pmdesk.journal.backups.manifest import Backup

_COLUMNS: Final = (mark("Added"), mark("Changed"), mark("Deleted"))
_NAMES: Final = 60
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_STATES: Final = {
    None: ("muted", mark("Being checked…")),
    True: ("good", mark("✓ Sound: to the byte what it was when it was made")),
    False: ("bad", mark("⚠ Damaged: it is not what it was when it was made. Choose another.")),
}


class Preview(Card):
    """Shows what is known so far; `entered` tells a passphrase that was typed for this backup."""

    entered = Signal(str)

    def __init__(self, words: Words, zone: tzinfo, *, encrypted: bool) -> None:
        """`encrypted` is whether the journal is now."""
        super().__init__()
        self._words, self._zone, self._encrypted = words, zone, encrypted
        self.backup: Backup | None = None
        self.title = label("", "section")
        self.reason = label("", "remark", gives_way=True)
        self.reason.setAlignment(_RIGHT)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.reason, 1)
        self.body.addLayout(head)
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 0, 8, 0)
        body.setSpacing(8)
        self.facts = label("", "small", wrap=True)
        self.state = label("", "", wrap=True)
        self.open_to_all = label("", "", wrap=True)
        mark_widget(self.open_to_all, "role", "warn")
        self.since = label("", "muted", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self.names = label("", "muted", wrap=True)
        self.missing = label("", "", wrap=True)
        self.asking = self._asking()
        for part in (self.facts, self.state, self.open_to_all):
            body.addWidget(part)
        body.addWidget(rule())
        body.addWidget(label(words("Changed since then"), "section"))
        body.addWidget(self.since)
        body.addLayout(self._grid)
        body.addWidget(rule())
        body.addWidget(label(words("Clients in it"), "section"))
        body.addWidget(self.missing)
        body.addWidget(self.names)
        body.addWidget(self.asking)
        body.addStretch(1)
        self.body.addWidget(scrolled(content), 1)
        self.confirming = Confirming(words)
        self.body.addWidget(self.confirming)

    def _asking(self) -> QWidget:
        words = self._words
        box = QWidget()
        box.setObjectName("plain")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(
            label(
                words("It was made under another passphrase than the present one."), "", wrap=True
            )
        )
        self.secret = SecretField(words("Passphrase of this backup"))
        self.secret.entered.connect(self._enter)
        column.addWidget(self.secret)
        column.addWidget(button(words("Open"), self._enter), 0, Qt.AlignmentFlag.AlignLeft)
        box.hide()
        return box

    def _enter(self) -> None:
        if self.secret.text():
            self.entered.emit(self.secret.text())
        else:
            self.secret.say(self._words("Type the passphrase of this backup."))

    def show_backup(self, backup: "Backup", looks: "Looks") -> None:
        """Show a backup as far as it is known."""
        words = self._words
        if self.backup is None or self.backup.path != backup.path:
            self.secret.line.clear()
            self.confirming.rest()
        self.backup = backup
        self.title.setText(words.moment(backup.at, self._zone))
        self.reason.setText(words(backup.reason.label))
        size = words.size(backup.size)
        held = words("{n} records", n=words.number(records_in(backup.counts), 0))
        self.facts.setText(" · ".join([size, *([held] if backup.counts else []), backup.path.name]))
        sound = looks.known("sound", backup.path)
        self._show_state(sound)
        bare = self._encrypted and not backup.encrypted
        text = words("Not encrypted: whoever gets this file can read everything in it.")
        self.open_to_all.setText(f"⚠ {text}")
        self.open_to_all.setVisible(bare)
        names = looks.known("names", backup.path)
        self._show_since(looks.known("since", backup.path))
        self._show_names(names)
        refused = isinstance(sound, Exception) or isinstance(names, Exception)
        self.confirming.offer(possible=sound is True and not refused, bare=bare)

    def _show_state(self, sound: Any) -> None:
        if isinstance(sound, Exception):
            role, text = "bad", f"⚠ {self._said(sound)}"
        else:
            role, text = _STATES[sound][0], self._words(_STATES[sound][1])
        mark_widget(self.state, "role", role)
        self.state.setText(text)

    def _said(self, error: Exception) -> str:
        sentence = getattr(error, "sentence", "")
        if not sentence:
            return self._words("{path} cannot be read.", path=getattr(error, "filename", ""))
        return self._words(sentence, **getattr(error, "facts", {}))

    def _show_since(self, found: "Sequence[Difference] | Exception | None") -> None:
        words = self._words
        clear(self._grid)
        text = ""
        if found is None:
            text = words("Being compared…")
        elif _asks(found):
            text = words("Told once it is open.")
        elif isinstance(found, Exception):
            text = f"⚠ {self._said(found)}"
        elif not found:
            text = words("Nothing has changed since.")
        else:
            self._fill(found)
        self.since.setText(text)
        self.since.setVisible(bool(text))

    def _fill(self, found: "Sequence[Difference]") -> None:
        words, grid = self._words, self._grid
        rows = [(each.kind.many, (each.added, each.changed, each.gone)) for each in found]
        shown = [n for n in range(len(_COLUMNS)) if any(counts[n] for _, counts in rows)]
        grid.setColumnStretch(0, 1)
        for column, n in enumerate(shown, 1):
            head = label(words(_COLUMNS[n]), "small")
            head.setAlignment(_RIGHT)
            grid.addWidget(head, 0, column)
        for row, (kind, counts) in enumerate(rows, 1):
            grid.addWidget(label(words(kind), "", gives_way=True), row, 0)
            for column, n in enumerate(shown, 1):
                figure = label(words.number(counts[n], 0) if counts[n] else "–")
                mark_widget(figure, "role", "" if counts[n] else "muted")
                figure.setAlignment(_RIGHT)
                grid.addWidget(figure, row, column)

    def _show_names(self, names: "Names | Exception | None") -> None:
        words = self._words
        self.missing.hide()
        self.asking.setVisible(_asks(names))
        self.names.setVisible(not _asks(names))
        if names is None:
            text = words("Being read…")
        elif isinstance(names, Exception):
            text = f"⚠ {self._said(names)}"
            if _asks(names) and self.secret.text():
                self.secret.say(self._said(names))
        else:
            text = words.listed(names.clients[:_NAMES]) or words("None yet.")
            if len(names.clients) > _NAMES:
                text = words("{names} and {n} more", names=text, n=len(names.clients) - _NAMES)
            if names.missing:
                gone = words.listed(names.missing[:_NAMES])
                self.missing.setText(words("Not in the journal now: {names}", names=gone))
                self.missing.show()
        self.names.setText(text)


def _asks(found: object) -> bool:
    """Whether what was found is that a passphrase is missing."""
    return isinstance(found, PassphraseNeeded | WrongPassphraseOrDamaged)
