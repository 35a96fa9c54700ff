"""The rows of a timeline by conversation: one row each, those of an unfolded one below it."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from pmdesk.answers.sifted import Talk
from pmdesk.answers.timeline import Key


class Line(NamedTuple):
    """A row: a conversation by its newest contact, or `inside` an unfolded one, that contact."""

    key: Key
    talk: Talk
    inside: bool = False

    @property
    def size(self) -> int:
        """How many rows it stands for."""
        return 1 if self.inside else len(self.talk.keys)


class TalkLines:
    """All lines in order. What is unfolded is known by its conversation, over every new look."""

    def __init__(self, talks: Iterable[Talk], unfolded: Collection[int] = ()) -> None:
        self.lines: list[Line] = []
        for talk in talks:
            self.lines.append(Line(talk.keys[0], talk))
            if talk.thread in unfolded and len(talk.keys) > 1:
                self.lines += _inside(talk)

    def is_unfolded(self, place: int) -> bool:
        """Whether the rows of that conversation stand below it."""
        return self.lines[place + 1 : place + 2] != [] and self.lines[place + 1].inside

    def turn(self, place: int, way: int) -> int | None:
        """Unfold (1), fold (-1) or turn (0) what stands there; the row to go on at, None for none.

        Folding from within leads to the conversation's own row.
        """
        while self.lines[place].inside:
            if way != -1:
                return None
            place -= 1
        unfolded = self.is_unfolded(place)
        if self.lines[place].size == 1 or (way == 1 and unfolded) or (way == -1 and not unfolded):
            return None
        talk = self.lines[place].talk
        if unfolded:
            del self.lines[place + 1 : place + 1 + len(talk.keys)]
        else:
            self.lines[place + 1 : place + 1] = _inside(talk)
        return place

    def place_of(self, kind: str, record_id: int) -> int | None:
        """Where a record stands: its own row where there is one, else that of its conversation."""
        wanted = (kind, record_id)
        head = None
        for place, line in enumerate(self.lines):
            if line.key[:2] == wanted and (line.inside or not self.is_unfolded(place)):
                return place
            if head is None and not line.inside and wanted in (key[:2] for key in line.talk.keys):
                head = place
        return head


def _inside(talk: Talk) -> list[Line]:
    return [Line(key, talk, inside=True) for key in talk.keys]
