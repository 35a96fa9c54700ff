"""Problems and changes that came, went and lie open."""

from datetime import UTC, date, datetime

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.flows import change_flow, problem_flow
from pmdesk.answers.text.said import say
from pmdesk.records.transparency import Decision
from tests.answers.making import EN, change, issue, risk


def found(day, closed=None, **more):
    at = datetime(2026, 11, day, 4, tzinfo=UTC)
    return issue(found_at=at, closed_on=closed and date(2026, 11, closed), **more)


def test_open_closed_and_age_are_counted_up_to_today(world):
    rel, _ = world([found(2, 4), found(13), found(20), risk(), found(3, internal=True)])
    flow = problem_flow(rel, Period())
    assert flow.values == {"opened": 4, "closed": 1, "open": 3, "oldest_days": 20}
    assert [item.cells[3] for item in flow.items] == [2, 20, 10, 3]
    assert say(EN, flow.verdict) == "3 problems open, the oldest for 20 days"
    assert say(EN, flow.evidence) == "since 2 Nov 2026: 4 found, 1 closed"


def test_from_five_on_it_is_said_how_long_half_took_with_the_open_ones_counted(world):
    # 1, 2, 2, open after 10, open after 11 days: S(2) = .4
    rel, _ = world([found(2, 3), found(2, 4), found(3, 5), found(13), found(12)])
    assert say(EN, problem_flow(rel, Period()).evidence).endswith(
        "half closed within 2 days (n = 5)"
    )
    rel, _ = world([found(14), found(15)])
    assert say(EN, problem_flow(rel, Period()).evidence).endswith("half are not closed yet (n = 7)")


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (None, None, (2, 1, 1)),
        (4, 8, (0, 1, 1)),  # closed on the first day of the period, found before it
        (5, 12, (0, 0, 1)),
        (None, 3, (2, 0, 2)),  # closed only after it
        (None, 1, (0, 0, 0)),
    ],
)
def test_a_period_counts_what_happened_in_it(world, first, last, counts):
    rel, _ = world([found(2, 4), found(3)])
    period = Period(first and date(2026, 11, first), last and date(2026, 11, last))
    values = problem_flow(rel, period).values
    assert (values["opened"], values["closed"], values["open"]) == counts


def test_a_change_is_open_until_its_decision_is_told(world):
    weighed = dict.fromkeys(
        ("impact_scope", "impact_schedule", "impact_cost", "impact_quality", "impact_risk"), "none"
    )
    made = {"asked_on": date(2026, 11, 2), "decision": Decision.APPROVED, "decided_by": "Xu",
            "decided_on": date(2026, 11, 4)} | weighed  # fmt: skip
    rel, _ = world([change(**made)])
    flow = change_flow(rel, Period())
    assert say(EN, flow.verdict) == "1 change open, for 21 days"
    assert say(EN, flow.items[0].cells[-1]) == "Not yet told"
    rel, _ = world([change(**made, told_on=date(2026, 11, 6))])
    flow = change_flow(rel, Period())
    assert flow.values == {"opened": 2, "closed": 1, "open": 1, "oldest_days": 21}
    assert say(EN, flow.items[1].cells[-1]) == "Approved by Xu"


def test_nothing_open_is_said(world):
    rel, _ = world([found(2, 4)])
    assert say(EN, problem_flow(rel, Period()).verdict) == "No problem is open"
    assert say(EN, change_flow(rel, Period()).verdict) == "No change in this time"
