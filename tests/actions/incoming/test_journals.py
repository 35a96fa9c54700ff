"""Journals of RedNotebook, Day One and jrnl come in once, with their days, tags and clients."""

import json
import zipfile
from datetime import date

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from pmdesk.actions.importing import ImportCancelled, Job
from pmdesk.actions.incoming.importers import BY_NAME, importer_of
from pmdesk.actions.incoming.taking import look_through, take_in
from pmdesk.actions.incoming.values import Given
from pmdesk.exchange.journals.day_one import read_entries
from pmdesk.exchange.journals.rednotebook import read_rednotebook, readable
from pmdesk.exchange.journals.values import Broken
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.words import words_for

JOURNAL = BY_NAME["journal"]
MONTH = """3:
  text: "Walked the plant with **Zhou**.\\n\\nSee [plan \\"\\"https://pine.example/a\\"\\"] #site-walk #42"
  Tags: {Pine: null}
  Ideas: {move the //gate//: null}
17: {text: '二厂区走查。 #青松'}
31:
  text: November has no such day.
20: {text: ''}
"""
DAY_ONE = {
    "metadata": {"version": "1.0"},
    "entries": [
        {
            "uuid": "7ACE5A",
            "creationDate": "2026-11-19T23:30:00Z",
            "timeZone": "Asia/Shanghai",
            "text": "Plan holds\\. \\#1\n\n![](dayone-moment://771B)\nBored\\!",
            "tags": ["Pine", "trip"],
            "photos": [{"identifier": "771B"}],
        },
        {"uuid": "8", "creationDate": "never", "text": "No day"},
        {"uuid": "9", "creationDate": "2026-11-20T08:00:00Z", "photos": [{}]},
        "no entry",
    ],
}
JRNL = {
    "tags": {"@pine": 1},
    "entries": [
        {"title": "Called Pine.", "body": "The plan holds. @pine", "date": "2026-11-20",
         "time": "09:30", "tags": ["@pine"], "starred": False},
    ],
}  # fmt: skip


@pytest.fixture
def pine(journal):
    with journal.action("x") as act:
        client = act.save(Client(name="Pine", also_called=("青松",)))
        act.save(Client(name="Harbour"))
    return client


def written(path, data):
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def lost(seen):
    return [
        (one.source.rpartition("/")[2], one.sentence(words_for("en"))) for one in seen.not_taken
    ]


def test_months_of_rednotebook_come_in_once(journal, tmp_path, at, pine):
    path = written(tmp_path / "2026-11.txt", MONTH)
    assert importer_of(path) is JOURNAL
    taken = take_in(journal, JOURNAL, Given((path,)), at=at)
    first, second = journal.find(Entry, order="day")
    assert (first.day, first.tags) == (date(2026, 11, 3), ("site-walk", "Pine", "Ideas"))
    assert first.text == (
        "Walked the plant with **Zhou**.\n\nSee [plan](https://pine.example/a) #site-walk #42"
        "\n\n**Ideas**\n\n- move the *gate*"
    )
    assert (first.clients, second.clients, second.tags) == ((pine.id,), (pine.id,), ("青松",))
    assert lost(taken) == [
        ("2026-11.txt: 2026-11-31", "It has no day that a calendar knows."),
        ("2026-11.txt: 2026-11-20", "It holds no text."),
    ]
    assert take_in(journal, JOURNAL, Given((path,)), at=at).new == 0
    written(path, MONTH.replace("二厂区走查。", "二厂区走查完成。"))
    assert take_in(journal, JOURNAL, Given((path,)), at=at).changed == 1
    assert journal.find(Entry, order="day")[1].text.startswith("二厂区走查完成。")
    journal.undo(at=at)
    journal.undo(at=at)
    assert journal.find(Entry) == []


