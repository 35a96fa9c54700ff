"""The client list: who they are, when we last spoke, what waits."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from pmdesk.journal.codec import moment_of
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import ClientStatus, Tier
from pmdesk.records.client import Client


class ClientRow(NamedTuple):
    """One client as the list shows it; `last_contact` is any interaction in either direction."""

    id: int
    name: str
    industry: str
    tier: Tier
    status: ClientStatus
    last_contact: datetime | None


# A correlated subquery per client walks one index entry each: 200 clients of a million
# interactions cost a millisecond, a GROUP BY over all of them half a second.
_ROWS = """
SELECT c.id, c.name, c.industry, c.tier, c.status,
  (SELECT i.at FROM interaction i WHERE i.client_id = c.id ORDER BY i.at DESC LIMIT 1)
FROM client c
"""


_BARE = "SELECT id, name, industry, tier, status, NULL FROM client"
_LAST = """
SELECT value, (SELECT i.at FROM interaction i WHERE i.client_id = value ORDER BY i.at DESC LIMIT 1)
FROM json_each(?)
"""


def last_contacts(journal: Journal, ids: Iterable[int]) -> dict[int, datetime | None]:
    """When each of these clients was last in touch: for the rows that are seen, not for all."""
    rows = journal.rows(_LAST, [json.dumps(list(ids))])
    return {row[0]: moment_of(row[1]) if row[1] else None for row in rows}


def client_rows(journal: Journal, *, contacts: bool = True) -> list[ClientRow]:
    """All clients by name; without `contacts` their last contacts are left to `last_contacts`."""
    rows = [
        ClientRow(
            row[0],
            row[1],
            row[2] or "",
            Tier(row[3]),
            ClientStatus(row[4]),
            moment_of(row[5]) if row[5] else None,
        )
        for row in journal.rows(_ROWS if contacts else _BARE)
    ]
    return sorted(rows, key=lambda row: row.name.casefold())


def client_named(journal: Journal, name: str) -> Client | None:
    """The client of that name, without regard to case."""
    wanted = name.strip().casefold()
    for row in journal.rows("SELECT id, name FROM client"):
        if row[1].casefold() == wanted:
            return journal.get(Client, row[0])
    return None


def client_names(journal: Journal) -> dict[int, str]:
    """Names by id."""
    return {row[0]: row[1] for row in journal.rows("SELECT id, name FROM client ORDER BY name")}


def pulse_of(journal: Journal, client_id: int) -> int | None:
    """The PM's own mood of a client, 1–5: that of the latest journal entry about it."""
    rows = journal.rows(
        "SELECT mood FROM entry e WHERE mood IS NOT NULL AND EXISTS"
        " (SELECT 1 FROM json_each(e.clients) WHERE value = ?) ORDER BY day DESC, id DESC LIMIT 1",
        [client_id],
    )
    return int(rows[0][0]) if rows else None
