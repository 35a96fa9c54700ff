"""The demo: the sample journal, its PDFs and a picture of each page."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pmdesk.actions.reports import report_pictures, write_report
from pmdesk.actions.sample import create_sample
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report.asks import Request
from pmdesk.report.kinds import CLIENT_SUMMARY
from pmdesk.words import LANGUAGES


def write_demo(folder: Path, *, at: datetime) -> Iterator[Path]:
    """Write all of it below `folder`; each path as it is done."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sample.pmdesk"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    with create_sample(path, at=at) as journal:
        yield path
        for client in journal.find(Client):
            yield from _reports(journal, client, folder, at)


def _reports(journal: Journal, client: Client, folder: Path, at: datetime) -> Iterator[Path]:
    for language in LANGUAGES:
        target = folder / f"client-{client.id}-{language}.pdf"
        request = Request(language)
        write_report(journal, CLIENT_SUMMARY, client, target, request, at=at)
        yield target
        pictures = report_pictures(journal, CLIENT_SUMMARY, client, request, at=at)
        for number, picture in enumerate(pictures, 1):
            page = target.with_name(f"{target.stem}-{number}.png")
            page.write_bytes(picture)
            yield page
