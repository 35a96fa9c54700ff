"""Addresses that seem to be one's own, each with what speaks for it, to be ticked."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from pmdesk.actions.import_values import OwnAddress
from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.parts import label


class OwnProposals(QWidget):
    """A box for each; it stays over a new look, until all are cleared.

    `proposing` ticks those that are sure when they are first seen; `changed` when a person ticks.
    """

    changed = Signal()

    def __init__(self, desk: Desk, *, after: QWidget) -> None:
        """The keyboard comes to them behind `after`."""
        super().__init__()
        self._after = after
        self.setObjectName("plain")
        self._words = desk.words
        self.proposing = False
        self.boxes: dict[str, QCheckBox] = {}
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(4)
        self._body.addWidget(label(desk.words("Perhaps yours, too: these files say so"), "muted"))
        self.hide()

    def ticked(self) -> list[str]:
        """The addresses that are said to be one's own."""
        return [address for address, box in self.boxes.items() if box.isChecked()]

    def show_proposed(self, proposed: Sequence[OwnAddress]) -> None:
        """Show these beside those that are ticked; what is neither any more goes."""
        wanted = {one.address for one in proposed} | set(self.ticked())
        for address in self.boxes.keys() - wanted:
            self._remove(address)
        for one in proposed:
            if one.address in self.boxes:
                continue
            box = QCheckBox(self._told(one))
            box.setChecked(self.proposing and one.sure)
            box.clicked.connect(self.changed)
            self.boxes[one.address] = box
            self._body.addWidget(box)
        before = self._after
        for box in self.boxes.values():
            self.setTabOrder(before, box)
            before = box
        self.setVisible(bool(self.boxes))

    def _told(self, one: OwnAddress) -> str:
        words = self._words
        counts = words(
            "sent {sent}, received {got}",
            sent=words.number(one.sent, 0), got=words.number(one.got, 0),
        )  # fmt: skip
        return f"{one.address} · {counts}" if one.sent or one.got else one.address

    def clear_proposed(self) -> None:
        """Nothing is proposed any more."""
        for address in list(self.boxes):
            self._remove(address)
        self.hide()

    def _remove(self, address: str) -> None:
        box = self.boxes.pop(address)
        self._body.removeWidget(box)
        box.hide()
        box.deleteLater()
