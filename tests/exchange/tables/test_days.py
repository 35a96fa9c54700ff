"""Days of cells as spreadsheets and trackers write them."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.exchange.tables.days import NoDay, is_open, moment_of, order_told
from pmdesk.exchange.tables.jira import Comment, comment_of

DAY = date(2026, 11, 3)
NOON = datetime(2026, 11, 3, 15, 54)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-11-03", DAY), ("2026/11/3", DAY), ("2026.11.3", DAY), ("3.11.2026", DAY),
        ("2026年11月3日", DAY), ("２０２６年１１月３日", DAY), ("2026年11月3日 星期二", DAY),
        ("Tue, 3 Nov 2026", DAY), ("Nov 3, 2026", DAY), ("3 November 2026", DAY), ("03-Nov-26", DAY),
        ("03/Nov/26 3:54 PM", NOON), ("03/十一月/26 3:54 下午", NOON), ("3/11月/26 3:54 下午", NOON),
        ("03/Nov./26 15:54", NOON), ("2026/11/3 下午3:54", NOON), ("2026-11-03 15:54:00", NOON),
        ("03/Nov/26 12:00 AM", datetime(2026, 11, 3)), ("03/Mär/26", date(2026, 3, 3)),
        ("03/févr./26", date(2026, 2, 3)), ("20261103", DAY), ("46329", DAY), (46329, DAY),
        (46329.5, datetime(2026, 11, 3, 12)), (DAY, DAY), (NOON, NOON), ("'2026-11-03", DAY),
        ("2026-11-03T15:54:00Z", NOON.replace(tzinfo=UTC)),
        ("2026-11-03T15:54:00.000+0800", NOON.replace(tzinfo=timezone(timedelta(hours=8)))),
        ("", None), (None, None), ("  ", None),
    ],
)  # fmt: skip
def test_a_day_is_read(cell, moment):
    assert moment_of(cell) == moment
    assert not is_open(cell)


@pytest.mark.parametrize(
    ("text", "dmy", "mdy", "told"),
    [
        ("11/3/2026", date(2026, 3, 11), DAY, None),
        ("11/3/26 15:54", datetime(2026, 3, 11, 15, 54), NOON, None),
        ("13/11/2026", date(2026, 11, 13), date(2026, 11, 13), "dmy"),
        ("11-13-2026", date(2026, 11, 13), date(2026, 11, 13), "mdy"),
        ("3.11.2026", DAY, DAY, None),
        ("3/3/2026", date(2026, 3, 3), date(2026, 3, 3), None),
        ("1/1/99", date(1999, 1, 1), date(1999, 1, 1), None),
    ],
)
def test_numbers_alone_are_read_by_the_order_of_the_table(text, dmy, mdy, told):
    assert (moment_of(text, "dmy"), moment_of(text, "mdy")) == (dmy, mdy)
    assert order_told(text) == told
    assert is_open(text) == (dmy != mdy)


@pytest.mark.parametrize(
    "cell",
    ["2 hours ago", "3 days ago", "Friday", "明天", "11/3", "TBD", "31/02/2026", "2026-13-01", "7",
     7, 1e300, float("nan"), True, time(9), "a;b", "9" * 400, "3 Nov 2026 " * 90_000],
)  # fmt: skip
def test_what_is_no_day_of_its_own_is_none(cell):
    with pytest.raises(NoDay):
        moment_of(cell)


@settings(max_examples=50, deadline=None)
@given(
    st.text(alphabet="0123456789/-.: 年月日apmNovZT+上下午", max_size=24)
    | st.floats()
    | st.integers()
)
def test_any_cell_is_a_day_or_none(cell):
    with suppress(NoDay):
        moment_of(cell)
    assert is_open(cell) in (True, False)


@pytest.mark.parametrize(
    ("cell", "comment"),
    [
        ("05/Sep/25 7:24 AM;5fe0:1a;One; two;three", Comment("05/Sep/25 7:24 AM", "5fe0:1a", "One; two;three")),
        ("only a text", Comment("", "", "only a text")),
        ("so; and so; and so", Comment("", "", "so; and so; and so")),
        ("05/Sep/25 7:24 AM;5fe0:1a;", None),
        ("  ", None),
    ],
)  # fmt: skip
def test_a_comment_is_split_twice(cell, comment):
    assert comment_of(cell) == comment
