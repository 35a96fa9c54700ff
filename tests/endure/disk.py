"""A disk whose power is cut: what a recorded session had written, as it may lie there afterwards.

What was synced is there. Of what was written since, any part may be: single sectors, in any order, the
size of a file without its content, a new name or none. Folders are files like others: a file that was
made, renamed or removed is so for sure only once its folder was synced.
"""

import os
import struct
from pathlib import Path
from typing import NamedTuple

LINE = struct.Struct("<QQQQ")
SECTOR = 512


class Change(NamedTuple):
    """One line of the record of shim.c."""

    kind: str
    file: int
    place: int
    data: bytes

    @property
    def names(self):
        return [Path(os.fsdecode(name)) for name in self.data.split(b"\0")]


def recorded(path):
    """All changes that a session made, in their order."""
    whole, start, changes = path.read_bytes(), 0, []
    while start < len(whole):
        kind, file, place, length = LINE.unpack_from(whole, start)
        start += LINE.size
        changes.append(Change(chr(kind), file, place, whole[start : start + length]))
        start += length
    return changes


class File:
    """What of a file is safe, and the changes since."""

    def __init__(self, content=b""):
        self.content, self.pending = content, []

    def sync(self):
        self.content, self.pending = self.after(self.pending), []

    def after(self, changes):
        """The content with changes: (place, data), or (size, None) for a truncation."""
        if not changes:
            return self.content
        content = bytearray(self.content)
        for place, data in changes:
            if data is None:
                del content[place:]
                content.extend(bytes(place - len(content)))
            else:
                content.extend(bytes(max(0, place - len(content))))
                content[place : place + len(data)] = data
        return bytes(content)


class Folder(File):
    """A folder that was made; what is in it is lost with it."""


class Disk:
    """The files of a folder while a session goes on, as safe and as pending."""

    def __init__(self, folder):
        self.by_number, self.folders, self.safe, self.now = {}, {}, {}, {}
        self.pending = []  # changes of names: (folder, name that goes, name that comes, file)
        for path in [folder, *folder.rglob("*")]:
            number = path.stat().st_ino
            if path.is_dir():
                self.folders[number] = path
            else:
                self.by_number[number] = self.safe[path] = self.now[path] = File(path.read_bytes())

    def go_on(self, change):
        """Let one change of the record happen."""
        match change.kind:
            case "c":
                (path,) = change.names
                self._name(path, None, path, self.by_number.setdefault(change.file, File()))
            case "d":
                (path,) = change.names
                self.folders[change.file] = path
                self._name(path, None, path, Folder())
            case "w" if change.file in self.by_number:
                self.by_number[change.file].pending.append((change.place, change.data))
            case "t" if change.file in self.by_number:
                self.by_number[change.file].pending.append((change.place, None))
            case "s" if change.file in self.folders:
                self._sync_folder(self.folders[change.file])
            case "s" if change.file in self.by_number:
                self.by_number[change.file].sync()
            case "r":
                old, new = change.names
                self._name(new, old, new, self.now.get(old))
            case "l":
                old, new = change.names
                self._name(new, None, new, self.now.get(old))
            case "u":
                self._name(change.names[0], change.names[0], None, None)

    def _name(self, path, old, new, file):
        self.pending.append((path.parent, old, new, file))
        _renamed(self.now, old, new, file)
        numbers = {id(one): number for number, one in self.by_number.items()}
        if file is None:  # its number may be given to another file
            there = {id(one) for one in self.now.values()}
            for one, number in numbers.items():
                if one not in there:
                    del self.by_number[number]

    def _sync_folder(self, folder):
        for where, old, new, file in self.pending:
            if where == folder:
                _renamed(self.safe, old, new, file)
        self.pending = [one for one in self.pending if one[0] != folder]

    def image(self, chance):
        """What may lie there when the power is cut now: bytes by path."""
        mood = chance.choice(("nothing", "names", "data", "most", "half", "few", "in order"))
        share = {"nothing": 0, "names": 0, "data": 1, "most": 0.9, "half": 0.5, "few": 0.1}
        names = dict(self.safe)
        pending = self.pending
        if mood == "in order":
            pending = pending[: chance.randint(0, len(pending))]
        for _, old, new, file in pending:
            kept = {"names": 1.0, "data": 0.0, "in order": 1.0}.get(mood, share.get(mood, 0.5))
            if chance.random() < kept:
                _renamed(names, old, new, file)
        lost = [path for path in self.folders.values() if path not in names and path in self.now]
        contents = {}
        for path, file in names.items():
            gone = isinstance(file, Folder) or any(path.is_relative_to(one) for one in lost)
            if not gone and id(file) not in contents:
                contents[id(file)] = self._content(file, mood, share.get(mood, 0.5), chance)
        return {path: contents[id(file)] for path, file in names.items() if id(file) in contents}

    @staticmethod
    def _content(file, mood, share, chance):
        if not file.pending:
            return file.content
        if mood == "in order":
            kept = file.pending[: chance.randint(0, len(file.pending))]
            last = [part for one in kept[-1:] for part in _sectors(*one)]
            return file.after([*kept[:-1], *last[: chance.randint(0, len(last))]])
        kept = []
        for place, data in file.pending:
            for part in _sectors(place, data):
                if chance.random() < share:
                    kept.append(part)
                elif data is not None and chance.random() < 0.05:
                    kept.append((part[0] + len(part[1]), b""))  # the size alone
        return file.after(kept)


def _renamed(names, old, new, file):
    if old is not None:
        names.pop(old, None)
    if new is not None and file is not None:
        names[new] = file


def _sectors(place, data):
    """A write as the sectors of the disk that it touches."""
    if data is None:
        return [(place, None)]
    cuts = [*range(place - place % SECTOR + SECTOR, place + len(data), SECTOR), place + len(data)]
    starts = [place, *cuts[:-1]]
    return [
        (start, data[start - place : end - place]) for start, end in zip(starts, cuts, strict=True)
    ]
