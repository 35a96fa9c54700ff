"""From when on something is owed: the limits of a client, else the journal's, else the usual ones."""

from collections.abc import Mapping
from types import MappingProxyType

from pmdesk.journal.journal import Journal
from pmdesk.records.limits import USUAL, Limits


def limits_of(journal: Journal, client_id: int | None) -> Mapping[str, int]:
    """Every limit by its name, as it holds for a client."""
    held = dict(USUAL)
    known = journal.find(Limits, "client_id IS NULL OR client_id = ?", [client_id])
    for limits in sorted(known, key=lambda one: one.client_id is not None):
        held |= {name: value for name in USUAL if (value := getattr(limits, name)) is not None}
    return MappingProxyType(held)


def limits_record(journal: Journal, client_id: int | None, name: str) -> Limits:
    """The stored limits of a client (None: of the journal) to be edited, or new ones called `name`."""
    where = "client_id IS NULL" if client_id is None else "client_id = ?"
    stored = journal.find(Limits, where, [] if client_id is None else [client_id], limit=1)
    return stored[0] if stored else Limits(client_id=client_id, name=name)
