"""Practice 9, long term: contact cadence, key dates, long-term needs, opportunities."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from pmdesk.answers.practices.figures import (
    Figure,
    NextAct,
    PracticeFigures,
    State,
    keys,
)
from pmdesk.answers.relationship import Relationship, once
from pmdesk.answers.text.said import Said, said
from pmdesk.answers.windows import waiting_now
from pmdesk.answers.yearly import standing_in_year
from pmdesk.insight.cadence import Silence, silence
from pmdesk.records.longterm import Chance, KeyDate, Opportunity
from pmdesk.records.needs import Horizon, Need
from pmdesk.records.practices import Practice
from pmdesk.words import mark

AHEAD: Final = timedelta(days=60)
_SCORES: Final = {Silence.FINE: 100.0, Silence.IDEAL_PASSED: 60.0, Silence.TOO_LONG: 20.0}
_STATES: Final[dict[Silence, State]] = {
    Silence.FINE: "good",
    Silence.IDEAL_PASSED: "warn",
    Silence.TOO_LONG: "bad",
}


class Coming(NamedTuple):
    """A key date and the day on which it comes next."""

    key_date: KeyDate
    day: date


def coming_dates(rel: Relationship, *, within: timedelta = AHEAD) -> list[Coming]:
    """Key dates that come within a time, and those that passed unseen, the nearest first."""
    coming = [
        Coming(
            key,
            standing_in_year(key.day, rel.today, done=key.done_on, lunar=key.lunar)
            if key.yearly
            else key.day,
        )
        for key in rel.of(KeyDate)
        if key.day and (key.yearly or not key.done_on)
    ]
    near = [one for one in coming if one.day <= rel.today + within]
    return sorted(near, key=lambda one: one.day)


@once
def near_dates(rel: Relationship) -> dict[int | None, date]:
    """The day of each key date that is near or has passed unseen, by its id."""
    return {coming.key_date.id: coming.day for coming in coming_dates(rel)}


def unanswered(rel: Relationship) -> int:
    """How many messages of the client wait past the target."""
    return sum(1 for waiting in waiting_now(rel) if waiting.late)


def days_silent(rel: Relationship) -> int | None:
    """Days since we last reached the client or met on any channel; None where we never did.

    What the client wrote and nobody answered is no contact of ours.
    """
    return (rel.today - rel.day_of(rel.last_contact)).days if rel.last_contact else None


@once
def long_term(rel: Relationship) -> PracticeFigures:
    """Practice 9 in figures."""
    client, days = rel.client, days_silent(rel)
    agreed = client.contact_every_days is not None or client.contact_max_days is not None
    silence_now = None
    if days is not None and agreed:
        silence_now = silence(days, client.contact_every_days, client.contact_max_days)
    dates = coming_dates(rel)
    far = [n for n in rel.of(Need) if n.horizon is Horizon.LONG_TERM and n.dropped_on is None]
    figures = (
        _silence(rel, days, silence_now),
        Figure(
            "key_dates",
            mark("Key dates in 60 days"),
            float(len(dates)),
            said("{n}", n=len(dates)),
            said(mark("{day}: {what}"), day=dates[0].day, what=dates[0].key_date.what)
            if dates
            else said(mark("none near")),
            "warn" if dates else "none",
            keys(*(c.key_date for c in dates)),
        ),
        Figure(
            "long_term_needs",
            mark("Long-term needs"),
            float(len(far)),
            said("{n}", n=len(far)),
            said(mark("what they will need later")),
            records=keys(*far),
        ),
        _opportunities(rel),
    )
    headline, state, act = (
        said(mark("In touch as agreed")),
        _STATES.get(silence_now or Silence.FINE, "none"),
        None,
    )
    waiting = unanswered(rel)
    if not agreed:
        headline, state = said(mark("No contact cadence agreed")), "none"
        act = NextAct(mark("Set the cadence"), record=keys(client)[0])
    elif silence_now is None:
        headline, state = said(mark("We have not been in touch yet")), "warn"
        act = NextAct(mark("Note a contact"), "interaction")
    elif silence_now is not Silence.FINE:
        headline = said(mark("No contact from us for {days} days"), days=days)
        act = NextAct(mark("Note a contact"), "interaction")
    elif waiting:
        headline = said(
            mark("In touch as agreed, but their messages wait past the target: {n}"), n=waiting
        )
        state, act = "warn", NextAct(mark("See what waits"), "turns")
    elif dates:
        headline = said(mark("{what} on {day}"), what=dates[0].key_date.what, day=dates[0].day)
        act = NextAct(mark("Open the date"), record=keys(dates[0].key_date)[0])
    score = _SCORES[silence_now] if silence_now else None
    return PracticeFigures(Practice.LONG_TERM, score, state, headline, figures, act)


def days_off(days: int) -> Said:
    """How far a day is away, as people say it; negative when it has passed."""
    near = {0: mark("today"), 1: mark("tomorrow"), -1: mark("yesterday")}
    if days in near:
        return said(near[days])
    if days < 0:
        return said(mark("{days} days ago"), days=-days)
    return said(mark("in {days} days"), days=days)


def _opportunities(rel: Relationship) -> Figure:
    """Open opportunities; one without a next act is only a wish."""
    open_ = [o for o in rel.of(Opportunity) if o.closed_on is None]
    bare = [o for o in open_ if not o.next_act.strip() or o.next_on is None]
    won = [o for o in rel.of(Opportunity) if o.chance is Chance.WON]
    return Figure(
        "opportunities",
        mark("Opportunities"),
        float(len(open_)),
        said("{n}", n=len(open_)),
        said(mark("{n} without a next act"), n=len(bare))
        if bare
        else said(mark("each with its next act, {n} won so far"), n=len(won)),
        "warn" if bare else "none",
        keys(*rel.of(Opportunity)),
    )


def _silence(rel: Relationship, days: int | None, silence_now: Silence | None) -> Figure:
    client, waiting = rel.client, unanswered(rel)
    note = said(mark("every {ideal} days, at the latest every {longest}"),
                ideal=client.contact_every_days or "–", longest=client.contact_max_days or "–")  # fmt: skip
    if waiting:
        note = said(mark("{first} · their messages past the target: {n}"), first=note, n=waiting)
    return Figure(
        "days_since_contact",
        mark("Last contact from us"),
        None if days is None else float(days),
        said(mark("never")) if days is None else days_off(-days),
        note,
        _STATES[silence_now] if silence_now else "none",
    )
