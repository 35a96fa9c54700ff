"""The kinds of report: each one declaration of what it asks, what it knows and what stands in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final, Generic, TypeVar

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.client_summary import SummaryFacts, summary_facts
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report import brief, client_summary, internal_sections, shared_sections
from pmdesk.report.asks import EDITION, LANGUAGE, PERIOD, RESPONSE, Ask, Request
from pmdesk.report.setting import Setting
from pmdesk.report.values import Chart, Document, KeyFigure, Section
from pmdesk.words import mark

Facts = TypeVar("Facts")


@dataclass(frozen=True)
class Part(Generic[Facts]):
    """A section of a report; it stands there only where `when` holds for what is wanted."""

    section: Callable[[Facts, Setting], Section]
    when: Callable[[Request], bool] = lambda _request: True


@dataclass(frozen=True)
class ReportKind(Generic[Facts]):
    """A kind of report.

    `name` is its command, which `explained` tells of; `title` stands over it, `template` is the
    file that sets it. `asks` is what a person is asked, in that order. `facts` are what all the
    rest is made of. One of `ours` stays with us, whatever is asked.
    """

    name: str
    title: str
    explained: str
    template: str
    asks: tuple[Ask, ...]
    facts: Callable[[Journal, Client, Request, datetime], Facts]
    subtitle: Callable[[Facts, Setting], str]
    period: Callable[[Facts, Setting], str]
    note: Callable[[Facts, Setting], str]
    figures: Callable[[Facts, Setting], Iterable[KeyFigure]]
    charts: Callable[[Facts, Setting], Iterable[Chart]]
    parts: tuple[Part[Facts], ...]
    ours: bool = False

    def document(
        self, journal: Journal, client: Client, request: Request, *, at: datetime
    ) -> Document:
        """The report of a client as it is wanted, as things stand at `at`."""
        if self.ours:
            request = replace(request, edition="internal")
        setting = Setting(request, zone_of(journal, client), at)
        words, facts = setting.words, self.facts(journal, client, request, at)
        day = words.date(at.astimezone(setting.zone).date())
        return Document(
            title=words(self.title),
            client=client.name,
            subtitle=self.subtitle(facts, setting),
            period=self.period(facts, setting),
            made=words("Made on {day} with PM Desk", day=day),
            edition=words("internal, not for the client")
            if request.internal
            else words("for the client"),
            lang=request.language,
            note=self.note(facts, setting),
            figures=tuple(self.figures(facts, setting)),
            charts=tuple(self.charts(facts, setting)),
            sections=tuple(p.section(facts, setting) for p in self.parts if p.when(request)),
        )


def _is_internal(request: Request) -> bool:
    return request.internal


def _tells_response(request: Request) -> bool:
    return request.tells_response


def _summary_facts(
    journal: Journal, client: Client, request: Request, at: datetime
) -> SummaryFacts:
    return summary_facts(journal, client, request.period, internal=request.internal, at=at)


CLIENT_SUMMARY: Final = ReportKind(
    name="client",
    title=mark("Client summary"),
    explained="Write a client's summary as PDF.",
    template="client_summary",
    asks=(LANGUAGE, EDITION, RESPONSE, PERIOD),
    facts=_summary_facts,
    subtitle=client_summary.subtitle,
    period=client_summary.period,
    note=client_summary.note,
    figures=client_summary.figures,
    charts=client_summary.charts,
    parts=(
        Part(internal_sections.health, _is_internal),
        Part(internal_sections.nine, _is_internal),
        Part(shared_sections.expectations),
        Part(shared_sections.promises),
        Part(shared_sections.problems),
        Part(shared_sections.changes),
        Part(shared_sections.needs),
        Part(shared_sections.next_steps),
        Part(internal_sections.risks, _is_internal),
        Part(client_summary.waiting, _tells_response),
        Part(client_summary.recent),
        Part(internal_sections.changed_afterwards, _is_internal),
    ),
)

BRIEF: Final = ReportKind(
    name="brief",
    title=mark("Brief"),
    explained="Write the brief before a talk with a client as one page of PDF.",
    template="brief",
    asks=(LANGUAGE,),
    facts=brief.brief_facts,
    subtitle=brief.subtitle,
    period=brief.period,
    note=lambda _facts, _setting: "",
    figures=lambda _facts, _setting: (),
    charts=lambda _facts, _setting: (),
    parts=tuple(Part(partial(brief.section, name)) for name in (*brief.LEFT, *brief.RIGHT)),
    ours=True,
)

REPORTS: Final[dict[str, ReportKind[Any]]] = {kind.name: kind for kind in (CLIENT_SUMMARY, BRIEF)}
