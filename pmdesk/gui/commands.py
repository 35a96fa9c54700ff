"""Every command of the window, declared once: its words, its menu, its key, what it does.

The menus read them, and so does the palette.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from PySide6.QtWidgets import QApplication

from pmdesk.gui.looking import look_for_new
from pmdesk.gui.pages.places import (
    ABOUT,
    ACTS,
    BACKUPS,
    BRIEF,
    CHECK_PACK,
    EVIDENCE,
    EXPORT,
    HELP,
    IMPORT,
    JOURNAL_REPORT,
    MERGE,
    PLACES,
    REVIEW,
    SEARCH,
    SETTINGS,
    UNDER_WAY,
    Place,
)
from pmdesk.gui.text_keys import PALETTE_KEY, own_steps
from pmdesk.gui.widgets.parts import shortened
from pmdesk.journal.errors import shown
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark

if TYPE_CHECKING:
    from pathlib import Path

    from pmdesk.gui.desk import Desk
    from pmdesk.gui.desktop import Desktop
    from pmdesk.journal.log import Step
    from pmdesk.records.client import Client

MenuName = Literal["file", "edit", "new", "view", "help"]
MENUS: Final[dict[MenuName, str]] = {
    "file": mark("&File"),
    "edit": mark("&Edit"),
    "new": mark("&New"),
    "view": mark("&View"),
    "help": mark("&Help"),
}
_LONGEST: Final = 70
_TITLE: Final = 40


class Command(NamedTuple):
    """Something the window does. `run` is given the desktop of the open journal.

    `now` says what it would do at this moment, once the menu opens. `parts` makes it a menu of
    its own: the words and the act of each. `parted` draws a line above it. One `of_client` also
    stands among what the client's page adds; one that `needs_client` is of the client that is shown.
    """

    name: str
    text: str
    menu: MenuName
    run: "Callable[[Desktop], Any]"
    key: str = ""
    parted: bool = False
    now: "Callable[[Desk], str] | None" = None
    parts: "Callable[[Desktop], list[tuple[str, Callable[[], Any]]]] | None" = None
    of_client: bool = False
    needs_client: bool = False


def _show(place: Place, menu: MenuName, *, text: str = "", key: str = "") -> Command:
    """The command that shows a page."""
    text, key = text or place.text, key or place.key
    return Command(place.name, text, menu, lambda desktop: desktop.show_page(place), key)


def _new(kind: str, text: str, key: str) -> Command:
    """The command that begins a record of the client that is shown, of any kind but a client."""

    def run(desktop: "Desktop") -> None:
        client = desktop.client()
        values: dict[str, Any] = {"client_id": client.id if client else None}
        if kind == "interaction":
            values["at"] = desktop.desk.now()
        desktop.edit(KINDS[kind].cls(**values))

    return Command(f"new_{kind}", text, "new", run, key, of_client=True)


def _export(desktop: "Desktop") -> None:
    """The page of export, for the client that is shown or the whole journal."""
    client = desktop.client()
    desktop.show_page(EXPORT)
    if desktop.current and desktop.current.place is EXPORT:  # the page before may have kept itself
        desktop.page().use(client)


def _begin_path(desktop: "Desktop", client: "Client") -> None:
    """The path with an unhappy client, begun now; one that is under way there is a press away."""
    desk, kind = desktop.desk, KINDS["complaint"].cls
    from pmdesk.gui.leading import follow_path  # with the first path

    open_ = desk.journal.find(
        kind, "client_id = ? AND closed_on IS NULL", (client.id,), order="id DESC", limit=1
    )
    follow_path(desk, kind(client_id=client.id, heard_at=desk.now()))
    for case in open_:
        text = desk.words(
            "Already under way here: “{what}”", what=shortened(case.own_words, _TITLE)
        )
        desk.tell(text, offer=(desk.words("Go on with it"), partial(follow_path, desk, case)))


def _recent(desktop: "Desktop") -> "list[tuple[str, Callable[[], Any]]]":
    app = desktop.main.app
    others: list[Path] = app.settings.recent(without=desktop.desk.path.absolute())
    return [(shown(path), partial(app.leave_journal, path)) for path in others]


def _with_client(do: "Callable[[Desktop, Client], Any]") -> "Callable[[Desktop], None]":
    """An act on the client that is shown; without one it says what is missing."""

    def run(desktop: "Desktop") -> None:
        client = desktop.client()
        if client is None:
            desktop.desk.tell(desktop.desk.words("Open a client first."))
        else:
            do(desktop, client)

    return run


def _limits(desktop: "Desktop", client: "Client | None") -> None:
    """Edit from when on something is owed: to a client, or (None) to all who have no limits of their own."""
    from pmdesk.answers.limits import limits_record  # with the first look at them

    name = client.name if client else desktop.desk.words("All clients")
    desktop.edit(limits_record(desktop.desk.journal, client.id if client else None, name))


def _show_tab(name: str, text: str, key: str) -> Command:
    """The command that shows a tab of the client that is shown."""

    def show(desktop: "Desktop", client: "Client") -> None:
        desktop.open_client(int(client.id or 0))
        desktop.show_tab(name)

    return Command(f"tab_{name}", text, "view", _with_client(show), key, needs_client=True)


def _step_tab(by: int, desktop: "Desktop") -> None:
    if hasattr(desktop.page(), "step"):
        desktop.page().step(by)


def _undo(desktop: "Desktop") -> None:
    _own_or(desktop.desk.undo, "undo", "isUndoAvailable")


def _redo(desktop: "Desktop") -> None:
    _own_or(desktop.desk.redo, "redo", "isRedoAvailable")


def _own_or(act: Callable[[], None], name: str, available: str) -> None:
    """What is being typed is taken back first; the journal's last act otherwise."""
    focus = QApplication.focusWidget()
    if focus is not None and own_steps(focus, available):
        getattr(focus, name)()
    else:
        act()


