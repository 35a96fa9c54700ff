"""Settings: how the window looks and speaks, own addresses, work calendars, the journal itself."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import save_path
from pmdesk.gui.pages.backups_part import BackupsPart
from pmdesk.gui.pages.carried_part import CarriedPart
from pmdesk.gui.pages.letterhead_part import LetterheadPart
from pmdesk.gui.pages.lock_part import LockPart
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.passphrase_part import PassphrasePart
from pmdesk.gui.pages.reminders_part import RemindersPart
from pmdesk.gui.place_of_journal import remarks
from pmdesk.gui.tasks import Task
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import (
    Card,
    TwoLineRow,
    button,
    clear,
    label,
    rule,
    say_what_of,
    scrolled,
)
from pmdesk.journal.errors import shown
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.identity import Identity
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark

_LANGUAGES = (("English", "en"), ("简体中文", "zh"))
_THEMES = (
    (mark("Like the system"), "system"),
    (mark("Light"), "light"),
    (mark("Dark"), "dark"),
    (mark("Light, high contrast"), "light_contrast"),
    (mark("Dark, high contrast"), "dark_contrast"),
)
_SCALES = (100, 125, 150, 175, 200, 225, 250)


class SettingsPage(Page):
    """Everything takes effect at once."""

    kinds = ("identity", "calendar", "letterhead", "attachment")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self.head(words("Settings"), shown(desk.path))
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 0, 8, 0)
        body.setSpacing(16)
        body.addWidget(self._looks())
        reminding = Card(words("Reminders and quick capture"))
        self.reminders = RemindersPart(desk)
        reminding.body.addWidget(self.reminders)
        body.addWidget(reminding)
        backing = Card(words("Backups"))
        self.backups = BackupsPart(desk)
        backing.body.addWidget(self.backups)
        body.addWidget(backing)
        self.lists = QVBoxLayout()
        self.lists.setSpacing(16)
        body.addLayout(self.lists)
        body.addWidget(self._journal())
        locking = Card(words("Lock"))
        self.lock = LockPart(desk)
        locking.body.addWidget(self.lock)
        body.addWidget(locking)
        carrying = Card(words("Settings as a file"))
        self.carried = CarriedPart(desk)
        carrying.body.addWidget(self.carried)
        body.addWidget(carrying)
        body.addStretch(1)
        self.area = scrolled(content)
        self.column.addWidget(self.area, 1)
        self.refresh()

    def _looks(self) -> Card:
        words, settings = self.words, self.desk.settings
        card = Card(words("Window"))
        self.language = Choice()
        for text, value in _LANGUAGES:
            self.language.addItem(text, value)
        self.language.setCurrentIndex(self.language.findData(words.language))
        self.theme = Choice()
        for text, value in _THEMES:
            self.theme.addItem(words(text), value)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.scale = Choice()
        for size in _SCALES:
            self.scale.addItem(f"{size}%", size)
        self.scale.setCurrentIndex(max(0, self.scale.findData(settings.scale)))
        row = QHBoxLayout()
        row.setSpacing(16)
        for text, box in (
            (words("Language"), self.language),
            (words("Colours"), self.theme),
            (words("Text size"), self.scale),
        ):
            part = QVBoxLayout()
            caption = label(text, "small")
            caption.setBuddy(box)
            box.setAccessibleName(text)
            box.activated.connect(self._on_looks)
            part.addWidget(caption)
            part.addWidget(box)
            row.addLayout(part)
        row.addStretch(1)
        card.body.addLayout(row)
        self.tips = QCheckBox(words("Show tips where they help"))
        self.tips.setChecked(settings.tips)
        self.tips.clicked.connect(self._on_tips)
        card.body.addWidget(self.tips)
        return card

    def _on_tips(self) -> None:
        """Switched on again they all come once more."""
        settings = self.desk.settings
        settings.tips, settings.tips_gone = self.tips.isChecked(), ()
        settings.save()

    def _on_looks(self) -> None:
        settings = self.desk.settings
        settings.language = self.language.currentData()
        settings.theme = self.theme.currentData()
        settings.scale = self.scale.currentData()
        self.desk.dress()

    def refresh(self) -> None:
        clear(self.lists)
        words, journal = self.words, self.desk.journal
        identities = journal.find(Identity, order="role DESC, pattern")
        self._list(
            words("My addresses"),
            words("They decide who wrote to whom."),
            [(i.pattern, words(i.role.label), i) for i in identities],
            Identity(),
        )
        calendars = journal.find(WorkCalendar, order="id")
        self._list(
            words("Work calendars"),
            words("Working hours are counted by the client's, else by the first."),
            [(c.name, self._calendar_line(c), c) for c in calendars],
            WorkCalendar(),
        )
        self._limits()
        head = Card(words("Letterhead of reports"), words("stands at the head of every report"))
        self.letterhead = LetterheadPart(self.desk)
        head.body.addWidget(self.letterhead)
        self.lists.addWidget(head)
        self._deleted()

    def _limits(self) -> None:
        """From when on something is owed, where a client has no limits of its own."""
        from pmdesk.answers.limits import limits_record

        words = self.words
        card = Card(words("Limits"), words("from when on Today shows what is owed"))
        edit = button(
            words("Edit"),
            lambda: self.desk.edit(limits_record(self.desk.journal, None, words("All clients"))),
            quiet=True,
        )
        second = words("Those of one client stand in the Edit menu while its page is open.")
        card.body.addWidget(rule())
        card.body.addWidget(TwoLineRow(words("All clients"), second, [edit]))
        self.lists.addWidget(card)

    def _calendar_line(self, calendar: WorkCalendar) -> str:
        from pmdesk.answers.calendars import days_off

        words = self.words
        parts = [calendar.zone, calendar.hours]
        if calendar.country:
            parts.append(words("holidays of {country}", country=calendar.country))
            year = self.desk.now().year
            unknown = [y for y in (year, year + 1) if y in days_off(calendar.country).unannounced]
            if unknown:
                years = words.listed(map(str, unknown))
                parts.append(
                    words("not announced yet: {years}, only the days fixed by law", years=years)
                )
        return " · ".join(parts)

    def _list(self, title: str, remark: str, rows: list[tuple[str, str, Any]], new: Any) -> None:
        card = Card(title, remark)
        for name, second, record in rows:
            card.body.addWidget(rule())
            edit = button(self.words("Edit"), partial(self.desk.edit, record), quiet=True)
            card.body.addWidget(TwoLineRow(name, second, [edit]))
        row = QHBoxLayout()
        add = button(self.words("Add"), partial(self.desk.edit, new))
        say_what_of(add, title)
        row.addWidget(add)
        row.addStretch(1)
        card.body.addLayout(row)
        self.lists.addWidget(card)

    def _deleted(self) -> None:
        from pmdesk.journal import log

        words = self.words
        deleted = list(log.deleted(self.desk.journal.conn, tuple(KINDS), 20))
        if not deleted:
            return
        card = Card(words("Recently deleted"), words("bring back what was deleted with it, too"))
        for item in deleted:
            kind = KINDS[item.table]
            title = str(item.values.get(kind.title) or "").strip().partition("\n")[0]
            when = words.short_moment(item.step.at, self.desk.zone())
            back = button(words("Bring back"), partial(self._restore, item.change_id), quiet=True)
            card.body.addWidget(rule())
            card.body.addWidget(
                TwoLineRow(title or words(kind.one), f"{words(kind.one)} · {when}", [back])
            )
        self.lists.addWidget(card)

    def _restore(self, change_id: int) -> None:
        self.desk.do(lambda journal: journal.restore(change_id, at=self.desk.now()), say=True)
        self.refresh()

    def _journal(self) -> Card:
        words = self.words
        card = Card(words("This journal"), shown(self.desk.path))
        for remark in remarks(self.desk):
            card.body.addWidget(label(remark, "small", wrap=True))
        row = QHBoxLayout()
        self.back_up_button = button(words("Back up"), self._choose_backup)
        self.check_button = button(words("Look for damage"), self.check)
        row.addWidget(self.back_up_button)
        row.addWidget(self.check_button)
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addWidget(rule())
        self.passphrase = PassphrasePart(self.desk)
        # its height is known to the area only at the next turn of the loop
        self.passphrase.removal_asked.connect(lambda: QTimer.singleShot(0, self, self._show_end))
        card.body.addWidget(self.passphrase)
        return card

    def _show_end(self) -> None:
        self.area.ensureWidgetVisible(self.passphrase.removal)

    def ask_for_passphrase(self) -> None:
        """Lead to where a passphrase is set."""
        self.passphrase.new.line.setFocus()
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.passphrase))

    def _choose_backup(self) -> None:
        day = f"{self.desk.local_now():%Y-%m-%d}"
        name = f"{self.desk.path.stem} {day}.pmdesk"
        path = save_path(self, self.words("Back up"), name, "*.pmdesk")
        if path is not None:
            self.back_up(path)

    def back_up(self, target: Path) -> None:
        """Write a verified copy in the background."""
        journal = self.desk.journal

        def work(_task: Task) -> Path:
            from pmdesk.journal.backup import backup

            with journal.again(writable=False) as reader:
                backup(reader, target)
            return target

        self.desk.background(self, work, self._on_backed_up)

    def _on_backed_up(self, target: Path) -> None:
        self.desk.tell(self.words("Backed up to {path}", path=shown(target)))

    def check(self) -> None:
        """Look for damage in the background."""
        journal = self.desk.journal

        def work(_task: Task) -> Any:
            from pmdesk.journal.integrity import check

            with journal.again(writable=False) as reader:
                return check(reader)

        self.desk.tell(self.words("Looking for damage…"))
        self.desk.background(self, work, self._on_checked)

    def _on_checked(self, findings: Any) -> None:
        if not findings:
            self.desk.tell(self.words("No damage found."))
            return
        sentences = " ".join(self.words(f.sentence, **f.facts) for f in findings[:3])
        if any(finding.mends for finding in findings):
            self.desk.questioned.emit(sentences, (self.words("Mend it"), self.mend))
        else:
            self.desk.noticed.emit("bad", sentences)

    def mend(self) -> None:
        """Make the search index anew in the background, and look again."""
        journal = self.desk.journal

        def work(_task: Task) -> Any:
            from pmdesk.journal.integrity import check, mend

            with journal.again() as writer:
                mend(writer)
                return check(writer)

        self.desk.background(self, work, self._on_checked)
