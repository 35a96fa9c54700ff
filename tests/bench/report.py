"""A client's summary as PDF in a process of its own: its CPU in ms, its pages, its peak in MB.

Run as a script with a journal and the number of a client. Prints JSON.
"""

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader

from pmdesk.actions.reports import write_report
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report.asks import Request
from pmdesk.report.kinds import CLIENT_SUMMARY
from tests.bench.measuring import PEAK

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)


def report(path, number):
    """The figures of the second report: with the first, Typst reads its fonts."""
    with TemporaryDirectory() as folder, Journal.open(path) as journal:
        client, target = journal.get(Client, number), Path(folder) / "s.pdf"
        times = []
        for _ in range(2):
            start = time.process_time()
            write_report(journal, CLIENT_SUMMARY, client, target, Request("zh"), at=AT)
            times.append((time.process_time() - start) * 1000)
        peak = {}
        exec(PEAK, peak)  # noqa: S102 - our own text, the same that other processes run
        return {"ms": times[1], "mb": peak["peak_mb"](), "pages": len(PdfReader(target).pages)}


if __name__ == "__main__":
    print(json.dumps(report(Path(sys.argv[1]), int(sys.argv[2]))), flush=True)
