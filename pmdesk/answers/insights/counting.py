"""How waits are counted: turns or single messages, by which clock, in weeks or months."""

from typing import Final, NamedTuple

from pmdesk.answers.insights.values import Column
from pmdesk.answers.responsiveness import Question
from pmdesk.answers.text.said import Said, said
from pmdesk.words import mark

WORKING: Final = mark("working hours")
_WALL: Final = mark("hours")


class Counting(NamedTuple):
    """Waiting turns in working hours, as long as nothing else is asked for.

    `mode` and `clock` are those of a Question; `by` is "week" or "month", or empty where as many
    turns as there are decide that.
    """

    mode: str = "turn"
    clock: str = "work"
    by: str = ""

    @property
    def unit(self) -> str:
        """The unit of its hours."""
        return WORKING if self.clock == "work" else _WALL

    def question(self, *, ours_answer: bool, by: str = "week") -> Question:
        """What is asked, in periods of `by` where none are asked for."""
        return Question(self.mode, self.clock, self.by or by, ours_answer)

    def columns(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """The same columns in its unit."""
        return tuple(
            one._replace(unit=self.unit) if one.unit == WORKING else one for one in columns
        )

    def told(self, evidence: Said) -> Said:
        """Evidence that says what is counted otherwise than usual."""
        if self.mode == "message":
            evidence = said(mark("{rests} · each message by itself"), rests=evidence)
        if self.clock == "wall":
            evidence = said(mark("{rests} · wall clock"), rests=evidence)
        return evidence


USUAL: Final = Counting()
