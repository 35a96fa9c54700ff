"""Health with its noise: a change is told only beyond it, a cap only where it binds."""

from dataclasses import replace
from datetime import date, timedelta
from math import sqrt

import pytest
from scipy.stats import beta

from pmdesk.answers.health import client_health, coverage_said, health_values, part_said
from pmdesk.answers.owed.figuring import client_figures
from pmdesk.answers.text.said import say
from pmdesk.insight.health import Part, Stop, change, effective_number, health, share_error
from pmdesk.insight.trust import Trust
from pmdesk.records.choices import Direction
from pmdesk.records.expectations import Confirmation, Expectation
from pmdesk.records.feedback import Feedback
from pmdesk.records.interaction import Interaction
from pmdesk.records.transparency import Issue, Severity
from pmdesk.records.trust import Kept, TrustSignal
from pmdesk.words import words_for

EN = words_for("en")
TODAY = date(2026, 11, 23)
OLD = TODAY - timedelta(days=60)


def parts(*values, error=5.0, n=10):
    return [Part(str(k), 1 / len(values), value, error, n) for k, value in enumerate(values)]


def test_a_share_of_few_is_no_certainty():
    assert share_error(1.0, 3) == pytest.approx(sqrt(5 / 7 * 2 / 7 / 7))
    assert share_error(0.0, 0) == 0
    assert share_error(0.5, 96) == pytest.approx(0.05)


def test_unequal_weights_say_less():
    assert effective_number([10, 10, 10]) == pytest.approx(3)
    assert effective_number([98, 1, 1]) == pytest.approx(1.04, abs=0.005)
    assert effective_number([]) == 0


def test_the_error_of_trust_is_that_of_its_beta():
    found = Trust(8, 2)
    assert found.standard_error == pytest.approx(beta(9, 3).std())


def test_the_error_of_health_is_that_of_its_parts():
    found = health([Part("a", 0.6, 80, 5, 10), Part("b", 0.2, 40, 10, 3), Part("c", 0.2, None)])
    assert found.error == pytest.approx(sqrt((0.6 * 5) ** 2 + (0.2 * 10) ** 2) / 0.8)
    assert found.thin == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("moved", "shared", "real"),
    [(13.0, 0, False), (14.0, 0, True), (6.0, 8, False), (6.5, 8, True), (0.4, 10, False), (0.5, 10, True)],
)  # fmt: skip
def test_a_change_is_real_only_beyond_the_noise_of_what_is_new(moved, shared, real):
    # two errors of 5 points: √50 · 1.96 = 13.9; of 10 records 8 are the same: √(50 − 40) · 1.96 = 6.2
    found = change(parts(60.0), parts(60.0 + moved), [shared])
    assert found.points == pytest.approx(moved)
    assert found.real is real


def test_a_part_that_was_not_known_moves_nothing():
    found = change(parts(60.0, 60.0, None), parts(70.0, 60.0, 0.0), [10, 10, 0])
    assert found.points == pytest.approx(5)
    assert [m.name for m in found.moves] == ["0", "1"]
    assert change(parts(60.0, None, None), parts(70.0, 60.0, 0.0), [10, 0, 0]) is None


def test_a_stop_above_the_parts_binds_nothing():
    assert not health(parts(30.0), [Stop("x", 40)]).capped
    assert health(parts(50.0), [Stop("x", 40)]).capped
    assert not health([Part("a", 0.4, 50), Part("b", 0.6, None)], [Stop("x", 40)]).capped


@pytest.fixture
def known(keep, pine, local):
    """A relationship of which all parts but transparency are known, for months."""

    def make(good=True):
        for n in range(10):
            keep(
                Interaction(client_id=pine.id, at=local(2026, 9, 14, 9), thread=n + 1, subject="?"),
                Interaction(client_id=pine.id, at=local(2026, 9, 14 if good else 18, 10), thread=n + 1,
                            subject="!", direction=Direction.OUTBOUND),
            )  # fmt: skip
        way = Kept.KEPT if good else Kept.BROKEN
        keep(*[TrustSignal(client_id=pine.id, day=OLD, what="x", kept=way) for _ in range(10)])
        held = keep(Expectation(client_id=pine.id, statement="x", said_by="Xu", said_on=OLD,
                                expected_number=1, forecast_number=1 if good else 0))  # fmt: skip
        keep(Confirmation(client_id=pine.id, expectation_id=held.id, day=OLD, by="Xu"))
        keep(*[Feedback(client_id=pine.id, day=OLD, csat=5 if good else 1) for _ in range(6)])

    return make


