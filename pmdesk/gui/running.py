"""Windows of this person that run: how another start finds them and asks one to come forward.

A plain socket of the system (a named pipe on Windows) in the person's own folder, named by the
process alone. No network, and nothing of Qt's network library, which is not shipped: it would be
3 MB, and libraries of Kerberos with it. Whoever asks has the same rights as the window already.
"""

import json
import logging
import os
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_LOG: Final = logging.getLogger(__name__)
_WINDOWS: Final = sys.platform == "win32"
_PIPES: Final = "\\\\.\\pipe\\"
_PATIENCE_S: Final = 2.0
_LONGEST: Final = 16_384
_STOP: Final = b"stop"


class Request(NamedTuple):
    """What another start wants: the window of a journal (of any where ""), the capture line.

    `token` is the desktop's leave to come to the front, where it gives one.
    """

    journal: str = ""
    capture: bool = False
    token: str = ""


def folder() -> Path:
    """The folder of the sockets: one of the person, another with settings of its own."""
    name = f"pmdesk-{os.getuid()}" if hasattr(os, "getuid") else "pmdesk"
    if own := os.environ.get("PMDESK_CONFIG_DIR"):
        name += f"-{crc32(own.encode()):08x}"
    place = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if not (place.is_absolute() and place.is_dir()):
        place = Path(os.environ.get("TMPDIR") or "/tmp")  # noqa: S108 - checked to be our own
    return place / name


def _prefix() -> str:
    """What the names of this person's pipes begin with."""
    whose = "\n".join(
        os.environ.get(name, "") for name in ("USERDOMAIN", "USERPROFILE", "PMDESK_CONFIG_DIR")
    )
    return f"pmdesk-{crc32(whose.encode()):08x}-"


def _own_address() -> str:
    if _WINDOWS:
        return f"{_PIPES}{_prefix()}{os.getpid()}"
    return str(folder() / f"{os.getpid()}.window")


def _addresses() -> list[str]:
    """Where windows may listen, whether they still do or not."""
    try:
        if _WINDOWS:
            return [_PIPES + name for name in os.listdir(_PIPES) if name.startswith(_prefix())]  # noqa: PTH208 - no folder
        return sorted(str(path) for path in folder().glob("*.window")) if _is_ours() else []
    except OSError:
        return []


def _is_ours() -> bool:
    """Whether the folder is there, is ours, and nobody else may look into it."""
    try:
        found = folder().lstat()
    except OSError:
        return False
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == os.getuid()
        and not stat.S_IMODE(found.st_mode) & 0o077
    )


def _family() -> str:
    return "AF_PIPE" if _WINDOWS else "AF_UNIX"


def ask(request: Request) -> bool:
    """Whether a window that runs has taken the request; it comes to the front then."""
    addresses = _addresses()
    return any(_asked(address, request) for address in addresses)


def _asked(address: str, request: Request) -> bool:
    from multiprocessing.connection import Client  # loads sockets: only where somebody may listen

    if sys.platform == "win32":
        import ctypes

        # whoever was started last may hand on its right to come to the front
        ctypes.windll.user32.AllowSetForegroundWindow(-1)
    try:
        with Client(address, _family()) as line:
            line.send_bytes(json.dumps(request._asdict()).encode())
            return line.poll(_PATIENCE_S) and line.recv_bytes(_LONGEST) == b"taken"
    except (ConnectionRefusedError, FileNotFoundError):
        # a window that crashed: nobody will take its socket away
        if not _WINDOWS:
            Path(address).unlink(missing_ok=True)
    except (OSError, EOFError):
        _LOG.info("a window did not answer", exc_info=True)
    return False


def understood(message: bytes) -> Request | None:
    """The request in a message; None where it is none."""
    try:
        values: Any = json.loads(message)
        found = Request(**values)
    except (ValueError, TypeError):
        return None
    kinds = zip(found, (str, bool, str), strict=True)
    return found if all(isinstance(value, kind) for value, kind in kinds) else None


class Door:
    """Hears what other starts want, in a thread of its own, until it is closed.

    `takes` says whether this window is meant, `take` is told what it is to do; both are called in
    that thread. Where no socket can be made another start opens another window, as it would without.
    """

    def __init__(self, takes: Callable[[Request], bool], take: Callable[[Request], None]) -> None:
        self._takes, self._take = takes, take
        self._address = _own_address()
        self._closed = threading.Event()
        self.opened = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="door", daemon=True)

    def open(self) -> None:
        """Begin to listen; `opened` is set once it does."""
        self._thread.start()

    def close(self) -> None:
        """Listen no more; nothing is left behind."""
        self._closed.set()
        if self._thread.is_alive() and self.opened.wait(_PATIENCE_S):
            self._wake()
            self._thread.join(_PATIENCE_S)

    def _wake(self) -> None:
        from multiprocessing.connection import Client

        try:
            with Client(self._address, _family()) as line:
                line.send_bytes(_STOP)
        except OSError:
            _LOG.info("nobody listens", exc_info=True)

    def _listen(self) -> None:
        from multiprocessing.connection import Listener  # beside the window, which stands already

        address = self._address
        try:
            if not _WINDOWS:
                folder().mkdir(mode=0o700, exist_ok=True)
                if not _is_ours():
                    _LOG.info("somebody else's folder")
                    return
                Path(address).unlink(missing_ok=True)  # of a process long gone
            with Listener(address, _family()) as listener:
                if not _WINDOWS:
                    Path(address).chmod(0o600)
                self.opened.set()
                while not self._closed.is_set():
                    self._answer(listener.accept())
        except OSError:
            _LOG.info("no socket", exc_info=True)
        finally:
            self.opened.set()

    def _answer(self, line: "Connection") -> None:
        try:
            with line:
                if not line.poll(_PATIENCE_S):
                    return
                request = understood(line.recv_bytes(_LONGEST))
                taken = request is not None and self._takes(request)
                if taken and request is not None:
                    self._take(request)
                line.send_bytes(b"taken" if taken else b"not mine")
        except (OSError, EOFError):
            _LOG.info("whoever asked has gone", exc_info=True)
