"""What a path is made of: its steps, how each stands, and what lies on record beside them."""

from collections.abc import Callable
from typing import Any, Final, Literal, NamedTuple

from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.row import RecordRow
from pmdesk.answers.text.said import Said
from pmdesk.records.problems import Problem
from pmdesk.words import mark

State = Literal["done", "now", "later"]
_EMPTY: Final = mark("This cannot stay empty.")


class Step(NamedTuple):
    """One step: what it is called, why it is taken, the fields it shows and those it needs.

    What `decides` is not saved as it is typed: it moves what others rest on.
    """

    name: str
    text: str
    why: str
    fields: tuple[str, ...]
    needs: tuple[str, ...]
    decides: bool = False


class Standing(NamedTuple):
    """How a step stands; `day` tells when it was done or is due, `late` that this has passed."""

    step: Step
    state: State
    day: Said | None = None
    late: bool = False


class Facts(NamedTuple):
    """Records that belong beside the steps, under a title."""

    title: str
    rows: tuple[RecordRow, ...]


class Path(NamedTuple):
    """A kind of path: what it is called, how far a record has come on it, what stands beside it."""

    name: str
    text: str
    standings: Callable[[Relationship, Any], list[Standing]]
    facts: Callable[[Relationship, Any], list[Facts]]
    # what the present step should be told besides, such as whether to call or to write
    advice: Callable[[Any, Step], str]
    title: Callable[[Relationship, Any], str]
    is_over: Callable[[Any], bool]
    # what stands against going on from a step beside what it needs
    against: Callable[[Any, Step], list[Problem]]
    # the sentence of the notice once the last step is taken
    ended: Callable[[Any], str]


def standings_of(steps: tuple[Step, ...], done: int) -> list[Standing]:
    """The steps where `done` of them are taken, without their days."""
    return [
        Standing(step, "done" if n < done else "now" if n == done else "later")
        for n, step in enumerate(steps)
    ]


def now_at(standings: list[Standing]) -> int:
    """The place of the first step that is not done; of the last one where all are."""
    return next((n for n, s in enumerate(standings) if s.state == "now"), len(standings) - 1)


def missing(path: Path, record: Any, step: Step) -> list[Problem]:
    """What must be filled in before the path goes on from a step."""
    empty = [
        Problem(name, _EMPTY)
        for name in step.needs
        if (value := getattr(record, name)) is None or not str(value).strip()
    ]
    return empty + path.against(record, step)
