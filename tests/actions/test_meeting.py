"""Minutes: one act makes all records of a meeting, and what goes to the client holds nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pmdesk.actions.meeting import MeetingNotes, keep_meeting, notes_from
from pmdesk.actions.records import save_record
from pmdesk.actions.refusals import Refused
from pmdesk.answers.follow_up import Internal, expected_in, follow_up, language_of, people_named
from pmdesk.journal.log import steps
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel, Direction, Tongue
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.declare import Shape, kind_of
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.minutes import Minutes
from pmdesk.records.trust import Promise, Side
from pmdesk.words import words_for

ZONE = ZoneInfo("Asia/Shanghai")
EN, ZH = words_for("en"), words_for("zh")
DAY = date(2026, 11, 23)
NEXT = datetime(2026, 11, 30, 6, tzinfo=UTC)


@pytest.fixture
def people(journal, pine, at):
    """Two people of the client; the first reads Chinese."""
    with journal.action("Add", at=at) as act:
        return [
            act.save(Contact(client_id=pine.id, name="周启明", addresses=("zhou@pine.example",),
                             language=Tongue.ZH)),
            act.save(Contact(client_id=pine.id, name="Mara Okonjo", addresses=("mara@pine.example",))),
        ]  # fmt: skip


@pytest.fixture
def notes(pine, at, people):
    """Minutes of a meeting this noon, with all that one may say."""
    return MeetingNotes(
        client=pine, subject="Weekly", at=at, present=("周工", "Mara Okonjo", "Lin An"), place="Hall 2",
        chair="Mara Okonjo", taken_by="Lin An", absent=("Otto Berg",), agenda="1. Schedule\n2. Labels",
        decisions="- Go on\n- Two printers",
        actions="周工周五前提供清单\nLin An | 2026-12-01 | test report\nwe | – | plan",
        expectations="No stop in May\nLive by 2027-03-01", mood=4, next_at=NEXT,
    )  # fmt: skip


def keep(journal, notes, at):
    return keep_meeting(journal, notes, zone=ZONE, at=at)


def counts(journal):
    return {name: journal.count(kind.cls) for name, kind in KINDS.items()}


def test_minutes_make_all_records_as_one_step(journal, notes, people, at):
    before = counts(journal)
    kept = keep(journal, notes, at)
    contact = journal.find(Interaction)[0]
    assert (contact.channel, contact.direction, contact.who) == (
        Channel.MEETING, Direction.OUTBOUND, "周启明, Mara Okonjo",
    )  # fmt: skip
    assert contact.contact_id == people[0].id
    assert kept.minutes.interaction_id == contact.id
    assert kept.minutes.actions == (
        "周工 | 2026-11-27 | 提供清单", "Lin An | 2026-12-01 | test report", "we | – | plan",
    )  # fmt: skip
    assert [(p.by, p.what, p.to_whom, p.due, p.made_on) for p in journal.find(Promise)] == [
        (Side.CLIENT, "周工提供清单", "", date(2026, 11, 27), DAY),
        (Side.US, "Lin An: test report", "周启明, Mara Okonjo", date(2026, 12, 1), DAY),
        (Side.US, "plan", "周启明, Mara Okonjo", None, DAY),
    ]  # fmt: skip
    assert [(e.statement, e.expected_day) for e in journal.find(Expectation)] == [
        ("No stop in May", None), ("Live", date(2027, 3, 1)),
    ]  # fmt: skip
    assert journal.find(Entry)[0].mood == 4
    planned = journal.find(Appointment)[0]
    assert (planned.what, planned.at, planned.who, planned.open) == (
        "Weekly", NEXT, "周启明, Mara Okonjo", True,
    )  # fmt: skip
    assert EN(kept.changes.label, **kept.changes.facts) == "Meeting “Weekly” written up"
    assert steps(journal.conn)[0].id == kept.changes.action_id
    journal.undo()
    assert counts(journal) == before


def test_a_planned_contact_that_was_held_ends(journal, pine, people, at):
    with journal.action("Add", at=at) as act:
        planned = act.save(
            Appointment(client_id=pine.id, contact_id=people[1].id, what="Demo", at=at - timedelta(hours=2),
                        channel=Channel.VISIT, minutes=90, place="Hall 2", purpose="Win line 3")
        )  # fmt: skip
    begun = notes_from(journal, pine, planned, at=at)
    assert (begun.subject, begun.at, begun.present, begun.channel, begun.place) == (
        "Demo", planned.at, ("Mara Okonjo",), Channel.VISIT, "Hall 2",
    )  # fmt: skip
    assert begun.purpose == ""  # what we want of it is internal
    kept = keep(journal, begun, at)
    held = journal.get(Appointment, planned.id)
    assert (held.ended_on, held.interaction_id) == (DAY, kept.minutes.interaction_id)
    contact = journal.get(Interaction, held.interaction_id)
    assert (contact.minutes, contact.contact_id) == (90, people[1].id)
    assert kept.minutes.visit
    journal.undo()
    assert journal.get(Appointment, planned.id) == planned


def test_what_another_client_or_another_day_brought_is_no_word_of_the_meeting(journal, pine, at):
    day = at.date()
    with journal.action("Import", at=at) as act:
        elm = act.save(Client(name="Elm"))
        held = act.save(Interaction(client_id=pine.id, at=at, subject="Talk", channel=Channel.CALL))
        minutes = act.save(Minutes(client_id=pine.id, interaction_id=held.id, what="Talk"))
        for client, said_on, statement in (
            (pine, day, "said there"), (elm, day, "of another"), (pine, day - timedelta(days=40), "long ago"),
            (pine, None, "some day"),
        ):  # fmt: skip
            act.save(
                Expectation(client_id=client.id, statement=statement, said_by="Xu", said_on=said_on)
            )
    assert [one.statement for one in expected_in(journal, minutes)] == ["said there"]


@pytest.mark.parametrize("internal", [True, False])
def test_what_was_planned_as_internal_stays_so(journal, notes, pine, at, internal):
    with journal.action("Add", at=at) as act:
        planned = act.save(Appointment(client_id=pine.id, what="Demo", at=at, internal=internal))
    keep(journal, replace(notes, origin=planned), at)
    (after,) = journal.find(Appointment, "ended_on IS NULL")
    assert after.internal is internal
    assert [contact.internal for contact in journal.find(Interaction)] == [internal]


def test_one_that_was_planned_for_later_is_written_up_now(journal, pine, at):
    planned = Appointment(client_id=pine.id, what="Demo", at=at + timedelta(hours=2), who="Xu、Wen")
    begun = notes_from(journal, pine, planned, at=at)
    assert (begun.at, begun.present) == (at, ("Xu", "Wen"))


def test_a_plan_deleted_meanwhile_stands_in_nobodys_way(journal, notes, pine, at):
    with journal.action("Add", at=at) as act:
        planned = act.save(Appointment(client_id=pine.id, what="Demo", at=at))
    with journal.action("Delete", at=at) as act:
        act.delete(planned)
    keep(journal, replace(notes, origin=planned, next_at=None), at)
    assert journal.count(Appointment) == 0


def test_a_contact_recorded_before_becomes_the_one_of_its_minutes(journal, pine, notes, at):
    call = save_record(
        journal,
        Interaction(client_id=pine.id, channel=Channel.CALL, at=at - timedelta(hours=1), subject="Call",
                    who="Mara Okonjo <mara@pine.example>", minutes=12, text="Wants two printers"),
        at=at,
    ).record  # fmt: skip
    begun = notes_from(journal, pine, call, at=at)
    assert (begun.subject, begun.at, begun.present, begun.channel) == (
        "Call", call.at, ("Mara Okonjo",), Channel.CALL,
    )  # fmt: skip
    kept = keep(journal, replace(begun, decisions="Two printers"), at)
    now = journal.get(Interaction, call.id)
    assert journal.count(Interaction) == 1
    assert kept.minutes.interaction_id == call.id
    assert (now.text, now.minutes, now.who) == ("Wants two printers", 12, "Mara Okonjo")


REFUSED = {
    "nothing said": ({"subject": " ", "present": ()}, {
        "subject": "This cannot stay empty.", "present": "Say who was there: a promise needs somebody.",
    }),
    "no day": ({"actions": "we | someday | x", "expectations": "x by 2026-02-30"}, {
        "actions": "A day in a line is none. Write it as 2026-10-01.",
        "expectations": "A day in a line is none. Write it as 2026-10-01.",
    }),
    "nobody does it": ({"actions": "Install the server by Friday"}, {
        "actions": "Who does “Install the server”? Begin the line with a name, with “we” or “you”.",
    }),
    "both do it": ({"actions": "Mara, Lin An | fri | test"}, {
        "actions": "“Mara, Lin An: test” is of both sides: write a line for each, or “we” or “you”.",
    }),
    "it lies ahead": ({"at": NEXT, "next_at": None}, {"at": "This lies ahead: say when it was."}),
    "the next one is over": (
        {"next_at": datetime(2026, 11, 1, tzinfo=UTC)}, {"next_at": "The next meeting comes after this one."},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "told"), REFUSED.values(), ids=REFUSED)
def test_minutes_that_say_the_impossible_write_nothing(journal, notes, at, given, told):
    before = counts(journal)
    with pytest.raises(Refused) as caught:
        keep(journal, replace(notes, **given), at)
    assert {p.field: EN(p.sentence, **p.values) for p in caught.value.problems} == told
    assert counts(journal) == before


def test_one_of_the_client_is_never_ours_though_two_bear_the_name(journal, pine, notes, at):
    with journal.action("Add", at=at) as act:
        act.save(Contact(client_id=pine.id, name="周洋"))
    keep(journal, replace(notes, actions="周工 | 周五 | 清单"), at)
    assert [p.by for p in journal.find(Promise)] == [Side.CLIENT]


ENGLISH = """\
Dear 周启明, Mara Okonjo,

