"""What stands over panels of several clients stays in its panel and is told whole."""

from dataclasses import replace
from itertools import pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: TID253 - what measures it
from matplotlib.figure import Figure  # noqa: TID253 - what it draws into

from pmdesk.actions.sample import create_sample
from pmdesk.answers.client_summary import Period
from pmdesk.answers.text.said import say
from pmdesk.charts.insights.heads import Head, set_heads, wrapped
from pmdesk.charts.insights.kinds import INSIGHTS, look
from pmdesk.charts.insights.panels import draw_panels
from pmdesk.charts.insights.rows import width_of
from pmdesk.charts.insights.sizes import height_of
from pmdesk.records.client import Client
from pmdesk.words import words_for


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    from tests.conftest import NOW

    with create_sample(tmp_path_factory.mktemp("heads") / "s.pmdesk", at=NOW) as made:
        yield made


def several(panels, n):
    """So many panels, over and over those that there are."""
    names, insights = panels.names * n, panels.insights * n
    return replace(panels, names=names[:n], insights=insights[:n])


@pytest.mark.parametrize("kind", INSIGHTS, ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    ("language", "n", "width", "scale"),
    [("en", 4, 8.2, 1), ("zh", 3, 8.2, 1), ("zh", 2, 16.4, 2), ("en", 8, 8.2, 2)],
)
def test_heads_stay_in_their_panels_clear_of_the_chart(
    journal, at, kind, language, n, width, scale
):
    words = words_for(language)
    panels = several(look(journal, kind.name, journal.find(Client), Period(), at=at), n)
    figure = Figure(figsize=(width, height_of(panels, width, scale)), dpi=100)
    canvas = FigureCanvasAgg(figure)
    draw_panels(figure, panels, words, scale=scale)
    canvas.draw()
    renderer = canvas.get_renderer()
    assert len(figure.subfigs) >= n
    for part, insight in zip(figure.subfigs, panels.insights, strict=False):
        heads = [text for text in part.texts if text.get_ha() == "left"]
        boxes = [text.get_window_extent(renderer) for text in heads]
        assert all(part.bbox.x0 <= box.x0 and box.x1 <= part.bbox.x1 for box in boxes)
        lows = sorted((box.y1, box.y0) for box in boxes)
        assert all(below[0] <= above[1] + 2 for below, above in pairwise(lows))
        if insight.enough:
            top = max(axes.get_position().y1 for axes in part.axes)
            assert min(box.y0 for box in boxes) >= part.bbox.y0 + top * part.bbox.height


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_waits_longer_is_told_with_both_figures_beside_a_neighbour(journal, at, language):
    words = words_for(language)
    panels = look(journal, "mirror", journal.find(Client), Period(), at=at)
    heads = [
        Head(name, say(words, one.verdict), say(words, one.evidence))
        for name, one in zip(panels.names, panels.insights, strict=True)
    ]
    made, _height = set_heads(heads, 4.1)
    for head, lines in zip(heads, made, strict=True):
        told = "".join(line.text for line in lines).replace(" ", "")
        assert told == (head.name + head.verdict + head.evidence).replace(" ", "")


def test_what_fits_in_a_line_stays_in_one():
    made, height = set_heads([Head("Pine", "All kept", "n = 3"), Head("Oak", "None", "")], 4.0)
    assert [[line.text for line in lines] for lines in made] == [["Pine · All kept", "n = 3"], ["Oak · None"]]  # fmt: skip
    assert height < 0.45


@pytest.mark.parametrize(
    ("text", "inches", "lines"),
    [
        ("one two", 4, ["one two"]),
        ("", 4, []),
        ("word " * 12, 2, ["word " * 5 + "word", "word " * 5 + "word"]),
        ("word " * 15, 2, ["word " * 5 + "word", "word " * 5 + "word…"]),
        ("我方等得更久，对方也等", 0.8, ["我方等得更", "久，对方也等"]),
        ("一二三四五六，七", 0.8, ["一二三四五", "六，七"]),
        ("W" * 40, 1, None),
    ],
)
def test_texts_are_wrapped_between_words_and_beside_characters(text, inches, lines):
    found = wrapped(text, inches)
    assert lines is None or found == lines
    assert len(found) <= 2
    assert all(width_of(line) <= inches for line in found)
