"""The dated records of a matter, in order, and what of it there is no more or nobody may read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.client_summary import Period
from pmdesk.answers.registers import is_open_to_client
from pmdesk.journal.codec import columns, moment_of, row_reader
from pmdesk.journal.journal import Journal
from pmdesk.journal.search import Hit, search
from pmdesk.records.attachment import ORIGINAL_OF, Attachment
from pmdesk.records.client import Client
from pmdesk.records.declare import Kind, kind_of
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS

# More than anybody reads, and than an index can hold.
MOST_PIECES: Final = 5000
_ALL_DAYS: Final = Period()
_DISPUTED: Final = ("crisis", "complaint", "issue", "change_request", "expectation", "promise")
_MOST_OF_A_KIND: Final = 15
# The kinds that happen on a day and belong to one client; a diary is nobody's evidence.
DATED: Final = tuple(
    kind for kind in KINDS.values() if kind.client == "client_id" and kind.date is not None
)


@dataclass(frozen=True)
class Wanted:
    """What belongs to the matter: records by kind and id, days, words; all of the client without.

    What is given together must all hold. With each of `records` comes what refers to it, and with a
    message the rest of its thread.
    """

    records: tuple[tuple[str, int], ...] = ()
    period: Period = _ALL_DAYS
    text: str = ""
    internal: bool = False


class Piece(NamedTuple):
    """A record of the matter with its moment or day, the files it came with, the mail as it came."""

    record: Any
    when: datetime | date
    files: tuple[Attachment, ...]
    original: Attachment | None

    @property
    def kind(self) -> Kind:
        """The declaration of its record."""
        return kind_of(self.record)


class Deleted(NamedTuple):
    """A record of the matter that is no more: of what kind, its id, when it was deleted."""

    kind: str
    id: int
    at: datetime


@dataclass(frozen=True)
class Matter:
    """A matter: its pieces in order, how many stay out as not the client's to read, what is gone.

    `undated` counts its records of which no day is known: they have no place in the order.
    """

    client: Client
    zone: ZoneInfo
    at: datetime
    wanted: Wanted
    pieces: list[Piece] = field(default_factory=list)
    hidden: int = 0
    undated: int = 0
    deleted: list[Deleted] = field(default_factory=list)


def packable(kind_name: str) -> bool:
    """Whether a matter can be made of a record of a kind: it has a day, and belongs to a client."""
    return kind_name in {kind.name for kind in DATED}


def matter(journal: Journal, client: Client, wanted: Wanted, *, at: datetime) -> Matter:
    """The records of a client that a matter is made of, as they stand."""
    zone = zone_of(journal, client)
    found = {(kind_of(r).name, r.id): r for r in _records(journal, client, wanted)}
    if wanted.text and wanted.records:
        held = {(hit.kind, hit.id) for hit in _hits(journal, client, wanted)}
        found = {key: record for key, record in found.items() if key in held}
    whens = [(record, getattr(record, str(kind_of(record).date))) for record in found.values()]
    dated = [
        (record, when)
        for record, when in whens
        if when is not None and _within(when, wanted.period, zone)
    ]
    undated = sum(when is None for _, when in whens)
    shown = [pair for pair in dated if wanted.internal or is_open_to_client(pair[0])]
    shown.sort(key=lambda pair: (_moment(pair[1], zone), kind_of(pair[0]).name, pair[0].id))
    pieces = [_piece(journal, record, when) for record, when in shown]
    deleted = list(_deleted(journal, client, wanted, zone))
    hidden = len(dated) - len(shown)
    return Matter(client, zone, at, wanted, pieces, hidden, undated, deleted)


def matters(journal: Journal, client: Client) -> list[tuple[Kind, int, str]]:
    """What is most often in dispute: the latest records of some kinds, with what they are called."""
    return [
        (kind, id_, " ".join(str(title or "").split()))
        for kind in map(KINDS.__getitem__, _DISPUTED)
        for id_, title in journal.rows(
            f'SELECT id, substr("{kind.title}", 1, 200) FROM {kind.name}'
            f' WHERE client_id = ? ORDER BY "{kind.date}" DESC, id DESC LIMIT {_MOST_OF_A_KIND}',
            [client.id],
        )
    ]


def _piece(journal: Journal, record: Any, when: datetime | date) -> Piece:
    owner = f"{kind_of(record).name}:{record.id}"
    files = journal.find(Attachment, "owner = ?", [owner])
    original = []
    if isinstance(record, Interaction):
        original = journal.find(Attachment, "owner = ?", [f"{ORIGINAL_OF}:{record.id}"])
    return Piece(record, when, tuple(files), original[0] if original else None)


def _moment(when: datetime | date, zone: ZoneInfo) -> datetime:
    """Where it stands among the others: a day before all that happened on it."""
    return when if isinstance(when, datetime) else datetime.combine(when, time(), zone)


def _within(when: datetime | date, period: Period, zone: ZoneInfo) -> bool:
    day = when.astimezone(zone).date() if isinstance(when, datetime) else when
    return (period.first is None or day >= period.first) and (
        period.last is None or day <= period.last
    )


def _records(journal: Journal, client: Client, wanted: Wanted) -> Iterator[Any]:
    """All that may belong to it, some of it perhaps twice."""
    if wanted.records:
        for kind_name, record_id in wanted.records:
            yield from _around(journal, client, KINDS[kind_name], record_id)
        return
    if wanted.text:
        names = [kind.name for kind in DATED if kind.search]
        hits = search(journal, wanted.text, kinds=names, client_id=client.id, limit=MOST_PIECES + 1)
        for hit in hits:
            record = journal.get(KINDS[hit.kind].cls, hit.id)
            if record is not None:
                yield record
        return
    for kind in DATED:
        # one more than there may be: too many are refused, not read
        yield from journal.find(kind.cls, "client_id = ?", [client.id], limit=_limit(wanted))


def _hits(journal: Journal, client: Client, wanted: Wanted) -> list[Hit]:
    names = [kind.name for kind in DATED if kind.search]
    return search(journal, wanted.text, kinds=names, client_id=client.id, limit=MOST_PIECES + 1)


def _limit(wanted: Wanted) -> int:
    return MOST_PIECES + 1 if wanted.period == _ALL_DAYS else -1


def _around(journal: Journal, client: Client, kind: Kind, record_id: int) -> Iterator[Any]:
    """A record, what refers to it, and of a message the rest of its thread."""
    record: Any = journal.get(kind.cls, record_id)
    if record is None or record.client_id != client.id:
        return
    if kind.date is not None:
        yield record
    if isinstance(record, Interaction) and record.thread is not None:
        where = "client_id = ? AND thread = ?"
        yield from journal.find(Interaction, where, [client.id, record.thread])
    for other in DATED:
        for reference in other.references:
            if reference.meta.refers == kind.name:
                where = f'client_id = ? AND "{reference.name}" = ?'
                yield from journal.find(other.cls, where, [client.id, record_id])


_GONE: Final = """
SELECT c.row_id, c.before, a.at FROM change c JOIN action a ON a.id = c.action_id
WHERE c.tbl = ? AND c.op = 'D' AND json_extract(c.before, '$.client_id') = ?
AND c.id = (SELECT max(id) FROM change WHERE tbl = c.tbl AND row_id = c.row_id)
ORDER BY c.id
"""


def _deleted(journal: Journal, client: Client, wanted: Wanted, zone: ZoneInfo) -> Iterator[Deleted]:
    """Records that were deleted, or taken back, as far as they may be told of."""
    words = wanted.text.casefold().split()
    for kind in DATED:
        read = row_reader(kind)
        for id_, before, at in journal.rows(_GONE, [kind.name, client.id]):
            values = json.loads(before)
            record: Any = read([values.get(name) for name in columns(kind)])
            when = getattr(record, str(kind.date))
            named = not wanted.records or (kind.name, id_) in wanted.records
            told = wanted.internal or is_open_to_client(record)
            held = all(word in before.casefold() for word in words)
            if named and told and held and when and _within(when, wanted.period, zone):
                yield Deleted(kind.name, id_, moment_of(at))