Thank you for the meeting “Weekly”. This is what I noted:

Time: Monday, 23 Nov 2026, 12:00
Place: Hall 2
In the chair: Mara Okonjo
Present: 周工, Mara Okonjo, Lin An
Absent: Otto Berg
Minutes by: Lin An

Agenda
1. Schedule
2. Labels

Decisions
1. Go on
2. Two printers

Who does what by when
1. 提供清单 (who: 周工; by: 27 Nov 2026)
2. test report (who: Lin An; by: 1 Dec 2026)
3. plan (who: we; by when: to be agreed)

What you expect
1. No stop in May
2. Live (by 1 Mar 2027)

We meet again on 30 Nov 2026 14:00.

Please tell me if I have misunderstood anything."""


def test_what_goes_to_the_client_has_the_usual_form(journal, notes, at):
    kept = keep(journal, notes, at)
    made = follow_up(journal, kept.minutes, EN, ZONE)
    assert made.text == ENGLISH
    assert made.subject == "Minutes: Weekly, 23 Nov 2026"
    assert made.to == ("zhou@pine.example", "mara@pine.example")


def test_it_is_in_the_language_of_the_first_of_the_client_there(journal, notes, at):
    kept = keep(journal, notes, at)
    there = people_named(journal, kept.minutes, kept.minutes.present)
    assert language_of(journal, there) == "zh"
    assert language_of(journal, there[1:]) == "en"
    assert language_of(journal, []) is None
    text = follow_up(journal, kept.minutes, ZH, ZONE).text
    assert "时间：2026年11月23日（星期一）12:00" in text
    assert "1. 提供清单（责任人：周工；期限：2026年11月27日）" in text
    assert "3. plan（责任人：我方；期限：待定）" in text


@pytest.mark.parametrize(
    ("channel", "thanks"),
    [(Channel.CALL, "Thank you for the call “Weekly”."), (Channel.VIDEO, "Thank you for the video call “Weekly”."),
     (Channel.VISIT, "Thank you for receiving us for “Weekly”.")],
)  # fmt: skip
def test_it_thanks_for_what_it_was(journal, notes, at, channel, thanks):
    kept = keep(journal, replace(notes, channel=channel), at)
    assert thanks in follow_up(journal, kept.minutes, EN, ZONE).text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_internal_goes_to_the_client(journal, notes, people, at, language):
    secret = "INTERNALMARK"
    with journal.action("Add", at=at) as act:
        for one in people:
            act.save(replace(one, notes=secret))
        planned = act.save(
            Appointment(client_id=notes.client.id, what="Demo", at=at, purpose=secret)
        )
    # all that may be said, and a mark in every field of the minutes that is internal
    given = {
        f.name: secret for f in kind_of(Minutes).fields if f.meta.internal and f.shape is Shape.TEXT
    }
    assert given == {"rivals": secret}
    kept = keep(journal, replace(notes, origin=planned, purpose=secret, **given), at)
    with journal.action("Edit", at=at) as act:
        wish = journal.find(Expectation)[1]
        act.save(replace(wish, statement=secret, internal=True))
        act.save(Entry(day=DAY, text=secret, clients=(notes.client.id,)))
    made = follow_up(journal, kept.minutes, words_for(language), ZONE)
    assert secret not in str(made)
    assert "No stop in May" in made.text


@pytest.mark.parametrize("kind", ["minutes", "contact"])
def test_what_is_internal_has_no_follow_up(journal, notes, at, kind):
    kept = keep(journal, notes, at)
    minutes = kept.minutes
    with journal.action("Edit", at=at) as act:
        if kind == "minutes":
            minutes = act.save(replace(minutes, internal=True))
        else:
            contact = journal.get(Interaction, minutes.interaction_id)
            act.save(replace(contact, internal=True))
    with pytest.raises(Internal):
        follow_up(journal, minutes, EN, ZONE)


def test_lines_that_were_changed_by_hand_are_told_as_they_stand(journal, notes, at):
    kept = keep(journal, notes, at)
    changed = replace(
        kept.minutes, actions=("just a line", "Mara | soon | list", " | 2026-12-01 | x")
    )
    text = follow_up(journal, changed, EN, ZONE).text
    assert (
        "1. just a line\n2. list (soon) (who: Mara; by when: to be agreed)\n3. x (by 1 Dec 2026)"
        in text
    )
