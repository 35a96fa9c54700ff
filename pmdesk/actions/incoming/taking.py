"""An import of anything but mail: looked through first, then taken as one act that can be undone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any, Final

from pmdesk.actions.importing import Also, Job, Report, import_act, nothing_more
from pmdesk.actions.incoming.importers import Importer
from pmdesk.actions.incoming.remembered import remember
from pmdesk.actions.incoming.values import (
    MOST_ITEMS,
    Asked,
    Draft,
    Given,
    Item,
    LeftOut,
    Reading,
    Seen,
    State,
    Untaken,
)
from pmdesk.journal import log
from pmdesk.journal.codec import stored
from pmdesk.journal.journal import Act, Journal
from pmdesk.records.declare import Kind, kind_of
from pmdesk.words import mark

IMPORT: Final = mark("{count} records imported")
_AT_ONCE: Final = 400


class Unanswered(Exception):
    """Something must be answered before anything can be taken."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        super().__init__(", ".join(one.key for one in asked))
        self.asked = asked


@dataclass
class Taken(Seen, Report):
    """What an import did."""


@dataclass
class _Found:
    """All that an importer read, told apart by what would become of it."""

    seen: Seen
    new: list[Draft] = field(default_factory=list)
    changed: list[tuple[Any, Draft]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)


def look_through(
    journal: Journal, importer: Importer, given: Given, *, at: datetime, job: Job | None = None
) -> Seen:
    """What `take_in` would do with what is given; writes nothing."""
    return _found(importer, Reading(journal, given, at, job or Job()), Seen()).seen


def take_in(
    journal: Journal,
    importer: Importer,
    given: Given,
    *,
    at: datetime,
    job: Job | None = None,
    also: Also = nothing_more,
) -> Taken:
    """Take what is given in one act; raises ImportCancelled and Unanswered, then nothing was kept.

    The same twice adds nothing. What the source has changed since is changed here, too, in the
    fields that follow it; what was written here by hand stays where the source says what it said.
    """
    reading = Reading(journal, given, at, job or Job())
    taken = Taken()
    with import_act(journal, IMPORT, at=at, job=reading.job) as act:
        found = _found(importer, reading, taken)
        if taken.unanswered:
            raise Unanswered(taken.unanswered)
        _save(act, found, reading.job)
        if taken.new or taken.changed:
            _remember(act, importer, reading, taken.asked)
        act.note(count=taken.new + taken.changed)
        also(act)
    taken.changes = act.changes()
    return taken


def _remember(act: Act, importer: Importer, reading: Reading, asked: Iterable[Asked]) -> None:
    """Keep what held of each question that has a shape."""
    by_shape: dict[str, dict[str, str]] = {}
    for one in asked:
        if one.shape:
            by_shape.setdefault(one.shape, {})[one.key] = reading.answer(one)
    for shape, answers in by_shape.items():
        remember(act, importer.name, shape, answers)


def _found(importer: Importer, reading: Reading, seen: Seen) -> _Found:
    found = _Found(seen)
    drafts: dict[str, Draft] = {}
    for one in importer.read(reading):
        reading.job.check()
        match one:
            case Draft():
                drafts.setdefault(one.record.uuid, one)
            case Untaken():
                seen.not_taken.append(one)
            case Asked():
                settled = not one.required or reading.is_answered(one)
                seen.asked.append(one._replace(required=False) if settled else one)
            case LeftOut():
                seen.left_out[one.what] += one.times
    for some in _some(drafts.values()):
        reading.job.check()
        there = dict(_there(reading.journal, some))
        found.ids |= {uuid: record.id for uuid, record in there.items()}
        for draft in some:
            _sort(reading.journal, draft, there.get(draft.record.uuid), found)
    return found


def _some(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    each = iter(drafts)
    while some := list(islice(each, _AT_ONCE)):
        yield some


def _there(journal: Journal, drafts: Sequence[Draft]) -> Iterator[tuple[str, Any]]:
    """The records of the journal that these drafts are, by their uuids."""
    by_kind: dict[Kind, list[str]] = {}
    for draft in drafts:
        by_kind.setdefault(kind_of(draft.record), []).append(draft.record.uuid)
    for kind, uuids in by_kind.items():
        marks = ", ".join("?" * len(uuids))
        for record in journal.find(kind.cls, f"uuid IN ({marks})", uuids):
            yield record.uuid, record


def _news(journal: Journal, there: Any, draft: Draft) -> tuple[str, ...]:
    """The fields in which the source says something else than it did when it was taken last.

    What was written here by hand stays as long as the source says what it said.
    """
    kind = kind_of(there)
    differs = [n for n in draft.renews if getattr(there, n) != getattr(draft.record, n)]
    if not differs:
        return ()
    said = _said_last(log.versions(journal.conn, kind.name, there.id), differs)
    return tuple(
        name
        for name in differs
        if name not in said or stored(kind.field(name), getattr(draft.record, name)) != said[name]
    )


def _said_last(versions: Iterable[log.Version], names: Sequence[str]) -> dict[str, Any]:
    """What imports last wrote into these fields, as it is stored."""
    said: dict[str, Any] = {}
    before: dict[str, Any] = {}
    for version in versions:
        values = version.values or {}
        step = version.step
        if step.label == IMPORT and step.live and step.kind != "undo":
            wrote = (n for n in names if n in values and (not before or values[n] != before.get(n)))
            said |= {name: values[name] for name in wrote}
        before = values
    return said


def _sort(journal: Journal, draft: Draft, there: Any, found: _Found) -> None:
    seen, state = found.seen, State.NEW
    if draft.unclear is not None:
        state = State.UNCLEAR
        seen.unclear += 1
    elif there is None:
        seen.new += 1
        found.new.append(draft)
    elif news := _news(journal, there, draft):
        state = State.CHANGED
        seen.changed += 1
        found.changed.append((there, draft._replace(renews=news)))
    else:
        state = State.THERE
        seen.there += 1
    if len(seen.items) < MOST_ITEMS:
        seen.items.append(Item(draft.what, draft.more, state, draft.unclear))


def _save(act: Act, found: _Found, job: Job) -> None:
    """Write the new ones kind by kind in the order they were read, then what has changed."""
    done, total = 0, len(found.new) + len(found.changed)
    by_kind: dict[Kind, list[Draft]] = {}
    for draft in found.new:
        by_kind.setdefault(kind_of(draft.record), []).append(draft)
    for drafts in by_kind.values():
        for some in _some(drafts):
            records = [_referring(draft, found.ids) for draft in some]
            ids = act.save_new(records)
            found.ids |= {record.uuid: id_ for record, id_ in zip(records, ids, strict=True)}
            done += len(some)
            job.check()
            job.progress(done, total)
    for there, draft in found.changed:
        record = _referring(draft, found.ids)
        act.save(replace(there, **{name: getattr(record, name) for name in draft.renews}))


def _referring(draft: Draft, ids: dict[str, int]) -> Any:
    """The record of a draft with the ids of those that it refers to and that were taken."""
    known = {name: ids[uuid] for name, uuid in draft.refers if uuid in ids}
    return replace(draft.record, **known) if known else draft.record
