"""Where one was when the journal was locked: kept in the journal itself, taken up when it opens.

Nothing of it stays in memory or in the settings: what stood in a field is a client's text.
"""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject

from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.panels.reopening import reopen
from pmdesk.journal import drafts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmdesk.gui.desk import Desk
    from pmdesk.gui.desktop import Desktop

_KEY: Final = "locked"


class Heard(QObject):
    """What the window would have said of the writing that went on unseen: its last toast and notice."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._hears = True
        self.texts: dict[str, list[str]] = {}
        desk.toasted.connect(self._on_toast)
        desk.noticed.connect(self._on_notice)

    def _on_toast(self, text: str) -> None:
        if self._hears:
            self.texts["toast"] = [text]

    def _on_notice(self, kind: str, text: str) -> None:
        if self._hears:
            self.texts["notice"] = [kind, text]

    def stop(self) -> None:
        """Hear no more: what the pages say when they are closed concerns nobody."""
        self._hears = False


def keep_place(desktop: "Desktop", told: "Mapping[str, list[str]]") -> bool:
    """Whether all that stands unsaved is in the journal now, saved or as drafts, and the place with it.

    `told` is what is to be said when one comes back.
    """
    keepers = desktop.findChildren(DraftKeeper)
    kept = [keeper.settle() for keeper in keepers]
    if not all(kept):
        return False
    page, panel = desktop.page(), desktop.panel
    text = getattr(panel, "follow_up", None)  # of a message, which no keeper keeps
    typed = {} if text is None else text.held()
    if not desktop.close_panel():
        return False
    capture = desktop.capture
    left = page is None or page.leave()
    held = {} if page is None else page.held()
    if not left and not held:
        return False
    content: dict[str, Any] = {
        "panel": getattr(text or getattr(panel, "keeper", None), "key", ""),
        "typed": typed,
        "capture": capture is not None and not capture.isHidden(),
        "held": held,
        "told": dict(told),
    }
    desk = desktop.desk
    if not any(content.values()):
        return drafts.drop(desk.journal, _KEY)
    return drafts.keep(desk.journal, _KEY, content, at=desk.now())


def take_up_place(desktop: "Desktop") -> None:
    """Go on where one was, on the page that is shown."""
    journal = desktop.desk.journal
    draft = drafts.read(journal, _KEY)
    if draft is None:
        return
    content = draft.content
    if held := content.get("held"):
        desktop.page().take_up(held)
    if (key := content.get("panel")) and reopen(desktop, key) and (typed := content.get("typed")):
        desktop.panel.follow_up.take_up(typed)
    if content.get("capture"):
        desktop.begin_capture()
    told = content.get("told", {})
    if "toast" in told:
        desktop.desk.tell(told["toast"][0])
    if "notice" in told:
        desktop.desk.noticed.emit(*told["notice"])
    drafts.drop(journal, _KEY)
