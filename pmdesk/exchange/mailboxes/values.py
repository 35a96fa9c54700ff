"""A machine, the mail that lies on it, and how far it is looked for."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

System = Literal["linux", "darwin", "win32"]
_MOST_ENTRIES: Final = 200_000


@dataclass(frozen=True)
class Machine:
    """What is to be known of a computer to find mail on it.

    `is_far` tells a network drive, where nothing is looked for. `drives` are the roots under which
    programs of Windows keep folders of their own.
    """

    system: System
    home: Path
    documents: Path
    downloads: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    drives: tuple[Path, ...] = ()
    is_far: Callable[[Path], bool] = lambda _path: False


@dataclass(frozen=True)
class Mailbox:
    """Mail that lies in one place: of which program and account, how much, its newest change.

    `paths` are what an import is given. `size` is in bytes; `whole` says that all of it was
    counted. One that is not `readable` is of a program whose form is not known.
    """

    program: str
    name: str
    paths: tuple[Path, ...]
    size: int
    files: int
    newest: datetime | None
    whole: bool = True
    readable: bool = True


@dataclass
class Bounds:
    """How far a look goes: so many names, and until `stop` says so. `left` names are to go.

    `refused` are the folders that the system let nobody look into.
    """

    stop: Callable[[], bool] = lambda: False
    left: int = _MOST_ENTRIES
    refused: list[Path] = field(default_factory=list)

    @property
    def reached(self) -> bool:
        """Whether the look has come to its end before all was seen."""
        return self.left <= 0 or self.stop()

    def entries(self, folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
        """What lies in a folder, by name, with size and change; links are passed over."""
        try:
            names = sorted(folder.iterdir())
        except FileNotFoundError:
            return
        except PermissionError:
            self.refused.append(folder)
            return
        except OSError:  # no folder, or a disk that answers no more: nothing lies there
            return
        for path in names:
            if self.reached:
                return
            self.left -= 1
            try:
                told = path.lstat()
            except OSError:  # gone meanwhile
                continue
            if not stat.S_ISLNK(told.st_mode):
                yield path, told

    def folders(self, folder: Path) -> Iterator[Path]:
        """The folders in a folder."""
        return (path for path, told in self.entries(folder) if stat.S_ISDIR(told.st_mode))

    def files(self, folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
        """The files in a folder itself that hold anything."""
        for path, told in self.entries(folder):
            if stat.S_ISREG(told.st_mode) and told.st_size:
                yield path, told

    def below(self, folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
        """The files in a folder and all folders within it that hold anything."""
        within = []
        for path, told in self.entries(folder):
            if stat.S_ISDIR(told.st_mode):
                within.append(path)
            elif stat.S_ISREG(told.st_mode) and told.st_size:
                yield path, told
        for path in within:
            yield from self.below(path)


def moment_of_change(seconds: float) -> datetime:
    """The moment of a change as a file system keeps it."""
    return datetime.fromtimestamp(seconds, UTC)
