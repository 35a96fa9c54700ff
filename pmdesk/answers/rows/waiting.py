"""Waiting turns as rows of a list: what was asked, by whom, how long it waited."""

import json
from datetime import UTC, date, datetime
from typing import NamedTuple

from pmdesk.answers.responsiveness import Answer
from pmdesk.journal.journal import Journal


class TurnRow(NamedTuple):
    """One turn; `hours` by the clock of its answer, `target` as it held when the turn began."""

    first_id: int
    message_ids: tuple[int, ...]
    asked_at: datetime
    hours: float
    target: float
    answered: bool
    subject: str
    who: str


def turn_rows(
    journal: Journal,
    answer: Answer,
    *,
    waiting: bool = False,
    begun: tuple[date, date] = (date.min, date.max),
) -> list[TurnRow]:
    """The turns of an answer: those still waiting, the longest first, or all, newest first.

    Only those count that began from the first day of `begun` on and before the second.
    """
    first, end = begun
    chosen = []
    for turn, hours, target in zip(answer.turns, answer.hours, answer.targets, strict=True):
        if waiting and turn.answered_at is not None:
            continue
        asked = datetime.fromtimestamp(turn.asked_at, UTC)
        if first <= asked.astimezone(answer.zone).date() < end:
            chosen.append((turn, hours, target, asked))
    texts = subjects_of(journal, [turn.first_id for turn, *_ in chosen])
    rows = [
        TurnRow(
            turn.first_id,
            turn.message_ids,
            asked,
            hours,
            target,
            turn.answered_at is not None,
            *texts.get(turn.first_id, ("", "")),
        )
        for turn, hours, target, asked in chosen
    ]
    return sorted(rows, key=lambda row: row.asked_at, reverse=not waiting)


def subjects_of(journal: Journal, ids: list[int]) -> dict[int, tuple[str, str]]:
    """Subject and sender of these messages."""
    sql = "SELECT id, subject, who FROM interaction WHERE id IN (SELECT value FROM json_each(?))"
    rows = journal.rows(sql, [json.dumps(ids)])
    return {id_: (subject or "", who or "") for id_, subject, who in rows}
