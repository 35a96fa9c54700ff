"""The contacts by power and interest, and their engagement beside the one that is wanted."""

from typing import NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.periods import at_end
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Said, said
from pmdesk.insight.stakeholders import Stance, engagement_gap, stance
from pmdesk.records.choices import Engagement
from pmdesk.records.contact import Contact
from pmdesk.words import mark

STANCES = {
    Stance.MANAGE_CLOSELY: mark("Manage closely"),
    Stance.KEEP_SATISFIED: mark("Keep satisfied"),
    Stance.KEEP_INFORMED: mark("Keep informed"),
    Stance.MONITOR: mark("Monitor"),
}
_COLUMNS = (
    Column(mark("Name")),
    Column(mark("Role")),
    Column(mark("Influence (1–5)"), digits=0),
    Column(mark("Interest (1–5)"), digits=0),
    Column(mark("How to treat them")),
    Column(mark("Engagement now")),
    Column(mark("Engagement wanted")),
)


class Person(NamedTuple):
    """A contact; `steps` from the engagement now to the one wanted, None where not assessed."""

    name: str
    power: int
    interest: int
    engagement: Said | None
    steps: int | None


class PeopleShape(NamedTuple):
    """The contacts whose power and interest are assessed, the weightiest first."""

    people: tuple[Person, ...]


def people(rel: Relationship, period: Period) -> Insight:
    """The contacts as they stood at the end of a period."""
    rel = at_end(rel, period)
    contacts = rel.of(Contact)
    known = sorted(
        (c for c in contacts if c.influence and c.interest),
        key=lambda c: (-(c.influence or 0), -(c.interest or 0), c.id or 0),
    )
    found = [_person(c) for c in known]
    assessed = [one for one in found if one.steps is not None]
    below = [one for one in assessed if (one.steps or 0) > 0]
    evidence = said(
        mark("power and interest of {n} of {all}, engagement of {m} · our own judgement, {day}"),
        n=len(known), all=len(contacts), m=len(assessed), day=rel.today,
    )  # fmt: skip
    return Insight(
        _verdict(found, assessed, below),
        evidence if contacts else None,
        _COLUMNS,
        tuple(_item(c) for c in known),
        PeopleShape(tuple(found)),
        enough=bool(found),
        values={
            "n": len(found),
            "below": [one.name for one in below],
            "stances": {
                one.value: sum(stance(p.power, p.interest) is one for p in found) for one in Stance
            },
        },
    )


def _person(c: Contact) -> Person:
    now, wanted = c.engagement_now, c.engagement_wanted
    steps = engagement_gap(now.value, wanted.value)
    engagement = None
    if steps is not None and steps != 0:
        engagement = said("{now} → {wanted}", now=now, wanted=wanted)
    elif now is not Engagement.UNKNOWN:
        engagement = said("{now}", now=now)
    return Person(c.name, c.influence or 0, c.interest or 0, engagement, steps)


def _item(c: Contact) -> Item:
    how = STANCES[stance(c.influence or 0, c.interest or 0)]
    cells = (c.name, c.role, c.influence, c.interest, said(how),
             said("{now}", now=c.engagement_now), said("{wanted}", wanted=c.engagement_wanted))  # fmt: skip
    return Item(cells, ("contact", int(c.id or 0)))


def _verdict(found: list[Person], assessed: list[Person], below: list[Person]) -> Said:
    if not found:
        return said(mark("Nobody's power and interest are assessed yet"))
    if not assessed:
        return said(mark("Nobody's engagement is assessed yet"))
    if not below:
        n = len(assessed)
        return said(mark("{n} of {all} as engaged as wanted"), n=n, all=n)
    return said(
        mark("{n} of {all} less engaged than wanted, first {who}"),
        n=len(below), all=len(assessed), who=below[0].name,
    )  # fmt: skip
