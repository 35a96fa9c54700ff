"""Every kind goes out as a table and as JSON, whole, and nothing in it becomes a formula."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.actions.outgoing.tables import cell
from pmdesk.exchange.spreadsheet import safe_cell, text_of_cell
from pmdesk.records.client import Client
from pmdesk.records.declare import Shape, kind_of
from pmdesk.records.entry import Entry
from pmdesk.records.kinds import KINDS
from pmdesk.records.project import Project
from pmdesk.records.trust import Promise
from pmdesk.words import words_for

EN = words_for("en")


def _rows(path):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_kind_has_its_table_with_all_its_records(sample, send, tmp_path, language):
    sent = send(sample, "csv", tmp_path / "t", language=language)
    assert {path.stem for path in sent.paths} == {
        name for name, kind in KINDS.items() if sample.count(kind.cls)
    }
    for path in sent.paths:
        rows, kind = _rows(path), KINDS[path.stem]
        assert len(rows) - 1 == sample.count(kind.cls)
        assert {len(row) for row in rows} == {len(kind.fields)}
    head = _rows(tmp_path / "t/promise.csv")[0]
    assert ("承诺内容" if language == "zh" else "What was promised") in head
    head = _rows(tmp_path / "t/interaction.csv")[0]
    assert ("时间（UTC）" if language == "zh" else "When (UTC)") in head


def test_the_json_holds_every_record(sample, send, tmp_path):
    sent = send(sample, "json", tmp_path / "all.json")
    found = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert sent.records == sum(sample.count(kind.cls) for kind in KINDS.values())
    assert len(found["promise"]) == sample.count(Promise)


def test_one_client_goes_out_alone_with_the_entries_that_name_it_alone(sample, send, tmp_path):
    client = sample.get(Client, 2)
    send(sample, "json", tmp_path / "one.json", client=client)
    found = json.loads((tmp_path / "one.json").read_text("utf-8"))
    assert [c["name"] for c in found["client"]] == [client.name]
    assert {p["client_id"] for p in found["promise"]} == {2}
    assert found["stage"]
    own = [one.id for one in sample.find(Entry) if one.clients == (2,)]
    assert [one["id"] for one in found["entry"]] == own


# What a spreadsheet looks past before it decides that a cell is a formula.
BLANKS = st.text(" \t\r\n'\"\u3000\xa0\ufeff\u200b", max_size=3)
SIGNS = st.sampled_from(["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "x", "", "1", "−"])
WILD = st.builds(lambda *parts: "".join(parts), BLANKS, SIGNS, st.text(max_size=5))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "＝1",
        " =1",
        "\u3000＋1",
        "\t@x",
        "\r-2",
        "\n=1",
        "'=1",
        '"=1',
        "\ufeff=1",
        "－1",
        "﹢1",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert safe_cell(text) == f"'{text}"
    assert text_of_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["1-2", "a=b", "", "周一", "'tis", "−5", "x\n=1"])
def test_any_other_text_stays_as_it_is(text):
    assert safe_cell(text) == text


def _values(field):
    match field.shape:
        case Shape.TEXT:
            return WILD
        case Shape.TEXTS:
            return st.lists(WILD.filter(lambda text: "\n" not in text and text), max_size=2).map(
                tuple
            )
        case Shape.REFS:
            return st.lists(st.integers(1, 9), max_size=2).map(tuple)
        case Shape.WHOLE:
            return st.integers(-(2**62), 2**62)
        case Shape.REAL:
            return st.floats(allow_nan=False, allow_infinity=False)
        case Shape.YES_NO:
            return st.booleans()
        case Shape.DAY:
            return st.dates()
        case Shape.MOMENT:
            return st.datetimes(timezones=st.just(UTC), min_value=datetime(1900, 1, 1))
    return st.sampled_from(list(field.choices))


def _back(field, text):
    """A cell as a program reads it that knows what the field holds."""
    match field.shape:
        case Shape.TEXT:
            return text_of_cell(text)
        case Shape.TEXTS:
            return tuple(text_of_cell(text).split("\n")) if text else ()
        case Shape.REFS:
            return tuple(map(int, text.split("\n"))) if text else ()
        case Shape.WHOLE if field.meta.checks == "money":
            whole, _, hundredths = text.partition(".")
            sign = -1 if whole.startswith("-") else 1
            return int(whole) * 100 + sign * int(hundredths)
        case Shape.WHOLE:
            return int(text)
        case Shape.REAL:
            return float(text)
        case Shape.YES_NO:
            return text == "1"
        case Shape.DAY:
            return date.fromisoformat(text)
        case Shape.MOMENT:
            return datetime.fromisoformat(text).replace(tzinfo=UTC)
    return next(choice for choice in field.choices if EN(choice.label) == text_of_cell(text))


@settings(max_examples=50)
@given(st.data())
def test_a_cell_of_any_field_reads_back_equal_and_never_runs(data):
    every = [field for kind in KINDS.values() for field in kind.fields]
    some = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=30))
    values = [data.draw(_values(field)) for field in some]
    file = io.StringIO(newline="")
    csv.writer(file).writerow(cell(f, v, EN) for f, v in zip(some, values, strict=True))
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    for field, value, text in zip(some, values, row, strict=True):
        if field.choices is not None:
            assert text == EN(value.label)
            continue
        assert _back(field, text) == value
        seen = text.lstrip(' \t\r\n"\u3000\xa0\ufeff\u200b')
        if field.shape in {Shape.TEXT, Shape.TEXTS}:
            assert not seen.startswith(tuple("=+-@＝＋－＠﹢"))


def test_money_is_told_to_the_hundredth_whatever_its_size():
    budget = kind_of(Project).field("budget_minor")
    assert cell(budget, 2**53 + 1, EN) == "90071992547409.93"
    assert cell(budget, -5, EN) == "-0.05"


def test_what_people_write_stands_in_the_table_with_its_apostrophe(
    journal, pine, send, tmp_path, at
):
    with journal.action("Add", at=at) as act:
        act.save(Promise(client_id=pine.id, what="＝1+1\nnext", to_whom=" @x"))
    send(journal, "csv", tmp_path / "t")
    head, values = _rows(tmp_path / "t/promise.csv")
    row = dict(zip(head, values, strict=True))
    assert row["What was promised"] == "'＝1+1\nnext"
    assert row["To whom"] == "' @x"
    assert row["Who promised"] == "We"
