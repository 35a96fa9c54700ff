"""The kinds of report: each one declaration of what it asks, what it knows and what stands in it."""

from datetime import datetime
from functools import partial
from typing import Any, Final

from pmdesk.answers.client_summary import SummaryFacts, summary_facts
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report import brief, client_summary, internal_sections, shared_sections
from pmdesk.report.asks import (
    CHARTS,
    EDITION,
    LANGUAGE,
    LANGUAGES,
    PARTS,
    PERIOD,
    PROJECT,
    RESPONSE,
    Request,
)
from pmdesk.report.declare import Part, ReportKind
from pmdesk.report.handover import HANDOVER
from pmdesk.report.insight_charts import Held
from pmdesk.report.kinds_records import CHANGE, MINUTES, PLAN, POST_MORTEM
from pmdesk.report.kinds_relation import PORTFOLIO, RECORD, YEAR
from pmdesk.report.kinds_status import STATUS
from pmdesk.report.registers import REGISTERS_KIND
from pmdesk.words import mark


def _is_internal(request: Request) -> bool:
    return request.internal


def _of_the_whole(request: Request) -> bool:
    """Ours, and of the relationship as a whole: no part of one project."""
    return request.internal and not request.project


def _tells_response(request: Request) -> bool:
    return request.tells_response


def _summary_facts(
    journal: Journal, client: Client, request: Request, at: datetime
) -> SummaryFacts:
    return summary_facts(
        journal, client, request.period, internal=request.internal, at=at, project=request.project
    )


CLIENT_SUMMARY: Final = ReportKind(
    name="client",
    title=mark("Client summary"),
    explained="Write a client's summary as PDF.",
    template="report",
    asks=(LANGUAGES, EDITION, RESPONSE, PROJECT, PERIOD, PARTS, CHARTS),
    facts=_summary_facts,
    subtitle=client_summary.subtitle,
    period=client_summary.period,
    note=client_summary.note,
    figures=client_summary.figures,
    charts=Held(
        lambda facts: (facts.rel, facts.period), client_summary.insights, client_summary.BESIDE
    ),
    parts=(
        Part(
            client_summary.decisions,
            name="decisions",
            title=mark("Decisions wanted"),
            open=True,
            lead=True,
        ),
        Part(shared_sections.expectations, name="expectations", title=mark("Expectations")),
        Part(internal_sections.health, _of_the_whole, "health", mark("Relationship health")),
        Part(internal_sections.nine, _of_the_whole, "nine", mark("The nine practices")),
        Part(shared_sections.promises, name="promises", title=mark("Promises")),
        Part(shared_sections.problems, name="problems", title=mark("Problems")),
        Part(shared_sections.changes, name="changes", title=mark("Change requests")),
        Part(shared_sections.needs, name="needs", title=mark("Needs and options")),
        Part(shared_sections.next_steps, name="next", title=mark("Next steps")),
        Part(internal_sections.risks, _is_internal, "risks", mark("Risks by harm")),
        Part(client_summary.waiting, _tells_response, "waiting", mark("Waiting for our answer")),
        Part(client_summary.recent, name="recent", title=mark("Recent contacts")),
        Part(
            internal_sections.changed_afterwards,
            _of_the_whole,
            "afterwards",
            mark("Changed afterwards"),
        ),
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
    parts=tuple(Part(partial(brief.section, name)) for name in (*brief.LEFT, *brief.RIGHT)),
    ours=True,
)

REPORTS: Final[dict[str, ReportKind[Any]]] = {
    kind.name: kind
    for kind in (
        *(STATUS, CLIENT_SUMMARY, RECORD, YEAR, BRIEF, HANDOVER, REGISTERS_KIND, PORTFOLIO),
        *(CHANGE, MINUTES, PLAN, POST_MORTEM),
    )
}
