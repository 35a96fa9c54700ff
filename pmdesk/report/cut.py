"""Lists of a report have an end: the most urgent stand in it, the rest is counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar

from pmdesk.words import Words

T = TypeVar("T")
MOST_ROWS: Final = 25
MOST_IN_A_CELL: Final = 5


@dataclass(frozen=True)
class Cut(Generic[T]):
    """The part of a list that is shown, and the rest of it."""

    shown: Sequence[T]
    rest: Sequence[T]

    @classmethod
    def of(cls, items: Sequence[T], most: int = MOST_ROWS) -> "Cut[T]":
        """A list cut after `most`; its order says what is most urgent."""
        return cls(items[:most], items[most:])

    def remark(self, words: Words, order: str) -> str:
        """How many of all are shown and in which order; nothing where all of them are."""
        if not self.rest:
            return ""
        shown, all_ = len(self.shown), len(self.shown) + len(self.rest)
        return words(
            "The first {shown} of {all}: {order}",
            shown=shown,
            all=words.number(all_, 0),
            order=order,
        )

    def more(
        self,
        words: Words,
        day: Callable[[T], date | None] | None = None,
        is_open: Callable[[T], bool] | None = None,
    ) -> str:
        """What was left out: how many, how many of them open, the oldest by its `day`."""
        if not self.rest:
            return ""
        text = words("and {n} more", n=words.number(len(self.rest), 0))
        if is_open is not None and (open_ := sum(map(is_open, self.rest))):
            text = words("{first}, {n} of them open", first=text, n=words.number(open_, 0))
        oldest = min((known for item in self.rest if day and (known := day(item))), default=None)
        if oldest is not None:
            text = words("{first}, the oldest from {day}", first=text, day=words.date(oldest))
        return text

    def joined(
        self, words: Words, join: Callable[[list[str]], str], say: Callable[[T], str]
    ) -> str:
        """The shown ones in a line, how many more there are at its end."""
        parts = [say(item) for item in self.shown]
        if self.rest:
            parts.append(words("and {n} more", n=words.number(len(self.rest), 0)))
        return join(parts)
