"""Where offers lead in the window: to the path of a record, to the message about it."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from pmdesk.answers.paths.talking import talk_to_go_on
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.places import place_of
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.records.expectations import Expectation


def follow_path(desk: Desk, record: Any) -> None:
    """Open the path of a record, stored or new; of an expectation that of the talk about it."""
    if isinstance(record, Expectation):
        client = _client(desk, record)
        if client is None:
            return
        record = talk_to_go_on(desk.relations.of(client), record, desk.words)
    desk.show(place_of(kind_of(record).name), record.id, record if record.id is None else None)


def write_message(desk: Desk, record: Any) -> None:
    """Open the message about a record in the side panel."""
    from pmdesk.gui.panels.message_panel import MessagePanel

    client = _client(desk, record)
    if client is not None:
        desk.open_panel(partial(MessagePanel, desk, client, record))


def _client(desk: Desk, record: Any) -> Client | None:
    return desk.journal.get(Client, int(record.client_id or 0))


WAYS: Final[dict[str, Callable[[Desk, Any], None]]] = {
    "path": follow_path,
    "message": write_message,
}
