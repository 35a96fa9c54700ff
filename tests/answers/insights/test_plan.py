"""Milestones in working days and money against the budget, worked by hand."""

from datetime import date

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.plan import plan
from pmdesk.answers.text.said import say
from pmdesk.records.choices import ProjectStatus
from pmdesk.records.project import Project, Stage
from tests.answers.making import EN

# 2026-10-30 is a Friday; the next ten working days end on Friday 2026-11-13.
AGREED, FORECAST = date(2026, 10, 30), date(2026, 11, 13)


def project(**more):
    given = {"name": "Line", "baseline_start": date(2026, 1, 1), "baseline_end": AGREED,
             "forecast_end": FORECAST}  # fmt: skip
    return Project(**(given | more))


def test_a_milestone_is_late_in_working_days(world):
    rel, kept = world([project()])
    rel, _ = world(
        [
            Stage(project_id=kept.id, name="Design", position=1, baseline_end=AGREED,
                  finished_on=date(2026, 10, 29)),
            Stage(project_id=kept.id, name="Build", position=2, baseline_end=AGREED),
            Stage(project_id=kept.id, name="No day", position=3),
        ]
    )  # fmt: skip
    found = plan(rel, Period())
    assert [one.days for one in found.shape.milestones] == [-1, None, 10]
    states = [say(EN, item.cells[-1]) for item in found.items]
    assert states == ["−1 working day", "no forecast", "+10 working days"]
    assert [item.record[0] for item in found.items] == ["stage", "stage", "project"]
    assert say(EN, found.verdict) == "10 working days behind"


def test_money_is_told_with_the_assumption_of_its_estimate(world):
    # the whole plan is over: PV = BAC 100, EV 50, AC 70: SPI .5, CPI .7143, EAC 140
    rel, _ = world([project(budget_minor=10000, spent_minor=7000, progress=50)])
    found = plan(rel, Period())
    assert [(one.minor, one.share) for one in found.shape.money] == [(7000, 0.7), (14000, 1.4)]
    assert say(EN, found.verdict) == "10 working days behind · 140% of the budget in the end"
    evidence = say(EN, found.evidence)
    assert evidence.startswith(
        "SPI 0.50, CPI 0.71 · estimate at completion if cost goes on as so far"
    )
    (values,) = found.values["projects"]
    assert (values["eac_typical"], values["eac_single"], values["cpi"]) == (14000, 12000, 0.7143)


@pytest.mark.parametrize(
    ("more", "amounts"),
    [
        ({"budget_minor": 0, "spent_minor": 7000}, 0),
        ({"budget_minor": 10000, "spent_minor": None}, 0),
        ({"budget_minor": 10000, "spent_minor": 0, "progress": 10}, 1),  # no CPI: no estimate
        ({"budget_minor": 10000, "spent_minor": 7000, "progress": 0}, 1),  # CPI 0: no estimate
    ],
)
def test_what_cannot_be_divided_is_not_told(world, more, amounts):
    rel, _ = world([project(**more)])
    found = plan(rel, Period())
    assert len(found.shape.money) == amounts
    assert "budget" not in say(EN, found.verdict)


@pytest.mark.parametrize(
    ("forecast", "verdict"),
    [
        (AGREED, "On the baseline"),
        (date(2026, 10, 29), "1 working day ahead"),
        (None, "No forecast stands beside the agreed end"),
    ],
)
def test_the_verdict_says_how_the_end_lies(world, forecast, verdict):
    rel, _ = world([project(forecast_end=forecast)])
    assert say(EN, plan(rel, Period()).verdict) == verdict


def test_of_several_projects_those_behind_are_counted_and_the_done_left_out(world):
    rel, _ = world(
        [project(), project(forecast_end=AGREED), project(status=ProjectStatus.DONE)]
    )  # fmt: skip
    assert say(EN, plan(rel, Period()).verdict) == "1 of 2 projects behind the baseline"
