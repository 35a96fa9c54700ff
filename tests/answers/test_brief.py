"""The brief before a talk: what stands in each part and in which order, every line a record."""

import time
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from pmdesk.actions.sample import create_sample
from pmdesk.answers.brief import brief, brief_at, brief_values, planned_said
from pmdesk.answers.practices.expectations import expectation_gaps
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel, Engagement
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import Crisis
from pmdesk.records.expectations import Expectation
from pmdesk.records.feedback import Feedback
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.longterm import Chance, KeyDate, Opportunity
from pmdesk.records.recovery import Complaint
from pmdesk.records.transparency import ChangeRequest, Decision, Severity
from pmdesk.records.trust import Promise, Side
from tests.answers.making import (
    EN,
    IN,
    NOW,
    OUT,
    TODAY,
    ago,
    change,
    confirmed,
    day,
    expected,
    issue,
    late,
    mail,
    risk,
    told,
)
from tests.bench.practices import fill_practices

DONE = dict.fromkeys(
    ("impact_scope", "impact_schedule", "impact_cost", "impact_quality", "impact_risk"), "no"
)
CALL = Interaction(subject="Call", channel=Channel.CALL, at=ago(days=1), who="Xu")


def decided(title, **more):
    return ChangeRequest(title=title, asked_on=day(-9), decision=Decision.APPROVED, decided_by="Fang",
                         decided_on=day(-1), **DONE, **more)  # fmt: skip


# part, records; its lines: state, title, what more
PARTS = {
    "those whom we meet first": ("who", [
        Contact(name="Fang", role="Director", influence=5, interest=2, engagement_now=Engagement.NEUTRAL,
                engagement_wanted=Engagement.SUPPORTIVE),
        Contact(name="Xu", influence=2, interest=2), Contact(name="Wen"),
        Appointment(what="Demo", at=ago(days=-1), who="Wen, Lin"),
    ], [("", "Wen", ""), ("Neutral", "Fang", "Director · keep satisfied · wanted: Supportive"),
        ("", "Xu", "monitor")]),
    "the last five contacts": ("contacts", [
        *(mail(IN, ago(days=n), n) for n in range(2, 8)), CALL,
        replace(mail(IN, ago(hours=1)), automatic=True), mail(OUT, ago(days=-1)),
    ], [("Call", "← Call", "2026-11-22 12:00 · Xu"), ("Mail", "← x", "2026-11-21 12:00"),
        ("Mail", "← x", "2026-11-20 12:00"), ("Mail", "← x", "2026-11-19 12:00"),
        ("Mail", "← x", "2026-11-18 12:00")]),
    "questions of both sides": ("turns", [
        replace(mail(IN, ago(hours=3), 1), subject="When?", who="Xu <xu@pine.example>"),
        replace(mail(IN, ago(days=200), 2), subject="Old"),
        replace(mail(OUT, ago(days=3), 3), subject="Ours", who="Xu", text="Could you send the list?"),
        replace(mail(OUT, ago(days=120), 4), subject="Forgotten", text="When?"),
        replace(mail(OUT, ago(days=2), 6), subject="Told", text="Here it is."),
        mail(IN, ago(days=9), 5), mail(OUT, ago(days=8), 5),
    ], [("We owe", "When?", "Xu · waiting 3.0 working hours"), ("We owe, late", "Old", "since 7 May 2026"),
        ("They owe", "Ours", "Xu · asked 20 Nov 2026")]),
    "promises, ours first": ("promises", [
        Promise(what="theirs", by=Side.CLIENT, due=day(-2)), Promise(what="no day", to_whom="Xu"),
        Promise(what="soon", to_whom="Xu", due=day(1)), Promise(what="late", to_whom="Xu", due=day(-1)),
        Promise(what="kept", to_whom="Xu", due=day(1), delivered_on=TODAY),
    ], [("Past its date", "late", "due 22 Nov 2026 · We to Xu"), ("Due", "soon", "due 24 Nov 2026 · We to Xu"),
        ("Pending", "no day", "We to Xu"), ("Past its date", "theirs", "due 21 Nov 2026 · The client")]),
    "gaps first": ("expectations", [
        replace(expected(statement="agreed", importance=90)), late(importance=10), confirmed(expectation_id=1),
        expected(statement="new", importance=50), expected(statement="over", ended_on=TODAY),
    ], [("To be explained", "x", "is 13 Nov 2026 (+10 working days) · expected 30 Oct 2026 · said by Xu"),
        ("Unconfirmed", "new", "said by Xu"), ("Confirmed", "agreed", "said by Xu")]),
    "not told first": ("told", [
        told(statement="known", severity=Severity.S1), issue(statement="owed", found_at=ago(hours=1)),
        issue(statement="secret", internal=True), risk(), told(statement="over", closed_on=TODAY),
        Crisis(title="Fire", found_at=ago(hours=2), told_at=ago(hours=1)),
        Crisis(title="Drill", found_at=ago(hours=2), rehearsal=True),
    ], [("Running", "Fire", None), ("To be told", "owed", None), ("Told", "known", None)]),
    "changes that wait": ("changes", [
        decided("told", told_on=TODAY), decided("untold"), change(title="open"), decided("ours", internal=True),
    ], [("Not yet told", "untold", None), ("Waits for a decision", "open", None)]),
    "what they say": ("feedback", [
        *(Feedback(day=day(-n), said=f"Word {n}", by="Xu") for n in range(1, 6)),
        Complaint(own_words="Nobody calls", heard_at=ago(days=1)),
        Complaint(own_words="Over", heard_at=ago(days=90), closed_on=day(-50)),
    ], [("Still open", "Nobody calls", None), ("", "Word 1", None), ("", "Word 2", None), ("", "Word 3", None)]),
    "what could come": ("opportunities", [
        KeyDate(what="Fair", day=day(9)), KeyDate(what="far", day=day(200)),
        Opportunity(title="later", next_on=day(40)), Opportunity(title="next", next_on=day(4)),
        Opportunity(title="won", chance=Chance.WON, closed_on=TODAY),
    ], [("", "next", None), ("", "later", None), ("Near", "Fair", None)]),
}  # fmt: skip


