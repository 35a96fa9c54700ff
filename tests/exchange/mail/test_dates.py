"""The moment a mail was sent, in all the forms that mail programs write, and what is doubtful in it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.mail.dates import first_hop, settled, timing_of
from pmdesk.exchange.mail.headers import sent_time
from pmdesk.records.choices import DateDoubt

RECEIVED = "from a by b; Wed, 14 Aug 2024 15:26:40 +0800"
RIGHT = datetime(2024, 8, 14, 7, 26, 28, tzinfo=UTC)


def timing(date, *received, **more):
    headers = {"date": [date], **more}
    if received:
        headers["received"] = list(received)
    return timing_of(headers, None)


@pytest.mark.parametrize(
    "date",
    [
        "Wed, 14 Aug 2024 15:26:28 +0800",
        "Wed, 14 Aug 2024 15:26:28 +0800 (CST)",
        "Wed, 14 Aug 2024 15:26:28 +0800 (GMT+08:00)",
        "Wed, 14 Aug 2024 15:26:28 +08:00",
        "Wed, 14 Aug 2024 15:26:28 GMT+0800",
        "Wed, 14 Aug 2024 15:26:28 GMT +0800",
        "Wed, 14 Aug 2024 15:26:28 GMT+08:00",
        "Wed Aug 14 2024 15:26:28 GMT+0800 (China Standard Time)",
        "Wed Aug 14 2024 15:26:28 GMT+0800 (中国标准时间)",
        "Wed, 14 Aug 2024 15:26:28 China Standard Time",
        "Wed, 14 Aug 2024 15:26:28 HKT",
        "Wed Aug 14 15:26:28 CST 2024",
        "Wed, 14 Aug 2024 15:26:28 CST",
        "Wed, 14 Aug 2024 3:26:28 PM +0800",
        "14-Aug-2024 15:26:28 +0800",
        "Wed, 14 Aug 24 15:26:28 +0800",
        "2024-08-14T15:26:28+08:00",
        "2024-08-14 15:26:28.000 +0800",
        "2024-08-14T07:26:28Z",
        "2024/8/14 15:26:28 +0800",
        "2024年8月14日 15:26:28 +0800",
        "2024年8月14日 星期三 下午3:26:28 北京时间",
        "Wed, 14 Aug 2024 07:26:28 -0000",
        "Wed, 14 Aug 2024 07:26:28 GMT",
        "Wed, 14 Aug 2024 03:26:28 EDT",
    ],
)
def test_every_usual_and_unusual_form_is_the_same_moment_without_doubt(date):
    found = timing(date, RECEIVED)
    assert (found.sent_at, found.doubt) == (RIGHT, DateDoubt.NONE)
    assert found.header_at == sent_time(date)[0]


def test_the_header_stays_as_the_comparison_reads_it():
    found = timing("Wed, 14 Aug 2024 15:26:28 HKT", RECEIVED)
    assert found.header_at == RIGHT + timedelta(hours=8)
    assert timing("2024年8月14日 15:26 +0800").header_at is None


@pytest.mark.parametrize(
    ("more", "hour"),
    [
        ({}, 21),
        ({"x-timezone": ["Asia/Shanghai"]}, 7),
        ({"x-sent": ["x +0800"]}, 7),
        ({"content-type": ["text/plain; charset=gb2312"]}, 7),
    ],
)
def test_cst_is_china_where_the_mail_speaks_of_china(more, hour):
    assert timing("Wed, 14 Aug 2024 15:26:28 CST", **more).sent_at.hour == hour


def test_cst_is_whatever_its_receipt_says_before_all_other_signs():
    chinese = {"content-type": ["text/plain; charset=gb2312"]}
    received = "from a by b; Wed, 14 Aug 2024 16:26:40 -0500"
    found = timing("Wed, 14 Aug 2024 15:26:28 CST", received, **chinese)
    assert (found.sent_at.hour, found.offset_minutes) == (21, -360)


def test_a_date_without_zone_is_read_by_its_receipt_and_stays_flagged():
    found = timing("Wed, 14 Aug 2024 15:26:28", RECEIVED)
    assert (found.sent_at, found.doubt) == (RIGHT, DateDoubt.NO_ZONE)
    assert found.offset_minutes is None
    alone = timing("2024年8月14日 15:26")
    assert (alone.sent_at, alone.doubt) == (
        datetime(2024, 8, 14, 15, 26, tzinfo=UTC),
        DateDoubt.NO_ZONE,
    )


@pytest.mark.parametrize(
    ("off", "doubt", "taken"),
    [
        (timedelta(minutes=59), DateDoubt.NONE, "sent"),
        (timedelta(hours=1), DateDoubt.FUTURE, "sent"),
        (timedelta(hours=24), DateDoubt.FUTURE, "sent"),
        (timedelta(hours=25), DateDoubt.FUTURE, "received"),
        (-timedelta(minutes=59), DateDoubt.NONE, "sent"),
        (-timedelta(hours=1), DateDoubt.SKEWED, "sent"),
        (-timedelta(hours=24), DateDoubt.SKEWED, "sent"),
        (-timedelta(days=366), DateDoubt.SKEWED, "received"),
    ],
)
def test_doubt_begins_at_one_hour_and_after_a_day_the_receipt_is_taken(off, doubt, taken):
    assert settled(RIGHT + off, RIGHT) == (RIGHT + off if taken == "sent" else RIGHT, doubt)


@pytest.mark.parametrize("text", ["", "soon", "2024年13月1日 10:00"])
def test_no_date_is_missing(text):
    assert timing(text, RECEIVED)[0:2] == (None, None)
    assert timing(text, RECEIVED).doubt is DateDoubt.MISSING


def test_the_first_hop_counts_unless_its_clock_is_beyond_belief():
    def hops(*moments):
        return first_hop([f"by x; {m:%d %b %Y %H:%M:%S} +0000" for m in reversed(moments)])

    hour, day = timedelta(hours=1), timedelta(days=1)
    assert hops(RIGHT, RIGHT + 3 * hour) == RIGHT
    assert hops(RIGHT + 5 * hour, RIGHT, RIGHT + hour) == RIGHT
    assert hops(RIGHT - 300 * day, RIGHT) == RIGHT
    assert first_hop(["by x; Wed, 14 Aug 2024 07:26:28 +0000", "by y (no date)"]) == RIGHT
    assert first_hop(["no date at all"]) is None
    assert first_hop(["by x; Wed, 14 Aug 2024 15:26:28"]) is None
    assert first_hop(["(qmail 9 invoked by uid 0); 14 Aug 2024 07:26:28 -0000"]) == RIGHT


def test_an_envelope_dates_only_mail_that_has_no_date_itself():
    line = "From a@pine.example Wed Aug 14 07:26:28 2024"
    assert timing_of({}, line).received_at == RIGHT
    assert timing_of({}, line).sent_at is None
    dated = timing_of({"date": ["Mon, 2 Mar 2026 09:00:00 +0800"]}, line)
    assert (dated.received_at, dated.doubt) == (None, DateDoubt.NONE)


MOMENTS = st.datetimes(datetime(1971, 1, 2), datetime(2098, 12, 30)).map(
    lambda d: d.replace(microsecond=0)
)
OFFSETS = st.integers(-14 * 4, 14 * 4).map(lambda quarters: quarters * 15)


@given(MOMENTS, OFFSETS, st.sampled_from(["iso", "rfc", "colon", "gmt", "chinese", "java"]))
def test_any_moment_in_any_form_with_its_offset_is_read_back(local, offset, form):
    at = local.replace(tzinfo=timezone(timedelta(minutes=offset)))
    sign, size = "-" if offset < 0 else "+", abs(offset)
    zone = f"{sign}{size // 60:02}{size % 60:02}"
    colon = f"{zone[:3]}:{zone[3:]}"
    written = {
        "iso": at.isoformat(),
        "rfc": f"{at:%a, %d %b %Y %H:%M:%S} {zone}",
        "colon": f"{at:%a, %d %b %Y %H:%M:%S} {colon}",
        "gmt": f"{at:%d %b %Y %H:%M:%S} GMT{zone}",
        "chinese": f"{at.year}年{at.month}月{at.day}日 {at:%H:%M:%S} {zone}",
        "java": f"{at:%a %b %d %H:%M:%S} GMT{colon} {at.year}",
    }[form]
    found = timing(written)
    assert (found.sent_at, found.doubt) == (at.astimezone(UTC), DateDoubt.NONE)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_a_date_or_none(date, received):
    assert timing(date, received).doubt in DateDoubt
