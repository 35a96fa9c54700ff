"""Where the copies of a journal lie: beside it, or in a chosen folder, one folder for each journal."""

import json
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

from pmdesk.journal import engine
from pmdesk.journal.backup import settle
from pmdesk.journal.errors import JournalError
from pmdesk.journal.journal import Journal
from pmdesk.journal.key import head_of
from pmdesk.journal.partial import partial_of
from pmdesk.private import new_file

BESIDE: Final = "backups"
_WHOSE: Final = "journal.json"
_OF_FILE: Final = "salt:"


class Place(NamedTuple):
    """A folder of copies; with `chosen` it lies in a folder that must be there already."""

    folder: Path
    chosen: Path | None = None


class Whose(NamedTuple):
    """Whose copies lie in a folder: where the journal was last, and all it has been known by."""

    path: str
    marks: tuple[str, ...]


def place_of(journal_path: Path, chosen: str = "") -> Place:
    """The folder for the copies of the journal at `journal_path`; nothing is made or written.

    In a chosen folder it is found again after the journal was moved or renamed, by its first record,
    or of an encrypted one by its salt; after a change of passphrase, and where the journal can no
    longer be read, by its path. A copy of a journal that is still there has a folder of its own.
    """
    path = journal_path.absolute()
    if not chosen:
        return Place(path.with_name(f"{path.name}.{BESIDE}"))
    home = Path(chosen)
    mark = _mark_of(path)
    folders = [(folder, _whose(folder)) for folder in _folders(home)]
    here = [(folder, whose.marks) for folder, whose in folders if whose.path == str(path)]
    known = [folder for folder, marks in here if mark in marks]
    known += [f for f, whose in folders if mark in whose.marks and not _still_there(whose, mark)]
    # one that tells nothing of itself, or only its salt, may be that which was here before
    known += [folder for folder, marks in here if not (_named(mark) and any(map(_named, marks)))]
    if known:
        return Place(known[0], home)
    tail = blake2b(f"{path}\n{mark}".encode(), digest_size=4).hexdigest()
    return Place(home / f"{path.stem}-{tail}", home)


def remember(place: Place, journal: Journal) -> None:
    """Write beside the copies whose they are. Raises OSError."""
    if place.chosen is None:
        return
    path = journal.path.absolute()
    whose = _whose(place.folder)
    key = key_of(journal)
    now = filter(None, (key and _OF_FILE + key, first(journal.conn)))
    told = Whose(str(path), tuple(dict.fromkeys([*whose.marks, *now])))
    if told != whose:
        text = json.dumps(told._asdict(), ensure_ascii=False, indent=1)
        write_private(place.folder / _WHOSE, text)


def write_private(path: Path, text: str) -> None:
    """A small file, wholly or not at all, for its owner only. Raises OSError."""
    partial = partial_of(path)
    partial.unlink(missing_ok=True)
    new_file(partial)
    partial.write_text(text, "utf-8")
    settle(partial, path)


def first(conn: engine.Connection) -> str:
    """What all states and copies of a journal share: a digest of its first record's uuid.

    "" for one in which nothing was written yet.
    """
    row = conn.execute("SELECT tbl, row_id FROM change ORDER BY id LIMIT 1").fetchone()
    if row is None:
        return ""
    later = conn.execute(
        "SELECT json_extract(before, '$.uuid'), json_extract(before, '$.message_id') FROM change"
        " WHERE tbl = ? AND row_id = ? AND before IS NOT NULL ORDER BY id LIMIT 1",
        row,
    ).fetchone()
    if later is None:
        name = "message_id" if row[0] == "mail" else "uuid"
        sql = f'SELECT {name} FROM "{row[0]}" WHERE id = ?'
        later = conn.execute(sql, (row[1],)).fetchone() or ("",)
    known = next(filter(None, later), "")
    return blake2b(str(known).encode(), digest_size=12).hexdigest() if known else ""


def key_of(journal: Journal) -> str:
    """The salt of an open journal, "" without a passphrase; its file is not opened once more."""
    if journal.passphrase is None:
        return ""
    return str(journal.conn.execute("PRAGMA cipher_salt").fetchone()[0])


def _mark_of(path: Path) -> str:
    """By what a journal is known without its passphrase; nothing where it cannot be read."""
    try:
        if salt := head_of(path):
            return _OF_FILE + salt
        # a look leaves no files beside a journal that is closed
        still = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
        with closing(engine.connect(path, None, mode=f"ro{still}")) as conn, engine.explained(path):
            ours = conn.execute("PRAGMA application_id").fetchone()[0] == engine.APPLICATION_ID
            return first(conn) if ours else ""
    except (JournalError, OSError):
        return ""


def _folders(home: Path) -> list[Path]:
    try:
        return sorted(folder for folder in home.iterdir() if (folder / _WHOSE).is_file())
    except OSError:
        return []


def _whose(folder: Path) -> Whose:
    try:
        content = json.loads((folder / _WHOSE).read_text("utf-8"))
        return Whose(str(content["path"]), tuple(map(str, content["marks"])))
    except (OSError, ValueError, KeyError, TypeError):
        return Whose("", ())


def _named(mark: str) -> bool:
    """Whether a mark is of the journal itself, not of the file it is in."""
    return bool(mark) and not mark.startswith(_OF_FILE)


def _still_there(whose: Whose, mark: str) -> bool:
    """Whether the journal whose copies these are still lies where it was."""
    path = Path(whose.path)
    return path.is_file() and _mark_of(path) == mark
