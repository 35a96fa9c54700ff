"""Since we last spoke: nothing missed, nothing told twice, nothing internal in a client's view."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.answers.earlier import tells_the_past
from pmdesk.answers.relationship import RECORDED, relationship
from pmdesk.answers.rows.events import EVENTS
from pmdesk.answers.since import since_last_contact
from pmdesk.answers.text.said import say
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Confirmation, Dimension, Expectation
from pmdesk.records.feedback import Feedback
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import KeyDate, Opportunity
from pmdesk.records.needs import Need
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Severity
from pmdesk.records.trust import Promise, Side
from pmdesk.words import words_for

EN = words_for("en")
NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)  # a Thursday, noon in Shanghai
TODAY = date(2026, 11, 26)
CALLED = datetime(2026, 11, 24, 6, tzinfo=UTC)  # Tuesday, two in the afternoon
BEFORE, AFTER = CALLED - timedelta(days=20), CALLED + timedelta(hours=20)


def day(number):
    return TODAY + timedelta(days=number)


def call(pine, **more):
    given = {
        "client_id": pine.id,
        "channel": Channel.CALL,
        "at": CALLED,
        "who": "Xu Jing",
        "subject": "Call",
    }
    return Interaction(**(given | more))  # fmt: skip


@pytest.fixture
def write(journal):
    """Store records as one act at a moment; the last of them back."""

    def store(at, *records):
        with journal.action("Add", at=at) as act:
            saved = [act.save(record) for record in records]
        return saved[-1]

    return store


@pytest.fixture
def told(journal, pine):
    """What the lines say, in order: state, title, what more there is."""

    def tell(at=NOW, *, client=False):
        found = since_last_contact(relationship(journal, pine, at=at))
        lines = found.for_client() if client else found.lines
        return [
            (EN(line.badge[0]), line.title, " · ".join(say(EN, part) for part in line.more))
            for line in lines
        ]

    return tell


# what there was before the call, what became of it after; the lines
CHANGED = {
    "a promise kept": (
        Promise(what="Report", to_whom="Xu", due=day(0)), {"delivered_on": day(-1)},
        [("Delivered", "Report", "We to Xu")],
    ),
    "a promise broken": (
        Promise(what="Data", by=Side.CLIENT, due=day(-3)), {"broken_on": day(-1)},
        [("Broken", "Data", "The client")],
    ),
    "a promise put off": (
        Promise(what="Report", to_whom="Xu", due=day(3)), {"due": day(5)},
        [("Changed", "Report", "Due: 29 Nov 2026 → 1 Dec 2026")],
    ),
    "a promise past its date": (
        Promise(what="Report", to_whom="Xu", due=day(-1)), {},
        [("Past its date", "Report", "We · Due")],
    ),
    "a promise due today": (
        Promise(what="Report", to_whom="Xu", due=day(0)), {}, [("Due", "Report", "We · Due")],
    ),
    "a promise that was late at the call already": (
        Promise(what="Report", to_whom="Xu", due=day(-3)), {}, [],
    ),
    "a promise due on the day of the call": (
        Promise(what="Report", to_whom="Xu", due=day(-2)), {},
        [("Past its date", "Report", "We · Due")],
    ),
    "a problem told": (
        Issue(statement="Pump", found_at=BEFORE), {"told_at": AFTER}, [("Told", "Pump", "")],
    ),
    "a problem told before, written down after": (
        Issue(statement="Pump", found_at=BEFORE), {"told_at": BEFORE + timedelta(days=1)},
        [("Told", "Pump", "written down since")],
    ),
    "a problem worse": (
        Issue(statement="Pump", found_at=BEFORE), {"severity": Severity.S1, "fix": "New seal"},
        [("Changed", "Pump", ("Severity: S3 noticeable: tell within a working day → S1 critical: tell within 1 hour"
          " · What is done about it"))],
    ),
    "a change decided": (
        ChangeRequest(title="Line 3", asked_on=day(-9)),
        {"decision": Decision.APPROVED, "decided_by": "Fang", "decided_on": day(-1)},
        [("Decided", "Line 3", "Approved by Fang")],
    ),
    "a forecast moved": (
        Expectation(statement="Live", said_by="Xu", dimension=Dimension.SCHEDULE, expected_day=day(9)),
        {"forecast_day": day(20)},
        [("Changed", "Live", "Actual or forecast day: – → 16 Dec 2026")],
    ),
    "money and a mark": (
        Expectation(statement="Cost", said_by="Xu", expected_minor=100_000), {"forecast_minor": 250_000},
        [("Changed", "Cost", "Actual or forecast amount: – → 2,500")],
    ),
    "a delivery taken back": (
        Promise(what="Report", to_whom="Xu", delivered_on=day(-9)), {"delivered_on": None},
        [("Changed", "Report", "Delivered on: 17 Nov 2026 → –")],
    ),
    "a yearly day": (
        KeyDate(what="Renewal", day=date(2020, 11, 25), yearly=True), {},
        [("Past its date", "Renewal", "Day")],
    ),
    "a yearly day, done last year": (
        KeyDate(what="Renewal", day=date(2020, 11, 25), yearly=True, done_on=date(2025, 11, 25)), {},
        [("Past its date", "Renewal", "Day")],
    ),
    "a yearly day, done before it": (
        KeyDate(what="Renewal", day=date(2020, 11, 25), yearly=True, done_on=date(2026, 11, 20)), {}, [],
    ),
    "nothing": (Need(statement="Fewer stops", noted_on=day(-30)), {}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_what_became_of_a_record_is_told(write, told, pine, case):
    record, after, lines = CHANGED[case]
    kept = write(BEFORE, replace(record, client_id=pine.id))
    write(CALLED, call(pine))
    if after:
        write(AFTER, replace(kept, **after))
    assert told() == lines


# written down after the call
ADDED = {
    "a promise of that morning": (
        Promise(what="Report", to_whom="Xu", made_on=day(-2)),
        [("Promised", "Report", "We to Xu · written down since")],
    ),
    "an expectation": (
        Expectation(statement="Live in May", said_by="Xu", said_on=day(-1)),
        [("New expectation", "Live in May", "said by Xu")],
    ),
    "somebody new": (
        Contact(name="Wen", role="Buyer"), [("New", "Wen", "Contact · Buyer · Not assessed")],
    ),
    "a planned contact": (
        Appointment(what="Demo", at=NOW + timedelta(days=2), channel=Channel.VISIT),
        [("New", "Demo", "Planned contact · 2026-11-28 12:00 · Visit")],
    ),
    "a planned contact called off": (
        Appointment(what="Demo", at=BEFORE, ended_on=day(-1)), [("Called off", "Demo", "")],
    ),
    "feedback": (
        Feedback(day=day(0), by="Zhou", csat=2, said="Too slow"), [("Feedback", "Too slow", "Zhou")],
    ),
    "a thought": (
        Entry(day=day(0), text="# Mood\nbad", clients=(1,)), [("Journal entry", "Mood", "")],
    ),
    "their mail": (
        Interaction(at=AFTER, who="Xu <xu@pine.example>", subject="When?"), [("Their mail", "When?", "Xu")],
    ),
    "their chat": (
        Interaction(at=AFTER, who="Xu", subject="When?", channel=Channel.CHAT),
        [("Their message", "When?", "Xu")],
    ),
    "a machine's mail": (Interaction(at=AFTER, who="Xu", subject="Away", automatic=True), []),
    "what has not happened yet": (Issue(statement="x", found_at=NOW + timedelta(days=1)), [
        ("New", "x", "Problem or risk · Problem · S3 noticeable: tell within a working day · 2026-11-27 12:00"),
    ]),
    "their mail of before": (Interaction(at=BEFORE, who="Xu", subject="When?"), []),
}  # fmt: skip


@pytest.mark.parametrize("case", ADDED)
def test_what_is_new_is_told(write, told, pine, case):
    record, lines = ADDED[case]
    write(CALLED, call(pine))
    whose = {} if isinstance(record, Entry) else {"client_id": pine.id}
    write(AFTER, replace(record, **whose))
    assert told() == lines


def test_what_a_meeting_itself_brought_is_no_news(write, told, pine):
    made = Promise(client_id=pine.id, what="Report", to_whom="Xu", made_on=day(-2))
    # written up an hour later, together
    write(CALLED + timedelta(hours=1), call(pine), made)
    assert told() == []
    write(AFTER, Promise(client_id=pine.id, what="Plan", to_whom="Xu", made_on=day(-2)))
    assert [title for _, title, _ in told()] == ["Plan"]


def test_a_record_deleted_since_is_told_and_one_undone_is_not(write, told, pine, journal):
    kept = write(BEFORE, Promise(client_id=pine.id, what="Report", to_whom="Xu"))
    write(CALLED, call(pine))
    with journal.action("Delete", at=AFTER) as act:
        act.delete(kept)
    assert told() == [("Deleted", "Report", "Promise")]
    journal.undo(at=AFTER)
    assert told() == []


def test_what_went_wrong_stands_first_and_notes_last(write, told, pine):
    late = write(BEFORE, Promise(client_id=pine.id, what="Late", to_whom="Xu", due=day(-1)))
    write(CALLED, call(pine))
    write(
        AFTER,
        Entry(day=day(0), text="Thought", clients=(pine.id,)),
        Interaction(client_id=pine.id, at=NOW, who="Xu", subject="Mail"),
        Feedback(client_id=pine.id, day=day(0), said="Good"),
        replace(late, evidence="Letter"),
    )
    assert [state for state, _, _ in told()] == [
        "Past its date", "Feedback", "Their mail", "Journal entry", "Changed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("contact", "head"),
    [
        ({}, "since Tue 24 Nov, call with Xu Jing"),
        ({"who": ""}, "since Tue 24 Nov, call"),
        ({"channel": Channel.VISIT}, "since Tue 24 Nov, visit to Xu Jing"),
        ({"channel": Channel.MAIL, "direction": Direction.OUTBOUND, "who": "Xu <xu@pine.example>"},
         "since Tue 24 Nov, our mail to Xu"),
        ({"at": datetime(2025, 3, 3, 6, tzinfo=UTC)}, "since 3 Mar 2025, call with Xu Jing"),
        ({"channel": Channel.MAIL}, "no call, no meeting and no mail of ours yet"),
    ],
)  # fmt: skip
def test_the_head_says_since_when(write, journal, pine, contact, head):
    write(CALLED, call(pine, **contact))
    assert say(EN, since_last_contact(relationship(journal, pine, at=NOW)).head) == head


def test_without_a_contact_all_of_it_is_new(write, told, pine):
    write(BEFORE, Promise(client_id=pine.id, what="Report", to_whom="Xu", made_on=day(-30)))
    assert [title for _, title, _ in told()] == ["Report"]


def test_a_client_reads_nothing_that_is_internal(write, told, pine):
    secret = "INTERNALMARK"
    shown = write(BEFORE, Issue(client_id=pine.id, statement="Pump", found_at=BEFORE))
    hidden = write(BEFORE, Promise(client_id=pine.id, what=secret, to_whom="x", internal=True))
    inner = write(
        BEFORE, Expectation(client_id=pine.id, statement=secret, said_by="x", internal=True)
    )
    write(CALLED, call(pine))
    write(
        AFTER,
        replace(shown, told_at=AFTER, cause=secret, untold_reason=secret),
        replace(hidden, what="open now", internal=False),
        Confirmation(client_id=pine.id, expectation_id=inner.id, day=day(-1), by="Xu", note=secret),
        Issue(client_id=pine.id, statement=secret, found_at=AFTER),
        ChangeRequest(
            client_id=pine.id, title=secret, asked_on=day(-1), decision=Decision.REJECTED,
            decided_on=day(-1),
        ),
        Opportunity(client_id=pine.id, title=secret, noted_on=day(-1)),
        Interaction(client_id=pine.id, at=AFTER, subject=secret, internal=True),
        Entry(day=day(0), text=secret, clients=(pine.id,)),
        Contact(client_id=pine.id, name="Wen", notes=secret),
        Feedback(client_id=pine.id, day=day(0), said="Good", act=secret),
    )  # fmt: skip
    seen = told(client=True)
    assert [line[:2] for line in seen] == [("Feedback", "Good"), ("Told", "Pump")]
    assert secret not in str(seen)
    # the record was internal: what it said then stays with us
    assert (
        "Changed",
        "open now",
        f"What was promised: {secret} → open now · Internal only: yes → no",
    ) in told()


def test_every_day_that_tells_the_past_has_its_word():
    for kind in RECORDED:
        for field in kind.fields:
            if tells_the_past(field) and kind.practice and not field.meta.hidden:
                named = (kind.name, field.name) in EVENTS or field.name == "ended_on"
                assert named, (kind.name, field.name)
