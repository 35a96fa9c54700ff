"""What is due when, and of whom: every open day that a record declares, over all clients at once."""

from datetime import date
from typing import Final, NamedTuple

from pmdesk.answers.yearly import standing_in_year
from pmdesk.journal.journal import Journal
from pmdesk.records.declare import Field, Kind
from pmdesk.records.kinds import KINDS
from pmdesk.records.trust import Side

# As long as a row of a list shows.
_TITLE: Final = 200


class Due(NamedTuple):
    """Something owed on a day. `label` is what the record calls that day, English, of the catalogue.

    `ours` is False where the client owes it, `internal` True where no client may read of it.
    """

    day: date
    kind: str
    id: int
    client_id: int
    what: str
    label: str
    ours: bool = True
    internal: bool = False


def due(
    journal: Journal, *, today: date, until: date | None = None, client_id: int | None = None
) -> list[Due]:
    """What is owed up to and with `until` (without it, ever), what is overdue first.

    A day of every year is the one that stands at `today`. One query, whatever the clients.
    """
    given: list[object] = []
    parts = []
    for kind in KINDS.values():
        for field in kind.fields:
            if field.meta.due:
                parts.append(_query(kind, field, bounded=until is not None))
                given += [until.isoformat()] if until else []
    sql = f"SELECT * FROM ({' UNION ALL '.join(parts)})"
    if client_id is not None:
        sql += " WHERE client_id = ?"
        given.append(client_id)
    owed = []
    for (
        name,
        label,
        id_,
        whose,
        title,
        day_text,
        yearly,
        lunar,
        done,
        ours,
        internal,
    ) in journal.rows(sql, given):
        day = date.fromisoformat(day_text)
        if yearly:
            seen_to = date.fromisoformat(done) if done else None
            day = standing_in_year(day, today, done=seen_to, lunar=bool(lunar))
        if until is None or day <= until:
            what = str(title or "").strip().partition("\n")[0]
            owed.append(Due(day, name, id_, whose, what, label, bool(ours), bool(internal)))
    return sorted(owed)


def _query(kind: Kind, field: Field, *, bounded: bool) -> str:
    """The open days of one field. Names come from the declarations, values are bound."""
    names = {one.name for one in kind.fields}
    yearly = f'"{field.meta.yearly}"' if field.meta.yearly else "0"
    lunar = f'"{field.meta.lunar}"' if field.meta.lunar else "0"
    # done once, a day of every year comes again
    open_ = "".join(f' AND ("{other}" IS NULL OR {yearly})' for other in field.meta.due)
    done = f'"{field.meta.due[0]}"' if field.meta.yearly else "NULL"
    if bounded:
        open_ += f' AND ({yearly} OR "{field.name}" <= ?)'
    side = next((one.name for one in kind.fields if one.choices is Side), None)
    ours = f"\"{side}\" = '{Side.US.value}'" if side else "1"
    internal = '"internal"' if "internal" in names else str(int(kind.internal))
    return (
        f"SELECT '{kind.name}', '{field.label}', id, {_client(kind)} AS client_id,"
        f' substr("{kind.title}", 1, {_TITLE}), "{field.name}", {yearly}, {lunar}, {done}, {ours}, {internal}'
        f' FROM "{kind.name}" WHERE "{field.name}" IS NOT NULL{open_}'
    )


def _client(kind: Kind) -> str:
    """The column of the client, or the way to it over what the record is a part of."""
    if kind.client is not None:
        return f'"{kind.client}"'
    owner = next(one for one in kind.references if one.meta.owned)
    above = KINDS[owner.meta.refers or ""]
    return f'(SELECT {_client(above)} FROM "{above.name}" AS above WHERE above.id = "{owner.name}")'
