"""What every tab of a client is: it follows its client, the journal and the clock while seen."""

from typing import Any, ClassVar

from PySide6.QtCore import QTimer

from pmdesk.gui.desk import Desk
from pmdesk.gui.seen import Seen
from pmdesk.records.client import Client

# Deadlines on the page run on without anybody touching it.
_MINUTE_MS = 60_000


class Tab(Seen):
    """A tab of a client's page. `apart` are the kinds that never change what it shows.

    The client itself is among them: its page hands it on.
    """

    apart: ClassVar[frozenset[str]] = frozenset({"client"})
    clocked: ClassVar[bool] = True

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__(desk)
        self.client = client
        # kinds whose whole list was asked for: it stays so over every new look
        self.opened: set[str] = set()
        if self.clocked:
            clock = QTimer(self)
            clock.timeout.connect(self.refresh_when_seen)
            clock.start(_MINUTE_MS)

    def use_client(self, client: Client) -> None:
        """Go on with the client as it stands now."""
        if client != self.client:
            self.client = client
            self.refresh_when_seen()

    def concerns(self, changes: Any) -> bool:
        return bool(changes.kinds - self.apart)
