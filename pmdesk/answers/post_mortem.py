"""What a crisis taught: what happened when, who was told and what was done against which limit, what follows."""

import re
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from pmdesk.answers.crisis_room import Room, room
from pmdesk.answers.text.minutes_lines import KeptLine, kept_line, plain_lines
from pmdesk.journal.journal import Journal
from pmdesk.records.crisis import Crisis
from pmdesk.records.transparency import Issue

_BETWEEN: Final = re.compile(r"；\s*|;\s+")
# The risk of the crisis's plan, and what went into the risk log in the act that kept the post-mortem.
_RISKS: Final = """
id = ? OR id IN (SELECT i.row_id FROM change c JOIN change i ON i.action_id = c.action_id
                 WHERE c.tbl = 'crisis' AND c.op = 'U' AND c.row_id = ?
                 AND i.tbl = 'issue' AND i.op = 'I')
"""


class PostMortem(NamedTuple):
    """A crisis with its room as it stood, and what of it stands in the risk log."""

    room: Room
    risks: tuple[Issue, ...]

    @property
    def crisis(self) -> Crisis:
        """The crisis itself."""
        return self.room.crisis

    @property
    def lasted(self) -> timedelta | None:
        """From finding to standing down; None while it runs."""
        over = self.crisis.stood_down_at
        return over - self.room.found_at if over else None

    @property
    def actions(self) -> list[KeptLine]:
        """What is done now: who, by when, what, where a line says so; a line or part of one each."""
        parts = [
            part
            for line in plain_lines(self.crisis.actions)
            for part in _BETWEEN.split(line)
            if part.strip(" 。.")
        ]
        return [kept_line(part.strip()) for part in parts]


def post_mortem(journal: Journal, crisis_id: int, at: datetime) -> PostMortem:
    """What a crisis taught, as things stood at `at`; raises LookupError without it or its client."""
    crisis = journal.get(Crisis, crisis_id)
    entered = room(journal, crisis, at) if crisis else None
    if entered is None:
        raise LookupError(crisis_id)
    risk = entered.plan.issue_id if entered.plan else None
    return PostMortem(entered, tuple(journal.find(Issue, _RISKS, [risk or 0, crisis_id])))
