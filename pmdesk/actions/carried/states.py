"""Earlier states of records, as two journals tell from them which is the newer."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from pmdesk.actions.carried.links import Values, carried_fields, linking, names_in
from pmdesk.records.declare import Kind


class State(NamedTuple):
    """What a record was once: a digest of what it said, and whom it named.

    `change` is the number of the change that replaced it, where it stands in this journal's log.
    """

    said: str
    links: Values
    change: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What two equal states share."""
        return self.said, json.dumps(self.links, sort_keys=True)


def state_of(kind: Kind, values: Values) -> State:
    """The state of a record that says `values`."""
    linked = set(linking(kind))
    own = {f.name: values[f.name] for f in carried_fields(kind) if f.name not in linked}
    text = json.dumps(own, sort_keys=True)
    return State(sha256(text.encode()).hexdigest()[:32], names_in(kind, values))


@dataclass(frozen=True, slots=True)
class Past:
    """When a record last changed, and what it was before, the latest last.

    `back` is when it came back after it was deleted, also by a merge in which it was to stay; ""
    if it never did. Both are UTC, as stored.
    """

    kind: str
    at: str
    earlier: tuple[State, ...] = ()
    back: str = ""

    @property
    def keys(self) -> frozenset[tuple[str, str]]:
        """What its earlier states share with equal ones."""
        return frozenset(state.key for state in self.earlier)
