"""Beginning a journal: a new one, the sample, and one's own from the sample with one press."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.places import IMPORT, SETTINGS
from pmdesk.journal.errors import JournalError, shown
from pmdesk.journal.journal import Journal
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.gui.app import App
    from pmdesk.gui.desktop import Desktop

_BEGUN: Final = mark("Your own journal is {own}. The sample stays at {sample}.")


def free_name(folder: Path, stem: str) -> Path:
    """A name for a journal in a folder that nothing there has."""
    number = 1
    while (path := folder / f"{stem}{'' if number == 1 else f' {number}'}.pmdesk").exists():
        number += 1
    return path


def create(app: "App", wanted: dict[str, Any]) -> None:
    """Make the journal that the start page asks for, and show where its first mail comes from."""
    if app.attempt(partial(_created, app, **wanted)):
        _show_import(app)


def create_sample(app: "App", path: Path) -> None:
    """Make the sample journal and show it."""
    from pmdesk.actions.sample import create_sample as made

    app.attempt(lambda: made(path, at=Desk.now(), language=app.words.language))


def _created(app: "App", path: Path, passphrase: str | None, own: list[str]) -> Journal:
    from pmdesk.actions.openings import create_journal, keep_own

    now = Desk.now()
    journal = create_journal(path, passphrase, at=now, language=app.words.language)
    keep_own(journal, own, at=now)
    return journal


def offer_own(desktop: "Desktop") -> None:
    """Beside the sample journal stands the way to one's own."""
    if is_sample(desktop.desk.journal):
        words = desktop.desk.words
        desktop.rail.offer(
            words("Sample journal: its clients are invented."),
            words("Begin my own"),
            partial(begin_own, desktop),
        )


def is_sample(journal: Journal) -> bool:
    """Whether a journal began as the sample."""
    label = mark("Sample journal filled")
    return bool(journal.rows("SELECT 1 FROM action WHERE id <= 3 AND label = ? LIMIT 1", [label]))


def begin_own(desktop: "Desktop") -> None:
    """A new journal beside the sample, which stays; nothing is asked before."""
    from platformdirs import user_documents_path

    app, sample = desktop.main.app, desktop.desk.path
    if not desktop.settle():
        return
    folder = user_documents_path()
    own = free_name(folder if folder.is_dir() else sample.parent, "journal")
    try:
        app.use(_created(app, own, None, []))
    except JournalError as error:
        desktop.desk.fail(error)
        return
    _show_import(app)
    desk = app.desk
    if desk is not None:
        told = desk.words(_BEGUN, own=shown(own), sample=shown(sample))
        desk.tell(told, offer=(desk.words("Set passphrase"), partial(_ask_for_passphrase, app)))


def _show_import(app: "App") -> None:
    if app.window.desktop is not None:
        app.window.desktop.show_page(IMPORT)


def _ask_for_passphrase(app: "App") -> None:
    desktop = app.window.desktop
    if desktop is not None:
        desktop.show_page(SETTINGS)
        desktop.page().ask_for_passphrase()
