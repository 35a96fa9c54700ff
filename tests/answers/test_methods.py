"""The worked examples of the methods, from stored records through the public functions."""

from datetime import date, timedelta

import pytest

from pmdesk.answers.health import client_health
from pmdesk.answers.practices.communication import plan_kept, standings
from pmdesk.answers.practices.crisis import ranked_risks, readiness
from pmdesk.answers.practices.expectations import expectation_gaps, gap_of, gap_said, perceived_gap
from pmdesk.answers.practices.feedback import csat, feedback, nps
from pmdesk.answers.practices.status import project_states
from pmdesk.answers.practices.transparency import disclosure_of, past_limit, transparency
from pmdesk.answers.practices.trust import trust_now
from pmdesk.answers.text.said import say
from pmdesk.insight.gaps import GapState
from pmdesk.records.choices import Cadence, Channel, Direction, ProjectStatus
from pmdesk.records.communication import PlanLine, Weekday
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import CrisisPlan, Rehearsal
from pmdesk.records.expectations import Confirmation, Dimension, Expectation
from pmdesk.records.feedback import Feedback, ReportSent
from pmdesk.records.interaction import Interaction
from pmdesk.records.project import Project, Stage
from pmdesk.records.transparency import Impact, Issue, Odds, Raid, Severity
from pmdesk.records.trust import Kept, SignalState, TrustSignal
from pmdesk.words import words_for

TODAY = date(2026, 11, 23)


def signal(pine, day, kept, weight=1.0, **more):
    way = Kept.KEPT if kept else Kept.BROKEN
    return TrustSignal(client_id=pine.id, day=day, what="x", kept=way, weight=weight, **more)


@pytest.mark.parametrize(
    ("kept", "broken", "expected", "low", "high"),
    [(8, 2, 0.7500, 0.4822, 0.9398), (80, 20, 0.7941, 0.7109, 0.8664)],
)
def test_trust_of_signals_of_today(keep, pine, stood, kept, broken, expected, low, high):
    keep(
        *[signal(pine, TODAY, True) for _ in range(kept)],
        *[signal(pine, TODAY, False) for _ in range(broken)],
    )
    found = trust_now(stood())
    assert (found.expected, found.low, found.high) == pytest.approx((expected, low, high), abs=5e-5)
    assert found.signals == kept + broken


def test_trust_forgets_by_half_lives(keep, pine, stood, at):
    noon = at  # 12:00 in Shanghai: every day counts at its noon
    keep(
        signal(pine, TODAY - timedelta(days=180), True),
        signal(pine, TODAY - timedelta(days=90), True),
        signal(pine, TODAY, False),
    )
    found = trust_now(stood(noon), half_life=timedelta(days=90))
    assert (found.kept, found.broken) == pytest.approx((0.75, 1.0))
    assert found.expected == pytest.approx(0.46667, abs=5e-6)


def test_without_a_signal_there_is_no_data_and_a_rejected_one_does_not_count(keep, pine, stood):
    assert trust_now(stood()) is None
    keep(signal(pine, TODAY, True, state=SignalState.REJECTED))
    assert trust_now(stood()) is None


def test_perceived_against_expected_is_weighed_by_importance(keep, pine, stood):
    for weight, gap in zip((32, 22, 19, 16, 11), (-1.2, -0.5, 0.1, -0.4, 0.4), strict=True):
        keep(Expectation(client_id=pine.id, statement="x", said_by="Zhou", importance=weight, unit="points",
                         expected_number=4.0, forecast_number=4.0 + gap))  # fmt: skip
    found = perceived_gap(stood())
    assert (found.weighted, found.plain) == pytest.approx((-0.4950, -0.32))


def test_gaps_in_working_days_and_per_cent(keep, pine, stood):
    late = keep(Expectation(client_id=pine.id, statement="Line 2 runs", said_by="Zhou", dimension=Dimension.SCHEDULE,
                            expected_day=date(2026, 10, 30), forecast_day=date(2026, 11, 13)))  # fmt: skip
    dear = keep(Expectation(client_id=pine.id, statement="In budget", said_by="Fang", dimension=Dimension.BUDGET,
                            expected_minor=50_000_000, forecast_minor=54_000_000, tolerance=10))  # fmt: skip
    calendar = stood().calendar
    assert gap_of(late, calendar) == 10
    assert gap_of(dear, calendar) == pytest.approx(8.0)
    states = {g.expectation.statement: g.state for g in expectation_gaps(stood())}
    assert states == {"Line 2 runs": GapState.TO_EXPLAIN, "In budget": GapState.WITHIN}


