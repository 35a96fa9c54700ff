"""Due dates and planned contacts as a calendar: each once, by a name that stays, and none comes back in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pmdesk.actions.incoming.importers import BY_NAME, importer_of
from pmdesk.actions.incoming.taking import look_through
from pmdesk.actions.incoming.values import Given
from pmdesk.actions.outgoing.calendar import slots
from pmdesk.answers.due import due
from pmdesk.records.appointment import Appointment
from pmdesk.records.expectations import Expectation
from pmdesk.records.kinds import KINDS
from pmdesk.records.longterm import KeyDate
from pmdesk.records.minutes import Minutes
from pmdesk.records.project import Project, Stage
from pmdesk.records.trust import Promise, Side

MEETING = datetime(2026, 12, 3, 6, 30, tzinfo=UTC)
NEXT = datetime(2026, 12, 9, 2, 0, tzinfo=UTC)


@pytest.fixture
def read():
    """The events of a calendar file, as the library reads them."""
    from icalendar import Calendar

    return lambda path: Calendar.from_ical(path.read_bytes()).walk("VEVENT")


@pytest.fixture
def events(send, read, tmp_path):
    """The events of a calendar of a journal, by their titles."""

    def found(journal, *also, **more):
        send(journal, "ics", tmp_path / "a.ics", *also, **more)
        return {str(one["SUMMARY"]): one for one in read(tmp_path / "a.ics")}

    return found


@pytest.fixture
def dated(journal, pine, at):
    with journal.action("Add", at=at) as act:
        project = act.save(Project(client_id=pine.id, name="Line 2"))
        act.save(
            Stage(
                project_id=project.id,
                name="Hand-over",
                baseline_end=date(2026, 12, 1),
                forecast_end=date(2026, 12, 8),
            )
        )
        act.save(
            Promise(
                client_id=pine.id,
                by=Side.CLIENT,
                what="周报, 样本; x",
                due=date(2026, 11, 30),
                evidence="SECRET",
            )
        )
        act.save(
            Promise(
                client_id=pine.id,
                what="Done one",
                to_whom="Z",
                due=date(2026, 11, 1),
                delivered_on=date(2026, 11, 1),
            )
        )
        act.save(
            Promise(
                client_id=pine.id, what="Hidden", to_whom="Z", due=date(2026, 12, 1), internal=True
            )
        )
        act.save(
            Expectation(
                client_id=pine.id, statement="Live", said_by="Z", expected_day=date(2026, 12, 20)
            )
        )
        act.save(
            Appointment(
                client_id=pine.id,
                what="Visit",
                at=MEETING,
                minutes=90,
                place="Hall 3",
                purpose="SECRET",
                who="Zhou",
            )
        )
        act.save(Appointment(client_id=pine.id, what="Taken", at=MEETING, uid="x@outlook"))
        act.save(
            Appointment(
                client_id=pine.id, what="Called off", at=MEETING, ended_on=date(2026, 11, 20)
            )
        )
        act.save(Appointment(client_id=pine.id, what="Agreed", at=NEXT))
        act.save(Minutes(client_id=pine.id, what="Minutes", next_at=NEXT))
        act.save(
            KeyDate(client_id=pine.id, what="Founding day", day=date(2024, 2, 29), yearly=True)
        )
    return journal  # fmt: skip


@pytest.mark.parametrize(("language", "colon"), [("en", ": "), ("zh", "：")])
def test_what_is_open_stands_in_it_under_its_clients_name(dated, events, language, colon):
    found = events(dated, language=language)
    names = {"Hand-over", "周报, 样本; x", "Live", "Visit", "Agreed"}
    assert set(found) == {f"Pine Manufacturing{colon}{name}" for name in names}
    kinds = {one["CATEGORIES"].to_ical().decode() for one in found.values()}
    assert kinds == (
        {"阶段", "承诺", "期望", "计划联络"}
        if language == "zh"
        else {"Stage", "Promise", "Expectation", "Planned contact"}
    )


def test_a_day_of_the_moon_comes_again_on_its_days(journal, events, pine, at):
    with journal.action("Add", at=at) as act:
        act.save(
            KeyDate(client_id=pine.id, what="Moon", day=date(2020, 10, 1), yearly=True, lunar=True)
        )
    (event,) = events(journal, "internal").values()
    days = [one.dt for one in event["RDATE"].dts]
    assert days[:2] == [date(2027, 9, 15), date(2028, 10, 3)]
    assert "RRULE" not in event


def test_a_day_is_a_whole_day_and_a_meeting_has_its_zone(dated, events):
    found = events(dated)
    stage = found["Pine Manufacturing: Hand-over"]
    assert stage["DTSTART"].dt == date(2026, 12, 8)
    assert stage["DTEND"].dt == date(2026, 12, 9)
    assert stage["DTSTART"].params["VALUE"] == "DATE"
    visit = found["Pine Manufacturing: Visit"]
    assert visit["DTSTART"].dt == MEETING.astimezone(ZoneInfo("Asia/Shanghai"))
    assert visit["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert visit["DTEND"].dt - visit["DTSTART"].dt == timedelta(minutes=90)
    assert visit["LOCATION"] == "Hall 3"
    assert not visit.alarms.times


def test_nothing_internal_is_in_it_and_what_stays_out_is_counted(dated, send, tmp_path):
    sent = send(dated, "ics", tmp_path / "a.ics")
    text = (tmp_path / "a.ics").read_text("utf-8")
    assert "SECRET" not in text
    assert "Zhou" not in text
    assert (sent.records, sent.left_out) == (5, 2)


@pytest.mark.parametrize(
    ("wish", "more"),
    [
        ("past", {"Done one", "Called off"}),
        ("internal", {"Hidden", "Founding day"}),
        ("taken", {"Taken"}),
    ],
)
def test_a_wish_adds_what_it_names(dated, events, wish, more):
    usual, found = events(dated), events(dated, wish)
    assert set(found) - set(usual) == {f"Pine Manufacturing: {name}" for name in more}
    if wish == "past":
        assert found["Pine Manufacturing: Called off"]["STATUS"] == "CANCELLED"
    if wish == "internal":  # in other years the last day of February, as Today has it
        rule = found["Pine Manufacturing: Founding day"]["RRULE"]
        assert rule == {"FREQ": ["YEARLY"], "BYMONTH": [2], "BYMONTHDAY": [-1]}


def test_a_calendar_that_takes_it_again_changes_what_it_has(dated, events, at):
    before = events(dated)["Pine Manufacturing: Live"]
    (live,) = dated.find(Expectation)
    later = at + timedelta(hours=1)
    with dated.action("Move", at=later) as act:
        act.save(replace(live, expected_day=date(2026, 12, 24)))
    after = events(dated)["Pine Manufacturing: Live"]
    assert after["UID"] == before["UID"] == f"{live.uuid}@pmdesk"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert (before["LAST-MODIFIED"].dt, after["LAST-MODIFIED"].dt) == (at, later)
    assert after["DTSTAMP"].dt == at
    assert after["DTSTART"].dt == date(2026, 12, 24)


def test_a_promise_that_has_a_new_day_moves_and_is_no_second_one(journal, pine, events, at):
    promise = Promise(client_id=pine.id, what="Report", to_whom="Z", due=date(2026, 11, 10),
                      broken_on=date(2026, 11, 11), new_due=date(2026, 12, 5))  # fmt: skip
    with journal.action("Add", at=at) as act:
        act.save(promise)
    (found,) = events(journal, "past").values()
    assert found["DTSTART"].dt == date(2026, 12, 5)


def test_a_time_that_nothing_ends_is_over_once_it_has_passed(journal, pine, events, at):
    with journal.action("Add", at=at) as act:
        for what, days in (("Before", -1), ("Ahead", 1)):
            act.save(Minutes(client_id=pine.id, what=what, next_at=at + timedelta(days=days)))
    assert set(events(journal)) == {"Pine Manufacturing: Ahead"}
    assert len(events(journal, "past")) == 2


def test_what_comes_back_in_adds_and_asks_nothing(dated, send, tmp_path, at):
    send(dated, "ics", tmp_path / "a.ics", "past", "internal", "taken")
    assert importer_of(tmp_path / "a.ics") is BY_NAME["calendar"]
    seen = look_through(dated, BY_NAME["calendar"], Given((tmp_path / "a.ics",)), at=at)
    assert (seen.new, seen.changed, seen.unclear, seen.not_taken, seen.asked) == (0, 0, 0, [], [])
    assert seen.left_out["Dates that PM Desk wrote itself"] >= 9


def test_all_that_is_due_is_in_the_calendar_of_the_sample(sample, send, read, tmp_path):
    send(sample, "ics", tmp_path / "b.ics", "internal")
    uids = [str(one["UID"]) for one in read(tmp_path / "b.ics")]
    assert len(uids) == len(set(uids))
    today = date(2026, 11, 23)
    owed = {sample.get(KINDS[one.kind].cls, one.id).uuid for one in due(sample, today=today)}
    assert {f"{uuid}@pmdesk" for uuid in owed} <= set(uids)


def test_every_day_that_is_owed_is_declared_for_the_calendar():
    declared = {f"{kind.name}.{slot.field.name}" for kind in KINDS.values() for slot in slots(kind)}
    assert declared == {
        "appointment.at", "complaint.due", "expectation.expected_day", "issue.fix_date",
        "key_date.day", "minutes.next_at", "opportunity.next_on", "promise.due", "promise.new_due",
        "set_aside.until", "stage.baseline_end", "stage.forecast_end",
    }  # fmt: skip
