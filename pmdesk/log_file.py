"""The log in the user's own log folder: what went wrong, so that it can be told."""

import logging
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from pmdesk.log_lines import WithoutTexts, way_to
from pmdesk.private import make_private, new_file, new_folder

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_LOG: Final = logging.getLogger("pmdesk")
_TOLD: Final[list[Callable[[str], None]]] = []
_LARGEST: Final = 500_000


class _LogFile(logging.Handler):
    """Writes to a file that never grows large; opened with the first line that goes there."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.WARNING)
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Hand a line on to the file."""
        if self._file is None:
            from logging.handlers import RotatingFileHandler  # loads sockets: not at every start

            self._file = RotatingFileHandler(
                self._path, maxBytes=_LARGEST, backupCount=1, encoding="utf-8", delay=True
            )
            self._file.setFormatter(WithoutTexts())
            new_file(self._path)
            for path in (self._path, self._path.with_name(f"{self._path.name}.1")):
                make_private(path)  # as earlier versions left them
        self._file.handle(record)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()


def log_folder() -> Path:
    """Where the log lies on this system."""
    import os

    if own := os.environ.get("PMDESK_LOG_DIR"):
        return Path(own)
    from platformdirs import user_log_path

    return user_log_path("PM Desk", appauthor=False)


def start_log() -> Path | None:
    """Write warnings and crashes to the log from now on; its path, None where nothing can be written.

    No text of the journal goes there nor to the error output, which desktops keep in files of their
    own: sentences carry it, log lines do not.
    """
    root = logging.getLogger()
    spoken = logging.StreamHandler()
    spoken.setFormatter(WithoutTexts())
    root.addHandler(spoken)
    sys.excepthook = crashed
    threading.excepthook = _crashed_in_thread
    sys.unraisablehook = _crashed_unheard
    warnings.showwarning = _warned
    folder = log_folder()
    try:
        new_folder(folder)
    except OSError:
        return None  # a place that cannot be written must not keep the window from opening
    root.addHandler(_LogFile(folder / "pmdesk.log"))
    return folder / "pmdesk.log"


def _crashed_in_thread(hook: threading.ExceptHookArgs) -> None:
    if hook.exc_value is not None and not issubclass(hook.exc_type, SystemExit):
        _LOG.critical("crashed in a thread", exc_info=hook.exc_value)


def _crashed_unheard(hook: "UnraisableHookArgs") -> None:
    if hook.exc_value is not None:
        _LOG.error("crashed where nobody could be told", exc_info=hook.exc_value)


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: object = None,
    line: str | None = None,
) -> None:
    """Log a warning of a library by its kind and place."""
    del message, file, line
    _LOG.warning(f"{category.__name__} of {filename}, line {lineno}")


def tell_crashes(to: Callable[[str], None]) -> None:
    """Call `to` with the details of each crash from now on, beside the log."""
    _TOLD[:] = [to]


def crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log an error that nothing expected, and tell it."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _LOG.critical("crashed", exc_info=(kind, error, trace))
    for told in _TOLD:
        told(way_to(error, trace))