def test_an_expectation_is_confirmed_only_at_the_stage_that_runs(keep, pine, stood):
    project = keep(Project(client_id=pine.id, name="Roll-out", status=ProjectStatus.RUNNING))
    first = keep(Stage(project_id=project.id, name="Design", position=1))
    expectation = keep(
        Expectation(client_id=pine.id, project_id=project.id, statement="x", said_by="Xu")
    )
    assert expectation_gaps(stood())[0].state is GapState.UNCONFIRMED
    keep(
        Confirmation(
            client_id=pine.id, expectation_id=expectation.id, stage_id=first.id, day=TODAY, by="Xu"
        )
    )
    assert expectation_gaps(stood())[0].state is GapState.CONFIRMED
    from dataclasses import replace

    keep(replace(first, finished_on=TODAY), Stage(project_id=project.id, name="Build", position=2))
    assert expectation_gaps(stood())[0].state is GapState.UNCONFIRMED


def test_the_disclosure_lag_counts_working_hours(keep, pine, stood, local):
    issue = keep(Issue(client_id=pine.id, statement="x", severity=Severity.S3,
                       found_at=local(2026, 11, 16, 10), told_at=local(2026, 11, 16, 15, 30)))  # fmt: skip
    assert disclosure_of(stood(), issue).lag_hours == pytest.approx(5.5)


def test_a_serious_problem_is_due_in_wall_time_even_before_a_holiday(keep, pine, stood, local):
    issue = keep(
        Issue(
            client_id=pine.id, statement="x", severity=Severity.S2, found_at=local(2026, 9, 30, 15)
        )
    )
    assert disclosure_of(stood(), issue).due == local(2026, 9, 30, 19)
    assert past_limit(stood(local(2026, 9, 30, 18, 59))) == []
    assert past_limit(stood(local(2026, 9, 30, 19, 1))) == [issue]


def test_a_disclosure_without_fix_or_date_is_incomplete(keep, pine, stood, local):
    keep(
        Issue(
            client_id=pine.id,
            statement="x",
            found_at=local(2026, 11, 16, 10),
            told_at=local(2026, 11, 16, 11),
        )
    )
    found = transparency(stood())
    assert found.score == 100
    assert (found.state, found.act.label) == ("warn", "Complete it")


def test_an_internal_problem_owes_the_client_nothing(keep, pine, stood, local):
    keep(Issue(client_id=pine.id, statement="x", found_at=local(2026, 11, 1, 10), internal=True))
    assert past_limit(stood()) == []
    assert transparency(stood()).score is None


def test_the_net_promoter_score_with_its_interval(keep, pine, stood):
    answers = [10] * 9 + [3] * 4 + [7] * 7
    keep(*[Feedback(client_id=pine.id, day=TODAY, nps=n) for n in answers])
    found = nps(stood())
    assert (found.value, found.low, found.high) == pytest.approx((25, -8.6, 58.6), abs=0.05)


def test_below_ten_answers_there_is_no_bare_score(keep, pine, stood):
    keep(*[Feedback(client_id=pine.id, day=TODAY, nps=n) for n in (9, 3, 10)])
    figure = next(f for f in feedback(stood()).figures if f.name == "nps")
    assert figure.value is None
    assert say(words_for("en"), figure.shown) == "10, 3, 9"


def test_the_satisfied_share_with_the_wilson_interval(keep, pine, stood):
    keep(*[Feedback(client_id=pine.id, day=TODAY, csat=n) for n in [5] * 10 + [4] * 7 + [2] * 3])
    found = csat(stood())
    assert (found.value, found.low, found.high) == pytest.approx((0.85, 0.6396, 0.9476), abs=5e-5)


@pytest.mark.parametrize(
    ("influence", "interest", "stance"),
    [
        (5, 4, "manage_closely"),
        (4, 2, "keep_satisfied"),
        (2, 5, "keep_informed"),
        (1, 2, "monitor"),
    ],
)
def test_stakeholders_by_power_and_interest(keep, pine, stood, influence, interest, stance):
    keep(Contact(client_id=pine.id, name="Xu", influence=influence, interest=interest))
    assert [s.stance for s in standings(stood())] == [stance]


def test_a_report_due_on_a_holiday_is_due_the_working_day_before(keep, pine, stood, local):
    line = keep(PlanLine(client_id=pine.id, what="Weekly", report=True, first_on=date(2026, 9, 21)))
    for day in (date(2026, 9, 24), date(2026, 9, 30)):
        keep(ReportSent(client_id=pine.id, plan_line_id=line.id, what="Weekly", sent_on=day))
    figure = feedback(stood(local(2026, 10, 3, 12))).figures[0]
    assert (figure.value, say(words_for("en"), figure.shown)) == (1.0, "2 / 2")


