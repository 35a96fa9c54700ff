"""A journal whose file lost its place while it was open: noticed soon, and put back at a press."""

import logging
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from pmdesk.journal.displaced import put_back
from pmdesk.journal.errors import Displaced, JournalError, shown

if TYPE_CHECKING:
    from pmdesk.gui.desk import Desk

_LOG: Final = logging.getLogger(__name__)
_EVERY_MS: Final = 15_000


class Watching(QObject):
    """Asks once when the file of the open journal is not in its place any more, also where nobody saves."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._told = False
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(_EVERY_MS)

    def look(self) -> None:
        """Look whether it is there."""
        gone = self._desk.journal.displaced
        if gone and not self._told:
            offer_to_put_back(self._desk)
        self._told = gone

    def leave(self) -> None:
        """Put it back unasked: the journal is about to be closed, and with it what it holds goes."""
        if self._desk.journal.displaced:
            try:
                put_back(self._desk.journal)
            except JournalError:
                _LOG.exception("what was open could not be put back in its place")


def offer_to_put_back(desk: "Desk") -> None:
    """Say what happened, with the way back."""
    sentence = desk.words(Displaced.sentence, path=shown(desk.path))
    desk.questioned.emit(sentence, (desk.words("Put it back"), partial(_put_back, desk)))


def _put_back(desk: "Desk") -> None:
    if desk.work.running:
        desk.work.say_busy()
        return
    try:
        aside = put_back(desk.journal)
    except JournalError as error:
        desk.noticed.emit("bad", desk.words(error.sentence, **error.facts))
        return
    said = desk.words("The journal is back in its place, with all that was saved.")
    if aside is not None:
        said += " " + desk.words("What stood there is kept as “{name}”.", name=aside.name)
    desk.tell(said)
