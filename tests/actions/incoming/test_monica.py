"""An account of Monica comes in: people of a client, what was done with them, notes; once."""

import json
from datetime import UTC, date, datetime

import pytest

from pmdesk.actions.incoming.importers import BY_NAME, importer_of
from pmdesk.actions.incoming.taking import look_through, take_in
from pmdesk.actions.incoming.values import Given
from pmdesk.exchange.cards.monica import read_monica
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.words import words_for

MONICA = BY_NAME["monica"]


def listed(kind, *values):
    return {"count": len(values), "type": kind, "values": list(values)}


def fact(uuid, **properties):
    return {"uuid": uuid, "created_at": "2026-11-18T09:00:00Z", "properties": properties}


ZHOU = fact(
    "p1",
    first_name="Qiming",
    last_name="Zhou",
    company="Pine Works",
    job="Director",
    birthdate={
        "uuid": "s1",
        "is_age_based": False,
        "is_year_unknown": True,
        "date": "2026-08-15T00:00:00Z",
    },
)
ZHOU["data"] = [
    listed("call", fact("c1", called_at="2026-11-19T02:30:00Z", content="He called.", contact_called=True)),
    listed("contact_field", fact("f1", data="Zhou@pine.example"), fact("f2", data="+86 138 0000 1111")),
    listed("gift", fact("g1", name="tea")),
    listed("note", fact("n1", body="Likes tea.")),
    listed("reminder", fact("r1", title="Birthday"), fact("r2", title="Tea")),
    listed("conversation", fact("t1", happened_at="2026-11-20T00:00:00Z", messages=[
        {"created_at": "x", "properties": {"content": "When?", "written_at": "2026-11-20T03:00:00Z", "written_by_me": False}},
        {"created_at": "x", "properties": {"content": "Friday.", "written_at": "2026-11-20T03:05:00Z", "written_by_me": True}},
    ])),
    listed("activity", "a1"),
]  # fmt: skip
LI = fact("p2", first_name="Li", company="Pine Works") | {"data": [listed("activity", "a1")]}
AUNT = fact("p3", first_name="Aunt") | {"data": [listed("note", fact("n9", body="Cake."))]}
ACCOUNT = {
    "version": "1.0-preview.1",
    "app_version": "3.7.0",
    "export_date": "2026-11-21T08:00:00Z",
    "account": {
        "uuid": "acc",
        "data": [
            listed("contact", ZHOU, LI, AUNT),
            listed("activity", fact("a1", summary="Plant walk", description="All well.", happened_at="2026-11-17T00:00:00Z")),
        ],
        "properties": {
            "journal_entries": [fact("j1", type="entry", title="Day", post="Quiet.", date="2026-11-16")]
        },
    },
}  # fmt: skip


@pytest.fixture
def given(tmp_path):
    path = tmp_path / "monica.json"
    path.write_text(json.dumps(ACCOUNT, indent=4), encoding="utf-8")
    return Given((path,))


@pytest.fixture
def pine(journal):
    with journal.action("x") as act:
        return act.save(Client(name="Pine"))


def test_people_are_asked_about_and_come_in_with_what_is_of_them(journal, given, at, pine):
    assert importer_of(given.paths[0]) is MONICA
    assert [one.key for one in look_through(journal, MONICA, given, at=at).asked] == ["client"]
    taken = take_in(journal, MONICA, given, at=at)
    zhou, li = journal.find(Contact, order="id")
    assert (zhou.name, zhou.role, zhou.addresses) == (
        "Qiming Zhou",
        "Director",
        ("zhou@pine.example",),
    )
    assert zhou.birthday == "--08-15"
    assert (zhou.phones, li.name, li.client_id) == (("+86 138 0000 1111",), "Li", pine.id)
    came = journal.find(Interaction, order="at")
    assert [(one.channel, one.direction, one.subject, one.contact_id) for one in came] == [
        (Channel.MEETING, Direction.OUTBOUND, "Plant walk", zhou.id),
        (Channel.CALL, Direction.INBOUND, "He called.", zhou.id),
        (Channel.CHAT, Direction.INBOUND, "When?", zhou.id),
        (Channel.CHAT, Direction.OUTBOUND, "Friday.", zhou.id),
    ]
    assert came[1].at == datetime(2026, 11, 19, 2, 30, tzinfo=UTC)
    assert came[2].thread == came[3].thread is not None
    day, note = journal.find(Entry, order="day")
    assert (day.day, day.text, day.clients) == (date(2026, 11, 16), "Day\nQuiet.", ())
    assert (note.text, note.clients) == ("Qiming Zhou\nLikes tea.", (pine.id,))
    assert taken.left_out == {"People of no client": 1, "Gifts": 1, "Reminders": 2}
    again = take_in(journal, MONICA, given, at=at)
    assert (again.new, again.changed) == (0, 0)
    journal.undo(at=at)
    assert [journal.count(kind) for kind in (Contact, Interaction, Entry)] == [0, 0, 0]


@pytest.mark.parametrize(
    "text",
    ['{"version": "1.0"', '{"version": "1.0", "account": []}', "[" * 100_000, '{"account": null}'],
)
def test_a_damaged_export_is_named(journal, tmp_path, at, text):
    path = tmp_path / "monica.json"
    path.write_text(text)
    (lost,) = look_through(journal, MONICA, Given((path,)), at=at).not_taken
    assert lost.sentence(words_for("en")) == "This is not laid out as the program writes it."


@pytest.mark.parametrize(
    "broken",
    [[], None, 7, {"data": {"x": {"type": "contact", "values": {"a": 3}}}}, {"data": [7, []]},
     {"data": [{"type": "contact", "values": [{"properties": {"first_name": "A"}, "data": 3}]}]}],
)  # fmt: skip
def test_an_account_of_another_shape_is_read_as_far_as_it_goes(broken):
    read_monica(json.dumps({"account": broken}).encode())
