"""Acts of the practices: what they refuse, what follows from them, and that undo takes all back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.actions.records import delete_record, open_parts_of, save_record
from pmdesk.actions.refusals import Refused
from pmdesk.actions.signals import judge_signals
from pmdesk.actions.take_offer import take_offer
from pmdesk.answers.practices.trust import trust_now
from pmdesk.answers.relationship import relationship
from pmdesk.answers.rows import drafts
from pmdesk.answers.rows.drafts import SCENARIOS, plan_from_template
from pmdesk.answers.rows.offers import BY_NAME, offers_of
from pmdesk.answers.rows.proposals import proposals
from pmdesk.answers.rows.records import row_of, rows_of
from pmdesk.journal.integrity import check
from pmdesk.journal.log import steps
from pmdesk.records.choices import Direction
from pmdesk.records.client import Client
from pmdesk.records.crisis import Crisis
from pmdesk.records.declare import kind_of
from pmdesk.records.expectations import Confirmation, Dimension, Expectation, Outcome, Talk
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.longterm import KeyDate
from pmdesk.records.needs import Need
from pmdesk.records.project import Project, Stage
from pmdesk.records.recovery import STEPS, Complaint
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid
from pmdesk.records.trust import Promise, SignalState, TrustSignal
from pmdesk.words import words_for

TODAY = date(2026, 11, 23)
EFFECTS = dict.fromkeys(
    ("impact_scope", "impact_schedule", "impact_cost", "impact_quality", "impact_risk"), "none"
)


@pytest.fixture
def save(journal, at):
    return lambda record: save_record(journal, record, at=at).record


@pytest.fixture
def project(save, pine):
    return save(
        Project(client_id=pine.id, name="Line 2", baseline_start=date(2026, 1, 5),
                baseline_end=date(2026, 12, 1), budget_minor=100_000)
    )  # fmt: skip


def refused_at(save, record):
    with pytest.raises(Refused) as caught:
        save(record)
    return [problem.field for problem in caught.value.problems]


def test_no_decision_while_an_effect_is_empty(save, pine):
    change = ChangeRequest(client_id=pine.id, title="x", asked_on=TODAY, decision=Decision.APPROVED,
                           decided_by="Fang", decided_on=TODAY, **EFFECTS)  # fmt: skip
    assert refused_at(save, replace(change, impact_risk="", impact_cost=" ")) == [
        "impact_cost",
        "impact_risk",
    ]
    assert refused_at(save, replace(change, decided_by="", decided_on=None)) == [
        "decided_by",
        "decided_on",
    ]
    assert save(change).decision is Decision.APPROVED


def test_an_approved_change_moves_the_baseline_and_keeps_the_old_one(journal, save, pine, project):
    before = journal.get(Project, project.id)
    change = save(
        ChangeRequest(client_id=pine.id, project_id=project.id, title="Third line", asked_on=TODAY,
                      decision=Decision.APPROVED, decided_by="Fang", decided_on=TODAY,
                      new_end=date(2027, 2, 1), new_budget_minor=120_000, **EFFECTS)
    )  # fmt: skip
    moved = journal.get(Project, project.id)
    assert (moved.baseline_end, moved.budget_minor) == (date(2027, 2, 1), 120_000)
    assert change.baseline_before == "2026-12-01 · 1000.00 CNY"
    save(replace(change, asked_by="Xu"))
    assert journal.get(ChangeRequest, change.id).baseline_before == change.baseline_before
    journal.undo()
    journal.undo()
    assert journal.get(Project, project.id) == before
    assert journal.count(ChangeRequest) == 0
    assert check(journal) == []


def test_a_new_agreement_becomes_what_is_expected_and_the_old_value_stays(journal, save, pine):
    held = save(Expectation(client_id=pine.id, statement="x", said_by="Xu", expected_day=date(2026, 10, 30),
                            forecast_day=date(2026, 11, 13)))  # fmt: skip
    talk = Talk(client_id=pine.id, expectation_id=held.id, day=TODAY, agreed="x", outcome=Outcome.AGREED,
                new_day=date(2026, 11, 13))  # fmt: skip
    assert refused_at(save, talk) == ["agreed_by"]
    kept = save(replace(talk, agreed_by="Xu"))
    assert kept.old_value == "2026-10-30"
    assert journal.get(Expectation, held.id).expected_day == date(2026, 11, 13)
    journal.undo()
    assert journal.get(Expectation, held.id) == held


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (Promise(client_id=1, what="x"), "to_whom"),
        (Promise(client_id=1, what="x", to_whom="Xu", made_on=TODAY, due=TODAY - timedelta(1)), "due"),
        (Promise(client_id=1, what=" ", to_whom="Xu"), "what"),
        (Need(client_id=1, statement="x", validated_on=TODAY), "validated_by"),
        (Option(client_id=1, title="x", chosen_on=TODAY), "feasible"),
        (Option(client_id=1, title="x", feasible=Feasible.YES), "checked_by"),
        (Expectation(client_id=1, statement="x", said_by="Xu", forecast_number=2.0), "expected_number"),
        (Expectation(client_id=1, statement="x", said_by="Xu", importance=101), "importance"),
        (Confirmation(client_id=1, day=TODAY, by="Xu"), "expectation_id"),
        (Issue(client_id=1, statement="x", found_at=datetime(2026, 5, 1, tzinfo=UTC),
               told_at=datetime(2026, 4, 1, tzinfo=UTC)), "told_at"),
        (TrustSignal(client_id=1, what="x", day=TODAY, weight=11), "weight"),
        (KINDS["crisis_plan"].cls(client_id=1, scenario="x", steps=("call Xu",)), "steps"),
        (KINDS["feedback"].cls(client_id=1, day=TODAY), "said"),
        (KINDS["plan_line"].cls(client_id=1, what="x", first_on=TODAY, ended_on=TODAY - timedelta(1)), "ended_on"),
    ],
    ids=lambda value: value if isinstance(value, str) else kind_of(value).name,
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field(save, pine, record, field):
    assert refused_at(save, record) == [field]


def test_a_day_before_the_project_is_told_at_its_field(save, pine, project):
    early = Promise(
        client_id=pine.id, project_id=project.id, what="x", to_whom="Xu", due=date(2025, 12, 31)
    )
    assert refused_at(save, early) == ["due"]


def test_the_first_day_of_the_project_is_within_it(save, pine, project):
    first = Promise(
        client_id=pine.id, project_id=project.id, what="x", to_whom="Xu", due=date(2026, 1, 5)
    )
    assert save(first).due == date(2026, 1, 5)


def test_a_step_keeps_the_title_of_its_record(journal, save, pine, at):
    made = save(Need(client_id=pine.id, statement="Speed\nand more"))
    save(Need(client_id=pine.id, statement="x" * 100))
    delete_record(journal, made, at=at)
    facts = [step.facts for step in steps(journal.conn, limit=3)]
    assert facts == [
        {"kind": "Need", "what": "Speed"},
        {"kind": "Need", "what": "x" * 80},
        {"kind": "Need", "what": "Speed"},
    ]


def test_a_stage_with_confirmations_stands_until_they_go_elsewhere(
    journal, save, pine, project, at
):
    stage = save(Stage(project_id=project.id, name="Design"))
    held = save(Expectation(client_id=pine.id, statement="x", said_by="Xu"))
    save(
        Confirmation(
            client_id=pine.id, expectation_id=held.id, stage_id=stage.id, day=TODAY, by="Xu"
        )
    )
    with pytest.raises(Refused):
        delete_record(journal, stage, at=at)
    assert journal.get(Stage, stage.id) == stage


def test_a_client_goes_with_all_that_is_its_own_and_comes_back_whole(
    journal, save, pine, project, at
):
    stage = save(Stage(project_id=project.id, name="Design"))
    held = save(Expectation(client_id=pine.id, statement="x", said_by="Xu"))
    save(
        Confirmation(
            client_id=pine.id, expectation_id=held.id, stage_id=stage.id, day=TODAY, by="Xu"
        )
    )
    save(Promise(client_id=pine.id, what="x", to_whom="Xu"))
    assert open_parts_of(journal, pine) == {"promise": 1, "expectation": 1}
    counts = {name: journal.count(kind.cls) for name, kind in KINDS.items()}
    delete_record(journal, pine, at=at)
    assert journal.count(Confirmation) == journal.count(Promise) == journal.count(Stage) == 0
    journal.undo()
    assert {name: journal.count(kind.cls) for name, kind in KINDS.items()} == counts
    assert check(journal) == []


def complaint(pine, upto):
    given = {
        "own_words": "Nobody calls back", "heard_at": datetime(2026, 10, 1, 2, tzinfo=UTC),
        "acknowledged_at": datetime(2026, 10, 1, 3, tzinfo=UTC), "causes": "x", "ways": "x",
        "solution": "x", "agreed_on": date(2026, 10, 2), "due": date(2026, 10, 9), "owner": "Lin",
        "done_on": date(2026, 10, 9), "follow_up_1_on": date(2026, 10, 13), "follow_up_1": "better",
        "follow_up_2_on": date(2026, 10, 26), "follow_up_2": "good", "rating": 4,
        "closed_on": date(2026, 10, 27),
    }  # fmt: skip
    names = [name for _, fields in STEPS[:upto] for name in fields]
    return Complaint(client_id=pine.id, **{name: given[name] for name in names})


@pytest.mark.parametrize("done", range(1, len(STEPS) - 1))
def test_no_step_of_an_unhappy_client_is_skipped(save, pine, at, done):
    now, later = complaint(pine, done), STEPS[done + 1][1]
    assert save(now).step == done
    full = complaint(pine, len(STEPS))
    skipped = replace(now, **{name: getattr(full, name) for name in later})
    assert set(refused_at(save, skipped)) >= set(later)


def test_a_case_is_closed_only_with_its_cause_in_the_risk_log(save, pine, at):
    whole = complaint(pine, len(STEPS))
    assert refused_at(save, whole) == ["issue_id"]
    cause = save(Issue(client_id=pine.id, raid=Raid.RISK, statement="Calls get lost", found_at=at))
    assert save(replace(whole, issue_id=cause.id)).step == len(STEPS)


def test_telling_delivering_choosing_are_one_step_each(journal, save, pine, at):
    issue = save(Issue(client_id=pine.id, statement="x", found_at=at - timedelta(hours=1)))
    promise = save(Promise(client_id=pine.id, what="x", to_whom="Xu"))
    option = save(Option(client_id=pine.id, title="x", feasible=Feasible.YES, checked_by="Lin"))
    date_ = save(KeyDate(client_id=pine.id, what="x", day=TODAY))
    take_offer(journal, issue, BY_NAME["tell"], at=at)
    take_offer(journal, promise, BY_NAME["deliver"], at=at)
    take_offer(journal, option, BY_NAME["choose"], at=at)
    take_offer(journal, date_, BY_NAME["done"], at=at)
    assert journal.get(Issue, issue.id).told_at == at
    assert journal.get(Promise, promise.id).delivered_on == TODAY
    assert journal.get(Option, option.id).chosen_on == TODAY
    for record in (date_, option, promise, issue):
        journal.undo()
        assert journal.get(type(record), record.id) == record


def test_a_change_cannot_be_told_before_it_is_decided(journal, save, pine, at):
    change = save(ChangeRequest(client_id=pine.id, title="x", asked_on=TODAY))
    with pytest.raises(Refused):
        take_offer(journal, change, BY_NAME["tell"], at=at)


def test_every_offer_of_a_row_can_be_done(journal, save, pine, at):
    save(Issue(client_id=pine.id, statement="x", found_at=at - timedelta(days=1)))
    save(Issue(client_id=pine.id, raid=Raid.RISK, statement="x", found_at=at))
    save(Expectation(client_id=pine.id, statement="x", said_by="Xu", dimension=Dimension.BUDGET,
                     expected_minor=100, forecast_minor=200))  # fmt: skip
    save(Need(client_id=pine.id, statement="x"))
    save(Promise(client_id=pine.id, what="x", to_whom="Xu"))
    save(plan_from_template(pine, "data_loss", "zh"))
    save(Crisis(client_id=pine.id, title="x", found_at=at))
    rel = relationship(journal, pine, at=at)
    for name, kind in KINDS.items():
        for line in rows_of(rel, name) if kind.practice else ():
            record = journal.get(kind.cls, line.key.id)
            for offer in offers_of(rel, record):
                if offer.draft is not None:
                    draft = offer.draft(rel, record, words_for("zh"))
                    assert draft.client_id == pine.id


def test_explaining_and_talking_are_prepared_with_the_figures(journal, save, pine, at):
    held = save(Expectation(client_id=pine.id, statement="Line 2 runs", said_by="Zhou", dimension=Dimension.SCHEDULE,
                            expected_day=date(2026, 10, 30), forecast_day=date(2026, 11, 13)))  # fmt: skip
    save(Issue(client_id=pine.id, statement="Pump broke", found_at=at, told_at=at))
    rel = relationship(journal, pine, at=at)
    explained = drafts.explained(rel, held, words_for("en"))
    assert "30 Oct 2026" in explained.explanation
    assert "+10 working days" in explained.explanation
    talk = drafts.talk_about(rel, held, words_for("zh"))
    assert "2026年10月30日" in talk.agreed
    assert "+10 个工作日" in talk.reality
    assert "Pump broke" in talk.why
    assert save(talk).outcome is Outcome.PREPARED


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_template_lacks_only_the_people(save, pine, scenario, language):
    plan = save(plan_from_template(pine, scenario, language))
    assert plan.missing == ("owner", "deputy")


def test_signals_are_proposed_and_none_counts_unseen(journal, save, pine, at):
    save(Promise(client_id=pine.id, what="Report", to_whom="Xu", due=TODAY, delivered_on=TODAY))
    save(Promise(client_id=pine.id, what="Plan", to_whom="Xu", due=TODAY - timedelta(3)))
    save(Issue(client_id=pine.id, statement="Pump", found_at=at - timedelta(hours=1), told_at=at))
    rel = relationship(journal, pine, at=at)
    found = {p.source: p for p in proposals(rel)}
    assert {source.rsplit(":", 1)[1] for source in found} == {"kept", "broken"}
    assert len(found) == 3
    assert trust_now(rel) is None
    signals = [p.signal(rel, words_for("en")) for p in found.values()]
    judge_signals(journal, signals[:1], SignalState.ACCEPTED, at=at)
    judge_signals(journal, signals[1:], SignalState.REJECTED, at=at)
    rel = relationship(journal, pine, at=at)
    assert proposals(rel) == []
    assert trust_now(rel).signals == 1
    journal.undo()
    assert len(proposals(relationship(journal, pine, at=at))) == 2


def test_a_month_of_answers_is_proposed_once_it_is_over(journal, save, pine, at):
    for day, hours in ((5, 2), (6, 3), (7, 60)):
        asked = datetime(2026, 10, day + 6, 2, tzinfo=UTC)
        save(Interaction(client_id=pine.id, at=asked, thread=day, subject="?"))
        save(Interaction(client_id=pine.id, at=asked + timedelta(hours=hours), thread=day, subject="!",
                         direction=Direction.OUTBOUND))  # fmt: skip
    found = {p.source: p.weight for p in proposals(relationship(journal, pine, at=at))}
    assert found == {"answers:2026-10:kept": 0.2, "answers:2026-10:broken": 0.1}


def test_a_row_of_each_kind_has_its_words(journal, save, pine, at):
    client = journal.get(Client, pine.id)
    rel = relationship(journal, client, at=at)
    promise = save(Promise(client_id=pine.id, what="x", to_whom="Xu", due=TODAY - timedelta(2)))
    line = row_of(replace(rel, records={"promise": [promise]}), promise)
    assert line.badge == ("Past its date", "bad")
    assert [offer.name for offer in offers_of(rel, promise)] == ["deliver", "break", "message"]
