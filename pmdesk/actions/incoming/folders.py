"""What lies in a folder: each file with the importer whose own it is; stores of mail stay whole."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pmdesk.actions.incoming.importers import Importer, importer_of
from pmdesk.exchange.mail.reading import FILE_PATTERNS

_MOST_FILES: Final = 20_000
# So many files are opened to see whose they are; what ends as mail does is not.
_MOST_OPENED: Final = 2_000
_DEEPEST: Final = 30
_ZIP: Final = ".zip"  # may hold a journal
_MAIL: Final = tuple(
    pattern[1:] for pattern in FILE_PATTERNS if pattern.startswith("*.") and pattern[1:] != _ZIP
)
_OF_MAILDIR: Final = frozenset(("cur", "new", "tmp"))
_STORES: Final = (".mbox", ".sbd")
_OWN_OF_SYSTEMS: Final = frozenset((".ds_store", "desktop.ini", "thumbs.db"))
Sorted = dict[Importer | None, Sequence[Path]]


def sorted_out(paths: Sequence[Path], check: Callable[[], None] = lambda: None) -> Sorted:
    """Files by the importer whose own they are, in their order; None has mail and all the rest.

    A folder in which nothing but mail is found stands for itself; `check` may raise to stop.
    """
    found: dict[Importer | None, list[Path]] = {}
    for path in paths:
        for importer, own in _of(path, check).items():
            found.setdefault(importer, []).extend(own)
    return dict(found)


def _of(path: Path, check: Callable[[], None]) -> Sorted:
    if not path.is_dir():
        return {importer_of(path): [path]}
    if path.name in _OF_MAILDIR or path.name.lower().endswith(_STORES):
        return {None: [path]}
    found: dict[Importer | None, list[Path]] = {}
    opened = 0
    for number, file in enumerate(_within(path, 0)):
        check()
        if number >= _MOST_FILES:
            return {None: [path]}
        importer = None
        if opened < _MOST_OPENED and not (file.is_dir() or file.name.lower().endswith(_MAIL)):
            opened += 1
            importer = importer_of(file)
        found.setdefault(importer, []).append(file)
    return dict(found) if any(found) else {None: [path]}


def _within(folder: Path, depth: int) -> Iterator[Path]:
    """The files below a folder; a folder within it that is a store of mail stands for itself."""
    try:
        with os.scandir(folder) as entries:
            inner = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    folders = [entry for entry in inner if entry.is_dir(follow_symlinks=False)]
    files = [entry for entry in inner if entry.is_file()]
    names = {entry.name for entry in files}
    if depth >= _DEEPEST or is_mail_store({entry.name for entry in folders}, names):
        yield folder
        return
    for entry in files:
        if entry.name.lower() not in _OWN_OF_SYSTEMS and not entry.name.startswith("._"):
            yield Path(entry.path)
    for entry in folders:
        yield from _within(Path(entry.path), depth + 1)


def is_mail_store(folders: set[str], files: set[str]) -> bool:
    """Whether a folder that holds these is one in which a program keeps its mail.

    A Maildir has cur and new; Thunderbird an index beside each mailbox, .sbd for those within one,
    and in a profile ImapMail or prefs.js; Apple Mail mailboxes that are folders, and .emlx.
    """
    return (
        {"cur", "new"} <= folders
        or bool({"ImapMail", "MailData"} & folders)
        or "prefs.js" in files
        or any(name.lower().endswith(_STORES) for name in folders)
        or any(name.lower().endswith((".msf", ".emlx")) for name in files)
    )
