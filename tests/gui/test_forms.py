"""Every form agrees with its record: a widget for each field, a label for each input."""

import importlib.util
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QWidget

from pmdesk.gui.asked_first import LATER
from pmdesk.gui.field_texts import Unclear
from pmdesk.gui.form_loading import load_form
from pmdesk.gui.forms import Binder, spoken
from pmdesk.gui.known import Known
from pmdesk.places import data_dir
from pmdesk.records.client import Client
from pmdesk.records.expectations import Dimension, Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.problems import Problem
from pmdesk.records.project import Project
from pmdesk.records.transparency import Issue
from pmdesk.words import words_for

ROOT = Path(__file__).resolve().parents[2]
ALL_FORMS = sorted(path.stem for path in data_dir("ui").glob("*.ui"))
FORMS = [name for name in ALL_FORMS if name in KINDS]


def shown(kind):
    return [f for f in kind.fields if not f.meta.hidden and f.name not in ("id", "uuid")]


NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


@pytest.fixture
def bound(qtbot):
    def make(cls):
        form = QWidget()
        qtbot.addWidget(form)
        load_form(cls.__kind__.name, form)
        form.show()
        known = Known(options=lambda _kind: [(1, "one"), (2, "two")], now=lambda: NOW)
        return form, Binder(form, cls, words_for("en"), known)

    return make


@pytest.mark.parametrize("name", FORMS)
def test_each_field_has_its_widget_and_each_input_its_label(qtbot, name):
    form = QWidget()
    qtbot.addWidget(form)
    load_form(name, form)
    buddies = {label.buddy().objectName() for label in form.findChildren(QLabel) if label.buddy()}
    for field in shown(KINDS[name]):
        widget = form.findChild(QWidget, field.name)
        assert widget is not None, field.name
        assert field.name in buddies or isinstance(widget, QCheckBox), field.name
        assert form.findChild(QLabel, f"{field.name}_problem") is not None, field.name


@pytest.mark.parametrize("name", ALL_FORMS)
def test_no_text_of_a_form_is_untranslated(name):
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / "packaging" / "catalogue.py")
    catalogue = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(catalogue)
    zh = words_for("zh")
    assert [
        t for t in catalogue.form_texts(data_dir("ui") / f"{name}.ui") if zh.found(t) is None
    ] == []


RECORDS = [
    Client(
        name="青松",
        since=date(2024, 2, 29),
        target_hours=2.5,
        mail=("@a.b", "c@d.e"),
        calendar_id=2,
    ),
    Project(client_id=1, name="x", budget_minor=123456, progress=40, baseline_end=date(2026, 1, 1)),
    Interaction(
        client_id=2,
        at=datetime(2026, 3, 4, 5, 6, tzinfo=UTC),
        subject="s",
        text="a\nb",
        internal=True,
    ),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: type(r).__name__)
def test_a_record_shown_is_read_back_unchanged(bound, record):
    _, binder = bound(type(record))
    binder.show_record(record)
    assert binder.read(record) == record


@pytest.mark.parametrize(
    ("cls", "name", "typed", "value"),
    [
        (Client, "since", "2024/2/9", date(2024, 2, 9)),
        (Client, "since", "2024年2月9日", date(2024, 2, 9)),
        (Client, "since", "", None),
        (Client, "mail", "a@b.c，d@e.f; @g.h", ("a@b.c", "d@e.f", "@g.h")),
        (Project, "budget_minor", "1,234.50", 123450),
        (Project, "progress", "40 %", 40),
    ],
)
def test_values_are_understood_as_people_type_them(bound, cls, name, typed, value):
    form, binder = bound(cls)
    binder.show_record(cls(name="x"))
    form.findChild(QLineEdit, name).setText(typed)
    assert getattr(binder.read(cls(name="x")), name) == value


@pytest.mark.parametrize(
    ("cls", "name", "typed"),
    [(Client, "since", "2026-13-45"), (Client, "target_hours", "abc"), (Project, "progress", "4o")],
)
def test_what_is_not_understood_is_told_and_stays_as_typed(bound, cls, name, typed):
    form, binder = bound(cls)
    binder.show_record(cls(name="x"))
    line = form.findChild(QLineEdit, name)
    line.setText(typed)
    with pytest.raises(Unclear) as caught:
        binder.read(cls(name="x"))
    assert caught.value.problem.field == name
    binder.show_problems([caught.value.problem])
    assert typed in form.findChild(QLabel, f"{name}_problem").text()
    assert line.text() == typed


def test_a_problem_goes_away_when_it_is_mended(bound):
    form, binder = bound(Client)
    binder.show_record(Client(name="x"))
    binder.show_problems([Problem("name", "This cannot stay empty.")])
    assert form.findChild(QLabel, "name_problem").isVisibleTo(form)
    binder.show_problems([])
    assert not form.findChild(QLabel, "name_problem").isVisibleTo(form)
    assert replace(Client(name="x"), name="y").name == "y"


