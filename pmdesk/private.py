"""What this program writes is its owner's alone: rights of files and folders, no memory after a crash.

On Windows a file takes the rights of its folder, and all of a person's own folders are theirs alone;
what lies elsewhere can be told but is left as whoever made that place wanted it.
"""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

OWN_FILE: Final = 0o600
OWN_FOLDER: Final = 0o700
_OTHERS: Final = 0o077


def start_private() -> None:
    """Keep to the owner what this process writes from now on, and leave no core file of it.

    For the beginning of every process: whatever it starts takes this over.
    """
    os.umask(_OTHERS)
    try:
        import resource
    except ImportError:  # Windows has neither; its crash reports are the person's own choice
        return
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    # Linux hands a core to a program that collects them whatever the limit, but not with one of a
    # single byte. PR_SET_DUMPABLE would stop it, too, and with it the desktop's dialogs for files,
    # which look into /proc for who asks.
    least = 1 if sys.platform == "linux" and most else 0
    resource.setrlimit(resource.RLIMIT_CORE, (least, least))


def make_private(path: Path) -> bool:
    """Whether others can neither read nor change `path`, narrowed where it is ours and was wider.

    What is somebody else's, and a place that keeps no rights, are left as they are. Nothing at all
    at `path` is private.
    """
    if os.name == "nt":
        return _of_the_person(path)
    with suppress(FileNotFoundError):
        found = path.stat()
        if not found.st_mode & _OTHERS:
            return True
        if found.st_uid != os.geteuid():
            return False
        try:
            path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)
        except OSError:  # a read-only place, or one without rights
            return False
        return not path.stat().st_mode & _OTHERS
    return True


def new_file(path: Path) -> None:
    """Make sure that there is a file at `path`, the owner's alone where it is new; raises OSError."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, OWN_FILE))


def new_folder(path: Path) -> None:
    """Make sure that there is a folder at `path`, those made for it the owner's alone; raises OSError."""
    missing = [path]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for folder in reversed(missing):
        folder.mkdir(OWN_FOLDER, exist_ok=True)


def _of_the_person(path: Path) -> bool:
    """Whether `path` lies below the person's own folder, whose rights all of it inherits."""
    with suppress(OSError, RuntimeError):
        return path.resolve().is_relative_to(Path.home().resolve())
    return False
