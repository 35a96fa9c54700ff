"""What the rows of a client's timeline say."""

from datetime import UTC, datetime, time, timedelta
from random import Random

import pytest

from pmdesk.answers.timeline import timeline_count, timeline_page
from pmdesk.journal.search import search
from pmdesk.records.choices import Channel
from pmdesk.records.entry import Entry
from pmdesk.records.feedback import Feedback
from pmdesk.records.interaction import Interaction
from pmdesk.records.transparency import Issue
from pmdesk.records.trust import Promise

REPLY = "好的，周五见。\n\n发件人: 林安 <lin@oak.example>\n发送时间: 2026年3月2日 10:00\n主题: 排产\n\n周四行吗？"
BELOW = "On 2 Mar 2026, Lin An wrote:\n> Thursday?\n> " + "z" * 60 + "\n\nFriday."


@pytest.fixture
def excerpt(journal, pine, at):
    def of(text, channel=Channel.MAIL):
        with journal.action("Add", at=at) as act:
            made = Interaction(
                client_id=pine.id, at=at - timedelta(hours=1), subject="s", text=text
            )
            act.save(Interaction(**{**vars(made), "channel": channel}))
        return timeline_page(journal, pine.id, offset=0)[0].excerpt

    return of


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.CHAT])
def test_a_row_begins_with_the_new_words_of_a_message(excerpt, channel):
    assert excerpt(REPLY, channel) == "好的，周五见。"


def test_a_row_finds_new_words_below_the_quotation(excerpt):
    assert excerpt(BELOW) == "Friday."


def test_notes_of_a_meeting_are_told_as_they_stand(excerpt):
    assert excerpt("> 已定\n周五", Channel.MEETING) == "> 已定 周五"
    assert len(excerpt("字" * 900, Channel.CALL)) == 240


def test_search_finds_and_marks_the_quoted_words_all_the_same(journal, excerpt):
    excerpt(REPLY)
    (hit,) = search(journal, "周四行吗")
    assert [hit.text[a:b] for a, b in hit.text_marks] == ["周四行吗"]


@pytest.fixture
def crowded(journal, pine, at):
    """A client of whom a good deal happened at the same moments."""
    chance = Random(7)
    with journal.action("Add", at=at) as act:
        for _ in range(120):
            moment = at - timedelta(hours=24 * chance.randrange(12) + chance.choice((0, 0, 3)))
            act.save(Interaction(client_id=pine.id, at=moment, subject="i"))
        for _ in range(25):
            day = (at - timedelta(days=chance.randrange(14))).date()
            act.save(Promise(client_id=pine.id, what="p", made_on=day))
            act.save(Feedback(client_id=pine.id, day=day))
            act.save(Entry(day=day, text="e", clients=(pine.id,)))
            act.save(Issue(client_id=pine.id, statement="x", found_at=at - timedelta(days=2)))
    return pine


def test_every_page_of_the_timeline_is_its_part_of_the_whole(journal, crowded):
    n = timeline_count(journal, crowded.id)
    whole = timeline_page(journal, crowded.id, offset=0, limit=n)
    assert len(whole) == n == 120 + 4 * 25
    # a journal entry stands at the end of its day
    told = [
        (line.at.date() if line.kind == "entry" else line.at, line.kind, line.id) for line in whole
    ]
    assert len(set(told)) == n
    moments = [
        datetime.combine(day, time(23, 59, 59), UTC) if kind == "entry" else day
        for day, kind, _ in told
    ]
    expected = sorted(range(n), key=lambda i: (-moments[i].timestamp(), told[i][1], -told[i][2]))
    assert expected == list(range(n))
    for size in (1, 7, 100):
        for offset in range(0, n + size, 3):
            page = timeline_page(journal, crowded.id, offset=offset, limit=size)
            assert page == whole[offset : offset + size]
