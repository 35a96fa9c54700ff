"""Two journals compared record by record: what is new, newer, gone, and what both have changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from pmdesk.actions.carried.links import GONE, Values, carried_fields
from pmdesk.actions.carried.same import Places, same_things, settled_side
from pmdesk.actions.carried.side import Carried, Side
from pmdesk.actions.carried.states import Past
from pmdesk.journal.progress import Progress, untold
from pmdesk.records.kinds import KINDS

Which = Literal["here", "there"]
_TOLD_EVERY: Final = 1_000


class Differing(NamedTuple):
    """A field that both have changed: its name, its label (a key of the catalogue), both values."""

    name: str
    label: str
    here: Any
    there: Any


@dataclass(frozen=True)
class Conflict:
    """A record that both have changed since they parted; a side that deleted it holds None.

    `fields` are those on which they differ and neither is known to be the later, none where one
    side deleted it; `here_at` and `there_at` are the moments (UTC, as stored) of the last changes.
    """

    kind: str
    uuid: str
    title: str
    here: Carried | None
    there: Carried | None
    here_at: str
    there_at: str
    fields: tuple[Differing, ...] = ()
    agreed: Values = field(default_factory=dict)

    def decided(self, which: Which) -> Values | None:
        """What the record says when one side is preferred; None where it is gone."""
        one = self.here if which == "here" else self.there
        if one is None or self.here is None or self.there is None:
            return one.values if one else None
        return {**self.agreed, **{f.name: one.values[f.name] for f in self.fields}}

    @property
    def newer(self) -> Which:
        """The side that was changed last; here where both were at one moment."""
        return "there" if self.there_at > self.here_at else "here"


@dataclass
class Comparison:
    """What a merge would do: uuids by what becomes of them, and the conflicts to be decided."""

    here: Side
    there: Side
    wanted: dict[str, Values] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


def compared(here: Side, there: Side, progress: Progress = untold) -> Comparison:
    """Both sides compared; nothing is written. What `progress` raises ends it."""
    other = same_things(here, there)
    known = here.records.keys() | (there.records.keys() - other.keys())
    found = _compared(here, there, other, Places(known, known), progress)
    stays = [decided(found, lambda _: "here").keys(), decided(found, lambda _: "there").keys()]
    if gone := known - stays[0] - stays[1]:
        # what names a record that will not be there names none: it would be asked at every merge
        found = _compared(here, there, other, Places(known, known - gone), progress)
    return found


def _compared(
    here: Side, there: Side, other: dict[str, str], known: Places, progress: Progress
) -> Comparison:
    found = Comparison(settled_side(here, {}, known), settled_side(there, other, known))
    records, others = found.here.records, found.there.records
    uuids = dict.fromkeys((*records, *others))
    for n, uuid in enumerate(uuids):
        if n % _TOLD_EVERY == 0:
            progress(n, len(uuids))
        ours, theirs = records.get(uuid), others.get(uuid)
        if ours is not None and theirs is not None:
            if ours.kind == theirs.kind:
                _both(found, ours, theirs)
            else:
                found.wanted[uuid] = ours.values
        else:
            _one(found, ours, theirs)
    return found


def _both(found: Comparison, ours: Carried, theirs: Carried) -> None:
    values = ours.values
    if ours.values != theirs.values:
        newer = _newer(ours, theirs)
        if newer is None:
            agreed, fields = _joined(found, ours, theirs)
            if fields:
                found.conflicts.append(
                    _conflict(ours, theirs, ours.past, theirs.past, fields, agreed)
                )
            values = agreed
        elif newer == "there":
            values = theirs.values
    found.wanted[ours.uuid] = values


def _newer(ours: Carried, theirs: Carried) -> Which | None:
    """The side whose past holds the other's state; None where both have changed."""
    past_there, past_here = ours.key in theirs.past.keys, theirs.key in ours.past.keys
    if past_there and past_here:  # one went back to what it was: the later word holds
        if ours.past.at == theirs.past.at:
            return None
        return "here" if ours.past.at > theirs.past.at else "there"
    if past_there or past_here:
        return "there" if past_there else "here"
    return None


def _joined(
    found: Comparison, ours: Carried, theirs: Carried
) -> tuple[Values, tuple[Differing, ...]]:
    """Both changes joined field by field, ours where they clash, and the fields where they do."""
    base = _base(found, ours, theirs)
    values, clashing = dict(ours.values), []
    for each in carried_fields(KINDS[ours.kind]):
        mine, other = ours.values[each.name], theirs.values[each.name]
        if mine == other:
            continue
        if base is not None and base[each.name] == mine:
            values[each.name] = other
        elif base is None or base[each.name] != other:
            clashing.append(Differing(each.name, each.label, mine, other))
    return values, tuple(clashing)


def _base(found: Comparison, ours: Carried, theirs: Carried) -> Values | None:
    """The last state that both have been in, None where nobody knows its values any more."""
    keys, recall = theirs.past.keys, found.here.recall
    state = next((s for s in reversed(ours.past.earlier) if s.change and s.key in keys), None)
    if state is None or recall is None:
        return None
    return {**recall(KINDS[ours.kind], state.change), **state.links}


def _one(found: Comparison, ours: Carried | None, theirs: Carried | None) -> None:
    """A record that one side alone holds: new, or deleted by the other."""
    one = ours or theirs
    if one is None:
        raise ValueError("a record of neither side")
    gone = (found.there if ours else found.here).deleted.get(one.uuid)
    if gone is None or (one.past.back and one.past.back >= gone.at):
        found.wanted[one.uuid] = one.values  # new, or brought back after it was deleted
    elif one.key not in gone.keys:
        pasts = (one.past, gone) if ours else (gone, one.past)
        found.conflicts.append(_conflict(ours, theirs, *pasts))


def _conflict(
    ours: Carried | None,
    theirs: Carried | None,
    here: Past,
    there: Past,
    fields: tuple[Differing, ...] = (),
    agreed: Values | None = None,
) -> Conflict:
    one = ours or theirs
    kind = KINDS[here.kind]
    title = str(one.values[kind.title] or "") if one and kind.title in one.values else ""
    lines = title.strip().splitlines() or [""]
    uuid = one.uuid if one else ""
    return Conflict(
        here.kind, uuid, lines[0][:80], ours, theirs, here.at, there.at, fields, agreed or {}
    )


def decided(found: Comparison, decide: Callable[[Conflict], Which]) -> dict[str, Values]:
    """What each record shall say, by uuid; what stands under none shall not be there.

    What a record that stays belongs to stays with it, whoever deleted it.
    """
    wanted = dict(found.wanted)
    for conflict in found.conflicts:
        values = conflict.decided(decide(conflict))
        if values is not None:
            wanted[conflict.uuid] = values
    open_ = list(wanted)
    while open_:
        uuid = open_.pop()
        one = found.here.records.get(uuid) or found.there.records[uuid]
        for needed in _needs(one.kind, wanted[uuid]):
            held = found.here.records.get(needed) or found.there.records.get(needed)
            if needed not in wanted and held is not None:
                wanted[needed] = held.values
                open_.append(needed)
    return wanted


def _needs(kind: str, values: Values) -> Iterator[str]:
    for each in KINDS[kind].references:
        if values[each.name] is not None:
            yield values[each.name]
    if kind == "attachment":
        owner = values["owner"].rpartition(":")[2]
        if owner and owner != GONE:
            yield owner
