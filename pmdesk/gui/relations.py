"""What the pages of a client share: its records, its conversation and the figures of both."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmdesk.answers.kept import Kept
    from pmdesk.answers.relationship import Relationship
    from pmdesk.gui.desk import Desk
    from pmdesk.records.client import Client


class Relations:
    """The relationship of the client that was asked for last; clocks run on after half a minute."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._known: Kept | None = None

    @property
    def _kept(self) -> "Kept":
        if self._known is None:
            from pmdesk.answers.kept import Kept  # with the first client's page

            self._known = Kept()
        return self._known

    def of(self, client: "Client") -> "Relationship":
        """Everything recorded of a client as it stands now."""
        return self._kept.of(self._desk.journal, client, at=self._desk.now())
