"""Qt is loaded in less time: its support code is compiled once, and imports are left to Python.

Import this before anything of PySide6; afterwards it only leaves the imports to Python. Importing
Qt takes about 0.1 s with it and 0.3 s without. Where a Qt of another version does not bear it, the
environment's PMDESK_PLAIN_QT=1 leaves Qt as it is.
"""

import builtins
import marshal
import os
import sys
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

if TYPE_CHECKING:
    from types import CodeType

_PACKED: Final = "shibokensupport/"
_MISREAD: Final = (OSError, ValueError, EOFError, TypeError)


class KeptCode:
    """Code of the sources packed into Shiboken, which compiles them anew at every start.

    It lies beside Python's own bytecode and follows its rules: made again when a source or
    Python is another, and not written where Python writes none.
    """

    def __init__(self) -> None:
        self._compile = builtins.compile
        self._path: Path | None = None
        self._codes: dict[tuple[str, int], CodeType] = {}
        self._grown = False

    def load_qt(self) -> None:
        """Import Qt, taking the code of its support from where it is kept."""
        self._read()
        builtins.compile = self._kept
        try:
            import PySide6.QtCore  # noqa: F401
        finally:
            builtins.compile = self._compile
        if self._grown and not sys.dont_write_bytecode:
            self._write()

    def _kept(self, source: Any, filename: Any, *how: Any, **more: Any) -> Any:
        if not (isinstance(source, bytes) and str(filename).startswith(_PACKED)):
            return self._compile(source, filename, *how, **more)
        key = (str(filename), crc32(source))
        if key not in self._codes:
            self._codes[key] = self._compile(source, filename, *how, **more)
            self._grown = True
        return self._codes[key]

    def _read(self) -> None:
        try:
            self._path = Path(cache_from_source(__file__)).with_suffix(".qt")
            data = self._path.read_bytes()
            if data.startswith(MAGIC_NUMBER):
                self._codes = marshal.loads(data[len(MAGIC_NUMBER) :])  # noqa: S302 - as trusted as bytecode
        except (*_MISREAD, NotImplementedError):  # the latter where Python keeps no bytecode at all
            self._codes = {}

    def _write(self) -> None:
        if self._path is None:
            return
        draft = self._path.with_suffix(f".{os.getpid()}")
        try:
            draft.write_bytes(MAGIC_NUMBER + marshal.dumps(self._codes))
            draft.replace(self._path)
        except OSError:
            # a place that cannot be written costs the time, nothing else
            draft.unlink(missing_ok=True)


if not os.environ.get("PMDESK_PLAIN_QT"):
    if "PySide6.QtCore" not in sys.modules:
        KeptCode().load_qt()
    # Shiboken reads the source of every module that is imported from then on, to learn whether to
    # switch PySide's snake_case names in it; nothing here asks for them.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
