"""Which files and folders are to be imported."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget

from pmdesk.actions.incoming.importers import IMPORTERS
from pmdesk.exchange.mail.reading import FILE_PATTERNS
from pmdesk.gui.dialogs import folder_path, open_paths
from pmdesk.gui.widgets.parts import Card, button, label
from pmdesk.words import Words


class FilesCard(Card):
    """A list of files and folders; `changed` when one is added, `cleared` when all are removed.

    `paste_asked` when text is to be pasted instead, `find_asked` when mail is to be looked for.
    """

    changed = Signal()
    cleared = Signal()
    paste_asked = Signal()
    find_asked = Signal()

    def __init__(self, words: Words) -> None:
        kinds = (words("Mail"), *(words(importer.title) for importer in IMPORTERS))
        super().__init__(words("Files"), " · ".join(kinds))
        self._words = words
        (self.caption,) = self.findChildren(QLabel, "section")
        self.paths: list[Path] = []
        self.files = QListWidget()
        self.files.setAccessibleName(words("Files"))
        self.body.addWidget(self.files)
        self.hint = label(
            words(
                "Drop files here, or add them. Mail: .eml, .mbox, .msg, .emlx, .pst, .ost, .zip,"
                " .tgz, or folders of them."
            ),
            "muted",
            wrap=True,
        )
        self.body.addWidget(self.hint)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        row = QHBoxLayout()
        self.add_button = button(words("Add files"), self._choose_files)
        row.addWidget(self.add_button)
        row.addWidget(button(words("Add folder"), self._choose_folder))
        self.paste_button = button(words("Paste text…"), self.paste_asked.emit)
        self.paste_button.setToolTip(words("Paste text…") + " (Ctrl+V)")
        row.addWidget(self.paste_button)
        self.find_button = button(words("Find mail here…"), self.find_asked.emit)
        self.find_button.setToolTip(words("Look for mail on this computer"))
        row.addWidget(self.find_button)
        self.clear_button = button(words("Remove all"), self.clear, quiet=True)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self._show()

    def _choose_files(self) -> None:
        words = self._words
        mail, everything = words("Mail"), words("All files")
        own = [(words(one.title), one.patterns) for one in IMPORTERS]
        kinds = [(everything, ("*",)), (mail, FILE_PATTERNS), *own]
        filters = ";;".join(f"{name} ({' '.join(patterns)})" for name, patterns in kinds)
        self.add(open_paths(self, words("Add files"), filters))

    def _choose_folder(self) -> None:
        folder = folder_path(self, self._words("Add folder"))
        if folder is not None:
            self.add([folder])

    def add(self, paths: list[Path]) -> None:
        """Files or folders more; each stands in the list once."""
        for path in paths:
            if path not in self.paths:
                self.paths.append(path)
                self.files.addItem(str(path))
        self._show()
        self.changed.emit()

    def exchange(self, more: list[Path], less: list[Path]) -> None:
        """Some files or folders more, others no longer."""
        gone = set(less)
        for row in reversed(range(len(self.paths))):
            if self.paths[row] in gone:
                del self.paths[row]
                self.files.takeItem(row)
        if self.paths or more:
            self.add(more)
        else:
            self.clear()

    def clear(self) -> None:
        """None of them any more."""
        self.paths.clear()
        self.files.clear()
        self._show()
        self.cleared.emit()

    def show_number(self, *, is_first: bool) -> None:
        """Whether it is the first of several steps, as for mail."""
        self.caption.setText(self._words("1 Files") if is_first else self._words("Files"))

    def ask_for_one(self) -> None:
        """Say that there is nothing to import yet."""
        self.problem.setText("⚠ " + self._words("Add a file or a folder first."))
        self.problem.show()
        self.add_button.setFocus()

    def _show(self) -> None:
        for part in (self.clear_button, self.files):
            part.setVisible(bool(self.paths))
        self.hint.setVisible(not self.paths)
        self.problem.hide()
        row = max(self.files.sizeHintForRow(0), 24)
        self.files.setFixedHeight(row * min(max(len(self.paths), 1), 4) + 8)
