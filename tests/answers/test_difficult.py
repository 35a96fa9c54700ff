"""Difficult messages: facts of the records alone, the rest marked, in either language."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.answers.rows.drafts import gap_text
from pmdesk.answers.rows.messages import (
    addressee,
    facts_of,
    language_for,
    may_be_written,
    situations_of,
)
from pmdesk.answers.text.difficult import ADVICE, SITUATIONS, marked, message, names_of
from pmdesk.answers.text.salutation import addressed
from pmdesk.places import data_dir
from pmdesk.records.choices import Direction, Tongue
from pmdesk.records.contact import Contact
from pmdesk.records.declare import Shape, kind_of
from pmdesk.records.expectations import Dimension, Outcome, Talk
from pmdesk.records.interaction import Interaction
from pmdesk.records.recovery import Breach, Complaint
from pmdesk.records.transparency import ChangeRequest, Decision
from pmdesk.records.trust import Promise, Side
from pmdesk.words import words_for
from tests.answers.making import TODAY, ago, change, confirmed, day, expected, issue, late, risk

ZONE = ZoneInfo("Asia/Shanghai")
BOTH = ("en", "zh")
TEXTS = {
    language: json.loads((data_dir("resources") / "messages" / f"{language}.json").read_text("utf-8"))
    for language in BOTH
}  # fmt: skip
FACTS = sorted(TEXTS["en"]["facts"])


def test_both_languages_know_the_same_situations_and_name_every_fact():
    for told in TEXTS.values():
        assert list(told["situations"]) == list(SITUATIONS)
        assert sorted(told["facts"]) == FACTS
    assert set().union(*map(names_of, SITUATIONS)) == set(FACTS)


def sentences(language, situation):
    """Every sentence of a situation, with its conditions."""
    for paragraph in TEXTS[language]["situations"][situation]["text"]:
        for one in paragraph:
            yield {"say": one} if isinstance(one, str) else one


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_languages_ask_for_the_same_facts(situation):
    asked = [
        {name for one in sentences(language, situation) for name in re.findall(r"\{(\w+)\}", one["say"])}
        for language in BOTH
    ]  # fmt: skip
    assert asked[0] == asked[1]


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("language", BOTH)
def test_who_asks_why_says_it_in_three_ways(situation, language):
    ways = {one["breach"] for one in sentences(language, situation) if "breach" in one}
    assert ways == ({b.value for b in Breach} if SITUATIONS[situation].asks_breach else set())


@pytest.mark.parametrize("language", BOTH)
def test_denial_is_never_proposed(language):
    text = json.dumps(TEXTS[language], ensure_ascii=False)
    assert not re.search(r"not our fault|never said|与我方无关|并非我方|不是我方", text)
    assert all("den" not in words_for(language)(advice) for advice in ADVICE.values())


PLAIN = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=30)


@given(
    st.sampled_from(sorted(SITUATIONS)),
    st.sampled_from(BOTH),
    st.sampled_from(list(Breach)),
    st.dictionaries(st.sampled_from(FACTS), PLAIN),
)
def test_a_fact_stands_as_recorded_and_one_that_is_missing_stays_marked(
    situation, language, breach, facts
):
    made = message(situation, facts, language=language, zone=ZONE, breach=breach)
    said = [
        one["say"]
        for one in sentences(language, situation)
        if "if" not in one or one["if"] in facts
        if one.get("unless") not in facts
        if one.get("breach", breach) == breach
    ]
    asked = {name for one in said for name in re.findall(r"\{(\w+)\}", one)}
    whole = f"{made.subject}\n{made.text}"
    names = TEXTS[language]["facts"]
    subject = set(re.findall(r"\{(\w+)\}", TEXTS[language]["situations"][situation]["subject"]))
    assert set(made.missing) == (asked | subject) - facts.keys()
    assert set(marked(whole)) == {names[name] for name in made.missing}
    for name in asked & facts.keys():
        assert facts[name] in made.text
    # what is filled in takes nothing of the sentence with it, and nothing else is added
    for one in said:
        filled = re.sub(r"\{(\w+)\}", lambda hit: facts.get(hit[1], f"[… {names[hit[1]]}]"), one)
        assert filled in made.text
        whole = whole.replace(filled, "", 1)
    assert len(re.sub(r"\s", "", whole)) < 120


@given(st.text(max_size=80))
def test_whatever_a_record_holds_the_sentence_around_it_stands(text):
    made = message("problem", {"what": text}, language="en", zone=ZONE)
    assert "On [… when it was found] we found a problem" in made.text
    assert ("what" in made.missing) == (not re.search(r"[^\s….。;；,，:：\-]", text))


@pytest.mark.parametrize("empty", [None, "", "  ", "…", "……", " … \n…", ()])
def test_what_says_nothing_is_no_fact(empty):
    made = message("delay", {"reason": empty}, language="en", zone=ZONE)
    assert "The reason: [… reason]." in made.text


def test_moments_and_days_are_written_as_the_language_does():
    found = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    facts = {"found": found, "fix_date": date(2026, 12, 1), "what": "Pump broken.\nTwice."}
    made = {lang: message("problem", facts, language=lang, zone=ZONE).text for lang in BOTH}
    assert "On 20 Nov 2026 14:30 we found a problem that you should know of: Pump broken; Twice." in made["en"]  # fmt: skip
    assert (
        "我方于2026年11月20日 14:30发现一个问题，需要及时告知您：Pump broken；Twice。" in made["zh"]
    )
    assert "预计在2026年12月1日前解决。" in made["zh"]


CALLED = [
    ("Helen Moss", "Director", "en", "Helen Moss"),
    ("Dr. Helen Moss", "", "en", "Dr Moss"),
    ("Mr  Xu", "", "en", "Mr Xu"),
    ("周敏", "信息部主任", "en", "周敏"),
    ("x@pine.example", "", "en", ""),
    ("周敏", "信息部主任", "zh", "周主任"),
    ("方立", "总经理", "zh", "方总"),
    ("方立", "副总经理（生产）", "zh", "方总"),
    ("王建国", "项目经理, IT", "zh", "王经理"),
    ("王建国", "经理助理", "zh", "王建国"),
    ("欧阳明", "总监", "zh", "欧阳总监"),
    ("李工", "高级工程师", "zh", "李工"),
    ("李建工", "高级工程师", "zh", "李工"),
    ("李建工", "", "zh", "李建工"),
    ("许经理", "采购", "zh", "许经理"),
    ("王女士", "主任", "zh", "王女士"),
    ("Helen Moss", "IT 主任", "zh", "Helen Moss"),
    ("", "主任", "zh", ""),
]


@pytest.mark.parametrize(("name", "role", "language", "called"), CALLED)
def test_somebody_is_addressed_by_what_is_on_record(name, role, language, called):
    assert addressed(name, role, language) == called


def test_the_greeting_names_whom_it_is_to():
    made = [
        message("reply", {}, language=lang, zone=ZONE, to=to).text.split("\n\n")[0]
        for lang in BOTH
        for to in ("周主任", "")
    ]
    assert made == ["Dear 周主任,", "Good day,", "周主任，您好！", "您好！"]


HEARD = {"own_words": "Nobody answers", "heard_at": ago(days=10)}
ACK = HEARD | {"acknowledged_at": ago(days=9)}
DONE = ACK | {
    "causes": "One phone for all", "ways": "A\nB", "solution": "A second phone", "agreed_on": day(-8),
    "due": day(-5), "owner": "Li", "done_on": day(-5),
}  # fmt: skip
FOLLOWED = DONE | {
    "follow_up_1_on": day(-3), "follow_up_1": "Yes", "follow_up_2_on": day(0), "follow_up_2": "Holds",
}  # fmt: skip
REJECTED = {
    "decision": Decision.REJECTED, "decided_by": "Xu", "decided_on": TODAY, "impact_scope": "none",
    "impact_schedule": "10 days later", "impact_cost": "CNY 40,000", "impact_quality": "无",
    "impact_risk": "–",
}  # fmt: skip
OURS = {"what": "Test report", "to_whom": "Zhou", "made_on": day(-20)}
BUDGET = {"dimension": Dimension.BUDGET, "expected_minor": 500_000_00, "forecast_minor": 540_000_00}
FITTING = {
    "a late stage": (late(), ["delay", "gap"]),
    "more money": (expected(**BUDGET), ["cost", "gap"]),
    "worse quality": (expected(expected_number=5.0, forecast_number=4.0), ["gap"]),
    "a gap that is explained": (late(explained_on=TODAY, explanation="x"), ["delay", "gap"]),
    "as expected": (late(tolerance=99.0), []),
    "no longer expected": (late(ended_on=TODAY), []),
    "an internal expectation": (late(internal=True), []),
    "our promise in time": (Promise(**OURS, due=day(3)), ["will_miss"]),
    "our promise, late": (Promise(**OURS, due=day(-3)), ["missed"]),
    "our promise, broken": (Promise(**OURS, due=day(9), broken_on=TODAY), ["missed"]),
    "our promise, kept": (Promise(**OURS, due=day(3), delivered_on=TODAY), []),
    "our promise, internal": (Promise(**OURS, due=day(3), internal=True), []),
    "their promise in time": (Promise(what="Data", by=Side.CLIENT, due=day(3)), []),
    "their promise, late": (Promise(what="Data", by=Side.CLIENT, due=day(-3)), ["input"]),
    "a problem": (issue(), ["problem"]),
    "a problem, internal": (issue(internal=True), []),
    "a problem, closed": (issue(closed_on=TODAY), []),
    "a risk": (risk(), []),
    "a change, open": (change(), []),
    "a change, rejected": (change(**REJECTED), ["no"]),
    "a change, rejected and told": (change(**REJECTED, told_on=TODAY), []),
    "heard": (Complaint(**HEARD), ["heard", "apology"]),
    "acknowledged": (Complaint(**ACK), ["apology"]),
    "done": (Complaint(**DONE), ["follow_up"]),
    "followed up": (Complaint(**FOLLOWED), ["rating"]),
    "their mail": (Interaction(subject="x", at=ago(days=3)), ["reply"]),
    "our mail": (Interaction(subject="x", at=ago(days=3), direction=Direction.OUTBOUND), []),
    "their mail, internal": (Interaction(subject="x", at=ago(days=3), internal=True), []),
}


@pytest.mark.parametrize(("record", "names"), FITTING.values(), ids=FITTING)
def test_a_record_offers_the_messages_that_fit_it_now(world, record, names):
    rel, kept = world([record])
    assert situations_of(rel, kept) == names
    assert may_be_written(rel, kept) == bool(names)
    if not names:
        assert not getattr(record, "internal", False) or facts_of(rel, kept) == {}


SECRET = "zzsecretzz"
# What a client may read of each kind in a message; all else is planted with a marker.
TOLD = {
    "expectation": {"statement", "explanation", "currency", "unit"},
    "talk": {"ways", "proposal"},
    "promise": {"what"},
    "issue": {"statement", "fix"},
    "change_request": {
        "title", "impact_scope", "impact_schedule", "impact_cost", "impact_quality", "impact_risk",
    },
    "complaint": {"own_words", "causes", "ways", "solution", "owner"},
    "interaction": {"subject"},
}  # fmt: skip
WRITTEN = {
    "expectation": late(statement="Go-live", explanation="Customs took longer"),
    "budget": expected(statement="Licences", **BUDGET),
    "will_miss": Promise(**OURS, due=day(3)),
    "missed": Promise(**OURS, due=day(-3), new_due=day(-2), broken_on=day(-1)),
    "input": Promise(what="Data", by=Side.CLIENT, due=day(-3), made_on=day(-9)),
    "issue": issue(fix="A new pump", fix_date=day(4)),
    "change": change(title="Third line", **REJECTED),
    "heard": Complaint(**HEARD),
    "agreed": Complaint(**ACK, causes="One phone for all", ways="A\nB"),
    "done": Complaint(**DONE),
    "followed up": Complaint(**FOLLOWED),
    "mail": Interaction(subject="Re: Pump", at=ago(days=3), text="Why?", who="Zhou"),
}


def planted(record):
    """The record with a marker behind every text that no message may tell."""
    told = TOLD[kind_of(record).name]
    texts = {
        field.name: f"{getattr(record, field.name)} {SECRET}"
        for field in kind_of(record).fields
        if field.shape is Shape.TEXT and not field.meta.hidden and field.name not in told
    }
    return replace(record, **texts)


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("name", WRITTEN)
def test_a_message_holds_facts_of_the_records_alone_and_nothing_internal(world, name, language):
    secret = Talk(expectation_id=1, day=TODAY, agreed=SECRET, ways=SECRET, proposal=SECRET, why=SECRET)  # fmt: skip
    around = [
        Contact(name="Zhou", role="Head", notes=SECRET),
        secret,
        Promise(what=SECRET, to_whom="Zhou", internal=True),
        issue(statement=SECRET, internal=True),
    ]
    record = planted(WRITTEN[name])
    if name not in {"expectation", "budget"}:
        around.remove(secret)
    rel, _ = world([Contact(name="Xu", notes=SECRET), record, *around], {"notes": SECRET})
    kind = kind_of(record)
    kept = rel.journal.find(kind.cls, limit=1)[0]
    facts = facts_of(rel, kept)
    situations = situations_of(rel, kept)
    assert situations
    figures = set(re.findall(r"\d+", repr(kept))) | {"500", "540", "000", "10", "8", "0"}
    local = [rel.day_of(m) for m in (getattr(kept, "found_at", None), getattr(kept, "at", None),
                                     getattr(kept, "heard_at", None)) if m]  # fmt: skip
    figures |= set(re.findall(r"\d+", f"{local} {kept} 12 00"))
    for situation in situations:
        made = message(situation, facts, language=language, zone=ZONE, breach=Breach.WOULD_NOT)
        whole = f"{made.subject}\n{made.text}"
        assert SECRET not in whole
        own = set(re.findall(r"\d+", json.dumps(TEXTS[language]["situations"][situation])))
        assert set(re.findall(r"\d+", whole)) <= figures | own, (situation, whole)


def test_the_facts_of_a_late_stage_stand_in_its_message(world):
    rel, kept = world([late(statement="Go-live", explanation="Customs took longer.")])
    made = message("gap", facts_of(rel, kept), language="en", zone=ZONE)
    assert "For “Go-live” we agreed on 30 Oct 2026. As things stand it is 13 Nov 2026, a difference of +10 working days." in made.text  # fmt: skip
    assert "The reason: Customs took longer." in made.text
    assert made.missing == ("proposal",)


def test_who_confirmed_it_is_told_unless_that_is_internal(world):
    rel, _ = world([
        late(), confirmed(expectation_id=1, day=day(-9)),
        confirmed(expectation_id=1, day=day(-2), internal=True),
    ])  # fmt: skip
    kept = rel.by_id("expectation")[1]
    made = message("gap", facts_of(rel, kept), language="zh", zone=ZONE)
    assert "（2026年11月14日确认）" in made.text


@pytest.mark.parametrize("language", BOTH)
def test_an_explanation_that_was_drafted_gives_reason_measure_and_wish(world, language):
    rel, kept = world([late()])
    words = words_for(language)
    draft = gap_text(rel, kept, words)
    assert message("delay", facts_of(rel, replace(kept, explanation=draft)), language=language, zone=ZONE).missing == ("reason", "measure", "ask", "next")  # fmt: skip
    filled = iter(("Customs.", "Air freight.", "A permit."))
    text = re.sub("…+", lambda _hit: next(filled), draft)
    facts = facts_of(rel, replace(kept, explanation=text))
    assert [facts[name].strip() for name in ("reason", "measure", "ask")] == ["Customs.", "Air freight.", "A permit."]  # fmt: skip
    assert "Customs" in message("delay", facts, language=language, zone=ZONE).text


def test_a_talk_that_the_client_may_read_gives_ways_and_proposal(world):
    rel, kept = world([late(), Talk(expectation_id=1, day=TODAY, agreed="x", ways="By air\nBy sea",
                                    proposal="By air, 20 Nov", internal=False, outcome=Outcome.HELD)])  # fmt: skip
    assert situations_of(rel, kept) == ["delay", "gap"]
    made = message("gap", facts_of(rel, kept), language="zh", zone=ZONE)
    assert "可选的处理方式如下：\n- By air\n- By sea" in made.text
    assert "我方建议：By air, 20 Nov。" in made.text


def test_a_rejected_change_says_which_effects_speak_against_it(world):
    rel, kept = world([ChangeRequest(title="Third line", asked_on=day(-9), **REJECTED)])
    made = message("no", facts_of(rel, kept), language="zh", zone=ZONE)
    assert (
        "理由如下：\n- 对进度的影响：10 days later\n- 对成本的影响：CNY 40,000。" not in made.text
    )
    assert "10 days later\n- " in made.text
    assert "CNY 40,000" in made.text
    assert "无" not in made.text.split("理由如下")[1].split("替代")[0]
    assert made.missing == ("instead",)


def test_the_first_date_missed_and_the_new_one_are_told(world):
    rel, kept = world([Promise(**OURS, due=day(-3), new_due=day(5), broken_on=day(-2))])
    made = message("missed", facts_of(rel, kept), language="en", zone=ZONE, breach=Breach.COULD_NOT)
    assert "“Test report” by 20 Nov 2026 and did not keep our word" in made.text
    assert "You will have it by 28 Nov 2026." in made.text
    assert "We did not manage it: [… reason]." in made.text


NAMED = {
    "who is named": ("Zhou Min", ["Zhou Min", "Xu"], "Zhou Min"),
    "who is named among others": ("Xu and his team", ["Zhou Min", "Xu"], "Xu"),
    "nobody known": ("Li", ["Zhou Min", "Xu"], None),
}


@pytest.mark.parametrize(("whom", "contacts", "found"), NAMED.values(), ids=NAMED)
def test_a_message_is_for_whoever_the_record_names(world, whom, contacts, found):
    people = [Contact(name=name) for name in contacts]
    rel, kept = world([*people, Promise(what="x", to_whom=whom, due=TODAY)])
    contact = addressee(rel, kept)
    assert (contact.name if contact else None) == found


def test_the_only_contact_is_meant_where_nobody_is_named(world):
    rel, kept = world([Contact(name="Xu"), issue()])
    assert addressee(rel, kept).name == "Xu"
    rel, kept = world([Contact(name="Xu"), Contact(name="Zhou"), issue()])
    assert addressee(rel, kept) is None


def test_the_language_is_that_of_the_person_then_of_the_record(world):
    rel, kept = world([Contact(name="Xu", language=Tongue.ZH), issue()])
    assert language_for(rel, kept, rel.of(Contact)[0]) == "zh"
    assert language_for(rel, kept, replace(rel.of(Contact)[0], language=Tongue.EN)) == "en"
    assert language_for(rel, kept, Contact(name="周敏")) == "zh"
    assert language_for(rel, kept, None) == "en"
    rel, kept = world([issue(statement="水泵故障")])
    assert language_for(rel, kept, None) == "zh"
