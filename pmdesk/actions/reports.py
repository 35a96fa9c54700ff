"""Reports as files: PDF, Word, and pictures of their pages."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report.asks import Request
from pmdesk.report.compiling import compile_pdf, page_pictures
from pmdesk.report.declare import ReportKind
from pmdesk.report.values import data_of

Check = Callable[[], None]


class NoSuchForm(ValueError):
    """A kind of report is not written as a file of that ending."""


def report_pdf(
    journal: Journal,
    kind: ReportKind[Any],
    client: Client | None,
    request: Request,
    *,
    at: datetime,
    check: Check | None = None,
) -> bytes:
    """A client's report as PDF, as things stand at `at`; raises ReportFailed.

    With a `check` it is set in a process of its own, which ends with what `check` raises.
    """
    data = data_of(kind.documents(journal, client, request, at=at))
    if check is None:
        return compile_pdf(kind.template, data, at=at)
    from pmdesk.report.apart import pdf_apart

    check()
    return pdf_apart(kind.template, data, at=at, check=check)


def report_file(
    journal: Journal,
    kind: ReportKind[Any],
    client: Client | None,
    request: Request,
    suffix: str,
    *,
    at: datetime,
    check: Check | None = None,
) -> bytes:
    """A report as a file of that ending; raises ReportFailed and NoSuchForm."""
    match suffix.lower():
        case ".docx" if kind.word:
            from pmdesk.report.word import word_file

            return word_file(kind.documents(journal, client, request, at=at), at=at)
        case ".xlsx" if kind.sheets:
            from pmdesk.report.sheets import book_file

            return book_file(kind.book(journal, client, request, at=at), at=at)
        case ".docx" | ".xlsx":
            raise NoSuchForm(suffix)
        case _:
            return report_pdf(journal, kind, client, request, at=at, check=check)


def write_report(
    journal: Journal,
    kind: ReportKind[Any],
    client: Client | None,
    target: Path,
    request: Request,
    *,
    at: datetime,
    check: Check | None = None,
) -> None:
    """Write a report to `target`, as Word or Excel where its name ends so, else as PDF.

    Raises ReportFailed, NoSuchForm and OSError; then nothing was written.
    """
    content = report_file(journal, kind, client, request, target.suffix, at=at, check=check)
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
    check: Check | None = None,
) -> list[bytes]:
    """The pages of a report as PNG, for a preview; raises ReportFailed. `check` as in `report_pdf`."""
    data = data_of(kind.documents(journal, client, request, at=at))
    if check is None:
        return page_pictures(kind.template, data, ppi=ppi)
    from pmdesk.report.apart import pages_apart

    check()
    return pages_apart(kind.template, data, ppi=ppi, check=check)
