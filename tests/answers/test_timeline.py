"""What the rows of a client's timeline say."""

from datetime import timedelta

import pytest

from pmdesk.answers.timeline import timeline_page
from pmdesk.journal.search import search
from pmdesk.records.choices import Channel
from pmdesk.records.interaction import Interaction

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
