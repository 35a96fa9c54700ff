"""What the status of a row means for its record: closed, decided, kept or broken, or still open."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from pmdesk.actions.incoming.register_names import plain_name
from pmdesk.actions.incoming.register_values import NotUnderstood, choice_of
from pmdesk.actions.incoming.register_words import BROKEN, CLOSED, OPEN
from pmdesk.records.declare import kind_of
from pmdesk.records.transparency import IMPACT_FIELDS, ChangeRequest, Decision
from pmdesk.records.trust import Promise

# What stands where the source says nothing and a decided change needs a word.
NOTHING_SAID: Final = "–"


class Stated(NamedTuple):
    """The fields that a status fills, or that it was not understood."""

    values: dict[str, Any]
    not_understood: bool = False


def stated(
    cls: type[Any], texts: Sequence[str], values: dict[str, Any], there: Any, day: date
) -> Stated:
    """What the first of these texts that is understood says of a record.

    `values` are what other columns tell, `there` the record as it is here already, `day` holds
    where none tells when it was closed.
    """
    told = [text for text in texts if text]
    for text in told:
        found = _of(cls, text, values, there, day)
        if found is not None:
            return Stated(found)
    return Stated({}, bool(told))


def _of(
    cls: type[Any], text: str, values: dict[str, Any], there: Any, day: date
) -> dict[str, Any] | None:
    if cls is ChangeRequest:
        return _decided(text, values, there, day)
    name, done = plain_name(text), kind_of(cls).done
    if cls is Promise and name in BROKEN:
        return {"broken_on": values.get("broken_on") or _before(there, "broken_on") or day}
    if name in CLOSED:
        return {done: values.get(done) or _before(there, done) or day}
    if name in OPEN:
        return {done: None}
    return None


def _decided(text: str, values: dict[str, Any], there: Any, day: date) -> dict[str, Any] | None:
    """A decision with what it needs: the effects that nobody wrote down stand as a dash."""
    try:
        decision = choice_of(text, Decision)
    except NotUnderstood:
        return {"decision": Decision.OPEN} if plain_name(text) in OPEN else None
    if decision is Decision.OPEN:
        return {"decision": decision}
    filled = {
        name: values.get(name) or _before(there, name) or NOTHING_SAID
        for name in (*IMPACT_FIELDS, "decided_by")
    }
    when = values.get("decided_on") or _before(there, "decided_on") or day
    return {"decision": decision, "decided_on": when, **filled}


def _before(there: Any, name: str) -> Any:
    return getattr(there, name) if there is not None else None
