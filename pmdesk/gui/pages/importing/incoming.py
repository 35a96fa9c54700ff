"""Everything that comes in beside mail: one card for each importer, one for a pasted text."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.actions.incoming.importers import Importer, importer_of
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.importing.incoming_card import IncomingCard
from pmdesk.gui.pages.importing.pasted import PastedCard


class Incoming(QWidget):
    """Sorts files by whose own they are and shows their cards; `arrived` with each new card, once it is full."""

    arrived = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk = desk
        self._kinds: dict[Path, Importer | None] = {}
        self.by_kind: dict[str, IncomingCard] = {}
        self.of_text: IncomingCard | None = None
        self._begin = ""
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

    def sort(self, paths: Iterable[Path]) -> list[Path]:
        """Show the cards of these files; gives back the mail and all that nobody knows."""
        found: dict[Importer, list[Path]] = {}
        rest: list[Path] = []
        for path in paths:
            if path not in self._kinds:
                self._kinds[path] = importer_of(path)
            importer = self._kinds[path]
            (rest if importer is None else found.setdefault(importer, [])).append(path)
        names = {importer.name for importer in found}
        for name in [name for name in self.by_kind if name not in names]:
            self.by_kind.pop(name).close_card()
        for importer, own in found.items():
            if importer.name not in self.by_kind:
                self.by_kind[importer.name] = self._card(importer, self._body.count())
            self.by_kind[importer.name].use_paths(own)
        if not found and not rest:
            self._kinds.clear()  # a file may be another by the time it is added again
        return rest

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
