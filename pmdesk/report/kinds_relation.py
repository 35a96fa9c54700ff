"""Kinds of report of a relationship as a whole: the record to be signed, the year, the portfolio."""

from typing import Final

from pmdesk.report import portfolio, record, status
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

PORTFOLIO: Final = ReportKind(
    name="portfolio",
    title=mark("Portfolio"),
    explained="Write the portfolio of all clients as PDF: what is owed, late, and due in two weeks.",
    template="report",
    asks=(LANGUAGES, PARTS),
    facts=portfolio.portfolio_facts,
    subtitle=lambda _facts, _setting: "",
    period=portfolio.period,
    figures=portfolio.figures,
    of="journal",
    ours=True,
    parts=(
        Part(portfolio.clients, name="clients", title=mark("Clients")),
        Part(portfolio.owed, name="owed", title=mark("Owed and late")),
        Part(portfolio.soon, name="soon", title=mark("Due in the next two weeks")),
    ),
)
