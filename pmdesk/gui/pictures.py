"""A picture of every page of a journal in both languages, without a display: for the demo."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

SIZE = (1280, 860)
_LATER_S = 0.1


def write_pictures(journal: Path, folder: Path) -> Iterator[Path]:
    """Write `folder`/LANGUAGE-PAGE.png for every page, each client's overview among them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from pmdesk.gui.app import App
    from pmdesk.journal.journal import Journal
    from pmdesk.words import LANGUAGES

    folder.mkdir(parents=True, exist_ok=True)
    qt = QApplication([])
    app = App(qt)
    app.window.resize(*SIZE)
    app.settings.backups = False  # nothing is written beside what is pictured
    for language in LANGUAGES:
        app.settings.language, app.settings.theme, app.settings.scale = language, "light", 100
        app.use(Journal.open(journal, None))
        app.window.show()
        app.dress()
        for name, picture in _pictures(app, qt):
            target = folder / f"{language}-{name}.png"
            picture.save(str(target))
            yield target
    app.close_journal()


def _pictures(app: Any, qt: Any) -> Iterator[tuple[str, Any]]:
    from pmdesk.gui.pages.places import PLACES, TABS

    desktop, names = app.window.desktop, [tab.name for tab in TABS]
    for place in PLACES.values():
        if place.rail:
            desktop.show_page(place)
            yield place.name, _seen(app, qt)
    clients = [row[0] for row in app.desk.journal.rows("SELECT id FROM client ORDER BY id")]
    for number in clients:
        desktop.open_client(number)
        for tab in names if number == clients[0] else ("overview", "crisis"):
            desktop.page().go_to(tab)
            yield f"client-{number}-{tab}", _seen(app, qt)


def _seen(app: Any, qt: Any) -> Any:
    """The window once nothing runs in the background and all of it has been painted."""
    from PySide6.QtCore import QThreadPool

    for _ in range(4):
        qt.processEvents()
        sleep(_LATER_S)  # what pages put off until they have been painted
        QThreadPool.globalInstance().waitForDone()
    return app.window.grab()


def main(journal: str, folder: str) -> int:
    """Write the pictures and say where."""
    for path in write_pictures(Path(journal), Path(folder)):
        sys.stdout.write(f"{path}\n")
    return 0
