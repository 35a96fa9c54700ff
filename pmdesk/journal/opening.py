"""A journal opened in a thread of its own: making the key of an encrypted one takes long."""

import os
import threading
from pathlib import Path
from typing import Final

from pmdesk.journal import engine
from pmdesk.journal.errors import JournalError
from pmdesk.journal.journal import Journal

_VARIABLE: Final = "PMDESK_PASSPHRASE"


class Opening:
    """A journal on its way; begun at once, waited for where it is needed."""

    def __init__(self, path: Path, passphrase: str, backups_in: str = "") -> None:
        """Begin to open the journal at `path`; `backups_in` as `Journal.open` takes it."""
        self.path = path
        self._passphrase = passphrase
        self._backups_in = backups_in
        self._journal: Journal | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._open, name="opening", daemon=True)
        self._thread.start()

    def _open(self) -> None:
        try:
            self._journal = Journal.open(
                self.path, self._passphrase, movable=True, backups_in=self._backups_in
            )
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            self._error = error

    @property
    def ended(self) -> bool:
        """Whether `wait` would give its answer at once."""
        return not self._thread.is_alive()

    def wait(self) -> Journal:
        """The journal, for use in the thread that asked last; raises what `Journal.open` raises."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        if self._journal is None:
            raise RuntimeError("opened neither with a journal nor with an error")
        return self._journal


def takes_long(path: Path, passphrase: str | None) -> bool:
    """Whether a key would have to be made to open `path`."""
    try:
        return bool(passphrase) and path.is_file() and not engine.is_plain(path)
    except (OSError, JournalError):
        return False  # cannot be read: opening it tells why


def environment_passphrase() -> str | None:
    """The passphrase that whoever starts the program has put into its environment."""
    return os.environ.get(_VARIABLE) or None


def forget_passphrase() -> None:
    """Know it no more: whoever locks a journal does not want it opened by anything but typing."""
    os.environ.pop(_VARIABLE, None)
