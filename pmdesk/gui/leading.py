"""Where offers lead in the window: to the path of a record, to the message about it, into the crisis room."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from pmdesk.actions.crisis import begin
from pmdesk.answers.crisis_ready import crisis_of
from pmdesk.answers.paths.talking import talk_to_go_on
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.crisis.doing import attempt
from pmdesk.gui.pages.places import place_of
from pmdesk.records.client import Client
from pmdesk.records.crisis import Crisis, CrisisPlan
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


def enter_room(desk: Desk, record: Crisis | CrisisPlan) -> None:
    """Show the room of a crisis; of a plan, of the crisis it was made for, which begins with this."""
    if isinstance(record, Crisis):
        desk.show_crisis(int(record.id or 0))
        return
    crisis = crisis_of(
        record, client_id=int(record.client_id or 0), title=record.scenario, at=desk.now()
    )
    begun = attempt(desk, begin, crisis)
    if begun is not None:
        desk.show_crisis(int(begun.crisis.id or 0))


def _client(desk: Desk, record: Any) -> Client | None:
    return desk.journal.get(Client, int(record.client_id or 0))


WAYS: Final[dict[str, Callable[[Desk, Any], None]]] = {
    "path": follow_path,
    "message": write_message,
    "room": enter_room,
}
