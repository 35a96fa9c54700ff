"""Writing a client's summary as PDF."""

from datetime import datetime
from pathlib import Path

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.client_summary import Period, summary_facts
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report.client_summary import TEMPLATE, client_summary
from pmdesk.report.compiling import compile_pdf, page_pictures
from pmdesk.report.values import ClientSummary, Edition
from pmdesk.words import Language, words_for


def summary_of(
    journal: Journal,
    client: Client,
    *,
    language: Language,
    period: Period,
    edition: Edition,
    at: datetime,
    response: bool = False,
) -> ClientSummary:
    """The client's summary as it stands at `at`; a client reads our response figures by choice."""
    facts = summary_facts(journal, client, period, internal=edition == "internal", at=at)
    zone = zone_of(journal, client)
    told = response or edition == "internal"
    words = words_for(language)
    return client_summary(facts, words, edition=edition, zone=zone, at=at, response=told)


def client_report(
    journal: Journal,
    client: Client,
    *,
    language: Language,
    period: Period,
    edition: Edition,
    at: datetime,
    response: bool = False,
) -> bytes:
    """The summary as PDF; raises ReportFailed."""
    summary = summary_of(
        journal, client, language=language, period=period, edition=edition, at=at, response=response
    )
    return compile_pdf(TEMPLATE, summary.data(), at=at)


def write_client_report(
    journal: Journal,
    client: Client,
    target: Path,
    *,
    language: Language,
    period: Period,
    edition: Edition,
    at: datetime,
    response: bool = False,
) -> None:
    """Write the summary to `target`; raises ReportFailed and OSError, then nothing was written."""
    pdf = client_report(
        journal, client, language=language, period=period, edition=edition, at=at, response=response
    )
    partial = target.with_name(f"{target.name}.partial")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        partial.write_bytes(pdf)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def report_pictures(summary: ClientSummary, *, ppi: float = 96) -> list[bytes]:
    """The pages of a summary as PNG, for a preview."""
    return page_pictures(TEMPLATE, summary.data(), ppi=ppi)
