"""The tags of all entries with their counts; one that is pressed shows its entries of all days."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from pmdesk.actions.refusals import Refused
from pmdesk.actions.tags import rename_tag
from pmdesk.answers.writing import Written, tagged, tags_used
from pmdesk.gui.desk import Desk
from pmdesk.gui.seen import Seen
from pmdesk.gui.widgets.delegates import RowLook, painted_list
from pmdesk.gui.widgets.long_table import LongTable, WindowedModel
from pmdesk.gui.widgets.parts import button, label


class TagList(Seen):
    """`opened` is told the id of an entry that is pressed."""

    opened = Signal(int)
    renaming = Signal()  # what is being written is to be saved first

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("plain")
        words = desk.words
        self.tag = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.tags = painted_list(desk, words("Tags"), self._look_of_tag)
        self.tags.opened.connect(lambda row: self.show_tag(row[0]))
        self.stack.addWidget(self.tags)
        self.stack.addWidget(
            label(words("No tags yet. Write some below an entry."), "muted", wrap=True)
        )
        self.stack.addWidget(self._of_one())
        self._stale = True

    def _of_one(self) -> QWidget:
        """The entries of one tag, with what can be done with it."""
        words = self.words
        whole = QWidget()
        whole.setObjectName("plain")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        every = words("All tags")
        self.back = button(f"‹ {every}", lambda: self.show_tag(""), quiet=True)
        self.rename = button(words("Rename…"), self._begin_rename, quiet=True)
        head.addWidget(self.back)
        head.addStretch(1)
        head.addWidget(self.rename)
        column.addLayout(head)
        self.name = label("", "section", gives_way=True)
        column.addWidget(self.name)
        self.line = QLineEdit()
        self.line.setAccessibleName(words("New name of the tag"))
        self.line.returnPressed.connect(self._rename)
        self.line.hide()
        column.addWidget(self.line)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)
        self.entries = painted_list(self.desk, words("Journal entries"), self._look_of_entry)
        self.entries.opened.connect(lambda row: self.opened.emit(row.id))
        column.addWidget(self.entries, 1)
        return whole

    def concerns(self, changes: Any) -> bool:
        return bool(changes.touch("entry"))

    def show_tag(self, tag: str) -> None:
        """Show the entries of a tag; all tags without one."""
        self.tag = tag
        self.line.hide()
        self.problem.hide()
        self.refresh()
        (self.entries if self.tag else self.tags).setFocus()

    def refresh(self) -> None:
        """Read anew; a tag that nobody has any more gives way to all of them."""
        entries = tagged(self.desk.journal, self.tag) if self.tag else []
        if entries:
            n = self.words.number(len(entries), 0)
            self.name.setText(f"{self.tag}{self.words.bracketed(n)}")
            self._fill(self.entries, entries, lambda row: f"{row.title}, {row.day}")
            self.stack.setCurrentIndex(2)
            return
        self.tag = ""
        used = tags_used(self.desk.journal)
        self._fill(self.tags, used, lambda row: f"{row[0]}, {row[1]}")
        self.stack.setCurrentIndex(0 if used else 1)

    def _fill(self, table: LongTable, rows: list[Any], text: Any) -> None:
        place = max(0, table.currentIndex().row())
        model = WindowedModel(len(rows), lambda at, limit: rows[at : at + limit], text)
        model.setParent(table)
        table.setModel(model)
        if rows:
            table.setCurrentIndex(model.index(min(place, len(rows) - 1), 0))

    def _look_of_tag(self, row: tuple[str, int]) -> RowLook:
        return RowLook(row[0], "", icon="tag", right=[(self.words.number(row[1], 0), "muted", 40)])

    def _look_of_entry(self, row: Written) -> RowLook:
        words = self.words
        return RowLook(row.title or words("(empty)"), words.date(row.day), icon="entry")

    def _begin_rename(self) -> None:
        self.line.setText(self.tag)
        self.line.show()
        self.line.setFocus()
        self.line.selectAll()

    def _rename(self) -> None:
        new = self.line.text().strip()
        self.renaming.emit()
        try:
            done = self.desk.do(rename_tag, self.tag, new, at=self.desk.now(), say=True)
        except Refused as refused:
            self.problem.setText(self.words(refused.problems[0].sentence))
            self.problem.show()
            return
        if done is not None:
            self.show_tag(new)

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Escape and self.tag:
            if self.line.isVisible():
                self.line.hide()
                self.problem.hide()
                self.entries.setFocus()
            else:
                self.show_tag("")
            event.accept()
        else:
            super().keyPressEvent(event)
