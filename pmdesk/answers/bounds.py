"""What stands beside a responsiveness figure: its worst case, and what was taken out of it."""

import json
from datetime import date, datetime
from math import inf, isfinite
from typing import NamedTuple

from pmdesk.answers.days import begins
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.responsiveness import Answer
from pmdesk.answers.text.said import Said, Share, said
from pmdesk.insight.responsiveness import percentile
from pmdesk.journal.codec import from_text, moment_of, until_text
from pmdesk.records.choices import Channel
from pmdesk.records.terms import held
from pmdesk.words import mark


class Bounds(NamedTuple):
    """The worst case if no open turn is ever answered, and what the figure leaves out (METHODS 15).

    `worst_within` is the share answered within the target, 0..1, `worst_median_h` in hours of the
    answer's clock (None: more than half wait for ever). `no_reply` messages need no reply, of them
    `no_reply_late` were marked so after the target had passed; `by_call` turns were answered by a
    call, `deleted` messages of the time were deleted.
    """

    worst_within: float | None
    worst_median_h: float | None
    no_reply: int
    no_reply_late: int
    by_call: int
    deleted: int

    def sentences(self) -> list[Said]:
        """What there is to say; nothing of what is none."""
        sentences = []
        if self.worst_within is not None:
            sentences.append(said(mark("at worst {share} in time"), share=Share(self.worst_within)))
        if self.no_reply:
            text = mark("no reply needed: {n}, of them {late} marked after the target")
            sentences.append(said(text, n=self.no_reply, late=self.no_reply_late))
        if self.by_call:
            sentences.append(said(mark("answered by a call: {n}"), n=self.by_call))
        if self.deleted:
            sentences.append(said(mark("deleted mail of this time: {n}"), n=self.deleted))
        return sentences


def bounds(rel: Relationship, answer: Answer, *, since: date | None) -> Bounds:
    """The bounds of an answer about `rel` of turns that began on `since` (None: whenever) or later."""
    first = begins((since, None), rel.zone)
    begin = from_text(first) if first else ""
    marked = _marked(rel, begin)
    late = sum(
        rel.clock.hours_between(asked, when)
        > held(rel.client, "target_hours", datetime.fromtimestamp(asked, rel.zone).date())
        for asked, when in marked
    )
    waits = [
        hours if turn.answered_at is not None else inf
        for turn, hours in zip(answer.turns, answer.hours, strict=True)
    ]
    in_time = [hours <= target for hours, target in zip(waits, answer.targets, strict=True)]
    within = sum(in_time) / len(in_time) if in_time else None
    middle = percentile(sorted(waits), 0.5) if waits else None
    return Bounds(
        within,
        middle if middle is not None and isfinite(middle) else None,
        len(marked),
        late,
        _by_call(rel, answer),
        _deleted(rel, begin),
    )


def _marked(rel: Relationship, begin: str) -> list[tuple[float, float]]:
    """When each message marked as needing no reply was written, and when it was marked."""
    rows = rel.journal.rows(
        "SELECT i.at, (SELECT max(a.at) FROM change c JOIN action a ON a.id = c.action_id"
        "  WHERE c.tbl = 'interaction' AND c.row_id = i.id AND c.op = 'U' AND a.state = 'live'"
        "  AND json_extract(c.before, '$.needs_reply') <> 'no')"
        " FROM interaction i WHERE i.client_id = ? AND i.needs_reply = 'no'"
        " AND i.direction = 'inbound' AND i.channel IN ('mail', 'chat') AND i.at >= ? AND i.at <= ?",
        [rel.client.id, begin, until_text(rel.at)],
    )
    return [(moment_of(at).timestamp(), moment_of(when).timestamp()) for at, when in rows if when]


def _by_call(rel: Relationship, answer: Answer) -> int:
    ids = [turn.answer_id for turn in answer.turns if turn.answer_id is not None]
    sql = (
        f"SELECT count(*) FROM interaction WHERE channel = '{Channel.CALL}'"
        " AND id IN (SELECT value FROM json_each(?))"
    )
    return int(rel.journal.rows(sql, [json.dumps(ids)])[0][0])


def _deleted(rel: Relationship, begin: str) -> int:
    rows = rel.journal.rows(
        "SELECT count(*) FROM change c JOIN action a ON a.id = c.action_id"
        " WHERE c.tbl = 'interaction' AND c.op = 'D' AND a.kind = 'do' AND a.state = 'live'"
        " AND json_extract(c.before, '$.client_id') = ? AND json_extract(c.before, '$.at') >= ?"
        " AND NOT EXISTS (SELECT 1 FROM interaction i WHERE i.id = c.row_id)",
        [rel.client.id, begin],
    )
    return int(rows[0][0])
