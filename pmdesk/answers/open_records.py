"""Records as a client may know of them: what is marked internal, and what was not told, is not there."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from pmdesk.records.declare import Kind, kind_of
from pmdesk.records.kinds import KINDS
from pmdesk.records.transparency import ChangeRequest, Decision, Issue


def open_records(
    records: Mapping[str, Sequence[Any]], *, at: datetime
) -> Mapping[str, Sequence[Any]]:
    """Of these records those that a client may read at `at`, their internal fields empty.

    A problem is there once the client was told of it, and a decision on a change likewise.
    """
    return {
        name: ()
        if KINDS[name].internal
        else tuple(_emptied(record) for record in of_kind if _is_open(record, at))
        for name, of_kind in records.items()
    }


def _is_open(record: Any, at: datetime) -> bool:
    if getattr(record, "internal", False):
        return False
    match record:
        case Issue():
            return record.told_at is not None and record.told_at <= at
        case ChangeRequest():
            return record.decision is Decision.OPEN or record.told_on is not None
    return True


def _emptied(record: Any) -> Any:
    """A record whose internal fields hold what a new one holds."""
    nothing = _nothing(kind_of(record))
    return dataclasses.replace(record, **nothing) if nothing else record


@cache
def _nothing(kind: Kind) -> Mapping[str, Any]:
    return {field.name: field.default for field in kind.fields if field.meta.internal}
