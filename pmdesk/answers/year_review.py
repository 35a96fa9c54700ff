"""A year with a client: contacts by month and channel, answers both ways, promises, problems, marks."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.days import begins, ends
from pmdesk.answers.insights.slower import they_answer, we_answer
from pmdesk.answers.insights.values import Insight
from pmdesk.answers.practices.transparency import disclosure_of
from pmdesk.answers.practices.trust import missed_first, was_kept
from pmdesk.answers.status_points import StatusFacts
from pmdesk.insight.disclosure import Disclosure
from pmdesk.journal.codec import from_text, moment_of, until_text
from pmdesk.records.choices import Channel
from pmdesk.records.feedback import Feedback
from pmdesk.records.longterm import KeyDate, Opportunity
from pmdesk.records.needs import Horizon, Need
from pmdesk.records.transparency import Issue, Raid
from pmdesk.records.trust import Promise, Side


class Month(NamedTuple):
    """The first day of a month, and how many contacts it had on each channel."""

    first: date
    contacts: Counter[Channel]


class Kept(NamedTuple):
    """The promises of a side in the days: how many, kept, not kept as first promised, not yet due."""

    made: int
    kept: int
    broken: int
    open: int


class Told(NamedTuple):
    """A problem of the days, and how soon it was told."""

    issue: Issue
    disclosure: Disclosure


@dataclass(frozen=True)
class YearFacts(StatusFacts):
    """A client's records with the days that are reviewed."""

    @property
    def period(self) -> Period:
        """The days that are reviewed."""
        return Period(self.first, self.last)

    @cached_property
    def we_answer(self) -> Insight:
        """How we answered, and whether that drifted."""
        return we_answer(self.rel, self.period)

    @cached_property
    def they_answer(self) -> Insight:
        """How they answered, and whether that drifted."""
        return they_answer(self.rel, self.period)


def year_up_to(period: Period, today: date) -> tuple[date, date]:
    """The first and the last day: a year up to today where nothing else is named."""
    last = min(period.last or today, today)
    if period.first is not None:
        return min(period.first, last), last
    try:
        before = last.replace(year=max(1, last.year - 1))
    except ValueError:  # 29 February
        before = last.replace(year=last.year - 1, day=28)
    return date.fromordinal(min(before.toordinal() + 1, last.toordinal())), last


def months(facts: YearFacts) -> list[Month]:
    """Each month of the days with its contacts, automatic messages apart; those without any, too."""
    rel = facts.rel
    found: dict[date, Counter[Channel]] = {}
    for at, channel in _contacts(facts):
        first = at.astimezone(rel.zone).date().replace(day=1)
        found.setdefault(first, Counter())[Channel(channel)] += 1
    if not found:
        return []
    month, last = min(found), facts.last.replace(day=1)
    listed = []
    while month <= last:
        listed.append(Month(month, found.get(month, Counter())))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return listed


def _contacts(facts: YearFacts) -> Iterator[tuple[datetime, str]]:
    rel, days = facts.rel, (facts.first, facts.last)
    start, end = begins(days, rel.zone), ends(days, rel.zone)
    where = "client_id = ? AND automatic = 0 AND (direction = 'inbound' OR reached) AND at <= ?"
    given: list[object] = [rel.client.id, until_text(rel.at)]
    if start is not None:
        where, given = f"{where} AND at >= ?", [*given, from_text(start)]
    if end is not None:
        where, given = f"{where} AND at < ?", [*given, from_text(end)]
    if not facts.internal:
        where = f"{where} AND internal = 0"
    for at, channel in rel.journal.rows(
        f"SELECT at, channel FROM interaction WHERE {where}", given
    ):
        yield moment_of(at), channel


def promises(facts: YearFacts, side: Side) -> Kept:
    """The promises of a side that were made, or were due, in the days."""
    listed = [
        p
        for p in facts.rel.of(Promise)
        if p.by is side and facts.may(p) and (facts.within(p.made_on) or facts.within(p.due))
    ]
    kept = sum(map(was_kept, listed))
    over = [
        p
        for p in listed
        if p.delivered_on is not None or p.broken_on is not None or missed_first(facts.rel, p)
    ]
    return Kept(len(listed), kept, len(over) - kept, len(listed) - len(over))


def problems(facts: YearFacts) -> list[Told]:
    """The problems found in the days, in their order; those that the client does not know stay ours."""
    listed = [
        i
        for i in facts.rel.of(Issue)
        if i.raid is Raid.ISSUE
        and i.found_at
        and facts.known(i)
        and facts.within(facts.rel.day_of(i.found_at))
    ]
    listed.sort(key=lambda i: (i.found_at or facts.rel.at, i.id or 0))
    return [Told(issue, disclosure_of(facts.rel, issue)) for issue in listed]


def marks(facts: YearFacts) -> list[Feedback]:
    """What the client said of us in the days, the latest first."""
    found = [f for f in facts.rel.of(Feedback) if facts.within(f.day)]
    return sorted(found, key=lambda f: (f.day or date.min, f.id or 0), reverse=True)


def long_term(facts: YearFacts) -> list[Need]:
    """What they will need later, as far as it still holds."""
    return [
        n
        for n in facts.rel.of(Need)
        if n.horizon is Horizon.LONG_TERM and n.dropped_on is None and facts.may(n)
    ]


def opportunities(facts: YearFacts) -> list[Opportunity]:
    """What could come next: open ones, and those closed in the days."""
    return [
        o for o in facts.rel.of(Opportunity) if o.closed_on is None or facts.within(o.closed_on)
    ]


def key_dates(facts: YearFacts) -> list[KeyDate]:
    """Dates that matter and are not done."""
    dates = [k for k in facts.rel.of(KeyDate) if k.done_on is None]
    return sorted(dates, key=lambda k: (k.day or date.max, k.id or 0))
