"""Slower or faster than in the 13 weeks before: the sentence, the word, and what they rest on."""

from datetime import timedelta
from itertools import count

import pytest
from scipy.stats import CensoredData, logrank

from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.answers.windows import change, change_rests_on, median_before, verdict, windows
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.interaction import Interaction
from tests.answers.making import EN, NOW

THREADS = count(1)
# Mondays at 09:00 in Shanghai: a working day has nine hours, these waits end within it
NOW_WEEKS, WEEKS_BEFORE = range(1, 13), range(14, 26)


def turns(client, weeks, hours):
    """A question on the Monday so many weeks ago, answered after so many hours; None: it waits."""
    for week, wait in zip(weeks, hours, strict=False):
        at = NOW.replace(hour=1) - timedelta(weeks=week)
        mail = {"client_id": client.id, "channel": Channel.MAIL, "thread": next(THREADS)}
        yield Interaction(at=at, direction=Direction.INBOUND, subject="q", **mail)
        if wait is not None:
            at += timedelta(hours=wait)
            yield Interaction(at=at, direction=Direction.OUTBOUND, subject="a", **mail)


@pytest.fixture
def told(journal, keep, pine):
    def of(now, before):
        keep(*turns(pine, NOW_WEEKS, now), *turns(pine, WEEKS_BEFORE, before))
        two = windows(relationship(journal, pine, at=NOW))
        return two, [say(EN, said(two)) for said in (change, verdict, change_rests_on)]

    return of


SLOW, FAST = [6, 7, 8, 6.5, 7.5, 8], [1, 1.5, 2, 1, 2, 3]


def reference(now, before):
    """The p of scipy's log-rank test."""
    return logrank(CensoredData(now), CensoredData(before)).pvalue


def test_slower_with_both_medians(told):
    two, (word, sentence, rests) = told(SLOW, FAST)
    p = reference(SLOW, FAST)
    assert two.p == pytest.approx(p, abs=1e-6)
    assert word == "slower"
    assert sentence == f"slower than in the 13 weeks before: 1.8 → 7.2 h (p {p:.3f}, n = 12)"
    assert rests == f"log-rank test, the open ones counted: p {p:.3f}, n = 12"
    assert say(EN, median_before(two)) == "before: 1.8 h"


def test_faster_with_both_medians(told):
    _, (word, sentence, _) = told(FAST, SLOW)
    assert word == "faster"
    assert sentence.startswith("faster than in the 13 weeks before: 7.2 → 1.8 h")


def test_within_chance_nothing_is_claimed(told):
    before = [1.5, 1, 2.5, 1, 2, 2]
    _, (word, sentence, rests) = told(FAST, before)
    p = reference(FAST, before)
    assert p > 0.1
    assert word == "no clear change"
    assert sentence == (f"no change beyond chance against the 13 weeks before (p {p:.2f}, n = 12)")
    assert rests.endswith(f"p {p:.2f}, n = 12")


def test_where_most_still_wait_it_only_differs(told):
    _, (word, sentence, _) = told([None] * 6, FAST)
    assert word == "differs"
    assert sentence.startswith("differs from the 13 weeks before (p 0.0")


@pytest.mark.parametrize(("now", "before"), [(SLOW[:4], FAST), (SLOW, FAST[:4])])
def test_fewer_than_five_turns_say_nothing(told, now, before):
    _, (word, sentence, _) = told(now, before)
    assert (word, sentence) == ("too few turns", "too few turns to say (n = 10)")


def test_without_a_turn_before_there_is_no_test(told):
    two, (word, _, rests) = told(SLOW, [])
    assert (word, rests) == ("too few turns", "n = 6")
    assert say(EN, median_before(two)) == "before: –"


def test_a_median_that_was_never_reached_says_so(told):
    two, _ = told(SLOW, [None] * 6)
    assert say(EN, median_before(two)) == "before: not reached"
