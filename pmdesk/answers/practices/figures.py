"""What a practice says of itself: figures, what is missing, the next act."""

from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from pmdesk.answers.text.said import Said
from pmdesk.records.declare import kind_of
from pmdesk.records.practices import Practice

State = Literal["good", "warn", "bad", "none"]
_GOOD: Final = 80.0
_FAIR: Final = 60.0


class Key(NamedTuple):
    """A record by kind and id."""

    kind: str
    id: int


class Figure(NamedTuple):
    """One figure: its machine name, its label, its value, how it reads, what it rests on."""

    name: str
    label: str
    value: float | None
    shown: Said
    note: Said
    state: State = "none"
    records: tuple[Key, ...] = ()


class NextAct(NamedTuple):
    """What to do next: open `record` or go on its path (`leads`), or add a record of `kind`."""

    label: str
    kind: str = ""
    record: Key | None = None
    leads: str = ""


@dataclass(frozen=True)
class PracticeFigures:
    """A practice: score 0..100 (None where nothing is known), its one sentence, its figures."""

    practice: Practice
    score: float | None
    state: State
    headline: Said
    figures: tuple[Figure, ...]
    act: NextAct | None = None

    @property
    def records(self) -> tuple[Key, ...]:
        """All records that the figures came from, each once."""
        return tuple(dict.fromkeys(key for figure in self.figures for key in figure.records))


def state_of(score: float | None) -> State:
    """Good from 80, fair from 60."""
    if score is None:
        return "none"
    return "good" if score >= _GOOD else "warn" if score >= _FAIR else "bad"


def keys(*records: Any) -> tuple[Key, ...]:
    """The keys of records."""
    return tuple(Key(kind_of(record).name, int(record.id or 0)) for record in records)
