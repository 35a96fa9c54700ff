"""Records by the one they belong to: looked through once, however many ask."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")


def under(records: Iterable[T], field: str) -> Mapping[int | None, list[T]]:
    """The records by the id in `field`, in their order; those under nothing stand at None."""
    groups: dict[int | None, list[T]] = {}
    for record in records:
        groups.setdefault(getattr(record, field), []).append(record)
    return groups
