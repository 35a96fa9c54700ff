"""A mail or a chat as one reads it: who wrote to whom, the new text, and what came with it."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pmdesk.actions.keep_report import copies_of
from pmdesk.actions.originals import file_name, original_of
from pmdesk.gui.desk import Desk
from pmdesk.gui.saving import choose_and_save
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.parts import TwoLineRow, badge, button, clear, label
from pmdesk.insight.quoted import Parts, split_quoted
from pmdesk.records.attachment import Attachment
from pmdesk.records.choices import Channel, DateDoubt, Direction, NeedsReply, UnreadPart
from pmdesk.records.declare import kind_of
from pmdesk.records.interaction import Interaction
from pmdesk.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_WRITTEN = (Channel.MAIL, Channel.CHAT)
_MOST_LINES = 2_000  # as high as a text grows; a longer one scrolls by itself
_BADGES_IN_A_ROW = 2
_ROLLING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ReadText(QPlainTextEdit):
    """A text to read and to copy from, as high as it is long; its keys roll what it stands in."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setProperty("bare", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        grow_with_text(self, 1, _MOST_LINES)
        self.cursorPositionChanged.connect(self._follow)

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() in _ROLLING and not self.verticalScrollBar().maximum():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _follow(self) -> None:
        """Keep what is being selected in view."""
        area: Any = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea) and self.hasFocus():
            inside: Any = area.widget()
            place = self.mapTo(inside, self.cursorRect().center())
            area.ensureVisible(place.x(), place.y(), 0, self.fontMetrics().height())


class MailReading(QWidget):
    """One interaction, told from the record; it follows what other acts do to it."""

    edit_asked = Signal()

    def __init__(self, desk: Desk, interaction: Interaction) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.desk, self.words, self._interaction = desk, desk.words, interaction
        words: Words = desk.words
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 8)
        body.setSpacing(8)
        self.letter = QWidget()
        self.letter.setObjectName("plain")
        letter = QVBoxLayout(self.letter)
        letter.setContentsMargins(0, 0, 0, 0)
        letter.setSpacing(6)
        self.people = selectable("small")
        self.subject = selectable("head")
        self.when = selectable("small")
        self.badges = QGridLayout()
        self.badges.setSpacing(6)
        self.unread = label("", "", wrap=True)
        self.unread.setProperty("role", "warn")
        self.new = ReadText(words("Text"))
        self.toggle = QPushButton()
        self.toggle.setProperty("quiet", True)
        self.toggle.setCheckable(True)
        self.toggle.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggle.toggled.connect(self._fold)
        self.history = ReadText(words("Quoted history"))
        for part in (self.subject, self.people, self.when):
            letter.addWidget(part)
        letter.addLayout(self.badges)
        letter.addWidget(self.unread)
        letter.addSpacing(4)
        letter.addWidget(self.new)
        letter.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        letter.addWidget(self.history)
        body.addWidget(self.letter)
        self.files = QVBoxLayout()
        self.files.setSpacing(2)
        body.addLayout(self.files)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.edit = button(words("Edit"), self._edit)
        self.save_original = button(words("Save original (.eml)…"), self._choose_original)
        acts.addWidget(self.edit)
        acts.addWidget(self.save_original)
        acts.addStretch(1)
        body.addLayout(acts)
        self.setFocusProxy(self.new)
        self.show_interaction(interaction)
        desk.changed.connect(self._on_changed)

    def show_interaction(self, interaction: Interaction) -> None:
        """Tell this interaction."""
        words = self.words
        self._interaction = interaction
        self.subject.setText(interaction.subject or words("(no subject)"))
        self.people.setText(_people(interaction, words))
        self.when.setText(words.moment(interaction.at, self.desk.zone()) if interaction.at else "")
        self._show_badges()
        self.unread.setText(f"⚠ {words(interaction.unread.label)}")
        self.unread.setVisible(interaction.unread is not UnreadPart.NONE)
        written = interaction.channel in _WRITTEN  # minutes of a talk quote nobody
        parts = split_quoted(interaction.text) if written else Parts(interaction.text, "")
        self._show(self.new, parts.new.strip("\n"))
        self.new.setVisible(bool(interaction.text.strip()))
        self._quoted = parts.quoted.strip("\n")
        self.toggle.setVisible(bool(self._quoted))
        self._fold(self.toggle.isChecked())
        self._show_files()

    @staticmethod
    def _show(box: QPlainTextEdit, text: str) -> None:
        if box.toPlainText() != text:  # what is selected stays selected
            box.setPlainText(text)

    def _show_badges(self) -> None:
        clear(self.badges)
        words, interaction = self.words, self._interaction
        badges = []
        if interaction.date_doubt is not DateDoubt.NONE:
            badges.append((words(interaction.date_doubt.label), "warn"))
        if interaction.automatic:
            badges.append((words("Automatic message"), "muted"))
        if interaction.needs_reply is not NeedsReply.AUTO:
            wanted = interaction.needs_reply is NeedsReply.YES
            badges.append((words(interaction.needs_reply.label), "info" if wanted else "muted"))
        if interaction.internal:
            badges.append((words("internal"), "warn"))
        for n, (text, kind) in enumerate(badges):
            row, column = divmod(n, _BADGES_IN_A_ROW)
            self.badges.addWidget(badge(text, kind), row, column, Qt.AlignmentFlag.AlignLeft)
        self.badges.setColumnStretch(_BADGES_IN_A_ROW, 1)

    def _fold(self, open_: bool) -> None:
        n = self._quoted.count("\n") + 1
        words = self.words
        self.toggle.setText(
            words("Hide quoted history")
            if open_
            else words.plural(
                "Show quoted history ({n} line)", "Show quoted history ({n} lines)", n
            )
        )
        self.history.setVisible(open_ and bool(self._quoted))
        self._show(self.history, self._quoted if open_ else "")

    def _show_files(self) -> None:
        clear(self.files)
        words, number = self.words, int(self._interaction.id or 0)
        files = copies_of(self.desk.journal, "interaction", number)
        if files:
            self.files.addWidget(label(words("Attachments"), "section"))
        for file in files:
            save = button(words("Save as…"), partial(self._choose, file, file_name(file.name)))
            save.setAccessibleName(f"{words('Save as…')} {file.name}")
            self.files.addWidget(TwoLineRow(file.name, words.size(file.size), [save]))
        self.save_original.setVisible(original_of(self.desk.journal, number) is not None)

    def _choose_original(self) -> None:
        original = original_of(self.desk.journal, int(self._interaction.id or 0))
        if original is not None:
            name = self._interaction.subject or str(self._interaction.id)
            self._choose(original, file_name(name, suffix=".eml"))

    def _choose(self, file: Attachment, name: str) -> None:
        choose_and_save(self, self.desk, file, name)

    def _edit(self) -> None:
        self.letter.hide()
        self.edit.hide()
        self.edit_asked.emit()

    def _on_changed(self, changes: Any) -> None:
        if changes.touch("interaction", "attachment", "calendar"):
            now = self.desk.journal.get(Interaction, int(self._interaction.id or 0))
            if now is not None:
                self.show_interaction(now)


