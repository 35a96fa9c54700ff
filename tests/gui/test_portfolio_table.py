"""The painted portfolio: its sparklines on one scale, gaps, the running week, muted lines, long names."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF

from pmdesk.answers.owed.figures import ClientFigures
from pmdesk.answers.owed.portfolio import Count, Line, Scale, Silence
from pmdesk.gui.desk import Desk
from pmdesk.gui.settings import Settings
from pmdesk.gui.theme import apply_theme, current_theme
from pmdesk.gui.widgets.portfolio_paint import points_of
from pmdesk.gui.widgets.portfolio_table import PortfolioTable
from pmdesk.records.choices import ClientStatus, Tier
from pmdesk.words import words_for

SCALE = Scale(1.0, 16.0)
PLACE = QRectF(10, 20, 260, 40)


def figures(weeks, **more):
    given = {
        "day": "2026-11-23", "weeks": weeks, "median": 5.0, "low": 3.9, "high": 6.2, "n": 41,
        "target": 4.0, "health": None, "health_error": None, "moved": None, "last": None,
        "last_contact": None, "alone": "",
    }  # fmt: skip
    return ClientFigures(**given | more)


def line(weeks=(), name="Pine", status=ClientStatus.ACTIVE, **more):
    known = figures(tuple(weeks), **more)
    return Line(1, name, "", Tier.KEY, status, known, owed=Count(1), silence=Silence(1))


@pytest.fixture
def table(qtbot, qapp, journal):
    apply_theme(qapp, "light")
    made = PortfolioTable(Desk(journal, words_for("en"), Settings(), "light"), "Clients")
    qtbot.addWidget(made)
    made.resize(1200, 200)
    made.show()
    return made


NEAR = 40


def colours(table, line, column, part=(0.0, 1.0)):
    """The tokens whose colours are seen in a part of a cell, from 0 at its left to 1 at its right."""
    table.use([line], SCALE, "owed")
    box = table.visualRect(table.lines.index(0, table.lines.columns.index(column)))
    image = table.viewport().grab(box.adjusted(0, 0, 0, -2)).toImage()
    first, end = (round(image.width() * share) for share in part)
    seen = {image.pixelColor(x, y).rgb() for x in range(first, end) for y in range(image.height())}
    return {name for name in ("accent", "text", "warn", "edge") for rgb in seen if near(rgb, name)}


def near(rgb, name):
    """Whether a pixel has nearly the colour of a token: edges of letters and lines are smoothed."""
    colour = current_theme().color(name).rgb()
    return all(abs((rgb >> n & 255) - (colour >> n & 255)) < NEAR for n in (0, 8, 16))


def test_points_stand_by_the_scale_and_a_week_without_a_median_has_none():
    points = points_of((1.0, None, 4.0, 16.0, 99.0), SCALE, PLACE)
    assert points[1] is None
    known = [point for point in points if point is not None]
    assert [point.y() for point in known] == pytest.approx([60, 40, 20, 20])
    assert [round(b.x() - a.x()) for a, b in pairwise(known)] == [104, 52, 52]
    assert all(PLACE.contains(point) for point in known)


def test_a_line_is_drawn_where_weeks_are_known_and_nothing_where_none_is(table):
    assert colours(table, line([2.0] * 26), "weeks") == {"accent", "edge"}
    assert colours(table, line([None] * 26), "weeks") == set()


def test_a_week_without_a_median_leaves_a_gap_and_one_alone_is_a_dot(table):
    weeks = [2.0] * 10 + [None] * 5 + [2.0] + [None] * 5 + [2.0] * 5
    known = line(weeks)
    assert "accent" in colours(table, known, "weeks", (0.1, 0.35))
    assert "accent" not in colours(table, known, "weeks", (0.44, 0.55))
    assert "accent" in colours(table, known, "weeks", (0.56, 0.64))
    assert "accent" not in colours(table, known, "weeks", (0.65, 0.76))


@pytest.mark.parametrize("running", [True, False])
def test_the_running_week_is_hollow(table, running):
    table.use([line([None] * 25 + [2.0 if running else None])], SCALE, "owed")
    column = table.lines.columns.index("weeks")
    box = table.visualRect(table.lines.index(0, column))
    image = table.viewport().grab(box).toImage()
    accent = [(x, y) for x in range(image.width()) for y in range(image.height())
              if near(image.pixelColor(x, y).rgb(), "accent")]  # fmt: skip
    if not running:
        assert accent == []
        return
    middle = [round(sum(place[n] for place in accent) / len(accent)) for n in (0, 1)]
    assert near(image.pixelColor(*middle).rgb(), "surface")


def test_a_client_at_rest_is_muted(table):
    resting = line([2.0] * 26, status=ClientStatus.PAUSED)
    for column in ("weeks", "median", "owed", "name"):
        assert not colours(table, resting, column) & {"accent", "text"}, column
        active = resting._replace(status=ClientStatus.ACTIVE)
        assert colours(table, active, column) & {"accent", "text"}, column


def test_a_long_name_leaves_room_for_what_stands_behind_it(table):
    table.resize(700, 200)
    long = line([2.0] * 26, name="Northwind Traders " * 9, alone="Zhou")
    assert "warn" in colours(table, long, "name", (0.5, 1.0))
    assert "warn" not in colours(table, line([2.0] * 26, name="Northwind " * 9), "name")


def test_before_anything_is_known_one_sign_says_that_more_comes(table):
    bare = Line(1, "Pine", "Steel", Tier.KEY, ClientStatus.ACTIVE)
    table.use([bare], SCALE, "owed")
    shown = [table.lines.texts(0, name)[0][0] for name in table.lines.columns[1:]]
    assert [text for text in shown if text] == ["…"]
    assert table.lines.pieces(0) == ([("Pine", "text")], [("Steel · Key client", "muted")])
    assert table.lines.title("weeks") == "26 weeks"
    table.use([line([2.0])], SCALE, "owed")
    assert table.lines.title("weeks") == "26 weeks · 1–16 h"
