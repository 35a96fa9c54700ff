"""Our own edition only: what stands beside the response figures, and what was changed afterwards."""

from datetime import date

from pmdesk.answers.audit import audit, rejected
from pmdesk.answers.bounds import bounds
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.responsiveness import Answer
from pmdesk.answers.text.said import say
from pmdesk.records.kinds import KINDS
from pmdesk.records.trust import Kept
from pmdesk.report.values import Section
from pmdesk.words import Words

_MOST = 40


def audit_section(
    rel: Relationship, answer: Answer, words: Words, *, since: date | None
) -> Section:
    """The bounds of the response figures as its remark, the audit list as its rows."""
    lines = audit(rel)
    rows = tuple(
        (
            words.short_moment(line.at, rel.zone),
            words(KINDS[line.key.kind].one),
            line.title,
            say(words, line.what),
        )
        for line in lines[:_MOST]
    )
    told = [say(words, sentence) for sentence in bounds(rel, answer, since=since).sentences()]
    for kept, (no, of) in sorted(rejected(rel).items()):
        if no:
            what = words(Kept(kept).label)
            told.append(words("signals rejected, {what}: {n} of {all}", what=what, n=no, all=of))
    return Section(
        words("What the figures rest on, and what was changed afterwards"),
        (words("When"), words("Kind"), words("Record"), words("What was changed")),
        (1.6, 1.6, 4, 3.4),
        rows,
        words("Nothing that moves a figure was changed afterwards."),
        " · ".join(told),
    )
