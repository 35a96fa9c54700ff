"""A client's timeline: everything that happened, newest first, one page at a time."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Final, NamedTuple

from pmdesk.insight.quoted import first_words
from pmdesk.journal.codec import moment_of
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Channel
from pmdesk.records.declare import Kind, Shape
from pmdesk.records.kinds import KINDS


class TimelineRow(NamedTuple):
    """One row: what a list shows without reading the whole record.

    `excerpt` is the beginning of a text; of a mail or a chat that of its new text, not of what it
    quotes.
    """

    kind: str
    id: int
    at: datetime
    channel: str
    direction: str
    title: str
    who: str
    excerpt: str
    automatic: bool
    internal: bool


_WRITTEN: Final = (Channel.MAIL, Channel.CHAT)
_LOOKED_AT: Final = 600  # characters of a text in which its new words are looked for
OTHERS: Final = tuple(
    kind for kind in KINDS.values() if kind.practice is not None and kind.date is not None
)
# What has become a contact of its own stands there as that.
_BECAME: Final = "interaction_id"


def _part(kind: Kind) -> str:
    """A kind's keys with their moments; a day counts at its noon."""
    at = f'"{kind.date}"'
    if kind.field(str(kind.date)).shape is Shape.DAY:
        at += " || 'T12:00:00Z'"
    return (
        f"SELECT '{kind.name}' AS kind, id, {at} AS at FROM {kind.name}"
        f' WHERE client_id = :client AND "{kind.date}" IS NOT NULL'
        + (f" AND {_BECAME} IS NULL" if any(f.name == _BECAME for f in kind.fields) else "")
    )


# The long part is counted off in its index, which holds its order and nothing of its texts.
_LONG: Final = (
    "SELECT id, at FROM interaction INDEXED BY interaction_turns WHERE client_id = :client"
    " ORDER BY at DESC, id DESC LIMIT :limit OFFSET :offset"
)
SHORT: Final = (
    "SELECT 'entry', e.id, e.day || 'T23:59:59Z' AS at FROM entry e"
    " WHERE EXISTS (SELECT 1 FROM json_each(e.clients) WHERE value = :client)"
    + "".join(f" UNION ALL {_part(kind)}" for kind in OTHERS)
)
_COUNT: Final = (
    "SELECT (SELECT count(*) FROM interaction WHERE client_id = :client) + (SELECT count(*)"
    " FROM entry e WHERE EXISTS (SELECT 1 FROM json_each(e.clients) WHERE value = :client))"
    + "".join(f" + (SELECT count(*) FROM ({_part(kind)}))" for kind in OTHERS)
)


def timeline_count(journal: Journal, client_id: int) -> int:
    """How many rows a client's timeline has."""
    return int(journal.rows(_COUNT, {"client": client_id})[0][0])


def timeline_page(
    journal: Journal, client_id: int, *, offset: int, limit: int = 100
) -> list[TimelineRow]:
    """Rows from `offset` on, newest first."""
    return rows_for(journal, _keys(journal, client_id, offset, limit))


def _keys(journal: Journal, client_id: int, offset: int, limit: int) -> list[tuple[str, int]]:
    """Kinds and ids of the rows from `offset` on.

    Of the rows before them no more can be other records than there are: the rest of `offset` are
    interactions, which are skipped unseen.
    """
    short = [Key(*row) for row in journal.rows(SHORT, {"client": client_id})]
    skipped = max(0, offset - len(short))
    part = {"client": client_id, "limit": limit + len(short), "offset": skipped}
    long = [Key("interaction", *row) for row in journal.rows(_LONG, part)]
    ordered = newest_first(short + long)
    start = offset - skipped  # from here on every row comes after all that were skipped
    return [(key.kind, key.id) for key in ordered[start : start + limit]]


class Key(NamedTuple):
    """Where a row stands: its moment as it is stored, and of a contact its conversation."""

    kind: str
    id: int
    at: str
    thread: int | None = None


def newest_first(keys: list[Key]) -> list[Key]:
    """By moment, the newest first; at one moment by kind, then the latest recorded first."""
    keys.sort(key=lambda key: (key.kind, -key.id))
    return sorted(keys, key=attrgetter("at"), reverse=True)


