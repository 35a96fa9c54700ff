"""What is to know of the place of a journal: told once when it opens there, and wherever it stands."""

from pathlib import Path
from typing import Final

from pmdesk.gui.desk import Desk
from pmdesk.journal.errors import shown
from pmdesk.journal.places_on_disk import OddPlace, safe_place
from pmdesk.words import Words, mark

_OPEN_TO_OTHERS: Final = mark(
    "{path} can be read by others on this computer: the file belongs to somebody else, or its disk "
    "keeps no rights. Copy it to a folder of your own."
)
_ELSEWHERE: Final = mark(
    "{path} is open on {host}, too, or was not closed there. Close it there first: else what one "
    "of the two saves may be lost."
)
_MOST: Final = 20


def about_place(words: Words, path: Path, place: OddPlace | None) -> str:
    """What it means that a journal lies, or would lie, there; "" for a usual disk."""
    return words(place.sentence, path=shown(path), what=place.what) if place else ""


def about_new(words: Words, path: Path) -> str:
    """The same of a place where a journal is only wished."""
    return about_place(words, path, safe_place(path))


def remarks(desk: Desk) -> list[str]:
    """What is to know of where the open journal lies, and of who can read it."""
    journal, words = desk.journal, desk.words
    found = [about_place(words, journal.path, journal.place), elsewhere(desk)]
    if not journal.private:
        found.append(words(_OPEN_TO_OTHERS, path=shown(journal.path)))
    return [remark for remark in found if remark]


def elsewhere(desk: Desk) -> str:
    """That another computer has the journal open; "" where none is known to."""
    claim, path = desk.journal.claim, shown(desk.path)
    return desk.words(_ELSEWHERE, path=path, host=claim.other) if claim and claim.other else ""


def tell_once(desk: Desk) -> None:
    """Show it when the journal is opened there for the first time, another computer every time."""
    found, path = remarks(desk), str(desk.path.absolute())
    told = desk.settings.told_places
    if not found:
        desk.settings.told_places = tuple(one for one in told if one != path)
    elif path not in told:
        desk.settings.told_places = (path, *told)[:_MOST]
        desk.noticed.emit("warn", " ".join(found))
        return
    if other := elsewhere(desk):
        desk.noticed.emit("warn", other)
