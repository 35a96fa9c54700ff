"""The journal: a day's writing, its preview and pictures, tags, and the days written beside it."""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from pmdesk.actions.pictures import (
    Picture,
    free_name,
    loose_pictures,
    pictures_of,
    reference,
    remove_loose,
    save_with_pictures,
)
from pmdesk.actions.records import delete_record, save_record
from pmdesk.actions.refusals import Refused
from pmdesk.answers.clients import clients_by_name
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.journaling.aside import Aside
from pmdesk.gui.pages.journaling.entry_card import EntryCard
from pmdesk.gui.pages.journaling.given import PASTED, Given
from pmdesk.gui.pages.journaling.typed import Typed
from pmdesk.gui.pages.page import Page
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.widgets.parts import button
from pmdesk.journal.codec import new_uuid
from pmdesk.records.entry import Entry
from pmdesk.typed.lists import items

_PAUSE_MS = 1_500
_DRAFT = "journal"


class JournalPage(Page):
    """Writing is saved when you pause, leave the page or choose another day.

    Between two pauses it is kept as a draft, which a crash leaves behind.
    """

    kinds = ("entry", "client", "attachment")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        # the day where the PM is at home, whatever the machine's clock calls it
        self.day = desk.now().astimezone(desk.zone()).date()
        self.entry = Entry(day=self.day, uuid=new_uuid())
        self._dirty = self._untouched = False
        self._entries: list[Entry] = []
        self.new_button = button(words("New entry"), self.start_entry, primary=True)
        self.head(words("Journal"), "", (self.new_button,))
        row = QHBoxLayout()
        row.setSpacing(16)
        self.aside = Aside(desk, self.day)
        self.aside.day_chosen.connect(self._on_day)
        self.aside.row_chosen.connect(self._on_entry)
        self.aside.asked.connect(self._open)
        self.aside.tag_list.renaming.connect(self.save)
        self.calendar, self.entries = self.aside.days.month, self.aside.entries
        row.addWidget(self.aside)
        self.card = EntryCard(desk, self._delete)
        self.card.edited.connect(self._on_edit)
        self.card.widened.connect(self._on_widened)
        self.card.cleared.connect(self._remove_loose)
        self.text, self.preview, self.tags = self.card.text, self.card.preview, self.card.tags
        self.clients, self.status = self.card.clients, self.card.status
        self.text.pictures.connect(self._put_pictures)
        row.addWidget(self.card, 1)
        self.column.addLayout(row, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)
        self.keeper = DraftKeeper(self, desk, _DRAFT, lambda: self.card.typed(self.entry).content())
        self._fold(desk.settings.journal_wide)
        self.refresh()
        self._take_up_draft()

    # what is shown

    def refresh(self) -> None:
        """The marked days, the day's entries and the one that is open."""
        self.clients.offer(dict(clients_by_name(self.desk.journal)))
        n = self.aside.mark_days()
        self.remark.setText(self.words.plural("{n} day written", "{n} days written", n))
        self._show_day()

    def _show_day(self) -> None:
        entries = self.desk.journal.find(Entry, "day = ?", [self.day.isoformat()], order="id")
        self._entries = entries
        place = next((n for n, e in enumerate(entries) if e.id == self.entry.id), -1)
        is_other = self.entry.day != self.day or self.entry.id is not None
        if place < 0 and entries and not self._dirty and is_other:
            place = 0
        self.aside.list_entries(entries, place)
        if place >= 0:
            if entries[place] != self.entry and not self._dirty:
                self._show_entry(entries[place])
        elif not self._dirty and is_other:
            self._show_entry(Entry(day=self.day))
        self.card.tell_loose(len(loose_pictures(self.desk.journal, self.entry)))
        self.card.day_label.setText(f"{self.words.date(self.day)} · {self.words.weekday(self.day)}")

    def _show_entry(self, entry: Entry) -> None:
        # a new one has its name from the beginning: by it a draft is known to have been saved
        self.entry = entry if entry.uuid else replace(entry, uuid=new_uuid())
        self.card.entry = self.entry
        self.preview.forget()
        self.card.fill(Typed(entry, entry.text, ", ".join(entry.tags), entry.clients, entry.mood))
        self._dirty = False
        self.card.delete_button.setVisible(entry.id is not None)
        self.status.setText(self.words("Saved") if entry.id else "")
        self.card.show_preview()

    def _fold(self, wide: bool) -> None:
        """Leave the days and lists out, so that there is room to write."""
        self.aside.setVisible(not wide)
        self.card.fold(wide=wide)

    def _on_widened(self, wide: bool) -> None:
        self._fold(wide)
        self.desk.settings.journal_wide = wide
        self.desk.settings.save()

    # what is written

    def _on_edit(self, *_: Any) -> None:
        self._dirty, self._untouched = True, False
        self.status.setText(self.words("Not saved yet"))
        self._timer.start(_PAUSE_MS)
        self.keeper.within_pause()

    def _wanted(self) -> Entry:
        """The entry as it is typed; a new one where somebody deleted it meanwhile."""
        typed, entry = self.card.typed(self.entry), self.entry
        if entry.id is None:
            # another window may have taken up the draft and saved it
            saved = self.desk.journal.find(Entry, "uuid = ?", [entry.uuid], limit=1)
            entry = saved[0] if saved else entry
        elif self.desk.journal.get(Entry, entry.id) is None:
            entry = replace(entry, id=None, uuid=new_uuid())
        return replace(
            entry,
            text=typed.text,
            tags=items(typed.tags),
            clients=typed.clients,
            mood=typed.mood,
        )

    def save(self) -> bool:
        """Save the entry; an empty new one is nothing to save."""
        self._timer.stop()
        if not self._dirty:
            return True
        if not self.text.toPlainText().strip() and self.entry.id is None:
            self._dirty = False
            self.keeper.drop()
            return True
        saved = self.desk.journal.find(Entry, "uuid = ?", [self.entry.uuid], limit=1)
        if self._untouched and saved and saved[0] != self.entry:
            # a draft that nobody went on with gives way to what another window saved since
            self._untouched = False
            self._show_entry(saved[0])
            self._show_day()
            return True
        return self._do(save_record, self._wanted())

    def _do(self, act: Any, *given: Any) -> bool:
        """Whether an act that saves the entry was done."""
        # stays marked as edited meanwhile: the change it announces must not replace what is typed
        self._dirty = True
        try:
            result = self.desk.do(act, *given, at=self.desk.now())
        except Refused as refused:
            problem = refused.problems[0]
            self.card.refuse(problem.sentence, problem.values)
            return False
        if result is None:
            return False
        self._dirty = False
        self.keeper.drop()
        self.entry = self.card.entry = result.record
        self.card.delete_button.show()
        self.status.setText(self.words("Saved"))
        self._show_day()
        return True

    def _put_pictures(self, given: list[Given]) -> None:
        """Keep pictures with the entry, each named on a line of its text."""
        taken = set(pictures_of(self.desk.journal, self.entry.id))
        pictures: list[Picture] = []
        for name, media_type, data in given:
            called = f"{self.day.isoformat()}.png" if name == PASTED else name
            pictures.append(Picture(free_name(called, taken), media_type, data))
            taken.add(pictures[-1].name)
        before = self._dirty
        self.text.insert_line("\n".join(reference(one.name) for one in pictures))
        if self._do(save_with_pictures, self._wanted(), pictures):
            self.preview.forget()
            self.card.show_preview()
        else:
            self.text.undo()
            self._dirty = before or self._dirty

    def _remove_loose(self) -> None:
        if self.save():
            self.desk.do(remove_loose, self.entry, at=self.desk.now(), say=True)

    def _delete(self) -> None:
        self._timer.stop()
        self._dirty = False
        self.keeper.drop()
        if self.entry.id is not None:
            self.desk.do(delete_record, self.entry, at=self.desk.now(), say=True)

    # where one goes, and what is kept on the way

    def take_focus(self) -> None:
        self.text.setFocus()

    def leave(self) -> bool:
        return self.save()

    def held(self) -> dict[str, Any]:
        """An entry that cannot be saved as it stands."""
        return self.card.typed(self.entry).content() if self._dirty else {}

    def take_up(self, held: dict[str, Any]) -> None:
        typed = Typed.of_content(self.desk.journal, held, self.day)
        if typed.entry.day is not None:
            self._dirty = False
            self._stand_on(typed.entry.day)
            self._show_entry(typed.entry)
            self._show_day()
        self.card.fill(typed)
        self._on_edit()

    def _take_up_draft(self) -> None:
        """Go on with what a crash left, but for what had been saved by then."""
        draft = self.keeper.found()
        if draft is None:
            return
        self.take_up(draft.content)
        if self.entry.id is not None and self._wanted() == self.entry:
            self._timer.stop()
            self._show_entry(self.entry)
            self.keeper.drop()
        else:
            self._untouched = True
            self.status.setText(self.keeper.moment(draft))

    def start_entry(self) -> None:
        """A new entry on the chosen day."""
        if self.save():
            self.aside.list_entries(self._entries, -1)
            self._show_entry(Entry(day=self.day))
            self.card.write_text()

    def open_entry(self, entry: Entry) -> None:
        """Go to an entry and its day."""
        if self.save() and entry.day:
            self._stand_on(entry.day)
            self._show_entry(entry)
            self._show_day()

    def _stand_on(self, day: date) -> None:
        self.day = day
        self.aside.show_day(day)

    def _on_day(self, day: date) -> None:
        if not self.save():
            self.aside.show_day(self.day)
            return
        self._stand_on(day)
        self.entry = Entry(day=None)
        self._show_day()

    def _on_entry(self, row: int) -> None:
        if 0 <= row < len(self._entries) and self._entries[row].id != self.entry.id:
            wanted = self._entries[row]
            if self.save():
                self._show_entry(wanted)
            self._show_day()

    def _open(self, kind: str, id_: int) -> None:
        """Open what is named beside the writing."""
        entry = self.desk.journal.get(Entry, id_) if kind == "entry" else None
        if entry is not None:
            self.open_entry(entry)
        elif self.save():
            self.desk.show_record(kind, id_)