def serious(pine, at, **more):
    given = {"found_at": at - timedelta(days=2), "severity": Severity.S2} | more
    return Issue(client_id=pine.id, statement="Pump stands", **given)


def test_where_nothing_happened_it_is_about_the_same(known, stood):
    known()
    found = client_health(stood())
    assert not found.change.real
    assert say(EN, found.why) == "about the same as last month"


def test_a_cap_is_no_change_and_is_named_where_it_binds(known, keep, pine, stood, at):
    known()
    keep(serious(pine, at))
    found = client_health(stood())
    assert found.now.value == 40
    assert found.now.uncapped > 80
    assert [say(EN, cap) for cap in found.caps] == ["not told past its limit: Pump stands"]
    assert not found.change.real


def test_a_cap_that_does_not_bind_hides_nothing_and_the_parts_that_moved_are_named(
    known, keep, pine, stood, at
):
    known(good=False)
    keep(*[serious(pine, at, found_at=at - timedelta(days=n), told_at=at - timedelta(days=n))
           for n in (40, 50, 60, 70)])  # fmt: skip
    before = client_health(stood(at - timedelta(days=1)))
    keep(*[serious(pine, at) for _ in range(12)])
    found = client_health(stood())
    assert found.now.value < 40
    assert (len(found.stops), found.caps) == (12, ())
    assert before.change.real is False
    assert found.change.real
    assert say(EN, found.why) == "since last month: Staying transparent 100 → 25"


def test_a_month_ago_without_records_is_said(keep, pine, stood):
    keep(*[TrustSignal(client_id=pine.id, day=TODAY, what="x") for _ in range(9)])
    found = client_health(stood())
    assert found.change is None
    assert say(EN, found.why) == "a month ago too little was known"


def test_every_part_says_on_how_many_records_it_rests(known, stood):
    known()
    found = client_health(stood())
    assert {p.part.name: p.part.n for p in found.parts} == {
        "responsiveness": 10, "trust": 10, "expectations": 1, "transparency": 0, "feedback": 6,
    }  # fmt: skip
    said = [say(EN, part_said(p.part)) for p in found.parts]
    assert said[2:4] == [
        "Managing expectations: 100, weight 20%, n = 1",
        "Staying transparent: unknown, weight 15%",
    ]
    assert say(EN, coverage_said(found)) == ("Health · covers 85% · 20% on fewer than 5 records")


def test_where_no_part_is_thin_the_coverage_stands_alone(known, keep, pine, stood):
    known()
    held = [Expectation(client_id=pine.id, statement="x", said_by="Xu") for _ in range(4)]
    keep(*held)
    assert say(EN, coverage_said(client_health(stood()))) == "Health · covers 85%"


def test_ten_answers_in_time_are_no_certainty(known, stood):
    known()
    part = client_health(stood()).parts[0].part
    assert part.value == 100
    assert part.error == pytest.approx(100 * sqrt(12 / 14 * 2 / 14 / 14))


def test_health_as_it_is_printed(known, keep, pine, stood, at):
    known()
    issue = keep(serious(pine, at))
    values = health_values(client_health(stood()), EN)
    assert (values["health"], values["capped"], values["changed"]) == (40, True, False)
    assert values["error"] > 0
    assert values["parts"][0]["n"] == 10
    keep(replace(issue, told_at=at))
    assert health_values(client_health(stood()), EN)["capped"] is False


def test_the_portfolio_tells_health_with_its_margin_and_a_capped_one_without(
    known, keep, pine, stood, at
):
    known()
    health, told = client_health(stood()).now, client_figures(stood())
    assert (told.health, told.health_error) == (health.value, health.error)
    keep(serious(pine, at))
    told = client_figures(stood())
    assert (told.health, told.health_error) == (40, None)
