"""Trust over time in one pass, held to trust as it is at each of its moments."""

from datetime import UTC, datetime, time, timedelta

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.trust_signals import trust_signals
from pmdesk.answers.practices.trust import trust_now
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.trust import Kept, SignalState, TrustSignal
from tests.answers.making import TODAY


def signals():
    """Two years of them, some on one day, today's and those that do not count among them."""
    for n in range(60):
        yield TrustSignal(
            what=f"S{n}", day=TODAY - timedelta(days=13 * n - n % 5 * (n > 0)), weight=0.5 + n % 3,
            kept=Kept.BROKEN if n % 4 == 0 else Kept.KEPT,
            state=SignalState.REJECTED if n % 7 == 3 else SignalState.ACCEPTED,
        )  # fmt: skip


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
def test_each_point_is_trust_at_the_end_of_its_day(world, keep, journal, zone):
    calendar = keep(WorkCalendar(name="Theirs", zone=zone))
    rel, _ = world(signals(), {"calendar_id": calendar.id})
    points = trust_signals(rel, Period()).shape.course
    assert len(points) > 100
    for point in points:
        end = datetime.combine(point.day, time(23, 59), rel.zone).astimezone(UTC)
        alone = trust_now(rel, at=min(rel.at, end))
        assert point.expected == pytest.approx(alone.expected, rel=1e-12)
        assert (point.low, point.high) == pytest.approx((alone.low, alone.high), rel=1e-12)
