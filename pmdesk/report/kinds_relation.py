"""Kinds of report of a relationship as a whole: the record to be signed, the year, the portfolio."""

from typing import Final

from pmdesk.answers.client_summary import Period
from pmdesk.answers.year_review import YearFacts
from pmdesk.report import portfolio, record, status, year
from pmdesk.report.asks import CHARTS, EDITION, LANGUAGES, PARTS, PERIOD, RESPONSE, Request
from pmdesk.report.declare import Part, ReportKind
from pmdesk.report.insight_charts import Held
from pmdesk.words import mark

RECORD: Final = ReportKind(
    name="record",
    title=mark("Record of expectations and confirmations"),
    explained="Write the record of expectations and confirmations, with places to sign.",
    template="report",
    asks=(LANGUAGES, EDITION, PARTS, CHARTS),
    facts=status.status_facts,
    subtitle=status.subtitle,
    period=record.period,
    note=status.note,
    # what is signed is the words
    charts=Held(lambda facts: (facts.rel, Period()), lambda _request: (), {"gaps": "expectations"}),
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


def _is_internal(request: Request) -> bool:
    return request.internal


def _tells_response(request: Request) -> bool:
    return request.tells_response


YEAR: Final[ReportKind[YearFacts]] = ReportKind(
    name="year",
    title=mark("Review of the year"),
    explained="Write the review of a year with a client as PDF.",
    template="report",
    asks=(LANGUAGES, EDITION, RESPONSE, PERIOD, PARTS, CHARTS),
    facts=year.year_facts,
    subtitle=status.subtitle,
    period=status.period,
    note=status.note,
    charts=Held(
        lambda facts: (facts.rel, Period(facts.first, facts.last)), year.insights, year.BESIDE
    ),
    parts=(
        Part(year.contacts, name="contacts", title=mark("Contacts by month and channel")),
        Part(year.answering, _tells_response, "answering", mark("Answering, both ways")),
        Part(year.promised, name="promises", title=mark("Promises")),
        Part(record.expected, name="expectations", title=mark("Expectations")),
        Part(year.told, name="problems", title=mark("Problems")),
        Part(year.satisfaction, name="satisfaction", title=mark("Satisfaction")),
        Part(status.changes, name="changes", title=mark("Changes")),
        Part(year.ahead, name="longterm", title=mark("Agreed for the long term")),
        Part(year.chances, _is_internal, "opportunities", mark("Opportunities")),
        Part(year.dates, _is_internal, "dates", mark("Key dates")),
    ),
)
