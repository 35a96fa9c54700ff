"""Files and folders that stand in their place only once they are whole, readable by their owner alone."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp, mkstemp
from typing import Final

from pmdesk.words import mark

_FOLDER: Final = mark("{path} is a folder. Choose another name; nothing was written.")
_FILE: Final = mark("{path} is a file, no folder. Choose another name; nothing was written.")
_FULL: Final = mark("The disk is full: {path} was not written. Free some space and try again.")
_CLOSED: Final = mark(
    "{path} may not be written: you have no rights there, or another program holds it open. "
    "Choose another place."
)
_NAME: Final = mark("{path} was not written: the system does not take this name. Choose another.")
_OTHER: Final = mark("{path} could not be written.")
_SENTENCES: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EROFS: _CLOSED,
    errno.ENAMETOOLONG: _NAME,
    errno.EINVAL: _NAME,
    errno.EILSEQ: _NAME,
}
_OWN_FILE, _OWN_FOLDER = 0o600, 0o700


class NotWritten(Exception):
    """A file or folder that could not be written; `sentence` says why, its {path} is `path`."""

    def __init__(self, path: Path, sentence: str = _OTHER) -> None:
        super().__init__(sentence, path)
        self.path, self.sentence = path, sentence


def _why(target: Path, error: OSError) -> NotWritten:
    if error.errno in {errno.ENOTDIR, errno.EEXIST} and error.filename is not None:
        return NotWritten(_in_the_way(Path(str(error.filename))), _FILE)
    return NotWritten(target, _SENTENCES.get(error.errno or 0, _OTHER))


def _check_name(path: Path) -> None:
    if "\0" in str(path):  # Python would call it a wrong value, not a wrong name
        raise NotWritten(path, _NAME)


def _in_the_way(path: Path) -> Path:
    """The file that stands where a folder would have to."""
    return next((one for one in (path, *path.parents) if one.is_file()), path)


@contextmanager
def placed(target: Path) -> Iterator[Path]:
    """Inside, an empty file to fill, which then takes the place of `target`. Raises NotWritten.

    Whatever stops it leaves `target` as it was, and nothing beside it.
    """
    partial: Path | None = None
    _check_name(target)
    try:
        if target.is_dir():
            raise NotWritten(target, _FOLDER)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(prefix=".pmdesk-", suffix=".partial", dir=target.parent)  # 0600
        os.close(handle)
        partial = Path(name)
        yield partial
        partial.replace(target)
    except OSError as error:
        raise _why(target, error) from error
    finally:
        if partial is not None:
            with suppress(OSError):
                partial.unlink(missing_ok=True)


@contextmanager
def filled(folder: Path) -> Iterator[Path]:
    """Inside, an empty folder to fill; what it holds then stands in `folder`. Raises NotWritten.

    What lay in `folder` stays, but for files of the same names. Whatever stops it leaves it as it was.
    """
    partial: Path | None = None
    _check_name(folder)
    try:
        there = folder.is_dir()
        if not there and folder.exists():
            raise NotWritten(folder, _FILE)
        above = folder if there else folder.parent
        above.mkdir(parents=True, exist_ok=True)
        partial = Path(mkdtemp(prefix=".pmdesk-", suffix=".partial", dir=above))  # 0700
        yield partial
        found = sorted(partial.rglob("*"))
        for path in found:
            path.chmod(_OWN_FOLDER if path.is_dir() else _OWN_FILE)
        if there:
            _move(found, partial, folder)
        else:
            partial.replace(folder)
    except OSError as error:
        raise _why(folder, error) from error
    finally:
        if partial is not None:
            rmtree(partial, ignore_errors=True)


def _move(found: list[Path], partial: Path, folder: Path) -> None:
    """Move files into a folder that is there; before the first one moves, all must have their place."""
    for path in found:
        place = folder / path.relative_to(partial)
        if path.is_dir() and place.exists() and not place.is_dir():
            raise NotWritten(place, _FILE)
        if path.is_file() and place.is_dir():
            raise NotWritten(place, _FOLDER)
    for path in found:
        place = folder / path.relative_to(partial)
        if path.is_dir():
            place.mkdir(mode=_OWN_FOLDER, exist_ok=True)
        else:
            path.replace(place)
