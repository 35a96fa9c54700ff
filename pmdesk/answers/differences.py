"""How a client's records stood at a moment, by the action log, and which of them have gone since."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from pmdesk.answers.practices.figures import Key
from pmdesk.answers.relationship import RECORDED, Relationship
from pmdesk.journal.codec import moment_of, moment_text, row_reader, stored
from pmdesk.records.declare import Kind, kind_of
from pmdesk.records.kinds import KINDS

_CHANGES: Final = """
SELECT c.tbl, c.row_id, c.before, a.at
FROM json_each(:keys) p
JOIN change c ON c.tbl = json_extract(p.value, '$[0]') AND c.row_id = json_extract(p.value, '$[1]')
JOIN action a ON a.id = c.action_id
WHERE a.at > :since AND a.at <= :until AND a.id IS NOT :own ORDER BY c.id
"""
_DELETED: Final = """
SELECT DISTINCT c.tbl, c.row_id FROM change c JOIN action a ON a.id = c.action_id
WHERE c.tbl IN (SELECT value FROM json_each(:tables)) AND c.op = 'D'
AND a.at > :since AND a.at <= :until AND a.id IS NOT :own
"""


class Stood(NamedTuple):
    """A record as it stood before it was changed, the last time at `at`; None: it was not there.

    `known` are the fields that the log tells of.
    """

    record: Any
    known: frozenset[str]
    at: datetime


def stood_at(
    rel: Relationship, records: Iterable[Any], since: datetime, *, own: int | None
) -> Mapping[Key, Stood]:
    """Those of `records` that were changed after `since`, as they stood then.

    What the act `own` did belongs to that moment, whenever it was written down.
    """
    wanted = [Key(kind_of(record).name, int(record.id or 0)) for record in records]
    return _stood(rel, wanted, since, own)


def gone_since(rel: Relationship, since: datetime, *, own: int | None) -> list[Stood]:
    """The client's records that stood at `since` and have been deleted."""
    kinds = json.dumps([kind.name for kind in RECORDED])
    rows = rel.journal.rows(_DELETED, {"tables": kinds, **_time(rel, since, own)})
    left = [Key(*row) for row in rows if row[1] not in rel.by_id(row[0])]
    stood = _stood(rel, left, since, own).values()
    return [one for one in stood if one.record is not None and _is_theirs(rel, one.record)]


def _stood(
    rel: Relationship, wanted: Sequence[Key], since: datetime, own: int | None
) -> dict[Key, Stood]:
    found: dict[Key, Stood] = {}
    given = {"keys": json.dumps(wanted), **_time(rel, since, own)}
    for table, row_id, before, at in rel.journal.rows(_CHANGES, given):
        key = Key(table, row_id)
        # what the first change replaced is what stood
        first = found.get(key) or _logged(KINDS[table], before, at)
        found[key] = first._replace(at=moment_of(at))
    return found


def _time(rel: Relationship, since: datetime, own: int | None) -> dict[str, Any]:
    return {"since": moment_text(since), "until": moment_text(rel.at), "own": own}


def _logged(kind: Kind, before: str | None, at: str) -> Stood:
    """A logged row as a record; what the log did not know yet has its default."""
    if before is None:
        return Stood(None, frozenset(), moment_of(at))
    values = json.loads(before)
    row = [values.get(field.name, stored(field, field.default)) for field in kind.fields]
    return Stood(row_reader(kind)(row), frozenset(values), moment_of(at))


def _is_theirs(rel: Relationship, record: Any) -> bool:
    if hasattr(record, "client_id"):
        return bool(record.client_id == rel.client.id)
    return record.project_id in rel.by_id("project")
