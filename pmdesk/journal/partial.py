"""Files that are not yet whole: their names, and what is left of them when a program was ended."""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

# The number is that of the process which writes it; SQLite keeps more beside it, as does a claim.
_NAME: Final = re.compile(r"\.(\d+)\.partial(?:-wal|-shm|-journal|(?:\.mended)?(?:\.open)?)$")
_SYNCHRONIZE: Final = 0x100000
_ACCESS_DENIED: Final = 5


def partial_of(target: Path) -> Path:
    """The name beside `target` under which this process makes what will take its place."""
    return target.with_name(f"{target.name}.{os.getpid()}.partial")


def clear_left(target: Path) -> None:
    """Remove what programs that were ended left half made beside `target`, and copies of it.

    It may hold all of a journal, without the passphrase even that it had.
    """
    with suppress(OSError):  # in a place that lets nothing be removed, nothing was made
        for name in [path.name for path in target.parent.iterdir()]:
            ours = name.removeprefix(".").startswith(f"{target.stem}.")
            found = _NAME.search(name) if ours else None
            if found and not _runs(int(found[1])):
                target.with_name(name).unlink(missing_ok=True)


def _runs(process: int) -> bool:
    """Whether a process of this number is there."""
    if sys.platform == "win32":  # there a signal would end it
        import ctypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_SYNCHRONIZE, 0, process)
        if not handle:
            return bool(kernel.GetLastError() == _ACCESS_DENIED)
        ended = kernel.WaitForSingleObject(handle, 0) == 0
        kernel.CloseHandle(handle)
        return not ended
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