@pytest.mark.parametrize(
    ("odds", "impact", "score", "level"),
    [
        (Odds.HIGH, Impact.HIGH, 0.28, "high"),
        (Odds.MEDIUM, Impact.MEDIUM, 0.10, "medium"),
        (Odds.LOW, Impact.LOW, 0.03, "low"),
    ],
)
def test_risks_by_score(keep, pine, stood, at, odds, impact, score, level):
    keep(
        Issue(
            client_id=pine.id,
            raid=Raid.RISK,
            statement="x",
            found_at=at,
            probability=odds,
            impact=impact,
        )
    )
    (found,) = ranked_risks(stood())
    assert (found.risk.score, found.level.value) == (score, level)


def test_risks_with_money_stand_by_expected_loss(keep, pine, stood, at):
    keep(
        Issue(client_id=pine.id, raid=Raid.RISK, statement="high, cheap", found_at=at,
              probability=Odds.HIGH, impact=Impact.HIGH, cost_minor=100),
        Issue(client_id=pine.id, raid=Raid.RISK, statement="low, dear", found_at=at,
              probability=Odds.LOW, impact=Impact.LOW, cost_minor=10_000_000),
    )  # fmt: skip
    assert [r.issue.statement for r in ranked_risks(stood())] == ["low, dear", "high, cheap"]


def test_earned_value_from_stages_and_money(keep, pine, stood):
    project = keep(Project(client_id=pine.id, name="x", budget_minor=10_000, spent_minor=7_000))
    keep(
        Stage(project_id=project.id, name="a", position=1, share=70, progress=60,
              baseline_start=date(2026, 1, 1), baseline_end=date(2026, 6, 1)),
        Stage(project_id=project.id, name="b", position=2, share=30, progress=26,
              baseline_start=date(2027, 1, 1), baseline_end=date(2027, 6, 1)),
    )  # fmt: skip
    (state,) = project_states(stood())
    e = state.earned
    assert (e.bac, e.pv, e.ac) == pytest.approx((10_000, 7_000, 7_000))
    assert e.ev == pytest.approx(4_980)


def test_earned_value_as_in_the_example(keep, pine, stood):
    keep(Project(client_id=pine.id, name="x", budget_minor=100, spent_minor=70, progress=50,
                 baseline_start=TODAY - timedelta(days=69), baseline_end=TODAY + timedelta(days=30)))  # fmt: skip
    e = project_states(stood())[0].earned
    assert (e.pv, e.ev, e.ac) == pytest.approx((70, 50, 70))
    assert (e.spi, e.cpi) == pytest.approx((0.7143, 0.7143), abs=5e-5)
    assert (e.eac_typical, e.eac_single, e.eac_both) == pytest.approx((140, 120, 168))
    assert e.tcpi == pytest.approx(1.6667, abs=5e-5)


def full_plan(pine, risk):
    texts = dict.fromkeys(
        ("trigger", "owner", "deputy", "statement_en", "statement_zh", "fix", "criteria"), "x"
    )
    return CrisisPlan(
        client_id=pine.id,
        issue_id=risk.id,
        scenario="x",
        notices=("a | b | 1 h",),
        steps=("a | 1 h | b",),
        **texts,
    )


def test_readiness_counts_complete_and_rehearsed_plans(keep, pine, stood, at):
    for n in range(5):
        risk = keep(
            Issue(
                client_id=pine.id,
                raid=Raid.RISK,
                statement="x",
                found_at=at,
                probability=Odds.HIGH,
                impact=Impact.HIGH,
            )
        )
        plan = keep(full_plan(pine, risk))
        days = {0: 10, 1: 179, 2: 180, 3: 181}.get(n)
        if days:
            keep(
                Rehearsal(
                    client_id=pine.id,
                    plan_id=plan.id,
                    day=TODAY - timedelta(days=days),
                    learned="x",
                )
            )
    ready, bare = readiness(stood())
    assert (ready.ready, ready.high_risks, ready.share) == (3, 5, pytest.approx(0.6))
    assert len(bare) == 2


