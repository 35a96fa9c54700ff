"""The handover pack: a client as whoever takes it over must know it; it stays with us."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from pmdesk.answers.handover import Handover, handover
from pmdesk.answers.practices.communication import STANCES, standings
from pmdesk.answers.rows.records import row_of
from pmdesk.answers.rows.row import title_of
from pmdesk.answers.text.said import say
from pmdesk.answers.text.who import person
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Direction, Engagement
from pmdesk.records.client import Client
from pmdesk.records.transparency import Raid
from pmdesk.report import client_summary, shared_sections
from pmdesk.report.asks import LANGUAGES, PARTS, Request
from pmdesk.report.cut import MOST_IN_A_CELL, Cut
from pmdesk.report.declare import Part, ReportKind
from pmdesk.report.setting import Setting
from pmdesk.report.values import Block, Fields, KeyFigure, Line, Lines, Section
from pmdesk.words import mark

_PULSE: Final = mark(
    "Your own feeling for this client is not handed over: it is personal, and whoever takes over begins anew."
)


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
    words, known = setting.tables, Cut.of(facts.people)
    stances = {one.contact.id: one.stance for one in standings(facts.summary.rel)}
    rows = []
    for one in known.shown:
        now, wanted = one.engagement_now, one.engagement_wanted
        engaged = words(now.label)
        if wanted not in {Engagement.UNKNOWN, now}:
            engaged = words("{now}, wanted: {wanted}", now=engaged, wanted=words(wanted.label))
        weight = words(
            "influence {influence}, interest {interest}",
            influence=one.influence or "–", interest=one.interest or "–",
        )  # fmt: skip
        if one.id in stances:
            weight = f"{weight} · {words(STANCES[stances[one.id]])}"
        reached = Cut.of((*one.addresses, *one.phones), MOST_IN_A_CELL).joined(
            words, "\n".join, str
        )
        rows.append(
            (
                f"{one.name}\n{one.role}" if one.role else one.name,
                weight,
                engaged,
                words(one.language.label),
                f"{words(one.channel.label)}\n{reached}" if reached else words(one.channel.label),
            )
        )
    return Section(
        words("People"),
        (words("Name and role"), words("Weight"), words("Engagement"), words("Language"),
         words("How they like to be reached")),
        (2.2, 2.2, 2.0, 1.1, 3.0),
        tuple(rows),
        words("Nobody is known there yet."),
        known.remark(words, words("the most influential")),
        known.more(words),
    )  # fmt: skip


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
    words, rel, known = setting.tables, facts.summary.rel, Cut.of(facts.open)
    rows = []
    for one in known.shown:
        badge = row_of(rel, one).badge
        state = words(badge[0]) if badge else "–"
        why = one.untold_reason.strip()
        rows.append(
            (
                f"{words(one.raid.label)}\n{one.severity.value}"
                if one.raid is Raid.ISSUE
                else words(one.raid.label),
                one.statement,
                words("{state}: {why}", state=state, why=why) if why else state,
                one.fix or "–",
                f"{one.owner or '–'}\n{setting.day(one.fix_date)}",
            )
        )
    return Section(
        words("Problems and risks"),
        (words("What it is"), words("What is the matter"), words("State"),
         words("What is done about it"), words("Owner, by")),
        (1.2, 3.2, 1.9, 3.2, 1.6),
        tuple(rows),
        words("No problem and no risk is open."),
        known.remark(words, words("the most severe of each")),
        known.more(words),
    )  # fmt: skip


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
    words, rel, known = setting.tables, facts.summary.rel, Cut.of(facts.plan)
    rows = tuple(
        (
            one.line.what,
            title_of(rel, "contact", one.line.contact_id) or words("The client"),
            words(one.line.channel.label),
            words(one.line.cadence.label),
            setting.day(one.kept.next_due),
            one.line.sender or "–",
        )
        for one in known.shown
    )
    return Section(
        words("Communications plan"),
        (words("What"), words("For whom"), words("Channel"), words("How often"), words("Next due"),
         words("Who sends it")),
        (3, 1.6, 1.2, 1.6, 1.5, 1.4),
        rows,
        words("Nothing is planned."),
        more=known.more(words),
    )  # fmt: skip


def contacts(facts: Handover, setting: Setting) -> Section:
    """The last contacts, automatic messages apart."""
    words = setting.tables
    rows = tuple(
        (
            words.short_moment(one.at, setting.zone) if one.at else "–",
            words(one.channel.label),
            "→" if one.direction is Direction.OUTBOUND else "←",
            person(one.who),
            one.subject or words("(no subject)"),
        )
        for one in facts.contacts
    )
    return Section(
        words("Last contacts"),
        (words("When"), words("Channel"), "", words("With whom"), words("Subject")),
        (1.9, 1, 0.4, 2.3, 3.9),
        rows,
        words("No contact yet."),
        words("→ from us, ← from the client") if rows else "",
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
    asks=(LANGUAGES, PARTS),
    facts=_facts,
    subtitle=_subtitle,
    period=_period,
    note=_note,
    figures=_figures,
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
