"""One record in a form: saved as it is typed, and kept as a draft where it cannot be saved yet."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from pmdesk.actions.records import save_record
from pmdesk.actions.refusals import Refused
from pmdesk.gui.desk import Desk
from pmdesk.gui.field_texts import Unclear
from pmdesk.gui.forms import Binder
from pmdesk.gui.panels.drafting import PAUSE_MS, DraftKeeper
from pmdesk.journal.drafts import Draft
from pmdesk.records.declare import kind_of


class Autosave(QObject):
    """Follows a form and saves its record once the typing pauses.

    Fields that are `held` decide something others rest on: what is typed there is a draft until it
    is saved as `decided`. The draft is the one that the side panel takes up, too.
    """

    saved = Signal()
    refused = Signal(object)
    edited = Signal()

    def __init__(
        self, owner: QObject, desk: Desk, binder: Binder, record: Any, held: Collection[str] = ()
    ) -> None:
        """`record` may be new: then it is stored with the first thing typed that can be."""
        super().__init__(owner)
        self._desk, self._binder, self._held = desk, binder, held
        self.record: Any = record
        self.pending = self._held_up = False
        self.keeper = DraftKeeper(self, desk, self._key(), self._draft)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._save_or_keep)
        binder.edited.connect(self._on_edit)
        desk.work.ended.connect(self._on_work_ended)

    def _key(self) -> str:
        kind = kind_of(self.record).name
        if self.record.id is not None:
            return f"edit:{kind}:{self.record.id}"
        return f"new:{kind}:{self.record.client_id}"

    def _draft(self) -> dict[str, Any]:
        return {"fields": self._binder.raw(), "prepared": self.record.id is not None}

    def take_up(self) -> Draft | None:
        """Put the draft of the last time back into the form."""
        draft = self.keeper.found()
        if draft is not None:
            self._binder.restore(draft.content["fields"])
            self.pending = True
        return draft

    def _on_edit(self, _name: str) -> None:
        self.pending = True
        self._timer.start()
        self.edited.emit()

    def _save_or_keep(self) -> None:
        if not self.save():
            self.keeper.keep()

    def read(self) -> Any:
        """The record as the form says it; raises Unclear."""
        return self._binder.read(self.record)

    def save(self, *, decided: bool = False) -> bool:
        """Save what the form says; False where something stands against it, which is told."""
        self._timer.stop()
        if not self.pending and self.record.id is not None:
            return True
        try:
            typed = self.read()
            stored = {name: getattr(self.record, name) for name in self._held}
            wanted = typed if decided else replace(typed, **stored)
            result = self._desk.do(save_record, wanted, at=self._desk.now())
        except Unclear as unclear:
            self.refused.emit([unclear.problem])
            return False
        except Refused as refused:
            self.refused.emit(list(refused.problems))
            return False
        self._held_up = result is None and self._desk.work.running
        if result is None:
            return False
        self.keeper.drop()
        self.record = result.record
        self.keeper.key = self._key()
        self._binder.show_followed(wanted, result.record)
        self.pending = not decided and any(getattr(typed, n) != stored[n] for n in stored)
        if self.pending:
            self.keeper.keep()
        if result.changes.kinds:
            self.saved.emit()
        return True

    def settle(self) -> bool:
        """Save or keep what is typed before the form goes; False where neither can be done now."""
        if not self.pending or (self.save() and not self.pending):
            self._timer.stop()
            return True
        return self.keeper.keep()

    def follow(self) -> bool:
        """Take over what the journal holds now beside what is being typed; False where it has gone."""
        if self.record.id is None:
            return True
        now = self._desk.journal.get(type(self.record), self.record.id)
        if now is None:
            self._timer.stop()
            return False
        if now != self.record:
            before, self.record = self.record, now
            if self.pending:
                self._binder.show_followed(before, now)
            else:
                self._binder.show_record(now)
        return True

    def _on_work_ended(self) -> None:
        if self._held_up:
            self._timer.start()
