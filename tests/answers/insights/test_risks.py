"""Risks by probability and impact: scores, levels, order."""

from datetime import date

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.risks import risks
from pmdesk.answers.text.said import say
from pmdesk.records.transparency import Impact, Odds, Raid
from tests.answers.making import EN, issue, plan


def risk(odds=Odds.HIGH, impact=Impact.HIGH, **more):
    return issue(raid=Raid.RISK, probability=odds, impact=impact, **more)


@pytest.mark.parametrize(
    ("odds", "impact", "score", "level"),
    [
        (Odds.HIGH, Impact.HIGH, 0.28, "High"),
        (Odds.VERY_HIGH, Impact.MEDIUM, 0.18, "High"),
        (Odds.MEDIUM, Impact.MEDIUM, 0.10, "Medium"),
        (Odds.LOW, Impact.MEDIUM, 0.06, "Medium"),
        (Odds.LOW, Impact.LOW, 0.03, "Low"),
    ],
)
def test_a_score_is_probability_times_impact(world, odds, impact, score, level):
    rel, kept = world([risk(odds, impact)])
    (item,) = risks(rel, Period()).items
    assert item.cells[4] == score
    assert say(EN, item.cells[5]) == level
    assert item.record == ("issue", kept.id)


def test_where_money_is_known_the_expected_loss_orders(world):
    rel, _ = world(
        [
            risk(Odds.VERY_HIGH, Impact.VERY_HIGH, statement="no money"),
            risk(Odds.LOW, Impact.LOW, statement="dear", cost_minor=1_000_000),
            risk(Odds.HIGH, Impact.HIGH, statement="cheap", cost_minor=100_000),
            risk(Odds.UNKNOWN, statement="not assessed"),
            risk(closed_on=date(2026, 11, 20), statement="closed"),
        ]
    )
    found = risks(rel, Period())
    assert [(i.cells[0], i.cells[1], i.cells[6]) for i in found.items] == [
        (1, "dear", 3000.0), (2, "cheap", 700.0), (3, "no money", None),
    ]  # fmt: skip
    assert say(EN, found.verdict) == "2 of 3 risks high · largest expected loss 3,000"
    assert "not assessed: 1" in say(EN, found.evidence)


def test_a_plan_for_a_risk_is_told(world):
    rel, kept = world([risk()])
    assert say(EN, risks(rel, Period()).items[0].cells[-1]) == "no plan"
    rel, _ = world([plan(issue_id=kept.id)])
    assert say(EN, risks(rel, Period()).items[0].cells[-1]) == "has a plan"


def test_what_is_missing_is_said(world):
    rel, _ = world([])
    assert say(EN, risks(rel, Period()).verdict) == "No open risk on record"
    rel, _ = world([risk(Odds.UNKNOWN)])
    assert say(EN, risks(rel, Period()).verdict) == "No open risk is assessed yet: 1 wait"
