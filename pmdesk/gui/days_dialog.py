"""Days off and make-up workdays of a calendar: a year to choose them in, and the notice that names them."""

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from pmdesk.exchange.mail.charsets import clean, decode
from pmdesk.gui.dialogs import open_path
from pmdesk.gui.widgets.parts import button, label, scrolled
from pmdesk.gui.widgets.year_days import Mark, YearDays
from pmdesk.typed.holiday_notice import Notice, read_notice
from pmdesk.words import Words

_MOST_BYTES = 1_000_000


class DaysDialog(QDialog):
    """What is chosen stands in `off` and `work` once it is taken over; Esc leaves all as it was."""

    def __init__(
        self, owner: QWidget, words: Words, year: int, is_workday: Callable[[date], bool]
    ) -> None:
        super().__init__(owner.window())
        self._words = words
        self.setWindowTitle(words("Choose days…").rstrip("…"))
        self.days = YearDays(words, year, is_workday)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(self._head())
        hint = words(
            "Click a day, or drag over several: they become days off, make-up workdays, or as usual again."
        )
        column.addWidget(label(hint, "muted", wrap=True))
        self.room = scrolled(self.days)
        column.addWidget(self.room, 1)
        column.addWidget(label(words("The State Council's notice"), "small"))
        self.notice = QPlainTextEdit()
        self.notice.setAccessibleName(words("The State Council's notice"))
        self.notice.setTabChangesFocus(True)
        self.notice.setPlaceholderText(
            words("Paste the notice here: 春节：2月15日至23日放假调休。2月14日、28日上班。")
        )
        self.notice.setFixedHeight(self.notice.fontMetrics().lineSpacing() * 3 + 16)
        self.notice.textChanged.connect(self._read)
        column.addWidget(self.notice)
        self.preview = label("", "small", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.preview, 1)
        row.addWidget(button(words("From a file…"), self._open, quiet=True))
        self.fill = button(words("Take over into the calendar"), self._fill, quiet=True)
        self.fill.setEnabled(False)
        row.addWidget(self.fill)
        column.addLayout(row)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(words("Cancel"), self.reject, quiet=True))
        foot.addWidget(button(words("Use these days"), self.accept, primary=True))
        column.addLayout(foot)
        self._found: Notice | None = None
        whole, hint_size = owner.window().size(), self.days.sizeHint()
        self.resize(
            min(hint_size.width() + 60, whole.width() - 40),
            min(hint_size.height() * 2, whole.height() - 40),
        )
        self.days.setFocus()

    def _head(self) -> QHBoxLayout:
        words = self._words
        row = QHBoxLayout()
        before = button("‹", lambda: self._turn(-1), quiet=True)
        before.setAccessibleName(words("Year before"))
        after = button("›", lambda: self._turn(1), quiet=True)
        after.setAccessibleName(words("Year after"))
        self.year = label(str(self.days.year), "head")
        for part in (before, self.year, after):
            row.addWidget(part)
        row.addStretch(1)
        self.brushes = QButtonGroup(self)
        for one in Mark:
            choose = QRadioButton(words(one.value))
            choose.setChecked(one is self.days.brush)
            choose.clicked.connect(lambda _on=False, one=one: self._brush(one))
            self.brushes.addButton(choose)
            row.addWidget(choose)
        return row

    def _brush(self, one: Mark) -> None:
        self.days.brush = one

    def _turn(self, by: int) -> None:
        self._show_year(self.days.year + by)

    def _show_year(self, year: int) -> None:
        if date.min.year < year < date.max.year:
            self.days.show_year(year)
            self.year.setText(str(year))

    def choose(self, off: Iterable[date], work: Iterable[date]) -> None:
        """Begin with these days."""
        self.days.off, self.days.work = set(off), set(work)
        self.days.update()

    def _open(self) -> None:
        path = open_path(self, self._words("The State Council's notice"), "*.txt *.html *.htm *.md")
        if path is None:
            return
        try:
            data = path.read_bytes()[:_MOST_BYTES]
        except OSError as error:
            self.preview.setText(str(error.strerror or error))
            return
        self.notice.setPlainText(clean(decode(data)))

    def _read(self) -> None:
        """Say what the notice comes to; it is taken over only when asked."""
        words, text = self._words, self.notice.toPlainText()
        self._found, said = None, ""
        if text.strip():
            try:
                self._found = found = read_notice(text, year=self.days.year)
            except ValueError:
                said = words("No sentence of a holiday was found in it.")
            else:
                counts = {"off": len(found.off), "work": len(found.work)}
                said = words(
                    "{year} · days off: {off} · make-up workdays: {work}", year=found.year, **counts
                )
                if found.doubts:
                    said += " · " + words(
                        "The weekday of {day} is another in {year}: check of which year the notice is.",
                        day=words.date(found.doubts[0]), year=found.year,
                    )  # fmt: skip
        self.preview.setText(said)
        self.fill.setEnabled(self._found is not None)

    def _fill(self) -> None:
        found = self._found
        if found is None:
            return
        self.days.off = (self.days.off | set(found.off)) - set(found.work)
        self.days.work = (self.days.work | set(found.work)) - set(found.off)
        self._show_year(found.year)
        self.days.setFocus()
