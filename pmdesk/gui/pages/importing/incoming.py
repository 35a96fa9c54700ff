"""Everything that comes in beside mail: one card for each importer, one for a pasted text."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.actions.incoming.folders import Sorted, sorted_out
from pmdesk.actions.incoming.importers import Importer
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.importing.incoming_card import IncomingCard
from pmdesk.gui.pages.importing.pasted import PastedCard


class Incoming(QWidget):
    """Sorts files by whose own they are and shows their cards; `arrived` with each new card, once it is full.

    What lies in a folder is looked at beside the window: `sorted_anew` once that is known.
    """

    arrived = Signal(object)
    sorted_anew = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk = desk
        self._kinds: dict[Path, Sorted | None] = {}
        self.by_kind: dict[str, IncomingCard] = {}
        self.of_text: IncomingCard | None = None
        self._begin = ""
        self.mail_places: list[Path] = []  # what was given that holds mail: a folder, say
        self.pasted = PastedCard(desk.words)
        self.pasted.changed.connect(self._on_text)
        self.pasted.removed.connect(self._on_text)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(12)
        self._body.addWidget(self.pasted)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing here, and no field to paste into."""
        return not self.by_kind and self.pasted.isHidden()

    @property
    def cards(self) -> list[IncomingCard]:
        """The cards as they stand."""
        return [*([self.of_text] if self.of_text else []), *self.by_kind.values()]

    @property
    def is_sorting(self) -> bool:
        """Whether it is not known yet what lies in a folder."""
        return None in self._kinds.values()

    def sort(self, paths: Sequence[Path]) -> list[Path]:
        """Show the cards of these files; gives back the mail and all that nobody knows."""
        found: dict[Importer, list[Path]] = {}
        places: dict[Importer, list[Path]] = {}
        rest: list[Path] = []
        self.mail_places = []
        for path in paths:
            for importer, own in self._kinds_of(path).items():
                if importer is None:
                    rest.extend(own)
                    self.mail_places.append(path)
                else:
                    found.setdefault(importer, []).extend(own)
                    places.setdefault(importer, []).append(path)
        names = {importer.name for importer in found}
        for name in [name for name in self.by_kind if name not in names]:
            self.by_kind.pop(name).close_card()
        for importer, own in found.items():
            if importer.name not in self.by_kind:
                self.by_kind[importer.name] = self._card(importer, self._body.count())
            self.by_kind[importer.name].use_paths(list(dict.fromkeys(own)), places[importer])
        if not paths:
            self._kinds.clear()  # a file may be another by the time it is added again
        return list(dict.fromkeys(rest))

    def _kinds_of(self, path: Path) -> Sorted:
        """What a path holds, as far as it is known; a folder is asked about beside the window."""
        if path not in self._kinds:
            if not path.is_dir():
                self._kinds[path] = sorted_out([path])
            else:
                self._kinds[path] = None
                self._desk.background(
                    self,
                    lambda _task: sorted_out([path]),
                    lambda found: self._on_sorted(path, found),
                )
        return self._kinds[path] or {}

    def _on_sorted(self, path: Path, found: Sorted) -> None:
        if path in self._kinds:
            self._kinds[path] = found
            self.sorted_anew.emit()

    def _card(self, importer: Importer, place: int) -> IncomingCard:
        card = IncomingCard(self._desk, importer)
        self._body.insertWidget(place, card)
        card.appeared.connect(lambda: self.arrived.emit(card))
        return card

    def _on_text(self) -> None:
        """Read the text anew; one that begins otherwise is another one, asked about afresh."""
        importer, text = self.pasted.find_importer(), self.pasted.text
        goes_on = bool(self._begin) and self._begin in text
        if self.of_text and not (goes_on and self.of_text.importer is importer):
            self.of_text.close_card()
            self.of_text = None
        self._begin = next((line for line in text.splitlines() if line.strip()), "")
        if importer is None:
            return
        if self.of_text is None:
            self.of_text = self._card(importer, 1)
        self.of_text.use_text(text)

    def look(self) -> None:
        """Look again: the journal has changed."""
        for card in self.cards:
            card.look()
