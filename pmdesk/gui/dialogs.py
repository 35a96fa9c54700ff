"""The system's own dialogs for files; the first begins in Documents, the next where one was."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from pmdesk.words import Words

_LAST: Final[list[Path]] = []


def save_path(
    owner: QWidget, title: str, name: str, kinds: str = "", *, overwrite: bool = True
) -> Path | None:
    """Where to write a file called `name`; None where the dialog was left.

    `overwrite` is False where what lies there is kept in any case, so that nothing is asked.
    """
    options = QFileDialog.Option(0) if overwrite else QFileDialog.Option.DontConfirmOverwrite
    chosen, _ = QFileDialog.getSaveFileName(
        owner, title, str(_folder() / name), kinds, options=options
    )
    return _chosen(chosen)


def open_path(owner: QWidget, title: str, kinds: str) -> Path | None:
    """One file to read."""
    chosen, _ = QFileDialog.getOpenFileName(owner, title, str(_folder()), kinds)
    return _chosen(chosen)


def open_paths(owner: QWidget, title: str, kinds: str) -> list[Path]:
    """Files to read."""
    chosen, _ = QFileDialog.getOpenFileNames(owner, title, str(_folder()), kinds)
    return [path for path in map(_chosen, chosen) if path is not None]


def folder_path(owner: QWidget, title: str) -> Path | None:
    """A folder."""
    chosen = QFileDialog.getExistingDirectory(owner, title, str(_folder()))
    if chosen:
        _LAST[:] = [Path(chosen)]
    return Path(chosen) if chosen else None


def open_offer(words: Words, path: Path) -> tuple[str, Callable[[], None]]:
    """What a toast offers beside a file just written: to open it with the system's program."""
    return words("Open"), partial(_open, path)


def _open(path: Path) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _folder() -> Path:
    from platformdirs import user_documents_path

    return _LAST[0] if _LAST and _LAST[0].is_dir() else user_documents_path()


def _chosen(path: str) -> Path | None:
    if not path:
        return None
    _LAST[:] = [Path(path).parent]
    return Path(path)
