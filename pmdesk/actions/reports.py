"""Reports as files: PDF, and pictures of their pages."""

from datetime import datetime
from pathlib import Path
from typing import Any

from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report.asks import Request
from pmdesk.report.compiling import compile_pdf, page_pictures
from pmdesk.report.kinds import ReportKind


def report_pdf(
    journal: Journal, kind: ReportKind[Any], client: Client, request: Request, *, at: datetime
) -> bytes:
    """A client's report as PDF, as things stand at `at`; raises ReportFailed."""
    document = kind.document(journal, client, request, at=at)
    return compile_pdf(kind.template, document.data(), at=at)


def write_report(
    journal: Journal,
    kind: ReportKind[Any],
    client: Client,
    target: Path,
    request: Request,
    *,
    at: datetime,
) -> None:
    """Write a report to `target`; raises ReportFailed and OSError, then nothing was written."""
    pdf = report_pdf(journal, kind, client, request, at=at)
    partial = target.with_name(f"{target.name}.partial")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        partial.write_bytes(pdf)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def report_pictures(
    journal: Journal,
    kind: ReportKind[Any],
    client: Client,
    request: Request,
    *,
    at: datetime,
    ppi: float = 96,
) -> list[bytes]:
    """The pages of a report as PNG, for a preview; raises ReportFailed."""
    document = kind.document(journal, client, request, at=at)
    return page_pictures(kind.template, document.data(), ppi=ppi)
