"""What runs here: versions, and the licences of everything that is bundled."""

import platform
import sys
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QPlainTextEdit

from pmdesk import __version__
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.page import Page
from pmdesk.gui.widgets.parts import Card, label
from pmdesk.licences import licence_of
from pmdesk.log_file import log_folder


class AboutPage(Page):
    """Versions first, then a line for each library with its licence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self.head(words("About PM Desk"), words("A private journal of your client relationships."))
        card = Card(words("Versions"))
        for text in self.versions():
            card.body.addWidget(label(text, wrap=True))
        self.column.addWidget(card)
        licences = Card(words("Licences"), words("PM Desk itself: MIT"))
        self.text = QPlainTextEdit("\n".join(_licences()))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(words("Licences"))
        licences.body.addWidget(self.text)
        self.column.addWidget(licences, 1)

    def versions(self) -> list[str]:
        """One line each: the program, Python and Qt, SQLite, the log."""
        (sqlite,) = self.desk.journal.rows("SELECT sqlite_version()")[0]
        return [
            f"PM Desk {__version__}",
            f"Python {platform.python_version()} · Qt {qVersion()} · SQLite {sqlite}",
            f"{platform.system()} {platform.release()} · {platform.machine()}",
            self.words("Log: {path}", path=str(log_folder())),
        ]


def _licences() -> list[str]:
    """Name, version and licence of each library, as it says so itself."""
    bundled = Path(sys.executable).resolve().parent / "licences"
    if getattr(sys, "frozen", False) and bundled.is_dir():
        licences = [
            path.read_text("utf-8").split("\n") for path in sorted(bundled.glob("*/what.txt"))
        ]
        return [" · ".join(part for part in lines if part.strip()) for lines in licences]
    by_name = {}
    for dist in metadata.distributions():
        parts = (f"{dist.name} {dist.version}", licence_of(dist))
        by_name[dist.name] = " · ".join(part for part in parts if part)
    return [by_name[name] for name in sorted(by_name, key=str.casefold)]
