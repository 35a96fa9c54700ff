"""What a difficult message about a record says: its situations, and the facts on record for each.

Only what a client may read is taken, nothing of a record or a field that is internal-only. A
complaint is kept for ourselves, but the client's own words, the causes analysed together and what
was agreed came about with the client, and are told.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from pmdesk.answers.practices import trust
from pmdesk.answers.practices.expectations import (
    ExpectationGap,
    expectation_of,
    gap_said,
    gap_standing,
    value_said,
)
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.chase import bare_subject, language_of
from pmdesk.answers.text.said import said
from pmdesk.answers.tongues import tongue_of
from pmdesk.insight.gaps import GapState
from pmdesk.records.choices import Direction
from pmdesk.records.contact import Contact
from pmdesk.records.declare import kind_of
from pmdesk.records.expectations import Dimension, Expectation, Talk
from pmdesk.records.interaction import Interaction
from pmdesk.records.recovery import Breach, Complaint
from pmdesk.records.transparency import IMPACT_FIELDS, ChangeRequest, Decision, Issue, Raid
from pmdesk.records.trust import Promise, Side
from pmdesk.words import Language, mark

if TYPE_CHECKING:
    from pmdesk.answers.text.difficult import Fact, Message

# An explanation as it was drafted (drafts.gap_text), in either language.
_EXPLAINED: Final = re.compile(
    r"(?:The reason|原因)\s*[:：](?P<reason>.*?)"
    r"(?:(?:What we do about it|我们的措施|我方措施)\s*[:：](?P<measure>.*?))?"
    r"(?:(?:What we ask of you|需要贵方|需贵方配合)\s*[:：](?P<ask>.*))?",
    re.DOTALL,
)
_NO_EFFECT: Final = re.compile(r"(?:none|no|nil|无|没有|–|-)?[.。]?", re.IGNORECASE)


def situations_of(rel: Relationship, record: Any) -> list[str]:
    """What a message about a record may be for now, the most fitting first; none of an internal one."""
    about = _about(rel, record)
    if about is None or getattr(about, "internal", False):
        return []
    return [*_SITUATIONS[type(about)](rel, about)]


def may_be_written(rel: Relationship, record: Any) -> bool:
    """Whether there is a message to be written about a record."""
    return bool(situations_of(rel, record))


def facts_of(rel: Relationship, record: Any) -> "dict[str, Fact]":
    """What the records say for a message about `record`; what is not there says nothing."""
    about = _about(rel, record)
    if about is None or getattr(about, "internal", False):
        return {}
    return _FACTS[type(about)](rel, about)


def message_for(
    rel: Relationship,
    record: Any,
    situation: str,
    *,
    to: Contact | None,
    language: Language,
    breach: Breach,
) -> "Message":
    """The message about a record for a situation, from what the records say now."""
    from pmdesk.answers.text.difficult import message  # with the first message, not with every row
    from pmdesk.answers.text.salutation import addressed

    name = addressed(to.name, to.role, language, to.honorific) if to else ""
    return message(
        situation, facts_of(rel, record), language=language, zone=rel.zone, breach=breach, to=name
    )


def breach_of(record: Any) -> Breach:
    """Whether we could not or would not, as far as the record says."""
    return record.breach if isinstance(record, Complaint) else Breach.UNKNOWN


def addressee(rel: Relationship, record: Any) -> Contact | None:
    """Whom a message is for: who is named in the record, else the client's only contact."""
    about, contacts = _about(rel, record), rel.of(Contact)
    if isinstance(about, Interaction):
        return next((c for c in contacts if c.id == about.contact_id), None)
    named = next((text for name in _NAMED if (text := getattr(about, name, ""))), "").casefold()
    if named:
        exact = [c for c in contacts if c.name.casefold() == named]
        within = [c for c in contacts if c.name.casefold() in named]
        return next(iter(exact or within), None)
    return contacts[0] if len(contacts) == 1 else None


_NAMED: Final = ("to_whom", "said_by", "asked_by")


def language_for(rel: Relationship, record: Any, contact: Contact | None) -> Language:
    """The language of a message: the contact's, else that of their name, else of the record."""
    if contact is not None and tongue_of(rel.journal, contact) == "zh":
        return "zh"
    about = _about(rel, record)
    title = str(getattr(about, kind_of(about).title)) if about is not None else ""
    return language_of(contact.name if contact is not None else title or rel.client.name)


def _about(rel: Relationship, record: Any) -> Any:
    """The record a message is about: a talk's is its expectation."""
    return expectation_of(rel, record) if isinstance(record, Talk) else record


def _of_expectation(rel: Relationship, e: Expectation) -> Iterator[str]:
    if e.ended_on is None and gap_standing(rel, e).state in _BEYOND:
        if e.dimension in _FIRST:
            yield _FIRST[e.dimension]
        yield "gap"