def place_of(journal: Journal, client_id: int, kind: str, record_id: int) -> int | None:
    """How many rows stand before this one; None where it is none of the client's."""
    short = newest_first([Key(*row) for row in journal.rows(SHORT, {"client": client_id})])
    if kind != "interaction":
        found = next((n for n, key in enumerate(short) if key[:2] == (kind, record_id)), None)
        if found is None:
            return None
        sql = f"{_NEWER} at {'>=' if kind > 'interaction' else '>'} :at"
        given = {"client": client_id, "at": short[found].at}
        return found + int(journal.rows(sql, given)[0][0])
    sql = "SELECT at FROM interaction WHERE id = ? AND client_id = ?"
    moments = journal.rows(sql, [record_id, client_id])
    if not moments:
        return None
    at = moments[0][0]
    given = {"client": client_id, "at": at, "id": record_id}
    long = journal.rows(f"{_NEWER} (at, id) > (:at, :id)", given)[0][0]
    others = [k for k in short if k.at > at or (k.at == at and k.kind < "interaction")]
    return int(long) + len(others)


# Counted off in the index, too.
_NEWER: Final = (
    "SELECT count(*) FROM interaction INDEXED BY interaction_turns WHERE client_id = :client AND"
)


def rows_for(journal: Journal, keys: Sequence[tuple[str, int]]) -> list[TimelineRow]:
    """The rows of these records, in this order."""
    rows: dict[tuple[str, int], TimelineRow] = {}
    interactions = [id_ for kind, id_ in keys if kind == "interaction"]
    entries = [id_ for kind, id_ in keys if kind == "entry"]
    for row in _by_ids(
        journal,
        f"SELECT id, at, channel, direction, subject, who, substr(text, 1, {_LOOKED_AT}), automatic,"
        " internal"
        " FROM interaction WHERE id IN ({})",
        interactions,
    ):
        rows["interaction", row[0]] = TimelineRow(
            "interaction",
            row[0],
            moment_of(row[1]),
            row[2],
            row[3],
            row[4] or "",
            row[5] or "",
            first_words(row[6] or "")
            if row[2] in _WRITTEN
            else " ".join((row[6] or "").split())[:240],
            bool(row[7]),
            bool(row[8]),
        )
    for row in _by_ids(
        journal, "SELECT id, day, substr(text, 1, 240) FROM entry WHERE id IN ({})", entries
    ):
        first, _, rest = row[2].strip().partition("\n")
        rows["entry", row[0]] = TimelineRow(
            kind="entry",
            id=row[0],
            at=moment_of(row[1] + "T12:00:00Z"),
            channel="",
            direction="",
            title=first.lstrip("# "),
            who="",
            excerpt=" ".join(rest.split()),
            automatic=False,
            internal=True,
        )
    for kind in OTHERS:
        for row in _others(journal, kind, [id_ for name, id_ in keys if name == kind.name]):
            rows[row.kind, row.id] = row
    return [rows[key] for key in keys if key in rows]


def _others(journal: Journal, kind: Kind, ids: Sequence[int]) -> Iterator[TimelineRow]:
    names = {field.name for field in kind.fields}
    internal = "internal" if "internal" in names else str(int(kind.internal))
    excerpt = next((name for name in kind.search if name != kind.title), kind.title)
    sql = (
        f'SELECT id, "{kind.date}", substr("{kind.title}", 1, 240), substr("{excerpt}", 1, 240),'
        f" {internal} FROM {kind.name} WHERE id IN ({{}})"
    )
    for id_, at, title, more, inside in _by_ids(journal, sql, ids):
        yield TimelineRow(
            kind=kind.name,
            id=id_,
            at=moment_of(at if "T" in at else at + "T12:00:00Z"),
            channel="",
            direction="",
            title=" ".join((title or "").split()),
            who="",
            excerpt="" if more == title else " ".join((more or "").split()),
            automatic=False,
            internal=bool(inside),
        )


def _by_ids(journal: Journal, sql: str, ids: Sequence[int]) -> list[tuple]:  # type: ignore[type-arg] # rows differ
    if not ids:
        return []
    return journal.rows(sql.format(", ".join("?" * len(ids))), ids)


def channels_of(journal: Journal, interaction_ids: Sequence[int]) -> dict[int, Channel]:
    """How each of these contacts took place."""
    rows = journal.rows(
        "SELECT id, channel FROM interaction WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(interaction_ids))],
    )
    return {int(id_): Channel(channel) for id_, channel in rows}