def reading_above(
    desk: Desk, record: Any, column: QVBoxLayout, form: QWidget
) -> MailReading | None:
    """A mail or a chat to read in `column`, where `record` is one; its form waits for "Edit"."""
    if not _is_read(desk, record):
        return None
    reading = MailReading(desk, record)
    place = column.indexOf(form)
    column.insertWidget(place, reading)
    form.hide()

    def edit() -> None:
        column.removeWidget(reading)
        column.insertWidget(place + 1, reading)  # its files stand below the fields
        form.show()
        first = form.findChild(QWidget, kind_of(record).title)
        if first is not None:
            first.setFocus()

    reading.edit_asked.connect(edit)
    return reading


def _is_read(desk: Desk, record: Any) -> bool:
    if kind_of(record).name != "interaction" or record.id is None or record.channel not in _WRITTEN:
        return False
    return bool(
        record.text.strip()
        or record.unread is not UnreadPart.NONE
        or copies_of(desk.journal, "interaction", record.id)
        or original_of(desk.journal, record.id)
    )


def selectable(role: str) -> QLabel:
    """A line to read and to copy from."""
    line = label("", role, wrap=True)
    line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return line


def _people(interaction: Interaction, words: Words) -> str:
    """Who wrote to whom."""
    me = words("me")
    if interaction.direction is Direction.INBOUND:
        return f"{interaction.who or '–'} → {words.listed(interaction.to) or me}"
    return (
        f"{me} → {words.listed(name for name in (interaction.who, *interaction.to) if name) or '–'}"
    )
