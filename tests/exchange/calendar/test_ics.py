"""Events of .ics files: series, zones, damage."""

import random
from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.exchange.calendar.channels import channel_of
from pmdesk.exchange.calendar.ics import looks_like_ics, read_ics
from pmdesk.exchange.calendar.values import Why
from pmdesk.exchange.mail.charsets import decode
from pmdesk.records.choices import Channel

FIRST, LAST = date(2025, 11, 22), date(2027, 5, 24)


def ics(*events):
    body = "".join(
        f"BEGIN:VEVENT\nUID:a\nSUMMARY:周例会\n{event}\nEND:VEVENT\n" for event in events
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n"


def events(*texts):
    return read_ics(ics(*texts), FIRST, LAST).events


def instants(found):
    return [f"{e.start.astimezone(UTC) if e.start.tzinfo else e.start:%m-%d %H:%M}" for e in found]


WEEKLY = "DTSTART;TZID=China Standard Time:20261105T090000\nRRULE:FREQ=WEEKLY;"


@pytest.mark.parametrize(
    ("texts", "starts"),
    [
        (["DTSTART:20261101T090000Z"], ["11-01 09:00"]),
        (["DTSTART;TZID=China Standard Time:20261101T090000"], ["11-01 01:00"]),
        (["DTSTART;TZID=Asia/Shanghai:20261101T090000"], ["11-01 01:00"]),
        (["DTSTART:20261101T090000"], ["11-01 09:00"]),
        ([f"{WEEKLY}COUNT=2"], ["11-05 01:00", "11-12 01:00"]),
        ([f"{WEEKLY}UNTIL=20261112T010000Z"], ["11-05 01:00", "11-12 01:00"]),
        ([f"{WEEKLY}UNTIL=20261111"], ["11-05 01:00"]),
        (
            [f"{WEEKLY}COUNT=3\nEXDATE;TZID=China Standard Time:20261112T090000"],
            ["11-05 01:00", "11-19 01:00"],
        ),
        (
            [f"{WEEKLY}COUNT=2\nRDATE:20261120T030000Z"],
            ["11-05 01:00", "11-12 01:00", "11-20 03:00"],
        ),
        (
            [f"{WEEKLY}COUNT=2", "RECURRENCE-ID:20261112T010000Z\nDTSTART:20261113T020000Z"],
            ["11-05 01:00", "11-13 02:00"],
        ),
        (
            [
                f"{WEEKLY}COUNT=3",
                "RECURRENCE-ID;RANGE=THISANDFUTURE:20261112T010000Z\nDTSTART:20261112T030000Z",
            ],
            ["11-05 01:00", "11-19 03:00", "11-12 03:00"],
        ),
        (["RECURRENCE-ID:20261112T010000Z\nDTSTART:20261113T020000Z"], ["11-13 02:00"]),
        (
            ["DTSTART;TZID=America/New_York:20261029T090000\nRRULE:FREQ=WEEKLY;COUNT=2"],
            ["10-29 13:00", "11-05 14:00"],
        ),
        (["DTSTART:20260101T000000\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"], ["01-01 00:00"]),
    ],
)
def test_when_an_event_takes_place(texts, starts):
    assert instants(events(*texts)) == starts


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("BEGIN:VCALENDAR\n", True),
        ("\ufeff\r\nbegin:vevent\r\n", True),
        ("BEGIN:VCARD\n", False),
        ("Subject: x\n\nBEGIN:VCALENDAR\n", False),
        ("", False),
    ],
)
def test_a_calendar_is_known_by_its_beginning(text, own):
    assert looks_like_ics(text) is own


def test_a_series_is_laid_out_from_a_year_back_to_half_a_year_ahead():
    found = events("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1")
    assert (found[0].start, found[-1].start) == (date(2025, 12, 1), date(2027, 5, 1))
    assert len({event.key for event in found}) == len(found) == 18


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("DTSTART:20261101T090000Z\nDTEND:20261101T103000Z", 90),
        ("DTSTART:20261101T090000Z\nDURATION:PT45M", 45),
        ("DTSTART:20261101T090000Z\nDTEND:20261101T080000Z", None),
        ("DTSTART;VALUE=DATE:20261101\nDTEND;VALUE=DATE:20261103", None),
        ("DTSTART:20261101T090000Z", None),
    ],
)
def test_how_long_it_lasts(text, minutes):
    assert events(text)[0].minutes == minutes


