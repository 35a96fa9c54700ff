"""Every insight of the sample: its verdict, its rows, the places to point at, and its files."""

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest
from click.testing import CliRunner
from matplotlib.figure import Figure  # noqa: TID253 - what it draws into

from pmdesk.actions.sample import create_sample
from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.values import Panels, panel_rows
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.charts.export import chart_csv, chart_svg, save_chart
from pmdesk.charts.insights.kinds import BY_NAME, INSIGHTS, look
from pmdesk.charts.insights.panels import draw_panels
from pmdesk.charts.insights.sizes import height_of
from pmdesk.charts.picture import Frame, SpotMap
from pmdesk.charts.raster import chart_picture
from pmdesk.cli import main
from pmdesk.exchange.spreadsheet import text_of_cell
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.crisis import Crisis
from pmdesk.words import words_for

NAMES = tuple(kind.name for kind in INSIGHTS)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    from tests.conftest import NOW

    place = tmp_path_factory.mktemp("insights") / "sample.pmdesk"
    create_sample(place, at=NOW).close()
    return place


@pytest.fixture
def journal(path):
    with Journal.open(path, writable=False) as opened:
        yield opened


def asked(journal, name, n, at):
    return look(journal, name, journal.find(Client, order="id")[:n], Period(), at=at)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("n", "theme", "language"), [(1, "light", "en"), (3, "dark", "zh")])
