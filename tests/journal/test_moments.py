"""Moments as texts: how they are held against each other within one second."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pmdesk.journal.codec import from_text, moment_text, until_text

BEGIN = datetime(2026, 2, 28, 23, 59, 58, tzinfo=UTC)
# within some seconds: whole ones, and parts of them
NEAR = st.integers(0, 12).map(lambda n: BEGIN + timedelta(seconds=n / 4))


def second(at):
    return at.replace(microsecond=0)


@given(NEAR, NEAR)
def test_a_bound_takes_its_whole_second_with_or_without_a_fraction(stored, bound):
    text = moment_text(stored)
    assert (text <= until_text(bound)) == (second(stored) <= second(bound))
    assert (text >= from_text(bound)) == (second(stored) >= second(bound))
