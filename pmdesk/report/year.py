"""The review of a year with a client, part by part."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.answers.year_review import (
    Month,
    Told,
    YearFacts,
    key_dates,
    long_term,
    marks,
    months,
    opportunities,
    problems,
    promises,
    year_up_to,
)
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Channel
from pmdesk.records.client import Client
from pmdesk.records.trust import Side
from pmdesk.report.asks import Request
from pmdesk.report.cut import Cut
from pmdesk.report.setting import Setting
from pmdesk.report.status import amount
from pmdesk.report.tables import Column, table
from pmdesk.report.values import Line, Lines, Section


def year_facts(journal: Journal, client: Client, request: Request, at: datetime) -> YearFacts:
    """A client as things stand at `at`, and the days that are reviewed."""
    today = at.astimezone(zone_of(journal, client)).date()
    first, last = year_up_to(request.period, today)
    rel = relationship(journal, client, at=at)
    return YearFacts(rel if request.internal else rel.opened(), first, last, request.internal)


BESIDE: Final = {
    "contact": "contacts",
    **dict.fromkeys(
        (
            "we_answer",
            "they_answer",
            "weekly",
            "their_weekly",
            "before_after",
            "their_before_after",
            "mirror",
        ),
        "answering",
    ),
    "promises": "promises",
    "gaps": "expectations",
    "problem_flow": "problems",
    "told_after": "problems",
    "satisfaction": "satisfaction",
    "change_flow": "changes",
}


def insights(request: Request) -> tuple[str, ...]:
    """The insights that stand there unasked."""
    if request.internal:
        return "contact", "promises", "satisfaction", "we_answer", "trust_signals"
    # how long we have been silent is no news for the client
    return ("promises", "satisfaction", *(("we_answer",) if request.response else ()))


def contacts(facts: YearFacts, setting: Setting) -> Section:
    """Contacts by month and channel."""
    words = setting.words
    listed = months(facts)[::-1]

    def of_channel(channel: Channel) -> Column[Month]:
        def counted(month: Month) -> str:
            return words.number(month.contacts[channel], 0) if month.contacts[channel] else "–"

        return words(channel.label), 1.2, counted

    return table(
        words,
        words("Contacts by month and channel"),
        listed,
        (words("Month"), 2, lambda month: f"{month.first:%Y-%m}"),
        *(of_channel(c) for c in Channel if any(m.contacts[c] for m in Cut.of(listed).shown)),
        (words("Together"), 1.4, lambda month: words.number(month.contacts.total(), 0)),
        empty=words("No contact in this time."),
        remark=words(
            "Messages and contacts of both sides, automatic ones not counted; the latest month first"
        ),
    )


def answering(facts: YearFacts, setting: Setting) -> Lines:
    """Whether we, and they, answer slower or faster, with what that rests on."""
    words = setting.words

    def lines() -> Iterator[Line]:
        for name, insight in (
            (words("We answer: {verdict}"), facts.we_answer),
            (words("They answer: {verdict}"), facts.they_answer),
        ):
            verdict = say(words, insight.verdict)
            evidence = say(words, insight.evidence) if insight.evidence else ""
            yield Line(name.format(verdict=verdict), evidence)

    return Lines(words("Answering, both ways"), tuple(lines()), "")


def promised(facts: YearFacts, setting: Setting) -> Section:
    """Promises of both sides: how many were kept."""
    words = setting.words
    sides = [(side, promises(facts, side)) for side in Side]
    return table(
        words,
        words("Promises"),
        [(side, counted) for side, counted in sides if counted.made],
        (words("Who"), 2, lambda of: words(of[0].label)),
        (words("Promises"), 1.5, lambda of: words.number(of[1].made, 0)),
        (words("Kept by the first date"), 2, lambda of: words.number(of[1].kept, 0)),
        (words("Late or not kept"), 2, lambda of: words.number(of[1].broken, 0)),
        (words("Not yet due"), 1.5, lambda of: words.number(of[1].open, 0)),
        empty=words("No promise was made or due."),
    )


def told(facts: YearFacts, setting: Setting) -> Section:
    """Problems, and how soon they were told."""
    words, listed = setting.words, problems(facts)
    judged = [one for one in listed if one.disclosure.in_time is not None]
    in_time = sum(one.disclosure.in_time is True for one in judged)

    def found(one: Told) -> str:
        return setting.day(facts.rel.day_of(one.issue.found_at)) if one.issue.found_at else "–"

    def told_after(one: Told) -> str:
        if not one.issue.told_at:
            return words("not told")
        return words.hours(one.disclosure.lag_hours, "wall" if one.disclosure.wall else "work")

    said_of = {True: words("yes"), False: words("no"), None: "–"}
    return table(
        words,
        words("Problems, and how soon they were told"),
        listed[::-1],
        (words("Found"), 1.5, found),
        (words("Severity"), 1.0, lambda one: one.issue.severity.value),
        (words("What is the matter"), 4.4, lambda one: one.issue.statement),
        (words("Told after"), 1.8, told_after),
        (words("In time"), 1.0, lambda one: said_of[one.disclosure.in_time]),
        (words("Closed"), 1.5, lambda one: setting.day(one.issue.closed_on)),
        empty=words("No problem was found."),
        remark=words("{n} of {all} told in time", n=in_time, all=len(judged)) if judged else "",
        order=words("the latest"),
    )


def satisfaction(facts: YearFacts, setting: Setting) -> Section:
    """What the client said of us."""
    words = setting.words

    def given(value: int | None) -> str:
        return "–" if value is None else str(value)

    return table(
        words,
        words("Satisfaction"),
        marks(facts),
        (words("Day"), 1.4, lambda one: setting.day(one.day)),
        (words("Said by"), 1.6, lambda one: one.by or "–"),
        (words("Satisfied (1–5)"), 1.6, lambda one: given(one.csat)),
        (words("Would recommend us (0–10)"), 1.8, lambda one: given(one.nps)),
        (words("In their own words"), 4.4, lambda one: one.said or "–"),
        empty=words("No mark in these days."),
        order=words("the latest"),
        since=lambda one: one.day,
    )


def ahead(facts: YearFacts, setting: Setting) -> Section:
    """What they will need in the long term, and who of them said so."""
    words = setting.words
    return table(
        words,
        words("Agreed for the long term"),
        long_term(facts),
        (words("What they need"), 3.6, lambda need: need.statement),
        (words("Goal"), 3.6, lambda need: need.goal or "–"),
        (words("Validated by"), 1.6, lambda need: need.validated_by or "–"),
        (words("Validated on"), 1.6, lambda need: setting.day(need.validated_on)),
        empty=words("Nothing is written down for the long term."),
    )


def chances(facts: YearFacts, setting: Setting) -> Section:
    """Opportunities, for ourselves."""
    words = setting.words
    return table(
        words,
        words("Opportunities"),
        opportunities(facts),
        (words("Opportunity"), 3.4, lambda o: o.title),
        (words("Where it stands"), 1.4, lambda o: words(o.chance.label)),
        (words("Worth"), 1.8, lambda o: amount(o.value_minor, o.currency, words)),
        (words("Next act"), 3.0, lambda o: o.next_act or "–"),
        (words("On the day"), 1.5, lambda o: setting.day(o.next_on)),
        empty=words("No opportunity is noted."),
    )


def dates(facts: YearFacts, setting: Setting) -> Section:
    """Dates that matter, for ourselves."""
    words = setting.words
    return table(
        words,
        words("Key dates"),
        key_dates(facts),
        (words("Day"), 1.5, lambda one: setting.day(one.day)),
        (words("What"), 6, lambda one: one.what),
        (words("Every year"), 1.5, lambda one: words("yes") if one.yearly else "–"),
        empty=words("No key date is noted."),
    )