def test_an_undisclosed_problem_caps_health_and_is_named(keep, pine, stood, at):
    keep(*[signal(pine, TODAY, True) for _ in range(20)], Feedback(client_id=pine.id, day=TODAY, csat=5),
         Expectation(client_id=pine.id, statement="x", said_by="Xu", expected_number=1, forecast_number=1,
                     tolerance=1))  # fmt: skip
    e = stood().of(Expectation)[0]
    keep(Confirmation(client_id=pine.id, expectation_id=e.id, day=TODAY, by="Xu"))
    before = client_health(stood())
    assert before.now.value > 90
    keep(
        Issue(
            client_id=pine.id,
            statement="Pump stands",
            severity=Severity.S1,
            found_at=at - timedelta(hours=2),
        )
    )
    now = client_health(stood())
    assert now.now.value == 40
    assert [say(words_for("en"), s) for s in now.stops] == ["not told past its limit: Pump stands"]
    assert now.stop_records[0].kind == "issue"


def test_below_half_the_coverage_there_is_no_health(stood):
    found = client_health(stood())
    assert (found.now.value, found.now.coverage) == (None, 0)


def test_health_as_in_the_example(keep, pine, stood, local):
    for n in range(10):
        late = n >= 8
        keep(
            Interaction(client_id=pine.id, at=local(2026, 11, 10, 9), thread=n + 1, subject="?"),
            Interaction(client_id=pine.id, at=local(2026, 11, 13 if late else 10, 10), thread=n + 1,
                        subject="!", direction=Direction.OUTBOUND),
        )  # fmt: skip
    keep(*[signal(pine, TODAY, n < 8) for n in range(10)])
    keep(
        Expectation(client_id=pine.id, statement="kept", said_by="Xu", importance=60),
        Expectation(client_id=pine.id, statement="open", said_by="Xu", importance=40),
        Issue(client_id=pine.id, statement="x", found_at=local(2026, 11, 16, 10),
              told_at=local(2026, 11, 16, 11), fix="x", fix_date=TODAY),
    )  # fmt: skip
    kept = next(e for e in stood().of(Expectation) if e.statement == "kept")
    keep(Confirmation(client_id=pine.id, expectation_id=kept.id, day=TODAY, by="Xu"))
    found = client_health(stood())
    assert {p.part.name: p.part.value for p in found.parts} == pytest.approx(
        {
            "responsiveness": 80,
            "trust": 75,
            "expectations": 60,
            "transparency": 100,
            "feedback": None,
        }
    )
    assert found.now.value == pytest.approx(77.3529, abs=5e-5)
    assert found.now.coverage == pytest.approx(0.85)
    keep(
        Issue(
            client_id=pine.id, statement="y", severity=Severity.S1, found_at=local(2026, 11, 20, 9)
        )
    )
    assert client_health(stood()).now.value == 40


def test_a_line_every_two_weeks_keeps_its_weeks_however_old_it_is(keep, pine, stood, at):
    keep(
        PlanLine(
            client_id=pine.id, what="Call", cadence=Cadence.BIWEEKLY, first_on=date(2025, 1, 3)
        )
    )
    nexts = [
        plan_kept(stood(at + timedelta(weeks=n)), reports=False)[0].kept.next_due for n in range(3)
    ]
    assert nexts == [date(2026, 12, 4), date(2026, 12, 4), date(2026, 12, 18)]


def test_a_gap_that_is_none_has_no_sign(keep, pine, stood):
    keep(Expectation(client_id=pine.id, dimension=Dimension.SCHEDULE, statement="In time", said_by="Wu",
                     expected_day=date(2026, 9, 1), forecast_day=date(2026, 9, 1)))  # fmt: skip
    keep(Expectation(client_id=pine.id, statement="Five", said_by="Wu", unit="points",
                     expected_number=5.0, forecast_number=5.0))  # fmt: skip
    words = words_for("en")
    said = {g.expectation.statement: say(words, gap_said(g)) for g in expectation_gaps(stood())}
    assert said == {"In time": "0 working days", "Five": "0 points"}


@pytest.mark.parametrize(("planned", "kept"), [(Channel.MEETING, 1), (Channel.CALL, 0)])
def test_who_visits_has_met(keep, pine, stood, local, planned, kept):
    keep(
        PlanLine(
            client_id=pine.id, what="Review", channel=planned, cadence=Cadence.WEEKLY,
            weekday=Weekday.FRIDAY, first_on=date(2026, 11, 14),
        ),
        Interaction(
            client_id=pine.id, subject="x", channel=Channel.VISIT, direction=Direction.OUTBOUND,
            at=local(2026, 11, 19, 15),
        ),
    )  # fmt: skip
    assert plan_kept(stood(), reports=False)[0].kept.in_time == kept
