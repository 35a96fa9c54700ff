"""Mail that lies on this computer, offered to be ticked; nothing of it is opened before."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from pmdesk.gui.desk import Desk
from pmdesk.gui.tasks import Task
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.parts import Card, button, label
from pmdesk.words import mark

if TYPE_CHECKING:
    from pathlib import Path

    from pmdesk.exchange.mailboxes.looking import Found
    from pmdesk.exchange.mailboxes.values import Mailbox

_LONGEST_LOOK_S: Final = 10.0
_SHOWN_ROWS: Final = 6
_BOX: Final = 28
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WHERE: Final = mark(
    "Looked at are the places where mail programs keep their mail, and Documents and Downloads: names"
    " and sizes only. No mail is opened before you tick it, and nothing leaves this computer."
)
_NOT_READ: Final = mark("export the mail there as .eml first")


class StoresCard(Card):
    """A table of what was found; `changed` tells what was ticked and what no longer is."""

    changed = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(words("Mail on this computer"))
        self._desk = desk
        self._task: Task | None = None
        self._found: list[Mailbox] = []
        self._ticked: set[Path] = set()
        self.look_button = button(words("Look again"), self.look, quiet=True)
        self.head.addWidget(self.look_button)
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(words("Mail on this computer"))
        heads = (words("Program"), words("Account or file"), words("Size"), words("Newest"))
        for column, title in enumerate(heads):
            item = QTableWidgetItem(title)
            item.setTextAlignment(_RIGHT if column >= 2 else _LEFT)
            self.table.setHorizontalHeaderItem(column, item)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.itemChanged.connect(self._on_ticked)
        self.body.addWidget(self.table)
        self.told = label("", "muted", wrap=True)
        self.body.addWidget(self.told)
        self.body.addWidget(label(words(_WHERE), "small", wrap=True))
        self.table.hide()
        self.hide()

    @property
    def is_looking(self) -> bool:
        """Whether it is not known yet what there is."""
        return self._task is not None

    def look(self) -> None:
        """Look for mail beside the window; what is ticked stays so."""
        if self.is_looking:
            return
        self.show()
        self.look_button.setEnabled(False)
        self._tell(self._desk.words("Looking for mail on this computer…"))

        def work(task: Task) -> Any:
            from platformdirs import user_documents_path, user_downloads_path

            from pmdesk.actions.mail_on_machine import look_for_mail, this_machine

            end = time.monotonic() + _LONGEST_LOOK_S
            machine = this_machine(user_documents_path(), user_downloads_path())
            return look_for_mail(machine, lambda: task.cancelled() or time.monotonic() > end)

        self._task = self._desk.background(self, work, self._on_found)

    def untick(self) -> None:
        """None of it any more; who asks for it knows."""
        self._ticked.clear()
        self._fill()

    def _on_found(self, found: "Found") -> None:
        self._task = None
        self.look_button.setEnabled(True)
        self._found = list(found.mailboxes)
        self._fill()
        words = self._desk.words
        told = []
        if not self._found:
            told.append(words("No mail was found here. Add files or a folder below."))
        if not found.whole:
            told.append(words("The look was ended before all was seen."))
        if found.refused:
            told.append(
                words(
                    "The system lets no program look into {path}: allow it in its privacy settings.",
                    path=str(found.refused[0]),
                )
            )
        self._tell(" ".join(told))

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def _fill(self) -> None:
        table = self.table
        table.blockSignals(True)
        table.setRowCount(len(self._found))
        for row, one in enumerate(self._found):
            for column, text in enumerate(self._texts(one)):
                item = self._item(text, one, tick=column == 0 and one.readable)
                item.setTextAlignment(_RIGHT if column >= 2 else _LEFT)
                item.setToolTip("\n".join(str(path) for path in one.paths[:5]))
                table.setItem(row, column, item)
        table.blockSignals(False)
        rows = min(len(self._found), _SHOWN_ROWS)
        height = table.verticalHeader().defaultSectionSize()
        head = table.horizontalHeader().sizeHint().height()
        table.setFixedHeight(head + height * rows + 2 * table.frameWidth() + 2)
        table.setVisible(bool(rows))
        # Qt leaves the box out of what a column asks for
        table.setColumnWidth(0, table.sizeHintForColumn(0) + current_theme().px(_BOX))

    def _item(self, text: str, one: "Mailbox", *, tick: bool) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        if tick:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = self._ticked.issuperset(one.paths)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        return item

    def _texts(self, one: "Mailbox") -> Iterator[str]:
        words = self._desk.words
        yield words(one.program)
        yield (
            words.labelled(one.name, words(_NOT_READ))
            if not one.readable
            else one.name or str(one.paths[0].name)
        )
        size = words.size(one.size)
        yield size if one.whole else words("over {size}", size=size)
        yield words.date(one.newest.astimezone(self._desk.zone()).date()) if one.newest else ""

    def _on_ticked(self, item: QTableWidgetItem) -> None:
        if item.column() != 0:
            return
        paths = self._found[item.row()].paths
        if item.checkState() == Qt.CheckState.Checked:
            self._ticked.update(paths)
            self.changed.emit(list(paths), [])
        else:
            self._ticked.difference_update(paths)
            self.changed.emit([], list(paths))
