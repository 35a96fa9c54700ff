"""What lies on record beside a path: what the client said, what is promised, what is the matter."""

from collections.abc import Iterable
from typing import Any, Final

from pmdesk.answers.paths.path import Facts
from pmdesk.answers.practices.expectations import expectation_of
from pmdesk.answers.practices.figures import Key
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.records import row_of
from pmdesk.answers.rows.row import RecordRow, local_moment
from pmdesk.answers.text.chase import plain_name
from pmdesk.answers.text.said import said
from pmdesk.insight.quoted import split_quoted
from pmdesk.journal.codec import until_text
from pmdesk.records.expectations import Confirmation, Talk
from pmdesk.records.interaction import Interaction
from pmdesk.records.recovery import Complaint
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid
from pmdesk.records.trust import Promise
from pmdesk.words import mark

_SHOWN: Final = 4
_LETTERS: Final = 160
_SAID: Final = (
    "client_id = ? AND direction = 'inbound' AND automatic = 0 AND at <= ?"
    " AND date_doubt <> 'missing'"
)


def said_before(rel: Relationship) -> Facts:
    """What the client said last, the newest first."""
    found = rel.journal.find(
        Interaction, _SAID, [rel.client.id, until_text(rel.at)], order="at DESC, id DESC",
        limit=_SHOWN,
    )  # fmt: skip
    return Facts(mark("What the client said"), tuple(_message(rel, one) for one in found))


def _message(rel: Relationship, one: Interaction) -> RecordRow:
    own = " ".join(split_quoted(one.text).new.split())
    parts = [said("{moment}", moment=local_moment(rel, one.at))] if one.at else []
    if one.who:
        parts.append(said("{who}", who=plain_name(one.who)))
    if own:
        short = own if len(own) <= _LETTERS else f"{own[:_LETTERS]}…"
        parts.append(said("“{ask}”", ask=short))
    return RecordRow(Key("interaction", int(one.id or 0)), None, one.subject, tuple(parts))


def promises(rel: Relationship) -> Facts:
    """What is promised both ways and not kept yet, what is due first."""
    open_ = [p for p in rel.of(Promise) if p.delivered_on is None]
    open_.sort(key=lambda p: (p.due_now is None, p.due_now, p.id))
    return Facts(mark("Open promises"), _rows(rel, open_))


def problems(rel: Relationship) -> Facts:
    """Problems that are not closed, the newest first."""
    open_ = [i for i in rel.of(Issue) if i.raid is Raid.ISSUE and i.closed_on is None]
    open_.sort(key=lambda i: (i.found_at or rel.at, i.id), reverse=True)
    return Facts(mark("Related problems"), _rows(rel, open_))


def complaints(rel: Relationship, but: Complaint) -> Facts:
    """The client's other complaints, the newest first."""
    others = [c for c in rel.of(Complaint) if c.id != but.id]
    others.sort(key=lambda c: (c.heard_at or rel.at, c.id), reverse=True)
    return Facts(mark("Unhappy before"), _rows(rel, others))


def expected(rel: Relationship, talk: Talk) -> Facts:
    """The expectation that a talk is about, and who confirmed it."""
    held = expectation_of(rel, talk)
    if held is None:
        return Facts(mark("The expectation"), ())
    confirmed = [c for c in rel.of(Confirmation) if c.expectation_id == held.id]
    confirmed.sort(key=lambda c: (c.day is not None, c.day, c.id), reverse=True)
    return Facts(mark("The expectation"), _rows(rel, [held, *confirmed]))


def earlier_talks(rel: Relationship, but: Talk) -> Facts:
    """Other talks about the same expectation, the newest first."""
    others = [t for t in rel.of(Talk) if t.expectation_id == but.expectation_id and t.id != but.id]
    others.sort(key=lambda t: (t.day is not None, t.day, t.id), reverse=True)
    return Facts(mark("Talks before"), _rows(rel, others))


def changes(rel: Relationship, talk: Talk) -> Facts:
    """Approved changes of the same project: what may have moved it."""
    held = expectation_of(rel, talk)
    same = {None, held.project_id if held else None}
    approved = [
        c for c in rel.of(ChangeRequest) if c.decision is Decision.APPROVED and c.project_id in same
    ]
    return Facts(mark("Changes approved"), _rows(rel, approved))


def options(rel: Relationship) -> Facts:
    """Options that nobody has accepted yet."""
    return Facts(mark("Options open"), _rows(rel, [o for o in rel.of(Option) if not o.accepted_on]))


def _rows(rel: Relationship, records: Iterable[Any]) -> tuple[RecordRow, ...]:
    return tuple(row_of(rel, record) for record in [*records][:_SHOWN])
