"""The places that are remembered: when each was looked at, and a look at all of them."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.looking import look_for_new
from pmdesk.gui.widgets.parts import Card, TwoLineRow, button, clear, label, rule
from pmdesk.journal.looks import looks
from pmdesk.records.imports import Source


class SourcesCard(Card):
    """A row for each; hidden where nothing is remembered."""

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(words("Remembered places"))
        self._desk = desk
        self.look_button = button(words("Look for new"), partial(look_for_new, desk))
        self.look_button.setToolTip(words("Look for new") + " (Ctrl+Shift+I)")
        self.head.addWidget(self.look_button)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.body.addLayout(self.rows)
        desk.looked.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read them anew."""
        words, journal = self._desk.words, self._desk.journal
        clear(self.rows)
        sources, last = journal.find(Source, order="name"), looks(journal)
        for n, source in enumerate(sources):
            look = last.get(int(source.id or 0))
            told = [source.path]
            if not Path(source.path).exists():
                told.append(words("not there now"))
            elif look is None:
                told.append(words("not looked at yet"))
            else:
                when = words.short_moment(look.at, self._desk.zone())
                told.append(words("looked at {when}", when=when))
            if source.at_start:
                told.append(words("at every start"))
            edit = button(words("Edit"), partial(self._desk.edit, source), quiet=True)
            edit.setAccessibleName(words("Edit {what}", what=source.name))
            if n:
                self.rows.addWidget(rule())
            self.rows.addWidget(TwoLineRow(source.name, " · ".join(told), [edit]))
        self.setVisible(bool(sources))


class RememberBox(QWidget):
    """Whether the places of an import are remembered, and looked at by themselves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        words = desk.words
        self.setObjectName("plain")
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(4)
        self.remember = QCheckBox(words("Remember these places"))
        self.hint = label(
            words("“Look for new” then reads only what is added to them. Nothing is fetched."),
            "small",
            wrap=True,
        )
        self.at_start = QCheckBox(words("Look at every start"))
        for part in (self.remember, self.hint, self.at_start):
            body.addWidget(part)
        for part in (self.hint, self.at_start):  # said where it is wished, not in every card
            part.hide()
            self.remember.toggled.connect(part.setVisible)

    @property
    def wished(self) -> bool:
        """Whether they are to be remembered."""
        return self.remember.isChecked()

    @property
    def wished_at_start(self) -> bool:
        """Whether they are to be looked at whenever the program starts."""
        return self.wished and self.at_start.isChecked()
