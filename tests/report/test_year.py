"""The review of a year: contacts, answers both ways, promises, problems and how soon told, marks."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from pmdesk.actions.reports import report_pdf
from pmdesk.actions.sample import create_sample
from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.slower import we_answer
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.answers.year_review import YearFacts, months, promises, year_up_to
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.feedback import Feedback
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import Chance, KeyDate, Opportunity
from pmdesk.records.needs import Horizon, Need
from pmdesk.records.transparency import Issue, Severity
from pmdesk.records.trust import Promise, Side
from pmdesk.report.asks import Request
from pmdesk.report.kinds import REPORTS
from pmdesk.words import words_for

YEAR = REPORTS["year"]
TODAY = date(2026, 11, 23)
HOSTILE = ('# $x^2$ *a* _b_ @ref <tag> \\ [x] ] " ` #panic("x")', "😀 שלום", "W" * 10_000)


def day(n):
    return TODAY + timedelta(days=n)


def save(journal, at, *records):
    with journal.action("Add", at=at) as act:
        for record in records:
            act.save(record)


def facts(journal, client, at, *, internal=False, first=date(2025, 11, 24), last=TODAY):
    return YearFacts(relationship(journal, client, at=at), first, last, internal)


def text_of(journal, client, at, language="en", **more):
    pdf = report_pdf(journal, YEAR, client, Request(language, **more), at=at)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize(
    ("period", "today", "days"),
    [
        (Period(), TODAY, (date(2025, 11, 24), TODAY)),
        (Period(None, date(2025, 12, 31)), TODAY, (date(2025, 1, 1), date(2025, 12, 31))),
        (Period(), date(2028, 2, 29), (date(2027, 3, 1), date(2028, 2, 29))),
        (Period(date(2026, 1, 1)), TODAY, (date(2026, 1, 1), TODAY)),
        (Period(date(2027, 1, 1), date(2028, 1, 1)), TODAY, (TODAY, TODAY)),
        (Period(None, date(1, 1, 1)), TODAY, (date(1, 1, 1), date(1, 1, 1))),
    ],
)
def test_without_days_it_is_a_year_up_to_today(period, today, days):
    assert year_up_to(period, today) == days


def test_contacts_are_counted_by_month_and_channel_on_the_clients_days(journal, pine, at):
    c = {"client_id": pine.id, "subject": "x"}
    save(
        journal, at,
        Interaction(**c, at=datetime(2026, 8, 31, 15, 59, tzinfo=UTC)),  # still August in Shanghai
        Interaction(**c, at=datetime(2026, 8, 31, 16, 0, tzinfo=UTC)),
        Interaction(**c, at=datetime(2026, 9, 2, 4, tzinfo=UTC), channel=Channel.CALL),
        Interaction(**c, at=datetime(2026, 9, 3, 4, tzinfo=UTC), automatic=True),
        Interaction(**c, at=datetime(2026, 9, 4, 4, tzinfo=UTC), internal=True),
        Interaction(**c, at=datetime(2026, 9, 5, 4, tzinfo=UTC), direction=Direction.OUTBOUND, reached=False),
        Interaction(**c, at=datetime(2025, 11, 23, 4, tzinfo=UTC)),
    )  # fmt: skip
    found = months(facts(journal, pine, at))
    assert [(m.first.month, dict(m.contacts)) for m in found] == [
        (8, {Channel.MAIL: 1}), (9, {Channel.MAIL: 1, Channel.CALL: 1}), (10, {}), (11, {}),
    ]  # fmt: skip
    assert months(facts(journal, pine, at, internal=True))[1].contacts.total() == 3
    text = text_of(journal, pine, at)
    assert "2026-09 1 1 2" in text
    assert "2026-10 – – 0" in text


def test_promises_are_kept_late_or_not_yet_due(journal, pine, at):
    c = {"client_id": pine.id, "what": "x", "to_whom": "x"}
    save(
        journal, at,
        Promise(**c, made_on=day(-20), due=day(-9), delivered_on=day(-9)),
        Promise(**c, made_on=day(-20), due=day(-9), delivered_on=day(-8)),
        Promise(**c, made_on=day(-20), due=day(-9)),
        Promise(**c, made_on=day(-20), due=day(-9), broken_on=day(-10), new_due=day(9)),
        Promise(**c, made_on=day(-20), due=day(9)),
        Promise(**c, made_on=day(-900), due=day(-800), delivered_on=day(-800)),
        Promise(**c, made_on=day(-20), due=day(9), internal=True),
        Promise(**c | {"by": Side.CLIENT}, made_on=day(-20), due=day(-9), delivered_on=day(-9)),
    )  # fmt: skip
    known = facts(journal, pine, at)
    assert promises(known, Side.US) == (5, 1, 3, 1)
    assert promises(known, Side.CLIENT) == (1, 1, 0, 0)
    assert "We 5 1 3 1 The client 1 1 0 0" in text_of(journal, pine, at)


def test_it_tells_how_soon_a_problem_was_told(journal, pine, at):
    found = at - timedelta(days=30)
    c = {"client_id": pine.id, "severity": Severity.S1, "found_at": found}
    save(
        journal, at,
        Issue(**c, statement="Pump stands", told_at=found + timedelta(minutes=30)),
        Issue(**c, statement="Line stands", told_at=found + timedelta(hours=3)),
        Issue(**c, statement="Hidden"),
        Issue(client_id=pine.id, statement="Long ago", found_at=at - timedelta(days=900), told_at=at),
    )  # fmt: skip
    text = text_of(journal, pine, at)
    assert "1 of 2 told in time" in text
    assert "S1 Pump stands 0.5 hours yes" in text
    assert "S1 Line stands 3.0 hours no" in text
    assert "Hidden" not in text
    assert "Long ago" not in text
    assert "Hidden not told" in text_of(journal, pine, at, edition="internal")


def test_it_tells_what_the_client_says_and_will_need(journal, pine, at):
    c = {"client_id": pine.id}
    save(
        journal, at,
        Feedback(**c, day=day(-5), by="Zhou", csat=4, nps=9, said="Quick", act="SECRET"),
        Feedback(**c, day=day(-900), by="Xu", csat=1),
        Need(**c, statement="A second plant", goal="Growth", horizon=Horizon.LONG_TERM,
             validated_by="Fang", validated_on=day(-9)),
        Need(**c, statement="SECRET", horizon=Horizon.LONG_TERM, internal=True),
        Opportunity(**c, title="SECRET", chance=Chance.TALKING, value_minor=500_00, next_act="Call"),
        KeyDate(**c, what="SECRET", day=day(40)),
    )  # fmt: skip
    text = text_of(journal, pine, at)
    assert "18 Nov 2026 Zhou 4 9 Quick" in text
    assert "A second plant Growth Fang 14 Nov 2026" in text
    assert "Xu" not in text
    assert "SECRET" not in text
    ours = text_of(journal, pine, at, edition="internal")
    assert "SECRET In talks CNY 500 Call" in ours
    assert ours.count("SECRET") == 3


def test_it_answers_as_the_insight_does(tmp_path, at):
    with create_sample(tmp_path / "s.pmdesk", at=at) as journal:
        client = journal.get(Client, 1)
        period = Period(date(2025, 11, 24), TODAY)
        verdict = say(
            words_for("en"), we_answer(relationship(journal, client, at=at), period).verdict
        )
        assert f"We answer: {verdict}" in text_of(journal, client, at, response=True)
        assert "We answer" not in text_of(journal, client, at)
        assert "We answer" in text_of(journal, client, at, edition="internal")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_journal_makes_a_page_of_it(journal, pine, at, language):
    document = YEAR.document(journal, pine, Request(language, edition="internal"), at=at)
    text = text_of(journal, pine, at, language, edition="internal")
    assert all(block.title in text for block in document.sections)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_printed_and_never_run(journal, pine, at, text):
    c = {"client_id": pine.id}
    save(
        journal, at,
        Feedback(**c, day=day(-5), by=text, said=text),
        Need(**c, statement=text, goal=text, horizon=Horizon.LONG_TERM),
        Opportunity(**c, title=text, next_act=text),
        Issue(**c, statement=text, found_at=at, told_at=at),
        Interaction(**c, at=at, who=text, subject=text),
    )  # fmt: skip
    assert "Review of the year" in text_of(journal, pine, at, edition="internal")