def lines(rel, name):
    (part,) = (one for one in brief(rel).sections if one.name == name)
    return [
        (EN(line.badge[0]) if line.badge else "", line.title,
         " · ".join(filter(None, (say(EN, more) for more in line.more))))
        for line in part.lines
    ]  # fmt: skip


@pytest.mark.parametrize("case", PARTS)
def test_a_part_says_what_matters_most_first(world, case):
    name, records, wanted = PARTS[case]
    rel, _ = world(records)
    found = lines(rel, name)
    assert [line[:2] for line in found] == [line[:2] for line in wanted]
    for (*_, more), (*_, told_more) in zip(found, wanted, strict=True):
        assert told_more is None or more == told_more


def test_it_begins_with_what_changed_since_the_last_talk(world, keep):
    rel, _ = world([CALL, replace(mail(IN, ago(hours=2)), subject="When?")])
    found = brief(rel)
    assert found.sections[0].name == "since"
    assert say(EN, found.sections[0].remark) == "since Sun 22 Nov, call with Xu"
    assert lines(rel, "since")[0] == ("Their mail", "When?", "Mon 23 Nov")


def test_it_knows_what_is_planned_next(world):
    rel, _ = world([
        Appointment(what="far", at=ago(days=-9)), Appointment(what="next", at=ago(hours=-5), channel=Channel.VISIT),
        Appointment(what="off", at=ago(hours=-1), ended_on=TODAY), Appointment(what="over", at=ago(hours=3)),
    ])  # fmt: skip
    planned = brief(rel).planned
    assert say(EN, planned_said(rel.zone, planned)) == "Visit, Mon 23 Nov 17:00: next"


def test_a_client_of_whom_nothing_is_known_has_every_part(world):
    rel, _ = world([])
    found = brief(rel)
    assert [part.lines for part in found.sections[1:]] == [()] * 9
    values = brief_values(found, rel.zone, EN)
    assert values["planned"] is None
    assert all(part["empty"] for part in values["sections"])


def test_the_gaps_of_the_expectations_page_stay_in_their_order(world):
    rel, _ = world([expected(statement="a", importance=90), late(importance=10)])
    before = [e.statement for e in rel.of(Expectation)]
    brief(rel)
    assert [gap.expectation.statement for gap in expectation_gaps(rel)] == before


def test_every_line_is_a_record_of_that_client(tmp_path, at):
    with create_sample(tmp_path / "s", at=at) as journal:
        for client in journal.find(Client):
            found = brief(relationship(journal, client, at=at))
            for part in found.sections:
                for line in part.lines:
                    record = journal.get(KINDS[line.key.kind].cls, line.key.id)
                    assert getattr(record, "client_id", client.id) == client.id
                    assert line.title


def test_it_can_be_asked_as_of_a_moment(journal, pine, keep, at):
    made = keep(Promise(client_id=pine.id, what="Report", to_whom="Xu", due=day(-1)))
    with journal.action("Edit", at=at - timedelta(days=1)) as act:
        act.save(replace(made, delivered_on=day(-1)))
        act.save(Appointment(client_id=pine.id, what="Demo", at=at + timedelta(days=1)))
    earlier = brief_at(journal, pine, at=at - timedelta(days=5), now=at)
    assert [line.title for line in earlier.sections[4].lines] == ["Report"]
    assert earlier.planned is None  # it was planned only later
    now = brief_at(journal, pine, at=at, now=at)
    assert now.sections[4].lines == ()
    assert now.planned.what == "Demo"
    ahead = brief_at(journal, pine, at=at + timedelta(days=2), now=at)
    assert (ahead.planned, ahead.at) == (None, at + timedelta(days=2))


def test_what_was_written_down_to_this_minute_has_been_said(journal, pine, keep, at):
    keep(Interaction(client_id=pine.id, subject="Just now", channel=Channel.CALL, at=at))
    soon = at + timedelta(milliseconds=300)
    contacts = brief_at(journal, pine, at=soon, now=soon).sections[2]
    assert [line.title for line in contacts.lines] == ["← Just now"]


def test_it_stands_at_once_for_a_long_relationship(journal, pine, at):
    chance = Random(1)
    with journal.action("Add", at=at - timedelta(days=1)) as act:
        fill_practices(act, pine.id, chance, at)
        for n in range(12):
            act.save(Contact(client_id=pine.id, name=f"Person {n}", influence=3, interest=3))
        act.save_new([
            Interaction(client_id=pine.id, at=NOW - timedelta(minutes=chance.randrange(10, 2_000_000)),
                        thread=n // 4, direction=chance.choice((IN, OUT)), who="Xu", subject=f"Mail {n}")
            for n in range(5000)
        ])  # fmt: skip

    def seconds():
        begin = time.process_time()
        brief(relationship(journal, pine, at=at))
        return time.process_time() - begin

    assert min(seconds() for _ in range(3)) < 0.3
