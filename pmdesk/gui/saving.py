"""Files of the journal written outside it: where to, and what is said when it could not be."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from pmdesk.actions.originals import save_kept
from pmdesk.actions.refusals import Refused
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import open_offer, save_path
from pmdesk.gui.forms import spoken
from pmdesk.journal.errors import shown
from pmdesk.records.attachment import Attachment


def choose_and_save(owner: QWidget, desk: Desk, file: Attachment, name: str) -> None:
    """Ask where to, with `name` proposed, and write a kept file there."""
    # what lies there is kept whatever the dialog is answered, so it does not ask
    path = save_path(owner, desk.words("Save as…"), name, overwrite=False)
    if path is not None:
        save_to(desk, file, path)


def save_to(desk: Desk, file: Attachment, target: Path) -> None:
    """Write a kept file; the toast offers to open it, the notice bar says why it could not be."""
    words = desk.words
    try:
        save_kept(desk.journal, file, target)
    except Refused as refused:
        desk.noticed.emit("bad", " ".join(spoken(words, problem) for problem in refused.problems))
        return
    desk.tell(words("Saved {path}", path=shown(target)), offer=open_offer(words, target))
