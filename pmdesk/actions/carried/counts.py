"""How many records a merge adds, changes, deletes and leaves: of each kind, and of all."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from pmdesk.actions.carried.compare import Comparison
from pmdesk.actions.carried.links import Values
from pmdesk.records.kinds import KINDS


class Counts(NamedTuple):
    """How many records become what; `open` are to be decided."""

    added: int = 0
    changed: int = 0
    deleted: int = 0
    same: int = 0
    stays: int = 0
    open: int = 0

    @property
    def moves(self) -> bool:
        """Whether anything is to be taken or decided."""
        return bool(self.added or self.changed or self.deleted or self.open)


def together(counts: Iterable[Counts]) -> Counts:
    """The counts of several kinds as one."""
    return Counts(*map(sum, zip(Counts(), *counts, strict=True)))


def counted(
    found: Comparison, wanted: dict[str, Values], undecided: Collection[str] = frozenset()
) -> dict[str, Counts]:
    """The counts of each kind that either side holds, in the order of the kinds.

    `wanted` is what stands afterwards; `undecided` are uuids of conflicts, which count as open.
    """
    here, there = found.here.records, found.there.records
    fates: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for uuid in {**wanted, **here}:
        if uuid in undecided:
            continue
        if uuid not in wanted:
            fate = "deleted"
        elif uuid not in here:
            fate = "added"
        elif wanted[uuid] != here[uuid].values:
            fate = "changed"
        else:
            fate = "same" if uuid in there else "stays"
        fates[(here.get(uuid) or there[uuid]).kind][fate] += 1
    for conflict in found.conflicts:
        fates[conflict.kind]["open"] += conflict.uuid in undecided
    return {kind: Counts(**n) for kind, n in fates.items() if n}
