"""The handover pack: a client as whoever takes it over must know it; it stays with us."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from pmdesk.answers.client_summary import Period
from pmdesk.answers.handover import Handover, handover
from pmdesk.answers.practices.communication import STANCES, PlanKept, standings
from pmdesk.answers.rows.records import row_of
from pmdesk.answers.rows.row import title_of
from pmdesk.answers.text.said import say
from pmdesk.answers.text.who import person
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Direction, Engagement
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.transparency import Issue, Raid
from pmdesk.report import client_summary, shared_sections
from pmdesk.report.asks import CHARTS, LANGUAGES, PARTS, Request
from pmdesk.report.cut import MOST_IN_A_CELL, Cut
from pmdesk.report.declare import Part, ReportKind
from pmdesk.report.insight_charts import Held
from pmdesk.report.setting import Setting
from pmdesk.report.tables import table
from pmdesk.report.values import Block, Fields, KeyFigure, Line, Lines, Section
from pmdesk.words import mark

_PULSE: Final = mark(
    "Your own feeling for this client is not handed over: it is personal, and whoever takes over begins anew."
)


_BESIDE: Final = {
    "people": "people",
    "promises": "promises",
    "gaps": "expectations",
    "told_after": "told",
    "change_flow": "changes",
    "problem_flow": "trouble",
    "risks": "trouble",
    "past_crisis": "plans",
    "contact": "rhythm",
}


def _facts(journal: Journal, client: Client, _request: Request, at: datetime) -> Handover:
    return handover(journal, client, at=at)


def _subtitle(facts: Handover, setting: Setting) -> str:
    return client_summary.subtitle(facts.summary, setting)


def _period(facts: Handover, setting: Setting) -> str:
    words = setting.words
    return words("As of {moment}", moment=words.moment(facts.summary.rel.at, setting.zone))


def _note(facts: Handover, setting: Setting) -> str:
    note = client_summary.note(facts.summary, setting)
    between = "" if setting.language == "zh" else " "  # a Chinese full stop has its own room
    return between.join(part for part in (setting.words(_PULSE), note) if part)


def _figures(facts: Handover, setting: Setting) -> list[KeyFigure]:
    return client_summary.figures(facts.summary, setting)


def people(facts: Handover, setting: Setting) -> Section:
    """Who is there, the most influential first: role, weight, stance, language, how to reach them."""
    words = setting.words
    stances = {one.contact.id: one.stance for one in standings(facts.summary.rel)}

    def weight(one: Contact) -> str:
        told = words(
            "influence {influence}, interest {interest}",
            influence=one.influence or "–", interest=one.interest or "–",
        )  # fmt: skip
        return f"{told} · {words(STANCES[stances[one.id]])}" if one.id in stances else told

    def engaged(one: Contact) -> str:
        now, wanted = one.engagement_now, one.engagement_wanted
        if wanted in {Engagement.UNKNOWN, now}:
            return words(now.label)
        return words("{now}, wanted: {wanted}", now=words(now.label), wanted=words(wanted.label))

    def reached(one: Contact) -> str:
        known = Cut.of((*one.addresses, *one.phones), MOST_IN_A_CELL)
        return _in_lines(words(one.channel.label), known.joined(words, "\n".join, str))

    return table(
        words,
        words("People"),
        facts.people,
        (words("Name and role"), 2.2, lambda one: _in_lines(one.name, one.role)),
        (words("Influence and interest"), 2.2, weight),
        (words("Engagement"), 2.0, engaged),
        (words("Language"), 1.1, lambda one: words(one.language.label)),
        (words("How they like to be reached"), 3.0, reached),
        empty=words("Nobody is known there yet."),
        order=words("the most influential"),
    )


def _in_lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _of_brief(name: str, title: str, facts: Handover, setting: Setting) -> Lines:
    """A part of the brief, as the brief has it."""
    words = setting.words
    found = next(one for one in facts.brief.sections if one.name == name)
    known = Cut.of(found.lines)
    return Lines(
        words(title),
        tuple(
            Line(
                " ".join(line.title.split()) or words("(no subject)"),
                " · ".join(told for part in line.more if (told := say(words, part))),
                words(line.badge[0]) if line.badge else "",
                line.badge[1] if line.badge else "none",
            )
            for line in known.shown
        ),
        words(found.empty),
        more=known.more(words),
    )


def expectations(facts: Handover, setting: Setting) -> Section:
    """Who expects what, and who confirmed it."""
    return shared_sections.expectations(facts.summary, setting)


def trouble(facts: Handover, setting: Setting) -> Section:
    """What is open of the RAID log, with what is done about it and why the client is not told."""
    words, rel = setting.words, facts.summary.rel

    def what(one: Issue) -> str:
        severity = one.severity.value if one.raid is Raid.ISSUE else ""
        return _in_lines(words(one.raid.label), severity)

    def state(one: Issue) -> str:
        badge, why = row_of(rel, one).badge, one.untold_reason.strip()
        told = words(badge[0]) if badge else "–"
        return words("{state}: {why}", state=told, why=why) if why else told

    return table(
        words,
        words("Problems and risks"),
        facts.open,
        (words("What it is"), 1.2, what),
        (words("What is the matter"), 3.2, lambda one: one.statement),
        (words("State"), 1.9, state),
        (words("What is done about it"), 3.2, lambda one: one.fix or "–"),
        (words("Owner, by"), 1.6, lambda one: f"{one.owner or '–'}\n{setting.day(one.fix_date)}"),
        empty=words("No problem and no risk is open."),
        order=words("the most severe of each"),
    )


def plans(facts: Handover, setting: Setting) -> Lines:
    """The plans for a crisis, and how ready each is."""
    words, known = setting.words, Cut.of(facts.crisis_plans)
    lines = []
    for one in known.shown:
        row = row_of(facts.summary.rel, one)
        second = " · ".join(told for part in row.second if (told := say(words, part)))
        state, tone = (words(row.badge[0]), row.badge[1]) if row.badge else ("", "none")
        lines.append(Line(row.title, second, state, tone))
    return Lines(
        words("Crisis plans"), tuple(lines), words("There is no crisis plan."),
        more=known.more(words),
    )  # fmt: skip


def rhythm(facts: Handover, setting: Setting) -> Fields:
    """How often we are in touch, and how fast we answer, as it was agreed."""
    words, client, rel = setting.words, facts.summary.client, facts.summary.rel
    last = rel.contacted
    told = "–"
    if last is not None:
        when = words.moment(last.at, setting.zone)
        told = words("{when}, {channel}", when=when, channel=words(last.channel.label))
        told = f"{told} · {person(last.who)}" if last.who else told

    def in_days(label: str) -> str:
        return words("{label} ({unit})", label=words(label), unit=words("days"))

    every, most = client.contact_every_days, client.contact_max_days
    target = words("{hours} working hours", hours=f"{client.target_hours:g}")
    return Fields(
        words("Rhythm of contact"),
        (
            (words("Last contact"), told),
            (words("Response target"), target),
            (in_days(mark("Contact every")), str(every or "–")),
            (in_days(mark("At the latest every")), str(most or "–")),
            (words("Reports"), words(client.report_cadence.label)),
            (words("Time zone"), setting.zone.key),
        ),
        across=2,
    )


def plan(facts: Handover, setting: Setting) -> Section:
    """The communications plan as far as it still holds, by the day that is due next."""
    words, rel = setting.words, facts.summary.rel

    def whom(one: PlanKept) -> str:
        return title_of(rel, "contact", one.line.contact_id) or words("The client")

    return table(
        words,
        words("Communications plan"),
        facts.plan,
        (words("What"), 3, lambda one: one.line.what),
        (words("For whom"), 1.6, whom),
        (words("Channel"), 1.2, lambda one: words(one.line.channel.label)),
        (words("How often"), 1.6, lambda one: words(one.line.cadence.label)),
        (words("Next due"), 1.5, lambda one: setting.day(one.kept.next_due)),
        (words("Who sends it"), 1.4, lambda one: one.line.sender or "–"),
        empty=words("Nothing is planned."),
    )


def contacts(facts: Handover, setting: Setting) -> Section:
    """The last contacts, automatic messages apart."""
    words = setting.words
    return table(
        words,
        words("Last contacts"),
        facts.contacts,
        (words("When"), 1.9, lambda one: setting.moment(one.at)),
        (words("Channel"), 1, lambda one: words(one.channel.label)),
        ("", 0.4, lambda one: "→" if one.direction is Direction.OUTBOUND else "←"),
        (words("With whom"), 2.3, lambda one: person(one.who)),
        (words("Subject"), 3.9, lambda one: one.subject or words("(no subject)")),
        empty=words("No contact yet."),
        remark=words("→ from us, ← from the client") if facts.contacts else "",
    )


def _part(name: str, title: str, section: Callable[[Handover, Setting], Block]) -> Part[Handover]:
    return Part(section, name=name, title=title)


def _lines(name: str, title: str) -> Part[Handover]:
    return Part(partial(_of_brief, name, title), name=name, title=title)


HANDOVER: Final = ReportKind(
    name="handover",
    title=mark("Handover"),
    explained="Write what whoever takes a client over must know, as PDF or Word; it stays with us.",
    template="report",
    asks=(LANGUAGES, PARTS, CHARTS),
    facts=_facts,
    subtitle=_subtitle,
    period=_period,
    note=_note,
    figures=_figures,
    charts=Held(
        lambda facts: (facts.summary.rel, Period()), lambda _request: ("we_answer", "gaps"), _BESIDE
    ),
    parts=(
        _part("people", mark("People"), people),
        _lines("promises", mark("Promises both ways, still open")),
        _part("expectations", mark("Expectations"), expectations),
        _lines("told", mark("What is to be told, and was told")),
        _lines("changes", mark("Changes that wait")),
        _part("trouble", mark("Problems and risks"), trouble),
        _part("plans", mark("Crisis plans"), plans),
        _part("rhythm", mark("Rhythm of contact"), rhythm),
        _part("plan", mark("Communications plan"), plan),
        _lines("turns", mark("Open questions")),
        _part("contacts", mark("Last contacts"), contacts),
        _lines("opportunities", mark("What could come")),
    ),
    ours=True,
    word=True,
)
