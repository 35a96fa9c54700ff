"""The manual by chapters, and every key there is; what is typed narrows the chapters down."""

from typing import Any, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
)

from pmdesk.gui.desk import Desk
from pmdesk.gui.manual import Topic, keys, topics
from pmdesk.gui.pages.page import Page
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.parts import label
from pmdesk.words import Words

_MARKDOWN: Final = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_LIST: Final = 220
_MARGIN: Final = 20
_ROW: Final = 30
_KEYS: Final = 130
_LINE: Final = 140.0  # per cent
_BELOW: Final = {False: 6, True: 10}  # below a paragraph, below a heading


class HelpPage(Page):
    """The chapters on the left, the chosen one beside them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words, theme = self.words, current_theme()
        self.head(words("Manual"))
        self.topics = [*topics(words), _all_keys(words)]
        self.line = QLineEdit()
        self.line.setPlaceholderText(words("Find in the manual…"))
        self.line.setAccessibleName(words("Find in the manual…"))
        self.line.setClearButtonEnabled(True)
        self.chapters = QListWidget()
        self.chapters.setAccessibleName(words("Chapters"))
        self.chapters.currentItemChanged.connect(self._show)
        self.line.textChanged.connect(self._narrow)
        self.line.returnPressed.connect(self.chapters.setFocus)
        self.none = label(words("Nothing found"), "muted")
        self.none.hide()
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (self.line, self.none, self.chapters):
            left.addWidget(widget)
        self.text = QTextBrowser()
        self.text.setAccessibleName(words("Manual"))
        self.text.document().setDocumentMargin(theme.px(_MARGIN))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left)
        row.addWidget(self.text, 1)
        self.column.addLayout(row, 1)
        for topic in self.topics:
            item = QListWidgetItem(topic.title)
            item.setData(Qt.ItemDataRole.UserRole, topic)
            item.setSizeHint(QSize(0, theme.px(_ROW)))
            self.chapters.addItem(item)
        self.chapters.setCurrentRow(0)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        wide = min(current_theme().px(_LIST), self.width() // 3)
        for widget in (self.line, self.none, self.chapters):
            widget.setFixedWidth(wide)

    def take_focus(self) -> None:
        self.line.setFocus()

    def _items(self) -> list[QListWidgetItem]:
        return [self.chapters.item(row) for row in range(self.chapters.count())]

    def _narrow(self, typed: str) -> None:
        """Leave the chapters in which every word occurs, and show the first of them."""
        wanted = typed.casefold().split()
        found = []
        for item in self._items():
            topic = item.data(Qt.ItemDataRole.UserRole)
            text = f"{topic.title} {topic.text}".casefold()
            item.setHidden(not all(word in text for word in wanted))
            if not item.isHidden():
                found.append(item)
        self.none.setVisible(not found)
        if found and self.chapters.currentItem() not in found:
            self.chapters.setCurrentItem(found[0])

    def _show(self, item: QListWidgetItem | None, _before: Any = None) -> None:
        if item is None:
            return
        topic = item.data(Qt.ItemDataRole.UserRole)
        self.text.document().setMarkdown(f"## {topic.title}\n\n{topic.text}", _MARKDOWN)
        self._space()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _space(self) -> None:
        """Room between paragraphs and lines, which Markdown brings none of."""
        theme, document = current_theme(), self.text.document()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                frame.setFormat(_plain_table(theme.px(_KEYS)))
        cursor, block = QTextCursor(document), document.begin()
        while block.isValid():
            form = block.blockFormat()
            form.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if QTextCursor(block).currentFrame() is document.rootFrame():
                form.setBottomMargin(theme.px(_BELOW[form.headingLevel() > 0]))
            cursor.setPosition(block.position())
            cursor.setBlockFormat(form)
            block = block.next()


def _plain_table(first: int) -> QTextTableFormat:
    """A table without lines, its first column so wide in all of them."""
    form = QTextTableFormat()
    form.setBorder(0)
    form.setCellPadding(current_theme().px(2))
    fixed, rest = QTextLength.Type.FixedLength, QTextLength.Type.VariableLength
    form.setColumnWidthConstraints([QTextLength(fixed, first), QTextLength(rest, 0)])
    return form


def _all_keys(words: Words) -> Topic:
    """The last chapter: a table for each part of the window."""
    key, does = words("Key"), words("What it does")
    tables, head = [], f"| {key} | {does} |\n|---|---|"
    for part in keys(words):
        rows = "\n".join(f"| {key} | {text} |" for key, text in part.rows)
        tables.append(f"### {part.title}\n\n{head}\n{rows}")
    return Topic(words("All keys"), "\n\n".join(tables))
