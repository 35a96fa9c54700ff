"""Words that make a day the one something is due on: by Friday, 周五前."""

import re
from typing import Final, NamedTuple

from pmdesk.typed.clocks import time_in
from pmdesk.typed.days import FoundDay

# What marks a day as a term without doubt; a text for `BEFORE` ends where the day begins.
BEFORE: Final = re.compile(
    r"(?:\b(?:by|due(?: on| by)?|before|until|till|(?:no|not) later than|deadline(?: is)?)"
    r"|截止(?:到|至|日期)?|截至|最晚|最迟|须在|不晚于|不迟于|赶在)(?: the)?[ :：]*$",
    re.IGNORECASE,
)
AFTER: Final = re.compile(
    r"\s*(?:之?前|截止|以前)(?![端期台面后往景置线天述者]|提(?![交供出醒前]))"
)
_BEFORE: Final = re.compile(
    r"(?:\b(?:by|due|due on|until|till|before|no later than|deadline|for|on)"
    r"|截止到?|截至|最晚|最迟|须在|不晚于|于)(?: the)?[ :：]*$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r"\s*(?:之?前(?!往)|截止|以前)")
_ON: Final = re.compile(r"(?:\bon|于)(?: the)?[ :：]*$", re.IGNORECASE)


class Term(NamedTuple):
    """From where to where a text speaks of a day, with its words and its time of day.

    `marked`: its words say that something is due then.
    """

    start: int
    end: int
    marked: bool


def term_around(text: str, day: FoundDay) -> Term:
    """The `day` with what belongs to it."""
    before = _BEFORE.search(text[: day.start])
    end = day.end
    clock = time_in(text[end:])
    if clock is not None and not text[end : end + clock.start].strip(" ,，"):
        end += clock.end
    after = _AFTER.match(text[end:])
    if after:
        end += after.end()
    marked = after is not None or (before is not None and not _ON.search(text[: day.start]))
    return Term(before.start() if before else day.start, end, marked)
