"""Kinds of report of a relationship as a whole: the record to be signed, the year, the portfolio."""

from typing import Final

from pmdesk.report import record, status
from pmdesk.report.asks import EDITION, LANGUAGES, PARTS
from pmdesk.report.declare import Part, ReportKind
from pmdesk.words import mark

RECORD: Final = ReportKind(
    name="record",
    title=mark("Record of expectations and confirmations"),
    explained="Write the record of expectations and confirmations, with places to sign.",
    template="report",
    asks=(LANGUAGES, EDITION, PARTS),
    facts=status.status_facts,
    subtitle=status.subtitle,
    period=record.period,
    note=status.note,
    word=True,
    parts=(
        Part(record.expected, name="expectations", title=mark("Expectations")),
        Part(record.confirmations, name="confirmations", title=mark("Confirmations")),
        Part(record.anew, name="anew", title=mark("Agreed anew")),
        Part(
            record.still_open,
            name="open",
            title=mark("Still to be confirmed or settled"),
            open=True,
        ),
        Part(record.signatures, name="signatures", title=mark("Places to sign")),
    ),
)
