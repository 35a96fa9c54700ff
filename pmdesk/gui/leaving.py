"""What is done when a journal leaves the screen: typing ends, dialogs close, copies go."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from pmdesk.journal.errors import JournalError, PassphraseNeeded
from pmdesk.journal.journal import Journal

if TYPE_CHECKING:
    from pmdesk.gui.app import App

# A window's own loop; a dialog that stands open turns one within it.
_OWN_LOOP: Final = 1
_PASSING: Final = frozenset({Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Tool})
# Their clipboard is the program's own; they are never told who filled it.
_WITHOUT_SCREEN: Final = frozenset({"offscreen", "minimal"})


def end_typing(window: QWidget) -> None:
    """Let the field that has the keyboard take what is being typed, also by an input method."""
    QGuiApplication.inputMethod().commit()
    focus = window.focusWidget()
    if focus is not None:
        focus.clearFocus()


def close_dialogs(window: QWidget) -> None:
    """Close what stands open beside the window: dialogs, menus, lists of choices, tool tips."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog):
            widget.reject()
        elif widget is not window and widget.windowType() in _PASSING:
            widget.hide()
            if isinstance(widget, QLabel):
                widget.clear()  # Qt keeps a tool tip for the next


def is_held_up() -> bool:
    """Whether somebody further up is still within a dialog or a menu that has just been closed."""
    return QThread.currentThread().loopLevel() > _OWN_LOOP


def forget_copied() -> None:
    """Empty the clipboard where it holds what was copied here."""
    board = QGuiApplication.clipboard()
    own = QGuiApplication.platformName() in _WITHOUT_SCREEN
    if own or board.ownsClipboard():
        board.clear(QClipboard.Mode.Clipboard)
    if board.supportsSelection() and (own or board.ownsSelection()):
        board.clear(QClipboard.Mode.Selection)


def open_from_lock(app: "App", path: Path) -> None:
    """Open another journal; one with a passphrase is asked for it on the start page."""
    try:
        app.use(Journal.open(path))
    except PassphraseNeeded:
        app.locking.page = None
        app.show_start(path, private=True)
    except JournalError as error:
        app.page.say(app.words(error.sentence, **error.facts))
