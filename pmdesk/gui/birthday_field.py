"""Help at the field of a birthday: which day it is, and whose calendar is meant."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from pmdesk.gui.widgets.bubble import Told
from pmdesk.typed.birthdays import Birthday, next_birthday, typed_birthday
from pmdesk.typed.moon import month_day
from pmdesk.words import Words, mark

_EXAMPLE = mark("1985-08-15, 8-15, 农历八月十五")


class BirthdayHelp(QObject):
    """Says below the line how a birthday is understood; one that names the moon ticks its box."""

    def __init__(
        self, line: QLineEdit, form: QWidget, words: Words, now: Callable[[], datetime]
    ) -> None:
        super().__init__(line)
        self._lunar = form.findChild(QCheckBox, f"{line.objectName()}_lunar")
        self._words, self._now = words, now
        line.setPlaceholderText(words(_EXAMPLE))
        line.textEdited.connect(self._choose)
        self._told = Told(line, self._said)

    def _choose(self, text: str) -> None:
        if self._lunar is None:
            return
        try:
            _, lunar = typed_birthday(text)
        except ValueError:
            return
        if lunar is not None:
            self._lunar.setChecked(lunar)

    def _said(self, text: str) -> str:
        try:
            born, _ = typed_birthday(text)
        except ValueError:
            return ""
        lunar = self._lunar is not None and self._lunar.isChecked()
        comes = next_birthday(born, self._now().date(), lunar=lunar)
        return told(born, self._words, lunar=lunar) + (
            f" · {self._words.near_day(comes)} {comes.year}" if comes else ""
        )


def told(born: Birthday, words: Words, *, lunar: bool) -> str:
    """A birthday in words: 15 August 1985, lunar 八月十五."""
    year = f" {born.year}" if born.year else ""
    if lunar:
        return (
            words(mark("lunar {day}"), day=month_day(born.month, born.day, leap=born.leap)) + year
        )
    return born.stored.removeprefix("--")
