"""The palette over the window: one line to type, below it what it finds, the keyboard back where it was."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import shiboken6
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.answers.palette.entries import Entry, Finder, Found, Key, Sort
from pmdesk.gui.icons import pixmap
from pmdesk.gui.pages.places import SEARCH
from pmdesk.gui.palette.entries import Source, with_client
from pmdesk.gui.palette.line import Line
from pmdesk.gui.palette.looking import Looking
from pmdesk.gui.palette.rows import Row, RowList
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.parts import badge, label, rule
from pmdesk.tokens import is_dark

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from pmdesk.gui.desktop import Desktop
    from pmdesk.journal.changes import Changes
    from pmdesk.journal.titles import Titled

_WIDTH, _HEIGHT, _EDGE = 640, 480, 24
_OTHER: Final = Qt.FocusReason.OtherFocusReason
_SHADOW: Final = 20
_MOST: Final = 40  # rows of what is known by name
_CHOICE: Final = 200
_LAST, _USUAL = 8, 6
_AT_ONCE: Final = 200  # names; some 2 ms
# What a newcomer is shown where no command has been used yet.
_FIRST_COMMANDS: Final = ("capture", "new_client", "minutes", "import", "search", "brief")


class Palette(QWidget):
    """Lies over the whole desktop; what stands beside its panel closes it."""

    def __init__(self, desktop: "Desktop") -> None:
        super().__init__(desktop)
        self._desktop, self._desk, words = desktop, desktop.desk, desktop.desk.words
        self._words = words
        self._source = Source(self._desk)
        self._finder: Finder | None = None
        self._window_entries: list[Entry] = []
        self._asks: Entry | None = None  # what is to be done, as soon as one says with what
        self._before: QWidget | None = None
        self._leaving = False
        self.theme = current_theme()
        self.box = QWidget(self)
        self.box.setObjectName("palette")
        self.box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.box.setAccessibleName(words("Go to anything"))
        body = QVBoxLayout(self.box)
        body.setContentsMargins(1, 1, 1, 1)
        body.setSpacing(0)
        body.addWidget(self._head())
        body.addWidget(rule())
        self.list = RowList(self.theme, words("Search results"))
        self.list.taken.connect(self.take)
        self.list.selectionModel().currentChanged.connect(self._tell_row)
        body.addWidget(self.list, 1)
        body.addWidget(rule())
        body.addWidget(self._foot())
        self.looking = Looking(self._desk, self)
        self.looking.found.connect(self._on_titles)
        self._meeting = QTimer(self, interval=0)
        self._meeting.timeout.connect(self._meet_some)
        self._desk.changed.connect(self._on_changed)
        self.hide()

    def _head(self) -> QWidget:
        px, head = self.theme.px, QWidget()
        head.setObjectName("plain")
        head.setFixedHeight(px(50))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(17), 0, px(16), 0)
        row.setSpacing(px(12))
        picture = label("", "")
        picture.setPixmap(pixmap("search", "muted", 18, theme=self.theme))
        row.addWidget(picture)
        self.asked = badge("", "info")
        self.asked.hide()
        row.addWidget(self.asked)
        self.line = Line(self.theme)
        self.line.setAccessibleName(self._words("Go to anything"))
        self.line.textChanged.connect(self._show)
        self.line.stepped.connect(self._step)
        self.line.taken.connect(self.take)
        self.line.left.connect(self._back)
        self.line.lost.connect(partial(self.dismiss, focus=False))
        row.addWidget(self.line, 1)
        return head

    def _foot(self) -> QWidget:
        words, foot = self._words, QWidget()
        foot.setObjectName("plain")
        row = QHBoxLayout(foot)
        row.setContentsMargins(
            self.theme.px(18), self.theme.px(7), self.theme.px(18), self.theme.px(7)
        )
        row.setSpacing(self.theme.px(6))
        for keys, text in (
            ("↑ ↓", words("to choose")),
            ("Enter", words("to open")),
            ("Esc", words("to close")),
        ):
            row.addWidget(label(keys, "kbd"))
            row.addWidget(label(text, "small"))
            row.addSpacing(self.theme.px(8))
        self.hint = label(words("both in one line: pine minutes"), "small", gives_way=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.hint, 1)
        return foot

    # Opening and closing

    def begin(self) -> None:
        """Open it, ready to type."""
        self._before = self.window().focusWidget()
        self._window_entries = [*self._source.of_window(), *self._source.parted(self._desktop)]
        self.place()
        self.show()
        self.raise_()
        self._ask(None)
        self.line.setFocus(_OTHER)
        self._meeting.start()

    def _meet_some(self) -> None:
        """Between two keys have the names spelled that are met for the first time."""
        if not self.finder.meet(_AT_ONCE):
            self._meeting.stop()

    def dismiss(self, *, focus: bool = True) -> None:
        """Close it; the keyboard goes back to where it was, unless it has gone elsewhere."""
        if self.isHidden() or self._leaving:
            return
        before, self._before = self._before, None
        self._leaving = True  # the line loses the keyboard now
        if focus:
            there = before is not None and shiboken6.isValid(before) and before.isVisible()
            # before it is hidden: Qt would hand the keyboard to whatever comes next
            (before if before is not None and there else self._desktop.page()).setFocus(_OTHER)
        self.hide()
        self._leaving = False

    def _end(self) -> None:
        """Hold nothing of the journal any more."""
        self._meeting.stop()
        self.looking.ask("")
        self._finder, self._window_entries = None, []
        self.line.clear()
        self.list.use([])

    def hideEvent(self, event: Any) -> None:
        """With the desktop, too, as when the journal is locked."""
        super().hideEvent(event)
        self.setVisible(False)
        self._end()

    def place(self) -> None:
        """Take the size that the desktop has now."""
        room = self._desktop.rect()
        self.setGeometry(room)
        px = self.theme.px
        wide = min(px(_WIDTH), room.width() - 2 * _EDGE)
        top = max(_EDGE, min(px(72), room.height() // 10))
        high = min(px(_HEIGHT), room.height() - top - _EDGE)
        self.box.setGeometry((room.width() - wide) // 2, top, wide, high)
        self.hint.setVisible(wide >= px(520))

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """What lies behind, dimmed, and the shadow of the panel."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dark = is_dark(self.theme.name)
        veil = QColor(self.theme.color("page" if dark else "text"))
        veil.setAlphaF(0.6 if dark else 0.16)
        painter.fillRect(self.rect(), veil)
        veil.setAlphaF(0.035 if dark else 0.009)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil)
        for grown in range(1, _SHADOW + 1):
            around = QRect(self.box.geometry()).adjusted(-grown, 6 - grown, grown, 6 + grown)
            painter.drawRoundedRect(around, 8 + grown, 8 + grown)
        painter.end()

    def mousePressEvent(self, event: "QMouseEvent") -> None:
        if not self.box.geometry().contains(event.position().toPoint()):
            self.dismiss()

    # What it shows

    def _ask(self, entry: Entry | None) -> None:
        """Show everything, or what one entry can be done with."""
        words = self._words
        self._asks, self._finder = entry, None
        self.asked.setText(entry.title if entry else "")
        self.asked.setVisible(entry is not None)
        self.line.setPlaceholderText(
            words("Which client?") if entry and entry.needs == "client"
            else words("Which one?") if entry
            else words("Client, person, page, command, setting or record")
        )  # fmt: skip
        self.line.clear()
        self._show()

    @property
    def finder(self) -> Finder:
        """What knows the entries that stand to choice now."""
        if self._finder is None:
            entries = (
                self._source.asked_for(self._asks)
                if self._asks
                else [*self._window_entries, *self._source.of_journal()]
            )
            self._finder = Finder(entries)
        return self._finder

    def _show(self) -> None:
        if self.isHidden():
            return
        text = self._text()
        if text:
            rows = [self._row(one, text) for one in self.finder.find(text, self._opened(), _MOST)]
            if self._asks and not rows:
                rows = [Row(self._words("Nothing is called “{text}”", text=text))]
        elif self._asks:
            rows = [self._row(one) for one in self.finder.find("", self._opened(), _CHOICE)]
            rows = rows or [Row(self._words("Nothing here yet."))]
        else:
            rows = self._first_rows()
        self.list.use(rows)
        self.looking.ask("" if self._asks else text)
        self._tell_row()

    def _text(self) -> str:
        return " ".join(self.line.text().split())

    def _opened(self) -> dict[Key, int]:
        return {key: n for n, key in enumerate(self._desk.recent.opened)}

    def _first_rows(self) -> list[Row]:
        """What was opened last, but for what is shown, and the commands that are used most."""
        words, recent, here = self._words, self._desk.recent, self._desktop.shown_key()
        pages = {entry.opens: entry for entry in self._window_entries if entry.opens}
        keys = [key for key in recent.opened if key != here]
        there = {entry.opens: entry for entry in self._source.of_keys(keys)} | pages
        opened = [there[key] for key in keys if key in there][:_LAST]
        commands = {entry.command: entry for entry in self._window_entries if entry.command}
        names = dict.fromkeys((*recent.used(_USUAL), *_FIRST_COMMANDS))
        usual = [commands[name] for name in names if name in commands]
        usual = [entry for entry in usual if entry not in opened][:_USUAL]
        rows = [Row(words("Opened last")), *map(self._row, map(Found, opened))] if opened else []
        return [*rows, Row(words("Commands")), *map(self._row, map(Found, usual))]

    def _row(self, found: Found, text: str = "") -> Row:
        entry, client = found
        detail = entry.detail
        if client is not None:
            title = f"{client.title} › {entry.title}"
        else:
            title = entry.title
            if entry.needs == "client" and not self._asks:
                shown = self._desktop.client()
                detail = shown.name if shown else self._words("of which client?")
        return Row(title, entry, client, detail, _marks(title, text))

    def _on_titles(self, text: str, titles: "list[Titled]") -> None:
        """Add the records that were found, and the way to all texts."""
        if self.isHidden() or text != self._text() or self._asks:
            return
        words, first = self._words, not self.list.model_.rows
        records = [self._row(Found(one), text) for one in self._source.records(titles)]
        search = Entry(words("Search all texts for “{text}”", text=text), Sort.RECORD, words("Search"),
                       partial(_search, text), (), icon="search", key=SEARCH.key)  # fmt: skip
        head = [Row(words("Records by title"))] if records else []
        if first and not records:
            head = [Row(words("Nothing is called “{text}”", text=text))]
        self.list.model_.add([*head, *records, Row(search.title, search)])
        if first:
            self.list.choose_first()

    def _tell_row(self) -> None:
        """Have the row that is chosen read out: the keyboard never stands on it."""
        row = self.list.row()
        self.line.setAccessibleDescription(row.said if row else "")

    def _on_changed(self, changes: "Changes") -> None:
        if self.isVisible() and changes.touch("client", "contact"):
            self._finder = None  # what is shown stays until the next key

    # What it does

    def _step(self, by: int) -> None:
        """One row up or down; a page, where it is more than one."""
        self.list.step(by if abs(by) == 1 else by // abs(by) * self.list.page())

    def _back(self) -> None:
        """One step back: to everything, or out."""
        if self._asks is None:
            self.dismiss()
        else:
            self._ask(None)

    def take(self) -> None:
        """Do what the chosen row says, with the keyboard where it was before."""
        row, desktop, asks = self.list.row(), self._desktop, self._asks
        if self.line.composing:
            return
        entry = row.entry if row else None
        if row is None or entry is None:
            if (text := self._text()) and asks is None:
                self.dismiss()
                _search(text, desktop)
            return
        if row.client is not None:
            self.dismiss()
            with_client(row.client, entry, desktop)
        elif asks is None and entry.needs and not (entry.needs == "client" and desktop.client()):
            self._ask(entry)
        else:
            self.dismiss()
            entry.act(desktop)


def _search(text: str, desktop: "Desktop") -> None:
    """All texts searched for what was typed."""
    desktop.show_page(SEARCH)
    if desktop.current is not None and desktop.current.place is SEARCH:
        desktop.page().line.setText(text)


def _marks(title: str, text: str) -> list[tuple[int, int]]:
    """Where what was typed stands in a title as it is written."""
    folded = title.lower()
    if len(folded) != len(title):
        return []
    found: list[tuple[int, int]] = []
    for part in [text] if text.lower() in folded else text.split():
        at = folded.find(part.lower())
        if at >= 0 and part:
            found.append((at, at + len(part)))
    return sorted(found)