@pytest.mark.parametrize("form", ["json", "zip"])
def test_day_one_comes_in_without_its_pictures(journal, tmp_path, at, pine, form):
    path = tmp_path / f"export.{form}"
    if form == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("photos/771B.jpeg", b"x")
            archive.writestr("Journal.json", json.dumps(DAY_ONE))
    else:
        written(path, DAY_ONE)
    assert importer_of(path) is JOURNAL
    taken = take_in(journal, JOURNAL, Given((path,)), at=at)
    (entry,) = journal.find(Entry)
    assert (entry.day, entry.tags) == (date(2026, 11, 20), ("Pine", "trip"))  # its own clock's day
    assert entry.text == "Plan holds. #1\n\nBored!"
    assert entry.clients == (pine.id,)
    assert taken.left_out == {"Pictures in entries": 2}
    assert [why for _, why in lost(taken)] == [
        "It has no day that a calendar knows.",
        "This is not laid out as the program writes it.",
    ]
    assert take_in(journal, JOURNAL, Given((path,)), at=at).new == 0


def test_jrnl_as_json_is_what_came_in_as_text(journal, tmp_path, at, pine):
    text = "[2026-11-20 09:30:00 AM] Called Pine.\nThe plan holds. @pine\n"
    take_in(journal, JOURNAL, Given((written(tmp_path / "a.txt", text),)), at=at)
    path = written(tmp_path / "a.json", JRNL)
    assert importer_of(path) is JOURNAL
    seen = look_through(journal, JOURNAL, Given((path,)), at=at)
    assert (seen.new, seen.changed, seen.there) == (0, 0, 1)


def test_an_entry_that_names_two_clients_or_none_stays_without(journal, tmp_path, at, pine):
    text = "1: {text: Pine and Harbour met.}\n2: {text: Nobody.}\n"
    take_in(journal, JOURNAL, Given((written(tmp_path / "2026-11.txt", text),)), at=at)
    assert [entry.clients for entry in journal.find(Entry)] == [(), ()]


def test_a_day_ahead_is_unclear(journal, tmp_path, at):
    path = written(tmp_path / "2031-01.txt", "1: {text: ahead}\n")
    seen = look_through(journal, JOURNAL, Given((path,)), at=at)
    assert (seen.new, seen.unclear) == (0, 1)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("//so// and http://x.example//y", "*so* and http://x.example//y"),
        ("--gone-- stays -- so", "~~gone~~ stays -- so"),
        ('[""/home/me/plan"".png?300]', "plan.png"),
        ("== Site ==", "## Site"),
        ("+ one\n__under__ ``x``", "1. one\nunder `x`"),
    ],
)
def test_markup_becomes_markdown(text, shown):
    assert readable(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "1: &a {text: x}\n2: *a\n",
        "1: {text: " + "[" * 20 + "]" * 20 + "}\n",
        "1: {text: 'x\n",
        "1: {<<: [[[[[[[[[a]]]]]]]]]}\n",
    ],
)
def test_what_yaml_could_blow_up_is_named(text):
    assert any(isinstance(one, Broken) for one in read_rednotebook("2026-11.txt", text))


def test_a_large_journal_is_stopped_within_its_parser():
    asked = 0

    def check(_share):
        nonlocal asked
        asked += 1
        if asked == 3:
            raise ImportCancelled

    data = json.dumps({"entries": [{"uuid": "1"}] * 2_000}).encode()
    with pytest.raises(ImportCancelled):
        list(read_entries(data, check))
    asked = 0
    with pytest.raises(ImportCancelled):
        list(read_rednotebook("2026-11.txt", "1: {text: x}\n" * 2_000, check))


def test_a_stopped_import_of_an_archive_keeps_nothing(journal, tmp_path, at):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Journal.json", json.dumps(DAY_ONE))
    with pytest.raises(ImportCancelled):
        take_in(journal, JOURNAL, Given((path,)), at=at, job=Job(cancelled=lambda: True))
    assert journal.find(Entry) == []


SEEDS = [MONTH.encode(), json.dumps(DAY_ONE).encode(), json.dumps(JRNL).encode()]


@settings(max_examples=50, deadline=None)
@for_all(st.sampled_from(SEEDS), st.integers(0, 400), st.binary(max_size=6))
def test_whatever_is_damaged_is_named_or_read(data, place, put):
    damaged = data[:place] + put + data[place + len(put) :]
    list(read_entries(damaged))
    list(read_rednotebook("2026-11.txt", damaged.decode("utf-8", "replace")))