def _next_undo(desk: "Desk") -> str:
    return _named(desk, mark("Undo: {what}"), mark("Undo"), desk.next_undo())


def _next_redo(desk: "Desk") -> str:
    return _named(desk, mark("Redo: {what}"), mark("Redo"), desk.next_redo())


def _named(desk: "Desk", text: str, alone: str, step: "Step | None") -> str:
    what = desk.said(step)[:_LONGEST] if step else ""
    return desk.words(text, what=what) if what else desk.words(alone)


COMMANDS: Final = (
    Command("open", mark("Another journal…"), "file",
            lambda desktop: desktop.main.app.leave_journal(), "Ctrl+O"),
    Command("recent", mark("Opened before"), "file", lambda _: None, parts=_recent),
    _show(IMPORT, "file", text=mark("Import…"), key="Ctrl+I"),
    Command("look_for_new", mark("Look for new"), "file",
            lambda desktop: look_for_new(desktop.desk), "Ctrl+Shift+I"),
    Command("export", mark("Export…"), "file", _export, "Ctrl+E"),
    _show(MERGE, "file", text=mark("Merge another journal…")),
    _show(BACKUPS, "file"),
    Command("evidence", mark("Evidence pack…"), "file",
            _with_client(lambda desktop, client: desktop.show_page(EVIDENCE, client.id)),
            parted=True, needs_client=True),
    _show(CHECK_PACK, "file", text=mark("Check a pack…")),
    Command("lock", mark("Lock"), "file", lambda desktop: desktop.main.app.lock(), "Ctrl+L", parted=True),
    Command("quit", mark("Quit"), "file",
            lambda desktop: desktop.main.presence.quit(), "Ctrl+Q"),
    Command("undo", mark("Undo"), "edit", _undo, "Ctrl+Z", now=_next_undo),
    Command("redo", mark("Redo"), "edit", _redo, "Ctrl+Shift+Z", now=_next_redo),
    _show(ACTS, "edit", text=mark("History of acts…")),
    Command("capture", mark("Capture a line"), "edit",
            lambda desktop: desktop.begin_capture(), "Ctrl+N", parted=True),
    Command("palette", mark("Go to anything…"), "edit",
            lambda desktop: desktop.open_palette(), PALETTE_KEY),
    _show(SEARCH, "edit"),
    Command("limits", mark("Limits of all clients…"), "edit",
            lambda desktop: _limits(desktop, None), parted=True),
    Command("client_limits", mark("Limits of this client…"), "edit", _with_client(_limits),
            needs_client=True),
    Command("new_client", mark("Client"), "new",
            lambda desktop: desktop.edit(KINDS["client"].cls()), "Ctrl+Shift+C"),
    Command("minutes", mark("Minutes of a meeting"), "new",
            _with_client(lambda desktop, client: desktop.write_minutes(client)), "Ctrl+M",
            of_client=True, needs_client=True),
    Command("new_unhappy", mark("Unhappy client"), "new", _with_client(_begin_path), "Ctrl+Shift+U",
            of_client=True, needs_client=True),
    _new("interaction", mark("Call, meeting or other contact"), "Ctrl+Shift+N"),
    _new("contact", mark("Contact person"), "Ctrl+Shift+K"),
    _new("project", mark("Project"), "Ctrl+Shift+J"),
    *(_show(place, "view") for place in PLACES.values() if place.rail == "above"),
    _show(UNDER_WAY, "view"),
    _show(REVIEW, "view"),
    Command("next_tab", mark("Next side of the client"), "view", partial(_step_tab, 1), "Ctrl+PgDown",
            needs_client=True),
    Command("tab_before", mark("Side before"), "view", partial(_step_tab, -1), "Ctrl+PgUp",
            needs_client=True),
    _show_tab("files", mark("Files of the client"), "Ctrl+Shift+F"),
    Command("brief", mark("Brief before a talk"), "view",
            _with_client(lambda desktop, client: desktop.show_page(BRIEF, client.id)), "Ctrl+B",
            needs_client=True),
    _show(JOURNAL_REPORT, "view"),
    _show(SETTINGS, "view"),
    Command("larger", mark("Larger"), "view",
            lambda desktop: desktop.main.app.resize_text(25), "Ctrl++", parted=True),
    Command("smaller", mark("Smaller"), "view",
            lambda desktop: desktop.main.app.resize_text(-25), "Ctrl+-"),
    Command("light_or_dark", mark("Light or dark"), "view",
            lambda desktop: desktop.main.app.toggle_theme(), "Ctrl+Shift+D"),
    Command("language", "English / 中文", "view",
            lambda desktop: desktop.main.app.toggle_language(), "Ctrl+Shift+L"),
    _show(HELP, "help"),
    _show(ABOUT, "help"),
)  # fmt: skip
