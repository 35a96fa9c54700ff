"""Saving what was captured in one line."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from pmdesk.actions.records import ADD, about
from pmdesk.actions.refusals import Refused
from pmdesk.answers.text.capturing.line import Understood
from pmdesk.answers.text.capturing.making import records_of
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.captured_line import CapturedLine
from pmdesk.records.declare import kind_of
from pmdesk.records.problems import Problem
from pmdesk.words import mark

_WITH: Final = (
    ADD,
    mark("{kind} “{what}” added, with it: {a}"),
    mark("{kind} “{what}” added, with it: {a}, {b}"),
    mark("{kind} “{what}” added, with it: {a}, {b}, {c}"),
)
_WITH_MORE: Final = mark("{kind} “{what}” added, with {n} more records")
_UNCLEAR: Final = mark("Choose first what “{words}” means.")


class Captured(NamedTuple):
    """The line as it was kept, the records made of it, and what changed."""

    line: CapturedLine
    records: tuple[Any, ...]
    changes: Changes


def capture(journal: Journal, understood: Understood, *, at: datetime) -> Captured:
    """One step: what the line says (answers/text/capturing/making.py), and the line word by word.

    Raises Refused where the line leaves something open, then nothing is written.
    """
    if understood.open:
        raise Refused([Problem("line", _UNCLEAR, {"words": q.phrase}) for q in understood.open])
    records = records_of(understood)
    label, facts = _told(records)
    with journal.action(label, at=at, **facts) as act:
        saved = tuple(act.save(record) for record in records)
        line = act.save(
            CapturedLine(
                client_id=understood.client_id,
                at=at,
                line=understood.line,
                made=tuple(f"{kind_of(record).name}:{record.id}" for record in saved),
            )
        )
    return Captured(line, saved, act.changes())


def _told(records: Sequence[Any]) -> tuple[str, dict[str, object]]:
    """What the step says of itself: the chief record, and the kinds of the others."""
    facts = about(records[0])
    others = [kind_of(record).one for record in records[1:]]
    if len(others) >= len(_WITH):
        return _WITH_MORE, facts | {"n": len(others)}
    return _WITH[len(others)], facts | dict(zip("abc", others, strict=False))