def test_people_text_and_state():
    [event] = events(
        "DTSTART:20261101T090000Z\nSTATUS:CANCELLED\nDESCRIPTION:第一行\\n第\n 二行\n"
        "ORGANIZER;CN=林悦:mailto:Lin@us.example\nATTENDEE;CN=Lin:MAILTO:lin@us.example\n"
        "ATTENDEE;PARTSTAT=DECLINED:mailto:zhou@pine.example\n"
        "BEGIN:VALARM\nDESCRIPTION:Reminder\nTRIGGER:-PT5M\nACTION:DISPLAY\nEND:VALARM"
    )
    assert event.cancelled
    assert event.text == "第一行\n第二行"
    assert [person.address for person in event.everybody] == ["lin@us.example", "zhou@pine.example"]
    assert (event.everybody[0].name, event.people[1].declined) == ("林悦", True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("DTSTART:20269999T090000Z", Why.NO_TIME),
        ("DTEND:20261101T090000Z", Why.NO_TIME),
        ("DTSTART:20261101T090000Z\nRRULE:FREQ=HOURLY", Why.TOO_OFTEN),
        ("DTSTART:20261101T090000Z\nRRULE:FREQ=SOMETIMES", Why.RULE),
        ("DTSTART:20261101T090000Z\nRRULE:INTERVAL=2", Why.RULE),
    ],
)
def test_a_broken_event_stops_no_other(text, why):
    calendar = read_ics(ics(text, "DTSTART:20261101T090000Z"), FIRST, LAST)
    assert [one.why for one in calendar.broken] == [why]
    assert "周例会" in calendar.broken[0].what
    assert len(calendar.events) == 1


@pytest.mark.parametrize(
    ("title", "place", "text", "channel"),
    [
        ("周例会", "三楼会议室", "https://zoom.us/j/1", Channel.MEETING),
        ("周例会", "", "入会：https://meeting.tencent.com/dm/a", Channel.VIDEO),
        ("周例会", "飞书会议 123", "", Channel.VIDEO),
        ("Call with Pine", "", "", Channel.CALL),
        ("电话沟通", "", "", Channel.CALL),
        ("拜访青松", "一厂区", "", Channel.VISIT),
        ("Recalling parts", "Plant", "", Channel.MEETING),
    ],
)
def test_how_a_meeting_takes_place(title, place, text, channel):
    assert channel_of(title, place, text) is channel


def test_more_days_than_anybody_plans_are_not_laid_out():
    text = ics(*["DTSTART:20251201T090000Z\nRRULE:FREQ=DAILY"] * 120)
    calendar = read_ics(text, FIRST, LAST)
    assert 50_000 < len(calendar.events) < 51_000
    assert [one.why for one in calendar.broken] == [Why.TOO_MANY]


def test_a_reading_can_be_stopped():
    def stop(_share):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_ics(ics("SUMMARY:no time"), FIRST, LAST, stop)


@given(st.integers(0, 2**32), st.integers(1, 12))
def test_no_damage_ends_a_reading(seed, times):
    chance = random.Random(seed)
    data = bytearray(
        ics(f"{WEEKLY}COUNT=3\nEXDATE:20261112T010000Z\nATTENDEE;CN=x:mailto:a@b.c").encode()
    )
    for _ in range(times):
        data[chance.randrange(len(data))] = chance.choice(b'\x00\n:;,=ABZ09\xff\\"')
    read_ics(decode(bytes(data)), FIRST, LAST)


def test_real_files_are_read(real_data):
    found = sorted((real_data / "ics").rglob("*.ics"))
    texts = [decode(path.read_bytes()) for path in found]
    assert (
        sum(len(read_ics(text, FIRST, LAST).events) for text in texts if looks_like_ics(text)) > 100
    )
