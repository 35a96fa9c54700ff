"""The crises that run at once, each with its clock; one of them is shown."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from pmdesk.gui.widgets.parts import clear, shortened
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.records.crisis import Crisis
from pmdesk.words import Words

# How many letters of a title there is room for, where there is much and where there is little.
_LONG, _SHORT = 32, 12
_WIDE = 640


class Switch(QWidget):
    """A button a crisis; hidden while one runs alone."""

    chosen = Signal(int)

    def __init__(self, words: Words, scale: int) -> None:
        """`scale` is the size of text in per cent."""
        super().__init__()
        self.setObjectName("plain")
        self._words, self._scale = words, scale / 100
        self._row = WrappedRow(self, gap=8)
        self.buttons: dict[int, QPushButton] = {}
        self._crises: dict[int, Crisis] = {}

    def show_crises(self, crises: Sequence[Crisis], chosen: int | None, now: datetime) -> None:
        """These, in their order."""
        self._crises = {int(crisis.id or 0): crisis for crisis in crises}
        if list(self.buttons) != list(self._crises):
            clear(self._row)
            self.buttons = {}
            for id_ in self._crises:
                one = QPushButton()
                one.setCheckable(True)
                one.clicked.connect(lambda _checked=False, id_=id_: self.chosen.emit(id_))
                self._row.addWidget(one)
                self.buttons[id_] = one
        for id_, one in self.buttons.items():
            one.setChecked(id_ == chosen)
        self.setVisible(len(self.buttons) > 1)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """How long each has lasted."""
        room = _LONG if self.width() >= _WIDE * self._scale else _SHORT
        for id_, one in self.buttons.items():
            crisis = self._crises[id_]
            title = shortened(crisis.title, room)
            mark_ = self._words("rehearsal") if crisis.rehearsal else crisis.level.value
            clock = elapsed(crisis.found_at, now, self._words) if crisis.found_at else ""
            one.setText(f"{mark_} · {title} · {clock}".replace("&", "&&"))
            one.setToolTip(crisis.title)
            one.setAccessibleName(f"{mark_}, {crisis.title}")


def elapsed(since: datetime, now: datetime, words: Words) -> str:
    """Hours, minutes and seconds since a moment; days before them from the fourth on."""
    seconds = max(0, int((now - since).total_seconds()))
    days, rest = divmod(seconds, 86_400)
    hours, minutes = rest // 3600, rest % 3600 // 60
    if days < 4:
        return f"{days * 24 + hours:02d}:{minutes:02d}:{rest % 60:02d}"
    return words("{days} d {time}", days=days, time=f"{hours:02d}:{minutes:02d}")
