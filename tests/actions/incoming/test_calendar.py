"""Calendars and invitations come into the journal once: what was as contacts, what comes as planned."""

from datetime import UTC, datetime, timedelta

import pytest

from pmdesk.actions.incoming.importers import BY_NAME, importer_of
from pmdesk.actions.incoming.taking import Unanswered, look_through, take_in
from pmdesk.actions.incoming.values import Given
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel, Direction, IdentityRole
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from tests.exchange.calendar.test_ics import ics
from tests.exchange.calendar.test_pasted import TENCENT, WEEKLY

CALENDAR = BY_NAME["calendar"]
ZHOU = "ATTENDEE;CN=周启明:mailto:zhou@pine.example"
PAST = f"DTSTART:20261120T020000Z\nDTEND:20261120T030000Z\nORGANIZER:mailto:lin@us.example\n{ZHOU}"
AHEAD = f"DTSTART:20261201T020000Z\nDTEND:20261201T030000Z\nLOCATION:腾讯会议\n{ZHOU}"
SERIES = f"DTSTART:20261109T020000Z\nRRULE:FREQ=WEEKLY;COUNT=4\n{ZHOU}"


@pytest.fixture
def pine(journal, at):
    with journal.action("Clients", at=at) as act:
        client = act.save(Client(name="青松制造", mail=("@pine.example",), zone="Asia/Tokyo"))
        act.save(Client(name="Harbour"))
        act.save(Contact(client_id=client.id, name="周启明", addresses=("zhou@pine.example",)))
        act.save(Identity(pattern="lin@us.example", role=IdentityRole.OWN))
    return client


@pytest.fixture
def take(journal, at, tmp_path, pine):
    def taken(*texts, at=at, replace=("", ""), **answers):
        path = tmp_path / "work.ics"
        path.write_text(ics(*texts).replace(*replace), "utf-8")
        return take_in(journal, CALENDAR, Given((path,), answers=answers), at=at)

    return taken


def planned(journal):
    return journal.find(Appointment, order="at, id")


def test_what_was_is_a_contact_and_what_comes_is_planned(journal, take, at, pine):
    taken = take(PAST, AHEAD.replace("DTSTART", "DTSTART"), replace=("UID:a", "UID:a"))
    assert taken.new == 1  # one uid, one event
    taken = take(AHEAD, replace=("UID:a", "UID:b"))
    [contact], [appointment] = journal.find(Interaction), planned(journal)
    assert (contact.client_id, contact.who, contact.minutes) == (pine.id, "周启明", 60)
    assert (contact.channel, contact.direction) == (Channel.MEETING, Direction.OUTBOUND)
    assert contact.contact_id == appointment.contact_id is not None
    assert (contact.at, contact.offset_minutes) == (datetime(2026, 11, 20, 2, tzinfo=UTC), 540)
    assert (appointment.channel, appointment.place) == (Channel.VIDEO, "腾讯会议")
    assert (appointment.uid, appointment.what) == ("b", "周例会")


def test_a_series_comes_once_and_undo_takes_it_back(journal, take, at):
    assert take(SERIES).new == 4
    assert (len(journal.find(Interaction)), len(planned(journal))) == (3, 1)
    again = take(SERIES)
    assert (again.new, again.changed, again.there) == (0, 0, 4)
    journal.undo(at=at)
    journal.undo(at=at)
    assert journal.find(Interaction) == planned(journal) == []


@pytest.mark.parametrize(
    ("before", "after", "field", "value"),
    [
        (AHEAD, AHEAD.replace("1201T0", "1202T0"), "at", datetime(2026, 12, 2, 2, tzinfo=UTC)),
        (AHEAD, AHEAD.replace("T030000Z", "T040000Z"), "minutes", 120),
        (AHEAD, AHEAD.replace("腾讯会议", "三楼"), "channel", Channel.MEETING),
        (AHEAD, f"{AHEAD}\nSTATUS:CANCELLED", "ended_on", datetime(2026, 11, 23).date()),
    ],
)
def test_a_changed_event_is_changed_here(journal, take, before, after, field, value):
    take(before)
    assert take(after).changed == 1
    [appointment] = planned(journal)
    assert getattr(appointment, field) == value
    assert take(after).changed == 0


def test_a_day_taken_out_of_a_series_is_called_off(journal, take, at):
    take(SERIES)
    assert take(f"{SERIES}\nEXDATE:20261130T020000Z").changed == 1
    assert planned(journal)[0].ended_on == datetime(2026, 11, 23).date()


