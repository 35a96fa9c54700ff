"""What the pages of a client share: its records read once, until something changes."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmdesk.answers.relationship import Relationship
    from pmdesk.gui.desk import Desk
    from pmdesk.records.client import Client

_FRESH = timedelta(seconds=30)


class Relations:
    """The relationship of the client that was asked for last; clocks run on after half a minute."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._found: Relationship | None = None
        desk.changed.connect(self._forget)

    def _forget(self, _changes: Any) -> None:
        self._found = None

    def of(self, client: "Client") -> "Relationship":
        """Everything recorded of a client as it stands now."""
        from pmdesk.answers.relationship import relationship  # with the first client's page

        now = self._desk.now()
        found = self._found
        if found is None or found.client != client or now - found.at > _FRESH:
            found = relationship(self._desk.journal, client, at=now)
            self._found = found
        return found
