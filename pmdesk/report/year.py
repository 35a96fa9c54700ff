"""The review of a year with a client, part by part."""

from collections.abc import Iterator
from datetime import datetime

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.answers.year_review import (
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
from pmdesk.report.values import Line, Lines, Section


def year_facts(journal: Journal, client: Client, request: Request, at: datetime) -> YearFacts:
    """A client as things stand at `at`, and the days that are reviewed."""
    today = at.astimezone(zone_of(journal, client)).date()
    first, last = year_up_to(request.period, today)
    return YearFacts(relationship(journal, client, at=at), first, last, request.internal)


def contacts(facts: YearFacts, setting: Setting) -> Section:
    """Contacts by month and channel."""
    words = setting.tables
    known = Cut.of(months(facts)[::-1])
    used = [c for c in Channel if any(month.contacts[c] for month in known.shown)]
    return Section(
        words("Contacts by month and channel"),
        (words("Month"), *(words(c.label) for c in used), words("Together")),
        (2, *(1.2 for _ in used), 1.4),
        tuple(
            (
                f"{month.first:%Y-%m}",
                *(words.number(month.contacts[c], 0) if month.contacts[c] else "–" for c in used),
                words.number(month.contacts.total(), 0),
            )
            for month in known.shown
        ),
        words("No contact in this time."),
        words(
            "Messages and contacts of both sides, automatic ones not counted; the latest month first"
        ),
        known.more(words),
    )


def answering(facts: YearFacts, setting: Setting) -> Lines:
    """Whether we, and they, answer slower or faster, with what that rests on."""
    words = setting.tables

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
    words = setting.tables
    sides = [(side, promises(facts, side)) for side in Side]
    return Section(
        words("Promises"),
        (words("Who"), words("Promises"), words("Kept by the first date"), words("Late or not kept"),
         words("Not yet due")),
        (2, 1.5, 2, 2, 1.5),
        tuple(
            (words(side.label), *(words.number(n, 0) for n in counted))
            for side, counted in sides
            if counted.made
        ),
        words("No promise was made or due."),
    )  # fmt: skip


def told(facts: YearFacts, setting: Setting) -> Section:
    """Problems, and how soon they were told."""
    words = setting.tables
    listed = problems(facts)
    known = Cut.of(listed[::-1])
    judged = [one for one in listed if one.disclosure.in_time is not None]
    in_time = sum(one.disclosure.in_time is True for one in judged)
    remark = words("{n} of {all} told in time", n=in_time, all=len(judged)) if judged else ""
    return Section(
        words("Problems, and how soon they were told"),
        (words("Found"), words("Severity"), words("What is the matter"), words("Told after"),
         words("In time"), words("Closed")),
        (1.5, 1.0, 4.4, 1.8, 1.0, 1.5),
        tuple(
            (
                setting.day(facts.rel.day_of(one.issue.found_at)) if one.issue.found_at else "–",
                one.issue.severity.value,
                one.issue.statement,
                words.hours(one.disclosure.lag_hours, "wall" if one.disclosure.wall else "work")
                if one.issue.told_at
                else words("not told"),
                {True: words("yes"), False: words("no"), None: "–"}[one.disclosure.in_time],
                setting.day(one.issue.closed_on),
            )
            for one in known.shown
        ),
        words("No problem was found."),
        " · ".join(filter(None, (remark, known.remark(words, words("the latest"))))),
        known.more(words),
    )  # fmt: skip


def satisfaction(facts: YearFacts, setting: Setting) -> Section:
    """What the client said of us."""
    words = setting.tables
    known = Cut.of(marks(facts))
    return Section(
        words("Satisfaction"),
        (words("Day"), words("Said by"), words("Satisfied (1–5)"), words("Would recommend us (0–10)"),
         words("In their own words")),
        (1.4, 1.6, 1.2, 1.6, 4.4),
        tuple(
            (
                setting.day(one.day),
                one.by or "–",
                "–" if one.csat is None else str(one.csat),
                "–" if one.nps is None else str(one.nps),
                one.said or "–",
            )
            for one in known.shown
        ),
        words("No mark in these days."),
        known.remark(words, words("the latest")),
        known.more(words, lambda one: one.day),
    )  # fmt: skip


def ahead(facts: YearFacts, setting: Setting) -> Section:
    """What they will need in the long term, and who of them said so."""
    words = setting.tables
    known = Cut.of(long_term(facts))
    return Section(
        words("Agreed for the long term"),
        (words("What they need"), words("Goal"), words("Validated by"), words("Validated on")),
        (3.6, 3.6, 1.6, 1.6),
        tuple(
            (n.statement, n.goal or "–", n.validated_by or "–", setting.day(n.validated_on))
            for n in known.shown
        ),
        words("Nothing is written down for the long term."),
        more=known.more(words),
    )


def chances(facts: YearFacts, setting: Setting) -> Section:
    """Opportunities, for ourselves."""
    words = setting.tables
    known = Cut.of(opportunities(facts))
    return Section(
        words("Opportunities"),
        (words("Opportunity"), words("Where it stands"), words("Worth"), words("Next act"),
         words("On the day")),
        (3.4, 1.4, 1.8, 3.0, 1.5),
        tuple(
            (
                o.title,
                words(o.chance.label),
                amount(o.value_minor, o.currency, words),
                o.next_act or "–",
                setting.day(o.next_on),
            )
            for o in known.shown
        ),
        words("No opportunity is noted."),
        more=known.more(words),
    )  # fmt: skip


def dates(facts: YearFacts, setting: Setting) -> Section:
    """Dates that matter, for ourselves."""
    words = setting.tables
    known = Cut.of(key_dates(facts))
    return Section(
        words("Key dates"),
        (words("Day"), words("What"), words("Every year")),
        (1.5, 6, 1.5),
        tuple((setting.day(k.day), k.what, words("yes") if k.yearly else "–") for k in known.shown),
        words("No key date is noted."),
        more=known.more(words),
    )
