"""The card in which an entry is written: text and preview, clients, tags, mood, how much it is."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from pmdesk.actions.pictures import picture_data
from pmdesk.answers.writing import tags_used, word_count
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.journaling.find_line import FindLine
from pmdesk.gui.pages.journaling.preview import Preview
from pmdesk.gui.pages.journaling.typed import Typed
from pmdesk.gui.pages.journaling.writing import WritingText
from pmdesk.gui.people import Person
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.clients_field import ClientsField
from pmdesk.gui.widgets.parts import Card, button, label
from pmdesk.gui.widgets.people_help import PeopleHelp
from pmdesk.records.entry import Entry
from pmdesk.typed.lists import items

_PREVIEW_MS = 200
_SIDE_BY_SIDE = 700  # pixels at 100 %


class EntryCard(Card):
    """`edited` is told with every change by hand, `widened` when it is to have all the room."""

    edited = Signal()
    widened = Signal(bool)
    cleared = Signal()  # pictures that the text names no more are to go

    def __init__(self, desk: Desk, delete: Callable[[], None]) -> None:
        super().__init__()
        self.desk, self.words = desk, desk.words
        self.entry = Entry()
        self._by_hand = False
        words = self.words
        bar = QHBoxLayout()
        self.day_label = label("", "head", gives_way=True)
        bar.addWidget(self.day_label, 1)
        self.preview_button = button(words("Preview"), self._toggle, key="Ctrl+R")
        self.preview_button.setCheckable(True)
        bar.addWidget(self.preview_button)
        self.wide_button = button(words("Full width"), self._on_wide, key="F11")
        self.wide_button.setCheckable(True)
        bar.addWidget(self.wide_button)
        self.delete_button = button(words("Delete"), delete, quiet=True)
        bar.addWidget(self.delete_button)
        self.body.addLayout(bar)
        self.text = WritingText()
        self.text.setAccessibleName(words("Text in Markdown"))
        self.text.setPlaceholderText(
            words(
                "What happened, what was said, what you noticed. Markdown: # heading, **bold**, - list"
            )
        )
        self.text.textChanged.connect(self.edited)
        self.text.refused.connect(self.refuse)
        self.find_line = FindLine(words, self.text)
        self.find_line.keys_in(self)
        self.body.addWidget(self.find_line)
        self.preview = Preview(
            words, lambda name: picture_data(self.desk.journal, self.entry.id, name)
        )
        self._later = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._later.timeout.connect(self.show_preview)
        self.text.textChanged.connect(self._later.start)
        self.text.verticalScrollBar().valueChanged.connect(self._roll_along)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self.text, 1)
        beside.addWidget(self.preview, 1)
        self.body.addLayout(beside, 1)
        self.clients = ClientsField(words)
        self.clients.edited.connect(self.edited)
        self.clients.unclear.connect(lambda sentence: self.status.setText(f"⚠ {sentence}"))
        self.body.addWidget(self.clients)
        self._foot()

    def _foot(self) -> None:
        """Tags, mood, and quietly what was saved and how much it is."""
        words = self.words
        foot = QHBoxLayout()
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(words("Tags, separated by commas"))
        self.tags.setAccessibleName(words("Tags"))
        self.tags.textEdited.connect(self.edited)
        help_ = PeopleHelp(self.tags, words, self._offered_tags, called=words("Tags"))
        help_.taken.connect(self.edited)
        self.mood = Choice()
        self.mood.setAccessibleName(words("Mood (1–5)"))
        self.mood.addItem(words("Mood –"), None)
        for number in range(1, 6):
            self.mood.addItem(words("Mood {n}", n=number), number)
        self.mood.activated.connect(self.edited)
        for widget in (self.tags, self.mood):
            foot.addWidget(widget, 2 if widget is self.tags else 1)
        self.body.addLayout(foot)
        below = QHBoxLayout()
        self.status = label("", "small", gives_way=True)
        below.addWidget(self.status, 1)
        self.loose_button = button("", self.cleared.emit, quiet=True)
        self.loose_button.hide()
        below.addWidget(self.loose_button)
        self.count = label("", "small")
        below.addWidget(self.count)
        self.body.addLayout(below)

    def _offered_tags(self) -> list[Person]:
        """The tags there are, but those that this entry has."""
        has = items(self.tags.text())
        return [Person(tag) for tag, _ in tags_used(self.desk.journal) if tag not in has]

    def fill(self, typed: Typed) -> None:
        """Write into the fields, without a word of it."""
        for widget in (self.text, self.tags):
            widget.blockSignals(True)
        if self.text.toPlainText() != typed.text:
            self.text.setPlainText(typed.text)
        self.tags.setText(typed.tags)
        for widget in (self.text, self.tags):
            widget.blockSignals(False)
        self.clients.show_chosen(typed.clients)
        self.mood.setCurrentIndex(max(0, self.mood.findData(typed.mood)))

    def show_preview(self) -> None:
        """Show the text as it reads, where that is seen, and how much it is."""
        text = self.text.toPlainText()
        n = word_count(text)
        self.count.setText(self.words.plural("{n} word", "{n} words", n) if n else "")
        if self.preview.isVisible():
            self.preview.show_markdown(text)
            self._roll_along()

    def _roll_along(self) -> None:
        """Show of the preview what is seen of the text, as far through."""
        wrote, shown = self.text.verticalScrollBar(), self.preview.verticalScrollBar()
        if wrote.maximum():
            shown.setValue(round(shown.maximum() * wrote.value() / wrote.maximum()))

    def _has_room(self) -> bool:
        """Whether text and preview can stand side by side."""
        return self.width() >= current_theme().px(_SIDE_BY_SIDE)

    def _toggle(self) -> None:
        self._by_hand = True
        self.arrange()

    def fold(self, *, wide: bool) -> None:
        """Have room around the text, which then stands alone unless the preview is wished."""
        self.wide_button.setChecked(wide)
        self.text.write_wide(wide=wide)
        QTimer.singleShot(0, self, self.arrange)

    def _on_wide(self) -> None:
        self.widened.emit(self.wide_button.isChecked())
        self.text.setFocus()

    def arrange(self) -> None:
        """The preview beside the text where there is room, else one of them, as it is wished."""
        room = self._has_room()
        if not self._by_hand:
            self.preview_button.setChecked(room and not self.wide_button.isChecked())
        wanted = self.preview_button.isChecked()
        self.text.setVisible(room or not wanted)
        self.preview.setVisible(wanted)
        self.show_preview()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.arrange)

    def typed(self, entry: Entry) -> Typed:
        """What stands in the fields, of that entry."""
        return Typed(
            entry,
            self.text.toPlainText(),
            self.tags.text(),
            self.clients.chosen,
            self.mood.currentData(),
        )

    def refuse(self, sentence: str, facts: Any) -> None:
        """Say what stands against something, below the fields."""
        self.status.setText(f"⚠ {self.words(sentence, **facts)}")

    def tell_loose(self, n: int) -> None:
        """Offer to remove pictures that stand nowhere in the text any more."""
        self.loose_button.setVisible(n > 0)
        text = self.words.plural(
            "Remove {n} picture not in the text", "Remove {n} pictures not in the text", n
        )
        self.loose_button.setText(text)

    def write_text(self) -> None:
        """Show the text, where only the preview has room."""
        if not self._has_room():
            self.preview_button.setChecked(False)
        self.arrange()
        self.text.setFocus()
