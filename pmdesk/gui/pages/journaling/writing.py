"""The text of an entry as it is written: lists that go on, formatted paste, a line of readable width."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from pmdesk.exchange.pasted import markdown_of
from pmdesk.gui.pages.journaling.given import (
    given_pictures,
    has_files,
    has_other_files,
    has_pictures,
)
from pmdesk.gui.theme import current_theme
from pmdesk.typed.markdown_lines import INDENT, continued, is_item, moved
from pmdesk.words import mark

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QResizeEvent

_WIDEST: Final = 660  # pixels at 100 %: some 90 letters, 45 汉字
_WIDE_MARGIN: Final = 12
_MOST_PASTED: Final = 1_000_000
_TOO_LONG: Final = mark("That is too long to be pasted: more than {n} characters.")
_AROUND: Final = {"*": "*", "_": "_", "`": "`", "(": ")", "[": "]", "“": "”", "《": "》"}
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BOLD, _ITALIC = QKeySequence("Ctrl+Alt+B"), QKeySequence("Ctrl+Alt+I")
_PLAIN_PASTE: Final = QKeySequence("Ctrl+Shift+V")


class WritingText(QPlainTextEdit):
    """Enter goes on with a list, Tab moves an item in; elsewhere it goes to the next field.

    `pictures` are given as (name, media type, bytes), `refused` is a sentence with its facts.
    """

    pictures = Signal(object)
    refused = Signal(str, dict)

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._is_wide = False

    # its width

    def write_wide(self, *, wide: bool) -> None:
        """With room around it the letters are larger."""
        self._is_wide = wide
        font = current_theme().font("head" if wide else "body")
        self.setStyleSheet(f"QPlainTextEdit {{ font-size: {font.pixelSize()}px; }}" if wide else "")
        self._fit()

    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        # Qt lays out the lines while it tells of the size: margins set now would be lost
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        theme = current_theme()
        room = self.width() - theme.px(_WIDEST) - self.verticalScrollBar().sizeHint().width()
        beside = max(theme.px(_WIDE_MARGIN) if self._is_wide else 0, room // 2)
        above = theme.px(_WIDE_MARGIN) if self._is_wide else 0
        margins = self.viewportMargins()
        if (margins.left(), margins.top()) != (beside, above):
            self.setViewportMargins(beside, above, beside, 0)

    # what is typed

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        if not self._takes(event):
            super().keyPressEvent(event)

    def _takes(self, event: "QKeyEvent") -> bool:
        """Whether a key means something to the Markdown."""
        keys = QKeySequence(event.keyCombination())
        key, modifiers, cursor = event.key(), event.modifiers(), self.textCursor()
        if keys == _BOLD:
            self.surround("**", "**")
        elif keys == _ITALIC:
            self.surround("*", "*")
        elif keys == _PLAIN_PASTE:
            self._insert(QGuiApplication.clipboard().text())
        elif (
            key in _ENTER and not modifiers & (_CTRL | _ALT | _SHIFT) and not cursor.hasSelection()
        ):
            return self._go_on()
        elif cursor.hasSelection() and event.text() in _AROUND and not modifiers & (_CTRL | _ALT):
            self.surround(event.text(), _AROUND[event.text()])
        else:
            return False
        return True

    def surround(self, before: str, after: str) -> None:
        """Put signs around what is chosen, which stays so; take them away where they stand already."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        whole = self.toPlainText()
        inside = whole[_in_text(whole, start) : _in_text(whole, end)]
        outer = QTextCursor(self.document())
        outer.setPosition(max(0, start - len(before)))
        last = self.document().characterCount() - 1
        outer.setPosition(min(last, end + len(after)), QTextCursor.MoveMode.KeepAnchor)
        taken = len(before) > 1 and outer.selectedText() == f"{before}{_para(inside)}{after}"
        cursor.beginEditBlock()
        if taken:
            outer.insertText(inside)
            start, end = start - len(before), end - len(before)
        else:
            cursor.insertText(f"{before}{inside}{after}")
            start, end = start + len(before), end + len(before)
        cursor.endEditBlock()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _go_on(self) -> bool:
        """Whether a new line goes on with a list, or ends it."""
        cursor = self.textCursor()
        line = cursor.block().text()
        begun = continued(line)
        if begun is None or cursor.positionInBlock() < len(line) - len(line.lstrip()) + 1:
            return False
        if begun:
            cursor.insertText(f"\n{begun}")
        else:
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            end = QTextCursor.MoveOperation.EndOfBlock
            cursor.movePosition(end, QTextCursor.MoveMode.KeepAnchor)
            # an inner list ends in the one around it
            outer = moved(line, out=True)
            cursor.insertText(outer if outer != line else "")
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._move_items(out=not forward) or super().focusNextPrevChild(forward)

    def _move_items(self, *, out: bool) -> bool:
        """Whether lines were moved: the item at the cursor, or all lines that are chosen.

        An item goes no further in than below the one before, and out no further than the edge:
        then the key leaves the text.
        """
        cursor, document = self.textCursor(), self.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        last = document.findBlock(cursor.selectionEnd()).blockNumber()
        line = cursor.block().text()
        if first == last and not (is_item(line) and (out or self._has_item_above(line))):
            return False
        changed = False
        cursor.beginEditBlock()
        for number in range(first, last + 1):
            block = document.findBlockByNumber(number)
            text, wanted = block.text(), moved(block.text(), out=out)
            at_start = QTextCursor(block)
            if out and wanted != text:
                gone = len(text) - len(wanted)
                at_start.setPosition(block.position() + gone, QTextCursor.MoveMode.KeepAnchor)
                at_start.removeSelectedText()
                changed = True
            elif not out and text:
                at_start.insertText(INDENT)
                changed = True
        cursor.endEditBlock()
        return changed

    def _has_item_above(self, line: str) -> bool:
        """Whether the line before is an item below which this one can stand."""
        above = self.textCursor().block().previous().text()
        return is_item(above) and _indent(above) >= _indent(line)

    # what is pasted or dropped

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return has_pictures(source) or super().canInsertFromMimeData(source)

    def dragEnterEvent(self, event: "QDragEnterEvent") -> None:
        if has_other_files(event.mimeData()):
            event.ignore()  # the window takes them in
        else:
            super().dragEnterEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        markdown = markdown_of(source.html()) if source.hasHtml() else None
        text = source.text() if source.hasText() else ""
        if markdown is not None:
            self._insert(markdown)
        # a sheet's cell is copied with its picture, a picture of a page with its address
        elif has_files(source) or (source.hasImage() and (not text.strip() or _is_address(text))):
            self._give(*given_pictures(source))
        else:
            self._insert(text)

    def _give(
        self, pictures: Sequence[tuple[str, str, bytes]], problems: Sequence[tuple[str, dict]]
    ) -> None:
        if pictures:
            self.pictures.emit(pictures)
        for sentence, facts in problems[:1]:
            self.refused.emit(sentence, facts)

    def _insert(self, text: str) -> None:
        if len(text) > _MOST_PASTED:
            self.refused.emit(_TOO_LONG, {"n": _MOST_PASTED})
            return
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def insert_line(self, text: str) -> None:
        """Put a text at the cursor, on a line of its own."""
        cursor = self.textCursor()
        block = cursor.block().text()
        before = "\n" if block[: cursor.positionInBlock()].strip() else ""
        cursor.insertText(f"{before}{text}\n")
        self.setTextCursor(cursor)
        self.ensureCursorVisible()


def _in_text(whole: str, position: int) -> int:
    """Where a position of Qt, which counts by 16 bits, stands in a text."""
    return len(whole.encode("utf-16-le")[: 2 * position].decode("utf-16-le", "ignore"))


def _is_address(text: str) -> bool:
    return text.strip().startswith(("http:", "https:", "data:")) and len(text.split()) == 1


def _para(text: str) -> str:
    """A text as Qt tells what is chosen: with its own sign for the end of a line."""
    return text.replace("\n", "\u2029")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
