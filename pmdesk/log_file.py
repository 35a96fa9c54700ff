"""The log in the user's own log folder: what went wrong, so that it can be told."""

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

_TOLD: Final[list[Callable[[str], None]]] = []
_LARGEST: Final = 500_000
_FORM: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


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
            self._file.setFormatter(logging.Formatter(_FORM))
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

    No text of the journal goes there: sentences carry it, log lines do not.
    """
    folder = log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None  # a place that cannot be written must not keep the window from opening
    root = logging.getLogger()
    root.addHandler(_LogFile(folder / "pmdesk.log"))
    root.addHandler(logging.StreamHandler())
    sys.excepthook = crashed
    return folder / "pmdesk.log"


def tell_crashes(to: Callable[[str], None]) -> None:
    """Call `to` with the details of each crash from now on, beside the log."""
    _TOLD[:] = [to]


def crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log an error that nothing expected, and tell it."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("pmdesk").critical("crashed", exc_info=(kind, error, trace))
    for told in _TOLD:
        told("".join(traceback.format_exception(kind, error, trace)))
