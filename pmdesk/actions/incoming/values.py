"""What an importer reads and asks, as plain values."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from pmdesk.actions.importing import Job, Preview
from pmdesk.answers.text.said import Said, say
from pmdesk.journal.journal import Journal
from pmdesk.typed.days import day
from pmdesk.words import Words, mark


@dataclass(frozen=True)
class Given:
    """What a person gives an importer: files, or text that was pasted, and answers by their keys."""

    paths: tuple[Path, ...] = ()
    text: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


class Asked(NamedTuple):
    """A question that an import has: its answers as they are given back and as they are shown.

    `proposed` is what holds until somebody answers; one that is `required` has no such thing.
    Without choices any text may be given; with `kind` "day" it must be a day. What is answered is
    remembered for the next that comes in of the same `shape`, where it has one (remembered.py).
    Those of kind "column" ask which column of a table holds something: they are shown together,
    each by its `label` beside what the column holds (`examples`), under their table (`part`).
    """

    key: str
    sentence: Said
    choices: tuple[tuple[str, str | Said], ...] = ()
    proposed: str = ""
    required: bool = False
    kind: Literal["", "day", "column"] = ""
    shape: str = ""
    label: Said | None = None
    part: str = ""
    examples: Mapping[str, str] = MappingProxyType({})

    def takes(self, answer: str, today: date) -> bool:
        """Whether an answer is one to this question."""
        if self.kind == "day":
            return _day(answer, today) is not None
        return not self.choices or answer in {value for value, _ in self.choices}


class Draft(NamedTuple):
    """A record that would come in.

    Its uuid is made of what it was read from (`named_uuid`), so that the same file twice adds
    nothing. `refers` are fields that hold the id of another draft, by that one's uuid; `renews` the
    fields that follow the source where it has changed since. `what` and `more` tell of it before it
    is taken, `source` is where it stands; one that is `unclear` is not taken and says why.
    """

    record: Any
    what: str
    more: Said | None = None
    refers: tuple[tuple[str, str], ...] = ()
    renews: tuple[str, ...] = ()
    unclear: Said | None = None
    source: str = ""


class Untaken(NamedTuple):
    """Something that was not taken: where it stands and why."""

    source: str
    reason: Said

    def sentence(self, words: Words) -> str:
        """The reason in the language of `words`."""
        return say(words, self.reason)


class LeftOut(NamedTuple):
    """Something that is not wanted, by the words for it, and how often."""

    what: str
    times: int = 1


Read = Draft | Asked | Untaken | LeftOut


class State(Enum):
    """What would become of a draft, and the word for it."""

    NEW = mark("New")
    CHANGED = mark("Changed since")
    THERE = mark("Already here")
    UNCLEAR = mark("Unclear")


class Item(NamedTuple):
    """A draft as it is told before it is taken."""

    what: str
    more: Said | None
    state: State
    why: Said | None = None


# So many are told one by one; all of them are counted.
MOST_ITEMS: Final = 500


@dataclass
class Seen(Preview):
    """What an import would do: `changed` and `unclear` beside what is new and what is there."""

    changed: int = 0
    unclear: int = 0
    items: list[Item] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    @property
    def unanswered(self) -> list[Asked]:
        """The questions without which nothing can be taken."""
        return [one for one in self.asked if one.required]


class Reading(NamedTuple):
    """What an importer may look at: the journal as it stands, what was given, the moment."""

    journal: Journal
    given: Given
    at: datetime
    job: Job = Job()

    def answer(self, asked: Asked) -> str:
        """What somebody answered, else what is proposed; what is no answer to it counts as neither."""
        answer = self.given.answers.get(asked.key)
        takes = answer is not None and asked.takes(answer, self.at.date())
        return asked.proposed if answer is None or not takes else answer

    def is_answered(self, asked: Asked) -> bool:
        """Whether somebody answered it, and the answer is one."""
        answer = self.given.answers.get(asked.key)
        return answer is not None and asked.takes(answer, self.at.date())

    def day(self, asked: Asked) -> date | None:
        """The day that was answered or is proposed."""
        return _day(self.answer(asked), self.at.date())


def _day(text: str, today: date) -> date | None:
    try:
        return day(text, today=today)
    except ValueError:
        return None


_PIECES: Final = (8, 4, 4, 4, 12)


def named_uuid(*parts: str) -> str:
    """The uuid of what is told apart by these texts: always the same (RFC 9562, version 8)."""
    name = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    digits = f"{name[:12]}8{name[13:16]}{int(name[16], 16) & 3 | 8:x}{name[17:32]}"
    return "-".join(_cut(digits))


def _cut(digits: str) -> Iterator[str]:
    start = 0
    for length in _PIECES:
        yield digits[start : start + length]
        start += length