def test_days_of_a_series_that_are_no_longer_laid_out_stay(journal, take, at):
    take(SERIES)
    assert take(SERIES, at=at + timedelta(days=500)).changed == 0
    assert planned(journal)[0].open


def test_what_was_planned_stays_planned_once_it_is_over(journal, take, at):
    take(AHEAD)
    later = take(AHEAD, at=at + timedelta(days=20))
    assert (later.new, later.there) == (0, 1)
    assert journal.find(Interaction) == []


def test_what_was_called_off_here_stays_so(journal, take, at):
    take(AHEAD)
    with journal.action("End", at=at) as act:
        act.save(
            planned(journal)[0].__class__(**{**vars(planned(journal)[0]), "ended_on": at.date()})
        )
    assert take(AHEAD.replace("1201T0", "1202T0")).changed == 0


@pytest.mark.parametrize(
    ("text", "at_utc"),
    [
        (f"DTSTART:20261120T090000\n{ZHOU}", datetime(2026, 11, 20, 0, tzinfo=UTC)),
        (f"DTSTART;TZID=China Standard Time:20261120T090000\n{ZHOU}", datetime(2026, 11, 20, 1, tzinfo=UTC)),
        (f"DTSTART;VALUE=DATE:20261120\n{ZHOU}", datetime(2026, 11, 19, 15, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_time_without_zone_is_the_clients(journal, take, text, at_utc):
    take(text)
    assert journal.find(Interaction)[0].at == at_utc


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("DTSTART:20261120T090000Z", {"Events without a client": 1}),
        (f"{AHEAD}\nSTATUS:CANCELLED", {"Events that were called off": 1}),
        (
            f"{AHEAD}\nATTENDEE;PARTSTAT=DECLINED:mailto:lin@us.example",
            {"Events that we declined": 1},
        ),
    ],
)
def test_what_is_left_out_is_counted(journal, take, text, left_out):
    taken = take(text)
    assert (taken.new, taken.left_out) == (0, left_out)


def test_events_that_name_nobody_are_asked_for(journal, take, at, pine):
    text = "DTSTART:20261120T090000Z"
    [asked] = take(text).asked
    assert (asked.key, asked.proposed, asked.required) == ("client", "nobody", False)
    assert take(text, client=pine.uuid).new == 1
    assert take("DTSTART:20261121T090000Z", replace=("周例会", "青松制造例会")).asked == []


def test_a_pasted_invitation_comes_in(journal, at, pine):
    given = Given(text=TENCENT)
    with pytest.raises(Unanswered, match="client"):
        take_in(journal, CALENDAR, given, at=at)
    given = Given(text=TENCENT, answers={"client": pine.uuid})
    assert take_in(journal, CALENDAR, given, at=at).new == 1
    [appointment] = planned(journal)
    assert (appointment.minutes, appointment.channel) == (90, Channel.VIDEO)
    assert (appointment.what, appointment.place) == ("排产系统周例会", "腾讯会议 123-456-789")
    assert take_in(journal, CALENDAR, given, at=at).new == 0
    off = Given(text=f"{TENCENT}会议已取消", answers={"client": pine.uuid})
    assert take_in(journal, CALENDAR, off, at=at).changed == 1


def test_an_invitation_without_a_time_is_named(journal, at, pine):
    monthly = WEEKLY.replace("每周 (周四)", "每月").replace("周会", "青松制造月会")
    bad = TENCENT.replace("2026/11/26", "明天")
    seen = look_through(journal, CALENDAR, Given(text=bad + monthly), at=at)
    assert [one.source for one in seen.not_taken] == ["排产系统周例会", "青松制造月会"]
    assert (seen.new, seen.asked) == (1, [])


@pytest.mark.parametrize("data", [ics(PAST).encode(), ics(PAST).encode("utf-16"), TENCENT.encode()])
def test_a_calendar_is_known_by_how_it_begins(tmp_path, data):
    path = tmp_path / "file.txt"
    path.write_bytes(data)
    assert importer_of(path) is CALENDAR
    assert CALENDAR.code.text_is_own(TENCENT)


def test_a_file_that_is_none_is_named(journal, at, tmp_path):
    (tmp_path / "a.ics").write_text("nothing")
    given = Given((tmp_path / "a.ics", tmp_path / "missing.ics"))
    assert len(look_through(journal, CALENDAR, given, at=at).not_taken) == 2
