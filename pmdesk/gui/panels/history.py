"""What was done to a record, as lines of its panel."""

from collections.abc import Iterator

from pmdesk.gui.desk import Desk
from pmdesk.journal import log
from pmdesk.words import mark

_WAYS = {"undo": mark("Undone"), "redo": mark("Repeated")}


def history_of(desk: Desk, kind: str, record_id: int) -> Iterator[str]:
    """Each step of a record, the latest first: when it was, and what was done."""
    words = desk.words
    for version in reversed(log.versions(desk.journal.conn, kind, record_id)):
        step = version.step
        facts = {k: words(v) if isinstance(v, str) else v for k, v in step.facts.items()}
        when = words.short_moment(step.at, desk.zone())
        prefix = f"{words(_WAYS[step.kind])}: " if step.kind in _WAYS else ""
        yield f"{when}  {prefix}{words(step.label, **facts)}"