def test_each_is_drawn_and_every_row_can_be_pointed_at(journal, at, name, n, theme, language):
    panels, words = asked(journal, name, n, at), words_for(language)
    frame = Frame(820, round(100 * height_of(panels, 8.2)), 2.0)
    drawn = chart_picture(panels, words, frame=frame, theme=theme)
    assert len(drawn.pixels) == 4 * drawn.width * drawn.height
    hover = drawn.hover
    assert isinstance(hover, SpotMap)
    rows = sum(len(one.items) for one in panels.insights)
    assert sorted(hover.items) == list(range(rows))
    for index in range(0, hover.count, max(1, hover.count // 25)):
        x, y = hover.place_of(index)
        assert 0 <= x <= frame.width
        assert 0 <= y <= frame.height
        assert hover.at(x, y) is not None
        assert hover.lines(index, words)
    assert hover.at(-100, -100) is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_says_its_verdict_and_evidence_in_both_languages(journal, at, name, language):
    words = words_for(language)
    for insight in asked(journal, name, 3, at).insights:
        assert "{" not in say(words, insight.verdict)
        assert insight.evidence is None or "{" not in say(words, insight.evidence)
        assert json.dumps(dict(insight.values))
        for item in insight.items:
            assert len(item.cells) == len(insight.columns)


@pytest.mark.parametrize("name", NAMES)
def test_every_record_behind_a_row_is_there(journal, at, name):
    panels = asked(journal, name, 3, at)
    known = {
        kind: {row[0] for row in journal.rows(f"SELECT id FROM {kind}")}
        for kind in {item.record[0] for one in panels.insights for item in one.items if item.record}
    }
    for one in panels.insights:
        assert all(
            item.record is None or item.record[1] in known[item.record[0]] for item in one.items
        )


@pytest.mark.parametrize("name", NAMES)
def test_its_files_hold_what_the_window_shows(journal, at, name, tmp_path):
    panels, words = asked(journal, name, 2, at), words_for("en")
    rows = list(csv.reader(StringIO(chart_csv(panels, words))))
    assert [[text_of_cell(cell) for cell in row] for row in rows] == panel_rows(panels, words)
    assert len(rows) == 1 + sum(len(one.items) for one in panels.insights)
    assert chart_svg(panels, words).startswith("<?xml")
    for suffix in ("png", "svg", "csv"):
        save_chart(panels, tmp_path / f"chart.{suffix}", words)
        assert (tmp_path / f"chart.{suffix}").stat().st_size > 100


def test_no_client_is_a_formula_in_the_figures_behind_a_chart(journal, at):
    panels = replace(asked(journal, "promises", 1, at), names=("=cmd|'/c calc'!A0",))
    rows = list(csv.reader(StringIO(chart_csv(panels, words_for("en")))))
    assert {row[0] for row in rows[1:]} == {"'=cmd|'/c calc'!A0"}


@pytest.mark.parametrize("name", NAMES)
def test_a_client_of_whom_nothing_is_known_is_told_so(journal, at, name):
    nobody = BY_NAME[name].insight
    insight = nobody(relationship(journal, Client(id=9999, name="Nobody"), at=at), Period())
    assert not insight.enough
    assert insight.items == ()
    words = words_for("en")
    assert say(words, insight.verdict)
    spots = draw_panels(Figure(), Panels(name, ("Nobody",), (insight,)), words)
    assert spots == []


@pytest.mark.parametrize("name", NAMES)
def test_the_command_says_what_the_window_says(path, journal, at, name, tmp_path):
    arguments = ["insight", name, "-j", str(path), "--at", at.isoformat()]
    said = json.loads(CliRunner().invoke(main, [*arguments, "--json"]).output)
    panels = look(journal, name, journal.find(Client, order="id"), Period(), at=at)
    words = words_for("en")
    assert [one["client"] for one in said] == list(panels.names)
    assert [one["title"] for one in said] == [say(words, one.verdict) for one in panels.insights]
    assert [one["verdict"] for one in said] == [dict(one.values) for one in panels.insights]
    text = CliRunner().invoke(main, [*arguments, "--client", panels.names[0]]).output
    assert say(words, panels.insights[0].verdict) in text
    out = tmp_path / "one.png"
    assert CliRunner().invoke(main, [*arguments, "--out", str(out)]).exit_code == 0
    assert out.read_bytes()[:4] == b"\x89PNG"


def test_the_command_tells_of_one_crisis(path, journal, at, tmp_path):
    arguments = ["insight", "past_crisis", "-j", str(path), "--at", at.isoformat(), "--json"]
    crises = journal.find(Crisis, "rehearsal = 0", order="id")
    assert len({one.client_id for one in crises}) > 1
    for crisis in crises:
        (told,) = json.loads(
            CliRunner().invoke(main, [*arguments, "--about", str(crisis.id)]).output
        )
        assert told["verdict"]["crisis"] == crisis.title
        assert told["client"] == journal.get(Client, crisis.client_id).name
    for name, about, said in (
        ("past_crisis", "999", "no record 999"),
        ("gaps", "1", "no single record"),
    ):
        wrong = CliRunner().invoke(main, ["insight", name, "-j", str(path), "--about", about])
        assert (wrong.exit_code, said in wrong.output) == (2, True), wrong.output


def test_wrong_use_of_the_command_is_told(path, at):
    run = CliRunner().invoke
    assert "none of we_answer" in run(main, ["insight", "gauge", "-j", str(path)]).output
    wrong = run(
        main, ["insight", NAMES[0], "-j", str(path), "--from", "2026-05-01", "--to", "2026-04-01"]
    )
    assert (wrong.exit_code, "The last day lies before the first." in wrong.output) == (2, True)
    other = run(main, ["insight", NAMES[0], "-j", str(path), "--out", "chart.pie"])
    assert "A chart is written as .png, .svg or .csv." in other.output


def test_the_sample_s_answers_drift_as_they_were_made_to(journal, at):
    states = {
        name: one.values["state"]
        for panels in [asked(journal, "we_answer", 3, at)]
        for name, one in zip(panels.names, panels.insights, strict=True)
    }
    assert list(states.values()) == ["slower", "faster", "slower"]
    verdict = asked(journal, "we_answer", 1, at).insights[0].values
    assert (verdict["since"], verdict["p"]) == ("2026-03-30", 0.0005)
    assert (round(verdict["before_h"], 1), round(verdict["after_h"], 1)) == (5.0, 9.8)


@pytest.mark.parametrize("text", ["thumb 👍 \x07", "مرحبا", "𠮷野家", "one\r\ntwo", "W" * 5_000])
def test_what_no_font_holds_is_drawn_as_what_it_is(journal, at, text):
    """A text without a glyph would warn, which fails a test; one of each kind of record says it."""
    client = journal.find(Client, order="id", limit=1)[0]
    known = relationship(journal, client, at=at)
    texts = ("statement", "what", "title", "name", "by", "role", "scenario")
    records = {
        kind: [
            replace(one, **{name: text for name in texts if type(getattr(one, name, None)) is str})
            for one in of_kind
        ]
        for kind, of_kind in known.records.items()
    }  # fmt: skip
    rel = replace(known, records=records)
    for kind in INSIGHTS:
        panels = Panels(kind.name, (text,), (kind.insight(rel, Period()),))
        chart_svg(panels, words_for("zh"))
