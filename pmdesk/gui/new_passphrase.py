"""Another passphrase for the open journal: a backup first, then a new file in the old one's place."""

from functools import partial
from typing import TYPE_CHECKING

from pmdesk.gui.recovery import tell_passphrase
from pmdesk.gui.tasks import settle_tasks
from pmdesk.journal.errors import JournalError
from pmdesk.journal.passphrase import change_passphrase as changed
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.gui.app import App

_LOCKED = mark("The journal was locked before it had a new passphrase: it has the one it had.")


def change_passphrase(app: "App", passphrase: str | None) -> None:
    """Set, change or remove the passphrase of the open journal; none where it is None."""
    app.backing.before_passphrase(partial(_change, app, passphrase))


def _change(app: "App", passphrase: str | None) -> None:
    desk = app.desk
    if desk is None:
        return
    if app.locking.is_locked:  # a new desk would show what is locked; it is told once it is not
        desk.noticed.emit("warn", desk.words(_LOCKED))
        return
    app.backing.rest()
    settle_tasks()  # a chart being drawn reads the file, which must be ours alone
    known = desk.owing.leave()
    desk.reminders.leave()
    desk.recent.keep()
    try:
        journal = changed(desk.journal, passphrase)
    except JournalError as error:
        desk.fail(error)
        desk.owing.come_back(known)
        desk.reminders.come_back()
        return
    app.lay(journal, known)
    if app.desk is not None:
        tell_passphrase(app.desk, app.window)
