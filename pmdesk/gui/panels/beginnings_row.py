"""How a new record often begins, as buttons over its form."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pmdesk.answers.beginnings import beginnings_of
from pmdesk.gui.widgets.parts import button, label
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.records.declare import kind_of
from pmdesk.words import Words


class BeginningsRow(QWidget):
    """Nothing where there is none of the kind, or the record says already what it is."""

    chosen = Signal(object)

    def __init__(self, record: Any, words: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        row = WrappedRow(self, gap=6)
        known = beginnings_of(record) if not getattr(record, kind_of(record).title) else ()
        row.addWidget(label(words("Templates"), "small"))
        for one in known:
            begin = button(words(one.text), partial(self.chosen.emit, one))
            begin.setProperty("choice", True)
            begin.setToolTip(words("Fill in a new one like this"))
            row.addWidget(begin)
        self.is_empty = not known
        self.setVisible(bool(known))
