"""Every kind goes out as a table and as JSON, whole, and nothing in it becomes a formula."""

import csv
import json

import pytest

from pmdesk.actions.export import export_json, export_tables
from pmdesk.actions.sample import create_sample
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS
from pmdesk.records.trust import Promise
from pmdesk.words import words_for


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    from tests.conftest import NOW

    with create_sample(tmp_path_factory.mktemp("export") / "s.pmdesk", at=NOW) as journal:
        yield journal


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_kind_has_its_table_with_all_its_records(sample, tmp_path, language):
    paths = list(export_tables(sample, tmp_path, words_for(language)))
    assert {path.stem for path in paths} == {
        name for name, kind in KINDS.items() if sample.count(kind.cls)
    }
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        kind = KINDS[path.stem]
        assert len(rows) - 1 == sample.count(kind.cls)
        assert {len(row) for row in rows} == {len(kind.fields)}
    with (tmp_path / "promise.csv").open(encoding="utf-8-sig") as file:
        head = next(csv.reader(file))
    assert ("承诺内容" if language == "zh" else "What was promised") in head


def test_the_json_holds_every_record(sample, tmp_path):
    n = export_json(sample, tmp_path / "all.json")
    found = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert n == sum(sample.count(kind.cls) for kind in KINDS.values())
    assert len(found["promise"]) == sample.count(Promise)


def test_one_client_goes_out_alone(sample, tmp_path):
    client = sample.get(Client, 2)
    export_json(sample, tmp_path / "one.json", client=client)
    found = json.loads((tmp_path / "one.json").read_text("utf-8"))
    assert [c["name"] for c in found["client"]] == [client.name]
    assert {p["client_id"] for p in found["promise"]} == {2}
    assert found["stage"]


def test_what_people_write_never_becomes_a_formula(journal, pine, tmp_path, at):
    with journal.action("Add", at=at) as act:
        act.save(Promise(client_id=pine.id, what="=1+1", to_whom="@x"))
    list(export_tables(journal, tmp_path, words_for("en")))
    text = (tmp_path / "promise.csv").read_text("utf-8-sig")
    assert "'=1+1" in text
    assert "'@x" in text
