"""Clients by name and number, and the mood they leave."""

from collections.abc import Iterable

from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.typed.spelled import sort_key


def client_named(journal: Journal, name: str) -> Client | None:
    """The client of that name, without regard to case."""
    wanted = name.strip().casefold()
    for row in journal.rows("SELECT id, name FROM client"):
        if row[1].casefold() == wanted:
            return journal.get(Client, row[0])
    return None


def client_names(journal: Journal) -> dict[int, str]:
    """Names by id."""
    return {row[0]: row[1] for row in journal.rows("SELECT id, name FROM client")}


def clients_by_name(journal: Journal) -> list[tuple[int, str]]:
    """Ids and names in the order of the names."""
    return sorted(client_names(journal).items(), key=lambda pair: (sort_key(pair[1]), pair[0]))


def in_order(clients: Iterable[Client]) -> list[Client]:
    """Clients in the order of their names."""
    return sorted(clients, key=lambda client: (sort_key(client.name), client.id or 0))


def pulse_of(journal: Journal, client_id: int) -> int | None:
    """The PM's own mood of a client, 1–5: that of the latest journal entry about it."""
    rows = journal.rows(
        "SELECT mood FROM entry e WHERE mood IS NOT NULL AND EXISTS"
        " (SELECT 1 FROM json_each(e.clients) WHERE value = ?) ORDER BY day DESC, id DESC LIMIT 1",
        [client_id],
    )
    return int(rows[0][0]) if rows else None
