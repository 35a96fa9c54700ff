"""What is kept of each mail beside its text; remembered for the next import."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QHBoxLayout

from pmdesk.actions.mail_setup import MailSetup, Originals
from pmdesk.actions.sources import Remembering, mail_answers
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.importing.sources import RememberBox
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import Card, label
from pmdesk.words import mark

_SIZES = (0, 1, 5, 10, 25, 50, 100)
_ORIGINALS = (
    ("off", mark("Do not keep the original mail")),
    ("clients", mark("Keep the original mail of clients")),
    ("all", mark("Keep every original mail")),
)


class KeepingCard(Card):
    """Attached files up to a size, and the mail itself byte for byte."""

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(words("3 What is kept"))
        self._settings = desk.settings
        row = QHBoxLayout()
        self.largest = Choice()
        self.largest.setAccessibleName(words("Attached files"))
        chosen = desk.settings.attachment_mb
        for megabytes in sorted({*_SIZES, chosen}):
            text = (
                words("Attached files up to {n} MB", n=megabytes)
                if megabytes
                else words("Only the names of attached files")
            )
            self.largest.addItem(text, megabytes)
        self.largest.setCurrentIndex(self.largest.findData(chosen))
        self.originals = Choice()
        self.originals.setAccessibleName(words("Original mail"))
        for value, text in _ORIGINALS:
            self.originals.addItem(words(text), value)
        self.originals.setCurrentIndex(self.originals.findData(desk.settings.keep_originals))
        for box in (self.largest, self.originals):
            box.activated.connect(self._remember)
            row.addWidget(box)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(
            label(
                words("Of larger files the name and size are kept. Originals are kept compressed."),
                "small",
                wrap=True,
            )
        )
        self.places = RememberBox(desk)
        self.body.addWidget(self.places)

    def _remember(self) -> None:
        self._settings.attachment_mb = self.largest.currentData()
        self._settings.keep_originals = self.originals.currentData()

    def remembering(self, paths: Sequence[Path], setup: MailSetup) -> Remembering | None:
        """The places to remember with an import, None where none are."""
        places = self.places
        if not places.wished:
            return None
        return Remembering(paths, answers=mail_answers(setup), at_start=places.wished_at_start)

    def applied(self, setup: MailSetup) -> MailSetup:
        """What was said of addresses together with what is to be kept."""
        return replace(
            setup,
            attachments_up_to=self.largest.currentData() * 1_000_000,
            originals=cast("Originals", self.originals.currentData()),
        )