_BEYOND: Final = frozenset({GapState.TO_EXPLAIN, GapState.EXPLAINED})
_FIRST: Final = {Dimension.SCHEDULE: "delay", Dimension.BUDGET: "cost"}


def _expectation(rel: Relationship, e: Expectation) -> "dict[str, Fact]":
    gap = gap_standing(rel, e)
    return {
        "what": e.statement,
        "agreed": value_said(e, "expected"),
        "now": value_said(e, "forecast"),
        "gap": gap_said(gap),
        "confirmed": max((c.day for c in gap.confirmations if c.day and not c.internal), default=None),
        **_explained(e),
        **_talked(gap),
    }  # fmt: skip


def _explained(e: Expectation) -> "dict[str, Fact]":
    """Reason, measure and wish out of an explanation as it was drafted, else all of it as the reason."""
    found = _EXPLAINED.search(e.explanation)
    if found is None:
        return {"reason": e.explanation}
    tail = _EXPLAINED.fullmatch(e.explanation, found.start())
    return {name: text for name, text in (tail or found).groupdict().items() if text}


def _talked(gap: ExpectationGap) -> "dict[str, Fact]":
    """Ways and proposal of the last talk that the client may read of."""
    talks = [talk for talk in gap.talks if not talk.internal]
    if not talks:
        return {}
    last = max(talks, key=lambda talk: (talk.day is not None, talk.day, talk.id or 0))
    return {"options": tuple(last.ways.splitlines()), "proposal": last.proposal}


def _of_promise(rel: Relationship, p: Promise) -> Iterator[str]:
    if p.delivered_on is not None:
        return
    late = p.broken_on is not None or trust.is_late(rel, p)
    if p.by is Side.CLIENT and late:
        yield "input"
    elif p.by is Side.US:
        yield "missed" if late else "will_miss"


def _promise(rel: Relationship, p: Promise) -> "dict[str, Fact]":
    facts: dict[str, Fact] = {"what": p.what, "made_on": p.made_on}
    ahead = p.new_due is not None and p.new_due >= rel.today
    if p.broken_on is not None and ahead:
        return {**facts, "due": p.due, "new_due": p.new_due}
    return {**facts, "due": p.due_now}


def _of_issue(_rel: Relationship, i: Issue) -> Iterator[str]:
    if i.raid is Raid.ISSUE and i.closed_on is None:
        yield "problem"


def _issue(_rel: Relationship, i: Issue) -> "dict[str, Fact]":
    return {"what": i.statement, "found": i.found_at, "measure": i.fix, "fix_date": i.fix_date}


def _of_change(_rel: Relationship, c: ChangeRequest) -> Iterator[str]:
    if c.decision is Decision.REJECTED and c.told_on is None:
        yield "no"


def _change(_rel: Relationship, c: ChangeRequest) -> "dict[str, Fact]":
    effects = tuple(
        said(mark("{label}: {n}"), label=said(kind_of(c).field(name).label), n=text)
        for name in IMPACT_FIELDS
        if not _NO_EFFECT.fullmatch(text := getattr(c, name).strip())
    )
    return {"what": c.title, "asked_on": c.asked_on, "effects": effects}


def _of_complaint(_rel: Relationship, c: Complaint) -> Iterator[str]:
    if c.closed_on is not None:
        return
    if c.acknowledged_at is None:
        yield "heard"
    if c.done_on is None:
        yield "apology"
    elif not c.follow_up_2.strip():
        yield "follow_up"
    else:
        yield "rating"


def _complaint(rel: Relationship, c: Complaint) -> "dict[str, Fact]":
    return {
        "heard_on": rel.day_of(c.heard_at) if c.heard_at else None,
        "own_words": c.own_words,
        "reason": c.causes,
        # once one is agreed the others are no longer open
        "options": () if c.solution.strip() else tuple(c.ways.splitlines()),
        "solution": c.solution,
        "due": c.due,
        "owner": c.owner,
        "done_on": c.done_on,
    }


def _of_interaction(_rel: Relationship, i: Interaction) -> Iterator[str]:
    if i.direction is Direction.INBOUND:
        yield "reply"


def _interaction(rel: Relationship, i: Interaction) -> "dict[str, Fact]":
    asked_on = rel.day_of(i.at) if i.at else None
    return {"what": bare_subject(i.subject), "asked_on": asked_on}


_SITUATIONS: Final[Mapping[type[Any], Callable[[Relationship, Any], Iterator[str]]]] = {
    Expectation: _of_expectation,
    Promise: _of_promise,
    Issue: _of_issue,
    ChangeRequest: _of_change,
    Complaint: _of_complaint,
    Interaction: _of_interaction,
}
_FACTS: Final[Mapping[type[Any], Callable[[Relationship, Any], "dict[str, Fact]"]]] = {
    Expectation: _expectation,
    Promise: _promise,
    Issue: _issue,
    ChangeRequest: _change,
    Complaint: _complaint,
    Interaction: _interaction,
}
KINDS_WRITTEN_OF: Final = (*_SITUATIONS, Talk)
