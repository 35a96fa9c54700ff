"""The middle column of the crisis room: the line to write in, and what happened, the newest first."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmdesk.actions.crisis import note
from pmdesk.answers.crisis_room import Room
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.crisis.doing import attempt
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.widgets.parts import Card, label, scrolled
from pmdesk.gui.widgets.revealing import reveal
from pmdesk.records.crisis import CrisisLine, LineKind
from pmdesk.words import Words

_TIME_WIDTH: Final = 36


class LineField(QLineEdit):
    """Where a line is written: Esc and Down lead out of it."""

    down = Signal()
    left = Signal()

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class LogRow(QWidget):
    """One line with its time; Enter or a click opens it, to set right when or what it was."""

    opened = Signal()
    walked = Signal(int)

    def __init__(self, words: Words, line: CrisisLine, scale: int) -> None:
        super().__init__()
        self.setObjectName("logRow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(words("Open it, to set right when or what it was"))
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 7, 4, 7)
        row.setSpacing(12)
        self.time = label("", "small")
        self.time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.time.setMinimumWidth(round(_TIME_WIDTH * scale / 100))
        row.addWidget(self.time, 0, Qt.AlignmentFlag.AlignTop)
        self.text = label(said_of(words, line), "", wrap=True)
        row.addWidget(self.text, 1)
        self.line = line

    def show_time(self, room: Room, now: datetime) -> None:
        """The time of day, over its day where that is not today."""
        if self.line.at is None:
            return
        at, today = self.line.at.astimezone(room.zone), now.astimezone(room.zone).date()
        self.time.setText(f"{at:%H:%M}" if at.date() == today else f"{at:%H:%M}\n{at:%m-%d}")
        self.setAccessibleName(f"{at:%H:%M}, {self.text.text()}")

    def mouseReleaseEvent(self, event) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


def said_of(words: Words, line: CrisisLine) -> str:
    """What a line tells, with the words that somebody added to it."""
    match line.what:
        case LineKind.TOLD if line.who and line.text not in ("", line.who):
            return words("Told {who}: {what}", who=line.who, what=line.text)
        case LineKind.TOLD:
            return words("Told: {who}", who=line.who or line.text)
        case LineKind.STEP:
            return words("Done: {what}", what=line.text)
        case LineKind.CRITERION:
            return words("Met: {what}", what=line.text)
    return words.labelled(line.who, line.text) if line.who else line.text


class LogColumn(QWidget):
    """The line is kept as it is typed; Enter puts it into the log."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.desk, self.words = desk, desk.words
        self.room: Room | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        card = Card(self.words("Log"), self.words("kept as you type"))
        card.head.addWidget(label("/", "kbd"))
        self.line = LineField()
        self.line.setAccessibleName(self.words("Write what happens"))
        self.line.setPlaceholderText(self.words("Write what happens…  (09:40 … sets the time)"))
        self.line.returnPressed.connect(self._save)
        self.line.textEdited.connect(lambda _text: self.keeper.soon() if self.keeper else None)
        self.line.left.connect(self.left)
        self.line.down.connect(lambda: self._walk(0))
        card.body.addWidget(self.line)
        self.keeper: DraftKeeper | None = None
        self.rows: list[LogRow] = []
        holder = QWidget()
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(0, 0, 6, 0)
        self._rows.setSpacing(0)
        self._none = label(self.words("Nothing is written down yet."), "muted", wrap=True)
        self._rows.addWidget(self._none)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._rows.addLayout(self._lines)
        self._rows.addStretch(1)
        card.body.addWidget(scrolled(holder), 1)
        body.addWidget(card)

    def show_room(self, room: Room, now: datetime) -> None:
        """The log of a crisis, and what was begun there and not finished."""
        if self.room is None or self.room.crisis.id != room.crisis.id:
            self.keep()
            key = f"crisis:{room.crisis.id}"
            self.keeper = DraftKeeper(self, self.desk, key, lambda: {"line": self.line.text()})
            draft = self.keeper.found()
            self.line.setText(draft.content["line"] if draft else "")
        self.room = room
        self._none.setVisible(not room.log)
        held = {row.line: row for row in self.rows}
        self.rows = [held.pop(line) if line in held else self._row(line) for line in room.log]
        for gone in held.values():
            self._drop(gone)
        for place, row in enumerate(self.rows):
            if self._lines.indexOf(row) != place:
                self._lines.insertWidget(place, row)
            row.show_time(room, now)

    def _row(self, line: CrisisLine) -> LogRow:
        row = LogRow(self.words, line, self.desk.settings.scale)
        row.opened.connect(lambda: self.desk.edit(row.line))
        row.walked.connect(lambda by: self._walk(self.rows.index(row) + by))
        return row

    def _drop(self, row: LogRow) -> None:
        if row.hasFocus():
            self.begin()
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _walk(self, place: int) -> None:
        """Go to the row at `place`, above the first of them back to the line."""
        if place < 0:
            self.begin()
        elif place < len(self.rows):
            reveal(self.rows[place])

    def begin(self) -> None:
        """The keyboard goes to the line."""
        reveal(self.line)

    def go_on(self, text: str) -> None:
        """Take up what was begun to be typed beside the line."""
        self.begin()
        self.line.end(False)
        self.line.insert(text)
        self.line.textEdited.emit(self.line.text())

    def keep(self) -> None:
        """Keep what is half typed."""
        if self.keeper is not None:
            if self.line.text().strip():
                self.keeper.keep()
            else:
                self.keeper.drop()

    def _save(self) -> None:
        typed = self.line.text()
        if self.room is None or not typed.strip():
            return
        done = attempt(self.desk, note, self.room.crisis, typed, say=False)
        if done is not None:
            if self.keeper is not None:
                self.keeper.drop()
            self.line.setText("")  # not cleared: Ctrl+Z takes the act back, not the clearing
            if "time" in done.facts:  # it stands further down than where one looks
                self.desk.tell(self.desk.said(done), undo=done.action_id)
