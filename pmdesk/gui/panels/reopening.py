"""The side panel that a draft belongs to, opened again by the draft's key."""

from typing import TYPE_CHECKING, Any

from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS

if TYPE_CHECKING:
    from pmdesk.gui.desktop import Desktop


def reopen(desktop: "Desktop", key: str) -> bool:
    """Whether the panel of a draft could be opened where it was left.

    What it is about may have gone, and a reminder to a client (“chase”) is made of what Today shows.
    """
    what, *parts = key.split(":")
    match what, parts:
        case "edit", [kind, id_]:
            if (record := _stored(desktop, kind, id_)) is not None:
                desktop.edit(record)
        case "new", [kind, client_id] if kind in KINDS:
            given = {"client_id": int(client_id)} if client_id.isdigit() else {}
            desktop.edit(KINDS[kind].cls(**given))
        case "meeting", [client_id, *origin]:
            client = _stored(desktop, "client", client_id)
            if isinstance(client, Client):
                desktop.write_minutes(client, _stored(desktop, *origin) if origin else None)
        case "message", [kind, id_]:
            _message(desktop, _stored(desktop, kind, id_))
        case "follow_up", [id_]:
            _follow_up(desktop, _stored(desktop, "minutes", id_))
        case "post_mortem", [id_]:
            _post_mortem(desktop, _stored(desktop, "crisis", id_))
    return desktop.panel is not None


def _stored(desktop: "Desktop", kind: str, id_: str) -> Any:
    """The record of a kind by its id as it is written; None where there is none."""
    if kind not in KINDS or not id_.isdigit():
        return None
    return desktop.desk.journal.get(KINDS[kind].cls, int(id_))


def _message(desktop: "Desktop", record: Any) -> None:
    from pmdesk.gui.panels.message_panel import MessagePanel

    client = _stored(desktop, "client", str(getattr(record, "client_id", "")))
    if isinstance(client, Client):
        desktop.open_panel(lambda: MessagePanel(desktop.desk, client, record))


def _follow_up(desktop: "Desktop", minutes: Any) -> None:
    from pmdesk.answers.follow_up import may_be_sent
    from pmdesk.gui.panels.follow_up_panel import FollowUpPanel

    if minutes is not None and may_be_sent(desktop.desk.journal, minutes):
        desktop.open_panel(lambda: FollowUpPanel(desktop.desk, minutes))


def _post_mortem(desktop: "Desktop", crisis: Any) -> None:
    from pmdesk.gui.panels.post_mortem_panel import PostMortemPanel

    if crisis is not None:
        desktop.open_panel(lambda: PostMortemPanel(desktop.desk, crisis))
