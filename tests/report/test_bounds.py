"""Every list of a report has an end: the most urgent stand in it, the rest is counted."""

from datetime import date, timedelta
from random import Random

import pytest
from pypdf import PdfReader

from pmdesk.actions.reports import write_report
from pmdesk.answers.client_summary import Period
from pmdesk.records.choices import Direction
from pmdesk.records.expectations import Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.needs import Need
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import (
    ChangeRequest,
    Decision,
    Impact,
    Issue,
    Odds,
    Raid,
    Severity,
)
from pmdesk.records.trust import Promise
from pmdesk.report.asks import Request
from pmdesk.report.cut import Cut
from pmdesk.report.kinds import CLIENT_SUMMARY
from pmdesk.report.values import Chart
from pmdesk.words import words_for

TODAY = date(2026, 11, 23)
N = 60


@pytest.fixture
def many(journal, pine, at):
    """Sixty of each kind in no order, every third of them done, every fourth internal."""
    chance = Random(4)
    with journal.action("Add", at=at) as act:
        for n in range(N):
            day = TODAY - timedelta(days=chance.randrange(5, 900))
            done = TODAY - timedelta(days=n % 5) if n % 3 == 0 else None
            internal, own = n % 4 == 0, {"client_id": pine.id}
            act.save(Promise(**own, what=f"Promise {n}", to_whom="Xu", made_on=day, due=day + timedelta(days=4),
                             delivered_on=done, internal=internal))  # fmt: skip
            issue = act.save(
                Issue(**own, statement=f"Problem {n}", found_at=at - timedelta(days=9 + n), internal=internal,
                      told_at=at - timedelta(days=2), severity=chance.choice(list(Severity)),
                      fix="Part", fix_date=day, closed_on=done)
            )  # fmt: skip
            act.save(Issue(**own, raid=Raid.RISK, statement=f"Risk {n}", found_at=at,
                           probability=chance.choice(list(Odds)), impact=chance.choice(list(Impact))))  # fmt: skip
            act.save(
                ChangeRequest(**own, title=f"Change {n}", asked_on=day, internal=internal, decided_on=done,
                              decided_by="Xu" if done else "", told_on=done,
                              decision=Decision.APPROVED if done else Decision.OPEN)
            )  # fmt: skip
            need = act.save(
                Need(
                    **own,
                    statement=f"Need {n}",
                    noted_on=TODAY - timedelta(days=n),
                    internal=internal,
                )
            )
            for k in range(8 if n == 1 else 1):
                act.save(Option(**own, need_id=need.id, title=f"Option {n}.{k}", feasible=Feasible.YES,
                                checked_by="Lin", chosen_on=TODAY if k == 7 else None))  # fmt: skip
            act.save(
                Option(
                    **own, issue_id=issue.id, title="Spare", feasible=Feasible.YES, checked_by="Lin"
                )
            )
            act.save(Expectation(**own, said_by="Xu", statement=f"Expectation {n}", importance=1 + n % 5,
                                 expected_number=5, forecast_number=3, unit="points", internal=internal))  # fmt: skip
            act.save(Interaction(**own, at=at - timedelta(days=n + 1), thread=1000 + n, who="Zhou",
                                 subject=f"Question {n}", direction=Direction.INBOUND, internal=internal))  # fmt: skip
    return pine


@pytest.fixture
def sections(journal, many, at):
    def made(language="en", edition="client", period=Period()):  # noqa: B008 - a tuple of nothing
        request = Request(language, period, edition, response=True)
        document = CLIENT_SUMMARY.document(journal, many, request, at=at)
        return {one.title: one for one in document.sections if not isinstance(one, Chart)}

    return made