def visible(form):
    return {
        name
        for name in ("expected_day", "expected_minor", "currency", "expected_number", "unit")
        if form.findChild(QWidget, name).isVisibleTo(form)
    }


def choose(form, name, value):
    box = form.findChild(QComboBox, name)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_a_form_asks_only_for_what_belongs_to_the_choice(bound):
    form, binder = bound(Expectation)
    binder.show_record(Expectation())
    assert visible(form) == {"expected_number", "unit"}
    choose(form, "dimension", Dimension.SCHEDULE)
    assert visible(form) == {"expected_day"}
    assert form.findChild(QLabel, "expected_day_label").isVisibleTo(form)
    assert not form.findChild(QLabel, "unit_label").isVisibleTo(form)
    choose(form, "dimension", Dimension.BUDGET)
    assert visible(form) == {"expected_minor", "currency"}


def test_what_holds_something_stays_in_sight_whatever_is_chosen(bound):
    form, binder = bound(Expectation)
    held = Expectation(dimension=Dimension.BUDGET, expected_day=date(2026, 12, 1), unit="x")
    binder.show_record(held)
    assert visible(form) == {"expected_day", "expected_minor", "currency", "unit"}
    assert binder.read(held) == held


def test_a_problem_at_a_field_out_of_sight_brings_it_back(bound):
    form, binder = bound(Expectation)
    binder.show_record(Expectation(dimension=Dimension.BUDGET))
    binder.show_problems([Problem("expected_day", "A forecast needs beside it what was expected.")])
    assert "expected_day" in visible(form)
    assert form.findChild(QLabel, "expected_day_problem").isVisibleTo(form)


@pytest.mark.parametrize("name", LATER)
def test_what_is_left_for_later_is_of_the_kind_and_not_needed_at_once(name):
    needed = {field.name for field in KINDS[name].fields if field.meta.required}
    assert set(LATER[name]) <= {field.name for field in shown(KINDS[name])} - needed


def place(form, name):
    box = form.findChild(QWidget, name).geometry()
    return box.left() // 100, box.top()


def test_a_field_that_is_left_for_later_comes_with_what_it_says_and_no_hole_stands_for_it(bound):
    form, binder = bound(Project)
    form.resize(400, 700)
    binder.show_record(Project())
    whole = {name: place(form, name) for name in binder.names}
    binder.leave_for_later(("progress", "forecast_end"))
    form.layout().activate()
    assert binder.left == ["Forecast end", "Progress"]
    assert place(form, "baseline_start") == whole["progress"]
    binder.show_record(Project(progress=40))
    form.layout().activate()
    assert binder.left == ["Forecast end"]
    assert place(form, "baseline_start") == whole["baseline_start"]
    binder.ask_all()
    form.layout().activate()
    assert binder.left == []
    assert {name: place(form, name) for name in binder.names} == whole


def test_an_amount_follows_the_currency_that_is_chosen_beside_it(bound):
    form, binder = bound(Project)
    binder.show_record(Project(name="x", budget_minor=186_000_000))
    line = form.findChild(QLineEdit, "budget_minor")
    assert line.text() == "1,860,000.00"
    choose(form, "currency", "JPY")
    assert line.text() == "1,860,000"
    line.setText("12.5")
    with pytest.raises(Unclear) as caught:
        binder.read(Project(name="x"))
    assert spoken(words_for("en"), caught.value.problem) == "JPY has no decimals, “12.5” has some."
    choose(form, "currency", "KWD")
    assert line.text() == "12.500"
    assert binder.read(Project(name="x")) == Project(name="x", budget_minor=1250, currency="KWD")


def test_a_currency_that_nobody_lists_stays(bound):
    _, binder = bound(Project)
    held = Project(name="x", currency="XDR", spent_minor=100)
    binder.show_record(held)
    assert binder.read(held) == held


def test_what_nobody_touched_is_read_back_whole(bound):
    """A field shows less of some values than they hold."""
    _, binder = bound(Expectation)
    held = Expectation(statement="s", expected_number=1_234_567.5)
    binder.show_record(held)
    assert binder.read(held) == held


def test_the_money_of_a_problem_is_in_the_currency_of_its_project(qtbot):
    form = QWidget()
    qtbot.addWidget(form)
    load_form("issue", form)
    known = Known(
        options=lambda _kind: [(1, "one"), (2, "two")],
        now=lambda: NOW,
        currency=lambda kind, id_: {("project", 2): "JPY"}.get((kind, id_), ""),
    )
    binder = Binder(form, Issue, words_for("en"), known)
    binder.show_record(Issue(cost_minor=120_000))
    caption = form.findChild(QLabel, "cost_minor_label")
    assert caption.text() == "Money at stake"
    choose(form, "project_id", 2)
    assert caption.text() == "Money at stake (JPY)"
    assert form.findChild(QLineEdit, "cost_minor").text() == "1,200"
