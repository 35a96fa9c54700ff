"""What was typed finds the right entry first, key by key as at once."""

from itertools import count

import pytest

from pmdesk.answers.palette.entries import Entry, Finder, Sort
from pmdesk.answers.palette.known import people, titled
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.transparency import Issue

_IDS = count(1)


def entry(title, sort=Sort.COMMAND, *, names=(), beside=(), of_client=False):
    return Entry(
        title, sort, "", print, (title, *names), tuple(beside), opens=("x", next(_IDS)),
        takes_client=of_client,
    )  # fmt: skip


ENTRIES = [
    entry("青松制造", Sort.CLIENT),
    entry("Harbour Logistics", Sort.CLIENT),
    entry("Cedar Clinic 雪松诊所", Sort.CLIENT),
    entry("Tomas Brandt", Sort.CONTACT, beside=["Harbour Logistics"]),
    entry("周启明", Sort.CONTACT, beside=["青松制造"]),
    entry("Minutes of a meeting", names=["会议纪要"], beside=["New", "新建"], of_client=True),
    entry("Trust", Sort.SIDE, names=["信任"], of_client=True),
    entry("Settings", Sort.PAGE, names=["设置"]),
    entry("Text size", Sort.SETTING, names=["文字大小"], beside=["Window", "Settings"]),
    entry("Timeline", Sort.SIDE, names=["时间线"], of_client=True),
    entry("Today", Sort.PAGE, names=["今天"]),
]
BY_TITLE = {one.title: one for one in ENTRIES}


def said(found):
    return [f"{one.client.title} > {one.entry.title}" if one.client else one.entry.title for one in found]  # fmt: skip


def found(typed, opened=(), limit=20):
    keys = {BY_TITLE[title].opens: n for n, title in enumerate(opened)}
    return said(Finder(ENTRIES).find(typed, keys, limit))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("har", "Harbour Logistics"),
        ("logi", "Harbour Logistics"),
        ("HARBOUR  log", "Harbour Logistics"),
        ("青松", "青松制造"),
        ("青鬆", "青松制造"),
        ("qingsong", "青松制造"),
        ("qszz", "青松制造"),
        ("zhouqm", "周启明"),
        ("设置", "Settings"),
        ("shezhi", "Settings"),
        ("hyjy", "Minutes of a meeting"),
        ("new minutes", "Minutes of a meeting"),
        ("size settings", "Text size"),
        ("harbour tomas", "Tomas Brandt"),
        ("tomas harb", "Tomas Brandt"),
    ],
)
def test_what_is_typed_finds_it_first(typed, first):
    assert found(typed)[0] == first


@pytest.mark.parametrize(
    "typed", ["xq", "harbour xq", "settings today", "…", "harbour logistics clinic"]
)
def test_what_nothing_is_called_finds_nothing(typed):
    assert found(typed) == []


def test_a_word_that_stands_only_beside_names_finds_nobody():
    assert "Tomas Brandt" not in found("harbour")
    assert "Tomas Brandt" not in found("harbour logistics")


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("青松 纪要", "青松制造 > Minutes of a meeting"),
        ("纪要 青松", "青松制造 > Minutes of a meeting"),
        ("qs hyjy", "青松制造 > Minutes of a meeting"),
        ("harbour trust", "Harbour Logistics > Trust"),
        ("cedar clinic minutes of", "Cedar Clinic 雪松诊所 > Minutes of a meeting"),
    ],
)
def test_a_client_and_what_can_be_done_with_it_are_typed_together(typed, what):
    assert found(typed) == [what]


def test_a_client_stands_beside_nothing_that_is_of_no_client():
    assert found("青松 设置") == []


def test_of_those_that_fit_alike_the_one_opened_last_stands_first():
    assert found("t")[0] == "Today"
    assert found("t", ["Timeline", "Trust"])[:3] == ["Timeline", "Trust", "Today"]
    # what fits worse stays below, however often it was opened
    assert found("t", ["Minutes of a meeting"])[0] == "Today"


def test_words_in_the_order_of_the_name_fit_better():
    finder = Finder([entry("May plan"), entry("Plan may")])
    assert said(finder.find("plan may", {}, 9)) == ["Plan may", "May plan"]


def test_what_either_half_may_name_stands_once():
    finder = Finder([entry("Trust Bank", Sort.CLIENT), entry("Trust", Sort.SIDE, of_client=True)])
    assert said(finder.find("trust trust", {}, 9)).count("Trust Bank > Trust") == 1


def test_nothing_typed_shows_all_in_their_order_after_those_that_were_opened():
    titles = [one.title for one in ENTRIES]
    assert found("") == titles
    assert found("  ", ["Today"], limit=3) == ["Today", *titles[:2]]


@pytest.mark.parametrize(
    "typed",
    ["harbour trust", "qingsong hyjy", "tomas harbour", "text size", "cedar clinic minutes"],
)
def test_key_by_key_finds_the_same_as_at_once(typed):
    finder = Finder(ENTRIES)
    while finder.meet(3):
        pass
    for n in range(1, len(typed) + 1):
        assert said(finder.find(typed[:n], {}, 20)) == found(typed[:n]), typed[:n]
    # and back again
    for n in range(len(typed), 0, -1):
        assert said(finder.find(typed[:n], {}, 20)) == found(typed[:n]), typed[:n]


def test_people_and_titles_come_from_the_journal(journal, at):
    with journal.action("Add", at=at) as act:
        client = act.save(Client(name="Pine"))
        person = act.save(Contact(client_id=client.id, name="Zhou", role="CEO"))
        issue = act.save(Issue(client_id=client.id, statement="## Rounding\nis wrong", found_at=at))
        gone = act.save(Client(name="Gone"))
    with journal.action("Delete", at=at) as act:
        act.delete(gone)
    assert [tuple(one) for one in people(journal)] == [(person.id, "Zhou", client.id, "CEO")]
    keys = [("issue", issue.id), ("client", client.id), ("client", gone.id), ("page", "today"),
            ("calendar", 1), ("contact", "x")]  # fmt: skip
    there = titled(journal, keys)
    assert {key: (one.title, one.client_id) for key, one in there.items()} == {
        ("issue", issue.id): ("Rounding", client.id),
        ("client", client.id): ("Pine", client.id),
    }