@pytest.mark.parametrize("edition", ["client", "internal"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_list_is_longer_than_a_page_and_each_says_what_it_left_out(sections, language, edition):
    whole = {"Relationship health", "Nine practices", "Recent contacts",
             "What the figures rest on, and what was changed afterwards"}  # fmt: skip
    words = words_for(language)
    bounded = {
        title: section
        for title, section in sections(language, edition).items()
        if title not in map(words, whole)
    }
    wanted = bounded.pop(words("Decisions wanted"))
    assert len(wanted.lines) == 10
    assert wanted.more
    assert len(bounded) == (8 if edition == "internal" else 7)
    for title, section in bounded.items():
        assert len(section.rows) == 25, title
        assert section.more, title
        assert section.remark, title


@pytest.mark.parametrize(
    ("edition", "title", "remark", "more"),
    [
        ("client", "Promises", "The first 25 of 45: open ones by the day they are due, then the latest delivered",
         "and 20 more, 5 of them open, the oldest from"),
        ("internal", "Promises", "The first 25 of 60: ", "and 35 more, 15 of them open, the oldest from"),
        ("client", "Problems", "The first 25 of 45: open ones, the most severe first, then the latest closed",
         "and 20 more, 5 of them open, the oldest from"),
        ("client", "Change requests", "The first 25 of 45: open ones as they were asked for",
         "and 20 more, 5 of them open, the oldest from"),
        ("client", "Expectations", "The first 25 of 45: the weightiest", "and 20 more"),
        ("client", "Needs and options", "The first 25 of 75: unconfirmed needs", "and 50 more, the oldest from"),
        ("client", "Waiting for our answer", "The 25 that wait longest of 45",
         "and 20 more, the latest from 21 Nov 2026"),
        ("internal", "Waiting for our answer", "The 25 that wait longest of 60",
         "and 35 more, the latest from 22 Nov 2026"),
        ("internal", "Risks by harm", "The first 25 of 42: the most harmful", "and 17 more"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_counted_as_the_reader_may_know_it(
    sections, edition, title, remark, more
):
    section = sections(edition=edition)[title]
    assert section.remark.startswith(remark)
    assert section.more.startswith(more)


def test_the_most_urgent_come_first(sections, journal):
    shown = sections()
    promises = {p.what: p for p in journal.find(Promise)}
    listed = [promises[row[1]] for row in shown["Promises"].rows]
    may = [p for p in promises.values() if not p.internal and p.delivered_on is None]
    assert [p.due for p in listed] == sorted(p.due for p in may)[:25]
    problems = {i.statement: i for i in journal.find(Issue)}
    levels = [problems[row[0]].severity.value for row in shown["Problems"].rows]
    assert levels == sorted(levels)
    steps = sections(edition="internal")["Next steps"]
    first = min(
        *(p.due for p in promises.values() if p.delivered_on is None),
        *(i.fix_date for i in problems.values() if i.closed_on is None and i.fix_date),
    )
    assert steps.rows[0][0] == words_for("en").date(first)


def test_the_oldest_left_out_is_the_oldest_of_those_that_are_not_shown(sections, journal):
    section = sections(edition="internal")["Promises"]
    shown = {row[1] for row in section.rows}
    oldest = min(p.made_on for p in journal.find(Promise) if p.what not in shown)
    assert section.more.endswith(f"the oldest from {words_for('en').date(oldest)}")


def test_done_ones_stand_behind_the_open_the_latest_first(journal, pine, at):
    with journal.action("Add", at=at) as act:
        for n in range(33):
            done = None if n % 11 == 0 else TODAY - timedelta(days=n * 7 % 50)
            act.save(
                Promise(
                    client_id=pine.id,
                    what=f"Promise {n}",
                    to_whom="Xu",
                    due=TODAY,
                    delivered_on=done,
                )
            )
    document = CLIENT_SUMMARY.document(journal, pine, Request("zh"), at=at)
    (section,) = [s for s in document.sections if s.title == "承诺"]
    days = [row[3] for row in section.rows]
    assert days[:3] == ["–"] * 3
    delivered = sorted(
        (p.delivered_on.isoformat() for p in journal.find(Promise) if p.delivered_on), reverse=True
    )
    assert days[3:] == delivered[:22]
    assert section.more == "另有 8 条，最早的始于 2026-11-23"


def test_of_many_options_the_chosen_stand_and_the_rest_is_counted(sections):
    (row,) = [row for row in sections()["Needs and options"].rows if row[0] == "Need 1"]
    assert (
        row[3] == "Option 1.7 (Chosen); Option 1.0; Option 1.1; Option 1.2; Option 1.3; and 3 more"
    )


def test_a_hundred_problems_past_their_limit_make_no_paragraph_of_a_hundred_sentences(
    journal, pine, at
):
    with journal.action("Add", at=at) as act:
        for n in range(100):
            act.save(Issue(client_id=pine.id, statement=f"Late {n}", severity=Severity.S1,
                           found_at=at - timedelta(days=20 + n)))  # fmt: skip
    document = CLIENT_SUMMARY.document(journal, pine, Request("en", edition="internal"), at=at)
    remark = next(s for s in document.sections if s.title == "Relationship health").remark
    assert remark.count("not told past its limit") == 5
    assert remark.endswith("and 95 more")


def test_a_short_list_says_nothing_of_the_kind(journal, pine, at):
    with journal.action("Add", at=at) as act:
        for n in range(25):
            act.save(Promise(client_id=pine.id, what=f"Promise {n}", to_whom="Xu", due=TODAY))
    document = CLIENT_SUMMARY.document(journal, pine, Request("en"), at=at)
    (section,) = [s for s in document.sections if s.title == "Promises"]
    assert (len(section.rows), section.remark, section.more) == (25, "", "")


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "and 20 more, 5 of them open"), ("zh", "另有 20 条，其中 5 条未了结")],
)
def test_the_document_prints_what_it_left_out(journal, many, tmp_path, at, language, told):
    target = tmp_path / "s.pdf"
    write_report(journal, CLIENT_SUMMARY, many, target, Request(language), at=at)
    text = "".join(page.extract_text() for page in PdfReader(target).pages)
    assert told.replace(" ", "") in "".join(text.split())


@pytest.mark.parametrize("n", [0, 1, 25, 26, 2000])
def test_a_cut_loses_nothing(n):
    cut = Cut.of(range(n))
    assert [*cut.shown, *cut.rest] == list(range(n))
    assert len(cut.shown) == min(n, 25)
    assert bool(cut.more(words_for("en"))) == (n > 25)


def test_thousands_are_written_as_the_language_writes_them():
    cut = Cut.of(range(2000))
    assert cut.remark(words_for("en"), "the latest") == "The first 25 of 2,000: the latest"
    assert cut.more(words_for("en")) == "and 1,975 more"
    assert cut.more(words_for("zh")) == "另有 1,975 条"
