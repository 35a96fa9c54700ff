"""Days written, what was written before on such a day, what happened on it, tags."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pmdesk.answers.writing import (
    amounts,
    earlier,
    happened,
    levels,
    month_before,
    tagged,
    tags_used,
    word_count,
)
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise

DAY = date(2026, 11, 29)


def test_days_are_marked_by_quarters_of_what_was_written(journal, keep):
    for n in range(1, 9):
        keep(Entry(day=date(2026, 11, n), text="x" * n * n))
    keep(Entry(day=date(2026, 11, 1), text="y"))
    found = amounts(journal)
    assert found[date(2026, 11, 1)] == 2
    assert [levels(found)[date(2026, 11, n)] for n in range(1, 9)] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert levels({}) == {}


def test_the_same_day_before_comes_by_week_month_and_years(journal, keep):
    for day, text in (
        (date(2026, 11, 22), "# Week"),
        (date(2026, 10, 29), "**Month**\nmore"),
        (date(2024, 11, 29), "two years"),
        (date(2025, 11, 29), "one year"),
        (date(2025, 11, 28), "not this"),
        (DAY, "today"),
    ):
        keep(Entry(day=day, text=text))
    assert [(one.label, one.title) for one in earlier(journal, DAY)] == [
        ("A week before", "Week"),
        ("A month before", "Month"),
        ("", "one year"),
        ("", "two years"),
    ]
    assert month_before(date(2026, 3, 31)) == date(2026, 2, 28)


def test_what_happened_on_a_day_is_told_where_the_pm_is_at_home(journal, keep, pine):
    contact = Interaction(client_id=pine.id, channel=Channel.CALL, direction=Direction.INBOUND)
    late = datetime(2026, 11, 28, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai
    keep(
        Interaction(**{**vars(contact), "at": late, "subject": "Night call"}),
        Interaction(**{**vars(contact), "at": late, "subject": "Robot", "automatic": True}),
        Interaction(**{**vars(contact), "at": late.replace(hour=15), "subject": "Day before"}),
        Promise(client_id=pine.id, what="Test report", to_whom="Lin", due=DAY),
    )
    found = happened(journal, DAY, ZoneInfo("Asia/Shanghai"))
    assert [(one.title, one.day_words, one.client) for one in found] == [
        ("Test report", ("Due",), pine.name),
        ("Night call", ("When",), pine.name),
    ]
    assert [one.title for one in happened(journal, DAY, ZoneInfo("UTC"))] == ["Test report"]


def test_tags_are_counted_and_lead_to_their_entries(journal, keep):
    for n, tags in ((3, ("risk", "预算")), (5, ("risk",)), (4, ())):
        keep(Entry(day=date(2026, 11, n), text=f"# Day {n}", tags=tags))
    assert tags_used(journal) == [("risk", 2), ("预算", 1)]
    assert [one.title for one in tagged(journal, "risk")] == ["Day 5", "Day 3"]
    assert tagged(journal, "ri") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("The client's follow-up, at 9.30!", 5),
        ("客户确认了三项需求。", 9),
        ("用 PM Desk 写日志", 6),
        ("**bold**  \n- item", 2),
    ],
)
def test_words_are_counted_as_each_script_counts_them(text, words):
    assert word_count(text) == words
