"""Folders for what is unpacked, and those that a process which is gone has left: mail lies in them."""

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Final

_OURS: Final = re.compile(r"pmdesk-(\d+)-\w+")


def own_folder() -> TemporaryDirectory[str]:
    """A new folder of this process, its owner's alone, removed when it is let go or collected."""
    sweep()
    prefix = f"pmdesk-{os.getpid()}-"
    return TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)


def sweep() -> None:
    """Remove what earlier processes of this person could not remove, for they were killed."""
    if os.name == "nt":
        return  # which tells no process by its number without ending it; the folder is the person's
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as found:
        for entry in found:
            ours = _OURS.fullmatch(entry.name)
            if ours and entry.is_dir(follow_symlinks=False) and _left(entry, int(ours[1])):
                rmtree(Path(entry.path), ignore_errors=True)


def _left(entry: "os.DirEntry[str]", process: int) -> bool:
    """Whether a folder is this person's and its process has gone."""
    if entry.stat(follow_symlinks=False).st_uid != os.geteuid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False
