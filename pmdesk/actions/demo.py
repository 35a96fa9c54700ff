"""The demo: the sample journal, every report in every form, every chart, and a picture of each page."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from pmdesk.actions.reports import report_pictures, write_report
from pmdesk.actions.sample import create_sample
from pmdesk.answers.client_summary import Period
from pmdesk.charts.insights.kinds import INSIGHTS, look
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS
from pmdesk.report.asks import Request
from pmdesk.report.declare import ReportKind
from pmdesk.report.kinds import CLIENT_SUMMARY, REPORTS
from pmdesk.words import LANGUAGES, words_for


def write_demo(folder: Path, *, at: datetime) -> Iterator[Path]:
    """Write all of it below `folder`; each path as it is done."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sample.pmdesk"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    with create_sample(path, at=at) as journal:
        yield path
        for client in journal.find(Client):
            yield from _summary(journal, client, folder, at)
        for kind in REPORTS.values():
            yield from _report(journal, kind, folder / "reports", at)
        yield from _charts(journal, folder / "charts", at)


def _summary(journal: Journal, client: Client, folder: Path, at: datetime) -> Iterator[Path]:
    for language in LANGUAGES:
        target = folder / f"client-{client.id}-{language}.pdf"
        request = Request(language)
        write_report(journal, CLIENT_SUMMARY, client, target, request, at=at)
        yield target
        yield from _pages(journal, CLIENT_SUMMARY, client, target, request, at)


def _report(journal: Journal, kind: ReportKind[Any], folder: Path, at: datetime) -> Iterator[Path]:
    """One report of a kind in both languages, as PDF with its pages, and as Word where it can be."""
    whose = _whose(journal, kind)
    if whose is None:
        return
    client, about = whose
    for language in LANGUAGES:
        request = Request(language, about=about)
        for suffix in kind.suffixes:
            target = folder / f"{kind.name}-{language}{suffix}"
            write_report(journal, kind, client, target, request, at=at)
            yield target
            if suffix == ".pdf":
                yield from _pages(journal, kind, client, target, request, at)


def _whose(journal: Journal, kind: ReportKind[Any]) -> tuple[Client | None, int] | None:
    """The first client, or the last record of the kind that a report is of and its client.

    None where the journal has no such record, or none that the client may read.
    """
    if kind.of == "journal":
        return None, 0
    if kind.of in {"client", "client_or_journal"}:
        return journal.find(Client, order="id", limit=1)[0], 0
    cls = KINDS[kind.of].cls
    shown = "1" if kind.ours or "internal" not in cls.__annotations__ else "internal = 0"
    found = journal.find(cls, shown, order="id DESC", limit=1)
    if not found:
        return None
    (record,) = found
    return journal.get(Client, record.client_id), int(record.id)


def _pages(
    journal: Journal, kind: ReportKind[Any], client: Client | None, target: Path, request: Request,
    at: datetime,
) -> Iterator[Path]:  # fmt: skip
    pictures = report_pictures(journal, kind, client, request, at=at)
    for number, picture in enumerate(pictures, 1):
        page = target.with_name(f"{target.stem}-{number}.png")
        page.write_bytes(picture)
        yield page


def _charts(journal: Journal, folder: Path, at: datetime) -> Iterator[Path]:
    """Every insight of the first client and of all, in both languages, as picture and as table."""
    from pmdesk.charts.export import save_chart  # matplotlib comes with it

    folder.mkdir(parents=True, exist_ok=True)
    clients = journal.find(Client, order="id")
    for kind in INSIGHTS:
        for name, asked in (("one", clients[:1]), ("all", clients)):
            panels = look(journal, kind.name, asked, Period(), at=at)
            for language in LANGUAGES:
                for suffix in ("png", "svg", "csv"):
                    target = folder / f"{kind.name}-{name}-{language}.{suffix}"
                    save_chart(panels, target, words_for(language))
                    yield target
