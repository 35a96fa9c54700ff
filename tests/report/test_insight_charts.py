"""Insights in reports: who may see which, what stands there unasked, where, and in which words."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from click.testing import CliRunner
from docx import Document as WordFile
from docx.oxml.ns import qn

from pmdesk.actions.sample import create_sample
from pmdesk.answers.client_summary import Period
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.charts.insights.kinds import BY_NAME, INSIGHTS
from pmdesk.cli import main
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Direction
from pmdesk.records.client import Client
from pmdesk.records.expectations import Dimension, Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.transparency import ChangeRequest, Decision, Issue
from pmdesk.records.trust import Promise
from pmdesk.report.asks import Request, request_of, request_text
from pmdesk.report.insight_charts import offered
from pmdesk.report.kinds import CLIENT_SUMMARY, REPORTS
from pmdesk.report.table_words import TableWords
from pmdesk.report.values import Chart
from pmdesk.report.word import word_file
from tests.conftest import NOW

# Who reads each insight in a report: the client, the client where response figures are told, or we alone.
READERS = {
    "we_answer": "response", "they_answer": "us", "weekly": "response", "before_after": "response",
    "their_weekly": "us", "their_before_after": "us",
    "mirror": "us", "waited_days": "us", "contact": "client", "promises": "client",
    "trust_signals": "us", "gaps": "client", "told_after": "us", "problem_flow": "client",
    "change_flow": "client", "plan": "client", "satisfaction": "client", "people": "us",
    "risks": "us", "past_crisis": "us", "practices": "us",
}  # fmt: skip
EVERY = tuple(kind.name for kind in INSIGHTS)
HOLDING = [kind for kind in REPORTS.values() if kind.charts is not None]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    place = tmp_path_factory.mktemp("held") / "sample.pmdesk"
    create_sample(place, at=NOW).close()
    with Journal.open(place, writable=False) as opened:
        yield opened


def held(document):
    """All charts of a document, those that stand first and those beside a part."""
    return [*document.charts, *(one for one in document.sections if isinstance(one, Chart))]


def document(journal, kind, request, client_id=1, at=NOW):
    return kind.document(journal, journal.get(Client, client_id), request, at=at)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(
    ("edition", "response", "readers"),
    [
        ("client", False, {"client"}),
        ("client", True, {"client", "response"}),
        ("internal", False, {"client", "response", "us"}),
    ],
)
def test_who_may_see_an_insight(name, edition, response, readers):
    may = {kind.name for kind in offered(Request("en", edition=edition, response=response))}
    assert (name in may) == (READERS[name] in readers)


LINKED = {
    "promises", "gaps", "told_after", "problem_flow", "change_flow", "plan", "risks", "past_crisis",
}  # fmt: skip


@pytest.mark.parametrize(
    ("edition", "readers"), [("client", {"client"}), ("internal", {"client", "us"})]
)
def test_of_one_project_only_what_rests_on_its_records_is_told(edition, readers):
    may = {kind.name for kind in offered(Request("en", edition=edition, response=True, project=1))}
    assert may == {name for name in LINKED if READERS[name] in readers}


@pytest.mark.parametrize("kind", HOLDING, ids=lambda kind: kind.name)
@pytest.mark.parametrize("response", [False, True])
def test_all_that_is_asked_for_stands_there_as_far_as_the_reader_may_see_it(sample, kind, response):
    request = Request("en", response=response, charts=EVERY)
    shown = {chart.about for chart in held(document(sample, kind, request))}
    may = offered(replace(request, edition="internal") if kind.ours else request)
    assert shown == {one.about for one in may}


@pytest.mark.parametrize("kind", HOLDING, ids=lambda kind: kind.name)
@pytest.mark.parametrize("edition", ["client", "internal"])
@pytest.mark.parametrize("response", [False, True])
def test_what_stands_there_unasked_is_for_its_reader(kind, edition, response):
    request = Request("en", edition="internal" if kind.ours else edition, response=response)
    usual = kind.charts.usual(request)
    assert set(usual) <= {one.name for one in offered(request)}
    assert set(kind.charts.beside) <= set(EVERY)
    assert set(kind.charts.beside.values()) <= {part.name for part in kind.parts}


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_title_is_the_verdict_and_the_words_below_are_what_it_rests_on(sample, name, language):
    (chart,) = held(
        document(sample, CLIENT_SUMMARY, Request(language, edition="internal", charts=(name,)))
    )
    client, words = sample.get(Client, 1), TableWords(language)
    insight = BY_NAME[name].insight(relationship(sample, client, at=NOW), Period())
    assert chart.title == say(words, insight.verdict)
    assert chart.remark == say(words, insight.evidence)
    assert chart.about == words(BY_NAME[name].about)
    assert chart.title in chart.alt
    assert chart.draw("svg").startswith(b"<?xml")
    assert chart.draw("png").startswith(b"\x89PNG")


def test_an_insight_without_a_chart_is_told_where_it_was_asked_for_alone(journal, pine, at):
    internal = Request("en", edition="internal")
    assert held(document(journal, CLIENT_SUMMARY, internal, pine.id, at)) == []
    (chart,) = held(
        document(journal, CLIENT_SUMMARY, replace(internal, charts=("gaps",)), pine.id, at)
    )
    assert (chart.title, chart.draw) == ("No expectation written down yet", None)
    assert chart.data()["svg"] == ""


def test_a_chart_stands_before_its_part_and_a_usual_one_goes_with_it(sample):
    def titles(**wanted):
        made = document(sample, REPORTS["year"], Request("en", **wanted))
        return [one.about for one in made.charts], [
            one.about if isinstance(one, Chart) else one.title for one in made.sections
        ]

    first, parts = titles(charts=("gaps", "satisfaction", "plan"))
    assert first == ["Schedule and budget"]
    places = [n for n, title in enumerate(parts) if title == "Satisfaction"]
    assert places[1] == places[0] + 1
    assert parts.index("Expected and actual") == parts.index("Expectations") - 1
    assert titles(parts=("contacts",)) == ([], ["Contacts by month and channel"])
    first, _ = titles(parts=("contacts",), charts=("satisfaction",))
    assert first == ["Satisfaction"]


@pytest.fixture
def doubled(journal, pine, at):
    """Of each kind one record that the client may know and one that is not for them."""
    own, day = {"client_id": pine.id}, at.date()
    with journal.action("Add", at=at) as act:
        for internal in (False, True):
            for hours in (50, 300):
                act.save(Interaction(**own, at=at - timedelta(hours=hours + internal), subject=f"Asked {internal}",
                                     direction=Direction.INBOUND, internal=internal))  # fmt: skip
            act.save(Promise(**own, what="Send it", to_whom="Xu", due=day, internal=internal))
            act.save(Expectation(**own, statement="Line 2 runs", dimension=Dimension.SCHEDULE, expected_day=day,
                                 forecast_day=day, internal=internal))  # fmt: skip
            act.save(ChangeRequest(**own, title="More", asked_on=day, internal=internal))
            told = None if internal else at
            act.save(Issue(**own, statement="Pump stands", found_at=at, told_at=told))
        act.save(Issue(**own, statement="Known", found_at=at, told_at=at, internal=True))
        act.save(ChangeRequest(**own, title="Refused", asked_on=day, decision=Decision.REJECTED))
    return journal.get(Client, pine.id)


@pytest.mark.parametrize(
    ("name", "client", "ours"),
    [("we_answer", 2, 4), ("contact", 2, 4), ("promises", 1, 2), ("gaps", 1, 2),
     ("change_flow", 1, 3), ("problem_flow", 1, 3)],
)  # fmt: skip
def test_a_client_is_answered_from_what_the_client_may_know(
    journal, doubled, at, name, client, ours
):
    at += timedelta(days=1)
    rel = relationship(journal, doubled, at=at)
    kind, days = BY_NAME[name], Period()
    counted = [
        sum(item.cells[2] or 0 if name == "contact" else 1 for item in kind.insight(of, days).items)
        for of in (rel.opened(), rel)
    ]
    assert counted == [client, ours]


def test_what_was_internal_at_an_earlier_moment_does_not_come_back(journal, pine, at):
    with journal.action("Add", at=at) as act:
        one = act.save(Expectation(client_id=pine.id, statement="Secret plan", internal=True))
    later = at + timedelta(days=10)
    with journal.action("Edit", at=later) as act:
        act.save(replace(one, statement="Plan", internal=False))
    rel = relationship(journal, pine, at=later).opened()
    assert [e.statement for e in rel.of(Expectation)] == ["Plan"]
    assert rel.as_of(at + timedelta(days=1)).of(Expectation) == []


def test_the_charts_of_a_request_are_kept_and_older_requests_are_read():
    wanted = Request("en", charts=("gaps", "plan"))
    assert request_of(request_text(wanted)) == wanted
    older = {
        name: one for name, one in json.loads(request_text(wanted)).items() if name != "charts"
    }
    assert request_of(json.dumps(older)) == Request("en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_word_holds_the_chart_as_a_picture_with_words_for_who_cannot_see_it(sample, language):
    made = document(sample, REPORTS["handover"], Request(language, charts=EVERY))
    content = word_file([made], at=NOW)
    body = WordFile(BytesIO(content)).element.body
    told = [one.get("descr") for one in body.iter(qn("wp:docPr"))]
    assert sorted(told) == sorted(chart.alt for chart in held(made))
    texts = {"".join(node.text or "" for node in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))}
    for chart in held(made):
        assert {chart.about, chart.title, chart.remark} <= texts
    # a picture is 174 mm wide at 200 dots an inch, and says nothing but itself
    png = held(made)[0].draw("png")
    assert int.from_bytes(png[16:20], "big") == 174 / 25.4 * 200 // 1
    assert b"tEXt" not in png


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--charts", "gapz"), "There is no insight “gapz”; there are contact, promises, gaps"),
        (("--charts", "risks"), "The insight “risks” does not stand in this edition"),
        (("--charts", "we_answer"), "The insight “we_answer” does not stand in this edition"),
        (("--charts", "risks", "--edition", "internal"), ""),
        (("--charts", "gaps，we_answer", "--with-response-figures"), ""),
        (("--charts", ""), ""),
    ],
)
def test_the_command_line_names_charts(sample, tmp_path, given, said):
    target = tmp_path / "a.pdf"
    named = (
        "report",
        "client",
        "-j",
        str(sample.path),
        "--client",
        "青松制造",
        "--out",
        str(target),
    )
    done = CliRunner().invoke(main, [*named, *given])
    assert (done.exit_code == 0) == target.exists() == (not said)
    assert said in done.output
