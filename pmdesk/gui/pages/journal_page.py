"""The journal: a day's writing, its preview, tags, and a calendar of the days written."""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QLocale, Qt, QTimer
from PySide6.QtGui import QColor, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QTableView,
    QTextBrowser,
    QVBoxLayout,
)

from pmdesk.actions.records import delete_record, save_record
from pmdesk.actions.refusals import Refused
from pmdesk.answers.clients import clients_by_name
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.page import Page
from pmdesk.gui.theme import current_theme, pixels
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.clients_field import ClientsField
from pmdesk.gui.widgets.month_head import year_first
from pmdesk.gui.widgets.parts import Card, button, label
from pmdesk.records.entry import Entry
from pmdesk.tokens import palette
from pmdesk.typed.lists import items

_PAUSE_MS = 1_500
_PREVIEW_MS = 200
_SIDE_BY_SIDE = 700  # pixels at 100 %
_MARKDOWN = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class JournalPage(Page):
    """Writing is saved when you pause, leave the page or choose another day."""

    kinds = ("entry", "client")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self.day = desk.now().astimezone(desk.zone()).date()
        self.entry = Entry(day=self.day)
        self._dirty = self._by_hand = False
        self.new_button = button(words("New entry"), self.start_entry, primary=True)
        self.head(words("Journal"), "", (self.new_button,))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(self._left())
        self.card = self._editor()
        row.addWidget(self.card, 1)
        self.column.addLayout(row, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)
        self.refresh()

    def _left(self) -> QVBoxLayout:
        words = self.words
        left = QVBoxLayout()
        left.setSpacing(12)
        days = Card()
        days.body.setContentsMargins(8, 8, 8, 8)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setGridVisible(False)
        self.calendar.setDateEditEnabled(False)  # what is typed is meant for the page
        self.calendar.setLocale(QLocale())
        # the day where the PM is at home, whatever the machine's clock calls it
        self.calendar.setSelectedDate(QDate(self.day.year, self.day.month, self.day.day))
        year_first(self.calendar, words)
        # beyond 130 % the calendar would leave no room to write
        font = self.calendar.font()
        font.setPixelSize(pixels("body", min(self.desk.settings.scale, 130)))
        self.calendar.setFont(font)
        grid = self.calendar.findChild(QTableView)
        if grid is not None:
            # Qt takes the least width of a day from the style; seven of them must fit
            grid.horizontalHeader().setMinimumSectionSize(8)
        self.calendar.setAccessibleName(words("Days written"))
        self.calendar.setFixedWidth(round(300 * min(self.desk.settings.scale, 130) / 100))
        weekend = QTextCharFormat()
        weekend.setForeground(QColor(palette(self.desk.theme)["muted"]))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, weekend)
        self.calendar.selectionChanged.connect(self._on_day)
        days.body.addWidget(self.calendar)
        left.addWidget(days)
        self.entries_card = Card(words("Entries of the day"))
        self.entries = QListWidget()
        self.entries.setAccessibleName(words("Entries of the day"))
        self.entries.currentRowChanged.connect(self._on_entry)
        self.entries_card.body.addWidget(self.entries)
        left.addWidget(self.entries_card, 1)
        return left

    def _editor(self) -> Card:
        words = self.words
        card = Card()
        bar = QHBoxLayout()
        self.heading = label("", "head")
        bar.addWidget(self.heading, 1)
        self.status = label("", "small")
        bar.addWidget(self.status)
        self.preview_button = button(words("Preview"), self._toggle, key="Ctrl+R")
        self.preview_button.setCheckable(True)
        bar.addWidget(self.preview_button)
        self.delete_button = button(words("Delete"), self._delete, quiet=True)
        bar.addWidget(self.delete_button)
        card.body.addLayout(bar)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(words("Text in Markdown"))
        self.text.setPlaceholderText(
            words(
                "What happened, what was said, what you noticed. Markdown: # heading, **bold**, - list"
            )
        )
        self.text.textChanged.connect(self._on_edit)
        self.preview = QTextBrowser()
        self.preview.setOpenLinks(False)
        self.preview.setAccessibleName(words("Preview"))
        self._later = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._later.timeout.connect(self._show_preview)
        self.text.textChanged.connect(self._later.start)
        self.text.verticalScrollBar().valueChanged.connect(self._roll_along)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self.text, 1)
        beside.addWidget(self.preview, 1)
        card.body.addLayout(beside, 1)
        self.clients = ClientsField(words)
        self.clients.edited.connect(self._on_edit)
        self.clients.unclear.connect(lambda sentence: self.status.setText(f"⚠ {sentence}"))
        card.body.addWidget(self.clients)
        foot = QHBoxLayout()
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(words("Tags, separated by commas"))
        self.tags.setAccessibleName(words("Tags"))
        self.tags.textEdited.connect(self._on_edit)
        self.mood = Choice()
        self.mood.setAccessibleName(words("Mood (1–5)"))
        self.mood.addItem(words("Mood –"), None)
        for number in range(1, 6):
            self.mood.addItem(words("Mood {n}", n=number), number)
        self.mood.activated.connect(self._on_edit)
        for widget in (self.tags, self.mood):
            foot.addWidget(widget, 2 if widget is self.tags else 1)
        card.body.addLayout(foot)
        return card

    def refresh(self) -> None:
        """The marked days, the day's entries and the one that is open."""
        journal = self.desk.journal
        self.clients.offer(dict(clients_by_name(journal)))
        self.calendar.setDateTextFormat(QDate(), QTextCharFormat())
        written = QTextCharFormat()
        colours = palette(self.desk.theme)
        written.setBackground(QColor(colours["soft"]))
        written.setForeground(QColor(colours["accent"]))
        days = [row[0] for row in journal.rows("SELECT DISTINCT day FROM entry")]
        for day in days:
            self.calendar.setDateTextFormat(QDate.fromString(day, Qt.DateFormat.ISODate), written)
        self.remark.setText(self.words.plural("{n} day written", "{n} days written", len(days)))
        self._show_day()

    def _show_day(self) -> None:
        entries = self.desk.journal.find(Entry, "day = ?", [self.day.isoformat()], order="id")
        self._entries = entries
        self.entries.blockSignals(True)
        self.entries.clear()
        for entry in entries:
            first = entry.text.strip().partition("\n")[0].lstrip("# ") or self.words("(empty)")
            self.entries.addItem(QListWidgetItem(first))
        place = next((n for n, e in enumerate(entries) if e.id == self.entry.id), -1)
        if place < 0 and entries and not self._dirty and self.entry.day != self.day:
            place = 0
        if place < 0 and entries and not self._dirty and self.entry.id is not None:
            place = 0
        self.entries.setCurrentRow(place)
        self.entries.blockSignals(False)
        if place >= 0:
            if entries[place] != self.entry and not self._dirty:
                self._show_entry(entries[place])
        elif not self._dirty:
            self._show_entry(Entry(day=self.day))
        self.heading.setText(f"{self.words.date(self.day)} · {self.words.weekday(self.day)}")

    def _show_entry(self, entry: Entry) -> None:
        self.entry = entry
        for widget in (self.text, self.tags):
            widget.blockSignals(True)
        if self.text.toPlainText() != entry.text:
            self.text.setPlainText(entry.text)
        self.tags.setText(", ".join(entry.tags))
        for widget in (self.text, self.tags):
            widget.blockSignals(False)
        self.clients.show_chosen(entry.clients)
        self.mood.setCurrentIndex(max(0, self.mood.findData(entry.mood)))
        self._dirty = False
        self.delete_button.setVisible(entry.id is not None)
        self.status.setText(self.words("Saved") if entry.id else "")
        self._show_preview()

    def _show_preview(self) -> None:
        if self.preview.isVisible():
            self.preview.document().setMarkdown(self.text.toPlainText(), _MARKDOWN)
            self._roll_along()

    def _roll_along(self) -> None:
        """Show of the preview what is seen of the text, as far through."""
        wrote, shown = self.text.verticalScrollBar(), self.preview.verticalScrollBar()
        if wrote.maximum():
            shown.setValue(round(shown.maximum() * wrote.value() / wrote.maximum()))

    def _has_room(self) -> bool:
        """Whether text and preview can stand side by side."""
        return self.card.width() >= current_theme().px(_SIDE_BY_SIDE)

    def _toggle(self) -> None:
        self._by_hand = True
        self._arrange()

    def _arrange(self) -> None:
        """The preview beside the text where there is room, else one of them, as it is wished."""
        room = self._has_room()
        if not self._by_hand:
            self.preview_button.setChecked(room)
        wanted = self.preview_button.isChecked()
        self.text.setVisible(room or not wanted)
        self.preview.setVisible(wanted)
        self._show_preview()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._arrange)

    def _on_edit(self, *_: Any) -> None:
        self._dirty = True
        self.status.setText(self.words("Not saved yet"))
        self._timer.start(_PAUSE_MS)

    def save(self) -> bool:
        """Save the entry; an empty new one is nothing to save."""
        self._timer.stop()
        if not self._dirty:
            return True
        text = self.text.toPlainText()
        if not text.strip() and self.entry.id is None:
            self._dirty = False
            return True
        tags = items(self.tags.text())
        clients, mood = self.clients.chosen, self.mood.currentData()
        wanted = replace(self.entry, text=text, tags=tags, clients=clients, mood=mood)
        # stays marked as edited meanwhile: the change it announces must not replace what is typed
        try:
            result = self.desk.do(save_record, wanted, at=self.desk.now())
        except Refused as refused:
            problem = refused.problems[0]
            sentence = self.words(problem.sentence, **problem.values)
            self.status.setText(f"⚠ {sentence}")
            return False
        if result is None:
            return False
        self._dirty = False
        self.entry = result.record
        self.delete_button.show()
        self.status.setText(self.words("Saved"))
        self._show_day()
        return True

    def take_focus(self) -> None:
        self.text.setFocus()

    def leave(self) -> bool:
        return self.save()

    def held(self) -> dict[str, Any]:
        """An entry that cannot be saved as it stands."""
        if not self._dirty:
            return {}
        return {
            "id": self.entry.id,
            "text": self.text.toPlainText(),
            "tags": self.tags.text(),
            "clients": list(self.clients.chosen),
        }

    def take_up(self, held: dict[str, Any]) -> None:
        entry = self.desk.journal.get(Entry, held["id"]) if held["id"] else None
        if entry is not None:
            self.open_entry(entry)
        self.text.setPlainText(held["text"])
        self.tags.setText(held["tags"])
        self.clients.show_chosen(held["clients"])
        self._on_edit()

    def start_entry(self) -> None:
        """A new entry on the chosen day."""
        if self.save():
            self.entries.blockSignals(True)
            self.entries.setCurrentRow(-1)
            self.entries.blockSignals(False)
            self._show_entry(Entry(day=self.day))
            if not self._has_room():
                self.preview_button.setChecked(False)
            self._arrange()
            self.text.setFocus()

    def open_entry(self, entry: Entry) -> None:
        """Go to an entry and its day."""
        if self.save() and entry.day:
            self.day = entry.day
            self.calendar.blockSignals(True)
            self.calendar.setSelectedDate(QDate(entry.day.year, entry.day.month, entry.day.day))
            self.calendar.blockSignals(False)
            self._show_entry(entry)
            self._show_day()

    def _on_day(self) -> None:
        chosen = self.calendar.selectedDate()
        if self.save():
            self.day = date(chosen.year(), chosen.month(), chosen.day())
            self._show_entry(Entry(day=self.day))
            self.entry = Entry(day=None)
            self._show_day()
            if not self._entries:
                self._show_entry(Entry(day=self.day))

    def _on_entry(self, row: int) -> None:
        if 0 <= row < len(self._entries) and self._entries[row].id != self.entry.id:
            wanted = self._entries[row]
            if self.save():
                self._show_entry(wanted)

    def _delete(self) -> None:
        self._dirty = False
        if self.entry.id is not None:
            self.desk.do(delete_record, self.entry, at=self.desk.now(), say=True)
