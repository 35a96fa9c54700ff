"""What the self-test tries of the window. Qt is loaded with the first of it, not before.

Each part gives back what it found in some words; raises Failed.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from pmdesk.journal.journal import Journal


class Failed(Exception):
    """A part that did not do what it must; the text says what was found."""


# An entry has its page; of the others nobody edits a field.
_FORMLESS = frozenset({"entry", "attachment", "set_aside", "captured_line", "import_choice"})


def need(found: Any, sentence: str) -> None:
    """Raise Failed with a sentence where nothing was found."""
    if not found:
        raise Failed(sentence)


@lru_cache(maxsize=1)
def _qt() -> "QApplication":
    """Qt as the window starts it: without one, its parts end the process instead of failing."""
    from pmdesk.gui.app import application

    return application()


def window(journal: "Journal") -> str:
    """The window with a client of the journal, painted."""
    from pmdesk.gui.app import App
    from pmdesk.gui.tasks import settle_tasks

    qt = _qt()
    app = App(qt)
    from PySide6.QtGui import QFontInfo

    family = QFontInfo(qt.font()).family()
    need("PMDesk" in family, f"the font is {family}")
    app.use(journal.again())
    app.window.show()
    if app.window.desktop is None or app.desk is None:
        raise Failed("the journal is not shown")
    app.window.desktop.open_client(1)
    for _ in range(3):
        qt.processEvents()
    picture = app.window.grab()
    need(not picture.isNull() and picture.width() > 600, "nothing was painted")
    app.window.close()
    settle_tasks()  # a chart on its way tells the window, which is there until then
    app.close_journal()
    app.backing.wait()
    settle_tasks()  # likewise the backup that closing makes
    return f"painted {picture.width()} x {picture.height()} in {family}"


def forms() -> str:
    """Every form, loaded."""
    from pmdesk.gui.form_loading import load_form
    from pmdesk.places import data_dir
    from pmdesk.records.kinds import KINDS

    _qt()
    from PySide6.QtWidgets import QWidget

    names = sorted(path.stem for path in data_dir("ui").glob("*.ui"))
    for name in names:
        load_form(name, QWidget())
    missing = [name for name in KINDS if name not in names and name not in _FORMLESS]
    need(not missing, f"no form for {', '.join(missing)}")
    return f"{len(names)} loaded"


def fonts_and_icons() -> str:
    """Every font and icon, read and drawn."""
    from PySide6.QtGui import QFontDatabase

    from pmdesk.gui.icons import pixmap
    from pmdesk.places import data_dir

    _qt()
    fonts = sorted((data_dir("resources") / "fonts").glob("*.[ot]tf"))
    need(len(fonts) >= 5, f"{len(fonts)} fonts")
    for font in fonts:
        need(QFontDatabase.addApplicationFont(str(font)) >= 0, f"{font.name} cannot be read")
    icons = sorted((data_dir("resources") / "icons").glob("*.svg"))
    need(len(icons) > 20, f"{len(icons)} icons")
    for icon in icons:
        drawn = pixmap(icon.stem).toImage()
        blank = drawn.copy()
        blank.fill(0)
        need(drawn != blank, f"{icon.name} draws nothing")
    return f"{len(fonts)} fonts, {len(icons)} icons"


def qt_in_chinese() -> str:
    """Qt's own texts."""
    from PySide6.QtCore import QCoreApplication

    from pmdesk.gui.language import set_language

    set_language(_qt(), "zh")
    said = QCoreApplication.translate("QPlatformTheme", "Cancel")
    need(said != "Cancel", "Qt's own texts stay English")
    return said
