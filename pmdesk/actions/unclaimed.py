"""Contacts that belong to no client, gathered by who they were with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pmdesk.actions.mail_setup import MailSetup, Sorter, other_side, sorter_for
from pmdesk.exchange.mail.addresses import pattern_of
from pmdesk.exchange.mail.envelope import envelope_from
from pmdesk.journal.codec import moment_of
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Channel, Direction


@dataclass
class Unclaimed:
    """Contacts with one domain or address, or a single contact typed by hand (no `pattern`).

    `newest` is the id of the last of them; `contacts` are those that no pattern speaks for, and
    `ours` our own messages there, which are not left out with their sender.
    """

    pattern: str
    who: str
    name: str = ""
    messages: int = 0
    last: datetime | None = None
    subject: str = ""
    newest: int = 0
    channel: Channel = Channel.MAIL
    contacts: list[int] = field(default_factory=list)
    ours: list[int] = field(default_factory=list)


_ROWS: Final = """
SELECT i.id, i.at, i.channel, i.direction, i.who, i.subject,
  (SELECT m.envelope FROM mail m WHERE m.interaction_id = i.id LIMIT 1)
FROM interaction i WHERE i.client_id IS NULL ORDER BY i.at DESC, i.id DESC
"""


def count_unclaimed(journal: Journal) -> int:
    """How many contacts belong to no client."""
    return int(journal.rows("SELECT count(*) FROM interaction WHERE client_id IS NULL")[0][0])


def unclaimed(journal: Journal) -> list[Unclaimed]:
    """Those contacts, most first: a provider's mail by address, other mail by domain.

    Mail among ourselves stands as single contacts: our own domain is nobody's client.
    """
    return sorted(
        _gathered(journal.rows(_ROWS), sorter_for(journal, MailSetup())),
        key=lambda row: (-row.messages, row.pattern or row.who),
    )


def _gathered(rows: Iterable[tuple[object, ...]], sorter: Sorter) -> Iterator[Unclaimed]:
    by_pattern: dict[str, Unclaimed] = {}
    for id_, at, channel, direction, who, subject, envelope in rows:
        pattern, example, name = "", str(who), ""
        ours = direction == Direction.OUTBOUND
        if envelope:
            other = other_side(sorter, envelope_from(str(envelope)), None, ours=ours)
            example, name = other.address or str(who), other.name
            if other.address and not sorter.is_own(other.address):
                pattern = pattern_of(other.address)
        row = by_pattern.get(pattern) if pattern else None
        if row is None:
            row = Unclaimed(
                pattern, example, name, last=moment_of(str(at)), subject=str(subject),
                newest=int(str(id_)), channel=Channel(str(channel)),
            )  # fmt: skip
            if pattern:
                by_pattern[pattern] = row
            else:
                row.contacts.append(row.newest)
                row.messages = 1
                yield row
                continue
        row.messages += 1
        if ours:
            row.ours.append(int(str(id_)))
        row.name = row.name or name
    yield from by_pattern.values()
