"""Reports as files: PDF, and pictures of their pages."""

from datetime import datetime
from pathlib import Path
from typing import Any

from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report.asks import Request
from pmdesk.report.compiling import compile_pdf, page_pictures
from pmdesk.report.kinds import ReportKind
from pmdesk.report.values import data_of


def report_pdf(
    journal: Journal,
    kind: ReportKind[Any],
    client: Client | None,
    request: Request,
    *,
    at: datetime,
) -> bytes:
    """A client's report as PDF, as things stand at `at`; raises ReportFailed."""
    documents = kind.documents(journal, client, request, at=at)
    return compile_pdf(kind.template, data_of(documents), at=at)


class NoSuchForm(ValueError):
    """A kind of report is not written as a file of that ending."""


def report_file(
    journal: Journal,
    kind: ReportKind[Any],
    client: Client | None,
    request: Request,
    suffix: str,
    *,
    at: datetime,
) -> bytes:
    """A report as a file of that ending; raises ReportFailed and NoSuchForm."""
    match suffix.lower():
        case ".docx" if kind.word:
            from pmdesk.report.word import word_file

            return word_file(kind.documents(journal, client, request, at=at), at=at)
        case ".docx" | ".xlsx":
            raise NoSuchForm(suffix)
        case _:
            return report_pdf(journal, kind, client, request, at=at)


def write_report(
    journal: Journal,
    kind: ReportKind[Any],
    client: Client | None,
    target: Path,
    request: Request,
    *,
    at: datetime,
) -> None:
    """Write a report to `target`, as Word where its name ends so, else as PDF.

    Raises ReportFailed, NoSuchForm and OSError; then nothing was written.
    """
    content = report_file(journal, kind, client, request, target.suffix, at=at)
    partial = target.with_name(f"{target.name}.partial")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        partial.write_bytes(content)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def report_pictures(
    journal: Journal,
    kind: ReportKind[Any],
    client: Client | None,
    request: Request,
    *,
    at: datetime,
    ppi: float = 96,
) -> list[bytes]:
    """The pages of a report as PNG, for a preview; raises ReportFailed."""
    documents = kind.documents(journal, client, request, at=at)
    return page_pictures(kind.template, data_of(documents), ppi=ppi)
