"""The table of what can be done with a record: each offer whole, each in its own time."""

from collections import Counter
from dataclasses import replace

import pytest

from pmdesk.actions.take_offer import take_offer
from pmdesk.answers.rows.offers import BY_NAME, OFFERS, offers_of
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel
from pmdesk.records.crisis import Crisis, CrisisLine, LineKind
from pmdesk.records.declare import kind_of
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import KeyDate
from pmdesk.records.minutes import Minutes
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.trust import Promise, Side, SignalState, TrustSignal
from pmdesk.words import words_for
from tests.answers.making import TODAY, ago, day, issue, risk


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.name)
def test_an_offer_does_one_thing_and_has_its_words(offer):
    assert [offer.done, offer.draft, offer.opens, offer.way].count(None) == 3
    assert bool(offer.step) == (offer.done is not None)
    for text in filter(None, (offer.text, offer.step, offer.step_owed)):
        assert words_for("zh")(text, what="x", kind="x") != words_for("en")(
            text, what="x", kind="x"
        )
    assert all(kind_of(cls).client for cls in offer.kinds)


def test_no_two_offers_share_a_name():
    assert max(Counter(offer.name for offer in OFFERS).values()) == 1


def test_no_two_offers_of_a_kind_share_a_letter():
    letters = Counter((cls.__name__, offer.key) for offer in OFFERS for cls in offer.kinds)
    assert [pair for pair, n in letters.items() if n > 1] == []


CASES = {
    "a problem that is internal": (issue(internal=True), ["offer", "close"]),
    "a risk that is closed": (risk(closed_on=TODAY), []),
    "their promise in time": (Promise(what="x", to_whom="x", by=Side.CLIENT, due=day(9)), ["deliver"]),
    "their promise, late": (
        Promise(what="x", to_whom="x", by=Side.CLIENT, due=day(-9)), ["deliver", "break"],
    ),
    "our promise, delivered": (Promise(what="x", to_whom="x", due=day(-9), delivered_on=TODAY), []),
    "an option already chosen": (Option(title="x", feasible=Feasible.YES, chosen_on=TODAY), []),
    "a rejected signal": (
        TrustSignal(what="x", source="promise:7:kept", state=SignalState.REJECTED), [],
    ),
    "a date of every year": (KeyDate(what="x", day=TODAY, yearly=True), ["done"]),
    "a date of every year, far": (KeyDate(what="x", day=day(8), yearly=True), []),
    "a date of every year, done": (KeyDate(what="x", day=TODAY, yearly=True, done_on=TODAY), []),
    "a contact planned for later": (Appointment(what="x", at=ago(days=-3)), ["brief", "call_off"]),
    "a contact of later today": (Appointment(what="x", at=ago(hours=-3)), ["brief", "held", "call_off"]),
    "a contact that is over": (Appointment(what="x", at=ago(days=1)), ["held", "call_off"]),
    "a contact called off": (Appointment(what="x", at=ago(days=1), ended_on=TODAY), []),
    "a call": (Interaction(subject="x", channel=Channel.CALL, at=ago(days=1)), ["write_up"]),
    "a mail": (Interaction(subject="x", at=ago(days=1)), []),
    "a crisis that has run its course": (Crisis(title="x", found_at=issue().found_at, told_at=issue().found_at,
                                                stood_down_at=issue().found_at), []),
}  # fmt: skip


@pytest.mark.parametrize(("record", "names"), CASES.values(), ids=CASES)
def test_a_record_is_offered_what_makes_sense_now(world, record, names):
    rel, kept = world([record])
    # which messages fit a record is told case by case in test_difficult.py
    assert [offer.name for offer in offers_of(rel, kept) if offer.name != "message"] == names


@pytest.mark.parametrize(
    ("given", "names", "of_contact"),
    [
        ({}, ["follow_up", "sent"], ["minutes"]),
        ({"sent_on": TODAY}, ["follow_up"], ["minutes"]),
        ({"internal": True}, [], ["minutes"]),
    ],
)
def test_minutes_go_to_the_client_once_and_never_where_they_are_internal(
    world, keep, pine, given, names, of_contact
):
    made = keep(Interaction(client_id=pine.id, subject="x", channel=Channel.CALL, at=ago(days=1)))
    rel, kept = world([Minutes(what="x", interaction_id=made.id, **given)])
    assert [offer.name for offer in offers_of(rel, kept)] == names
    of_made = [offer.name for offer in offers_of(rel, made) if offer.name != "message"]
    assert of_made == of_contact
    assert BY_NAME["minutes"].opens(rel, made) == ("minutes", kept.id)


@pytest.mark.parametrize(("about", "offered"), [("Counts agree", True), ("Something else", False)])
def test_a_crisis_is_stood_down_once_its_criteria_are_met(world, about, offered):
    found = issue().found_at
    rel, _ = world([
        Crisis(title="x", found_at=found, told_at=found, criteria="Counts agree"),
        CrisisLine(crisis_id=1, at=found, what=LineKind.CRITERION, about=about, text="x"),
    ])  # fmt: skip
    names = [offer.name for offer in offers_of(rel, rel.of(Crisis)[0])]
    assert ("stand_down" in names) is offered


def test_offers_are_known_without_the_history_of_the_client(world):
    def history():
        raise AssertionError("the conversation was read")

    rel, _ = world([record for record, _ in CASES.values()])
    rel = replace(rel, read_talk=history)
    for kind in {kind_of(cls) for offer in OFFERS for cls in offer.kinds}:
        for record in rel.of(kind.cls):
            offers_of(rel, record)


def test_an_offer_that_opens_something_is_not_done_at_once(journal, world, at):
    _, kept = world([risk()])
    with pytest.raises(TypeError, match="plan"):
        take_offer(journal, kept, BY_NAME["plan"], at=at)
