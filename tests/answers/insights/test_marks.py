"""Marks of the client: themselves up to nine, from ten on with score and interval."""

from datetime import date, timedelta

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.marks import satisfaction
from pmdesk.answers.text.said import say
from pmdesk.records.feedback import Feedback
from tests.answers.making import EN, TODAY


def given(csats=(), npss=()):
    days = (TODAY - timedelta(days=40 - n) for n in range(40))
    return [Feedback(day=next(days), by="Xu", csat=c) for c in csats] + [
        Feedback(day=next(days), by="Xu", nps=n) for n in npss
    ]


def test_nine_marks_are_told_themselves_the_newest_first(world):
    rel, _ = world(given([1, 2, 3, 4, 5, 4, 3, 4, 5]))
    found = satisfaction(rel, Period())
    assert say(EN, found.verdict) == "satisfied, newest first: 5, 4, 3, 4, 5, 4 … of 5"
    assert say(EN, found.evidence) == "CSAT: n = 9, too few for a score"
    assert found.shape.csat is None
    assert found.values["csats"] == [1, 2, 3, 4, 5, 4, 3, 4, 5]


def test_from_ten_on_the_share_stands_with_its_interval(world):
    # 17 of 20: Wilson .6396 to .9476
    rel, _ = world(given([5] * 17 + [3] * 3))
    found = satisfaction(rel, Period())
    assert say(EN, found.verdict) == "85% satisfied"
    assert found.values["csat"] == {"value": 0.85, "low": 0.6396, "high": 0.9476, "n": 20}
    assert say(EN, found.evidence) == "CSAT: 95% 64% to 95%, n = 20"


def test_a_net_promoter_score_stands_with_its_interval(world):
    # 9 promoters and 4 detractors of 20: 25, −8.6 to 58.6
    rel, _ = world(given(npss=[9] * 9 + [8] * 7 + [6] * 4))
    found = satisfaction(rel, Period())
    assert say(EN, found.verdict) == "NPS 25"
    assert say(EN, found.evidence) == "NPS: 95% −9 to 59, n = 20"
    assert found.values["nps"]["low"] == pytest.approx(-8.6, abs=0.05)


def test_marks_too_few_of_one_kind_stand_beside_a_score_of_the_other(world):
    rel, _ = world(given([5] * 10, [9, 3]))
    found = satisfaction(rel, Period())
    assert say(EN, found.verdict) == "100% satisfied"
    assert say(EN, found.evidence).endswith("NPS: n = 2, too few for a score")


def test_words_without_a_mark_and_what_lies_outside_the_period_are_no_answers(world):
    rel, _ = world(
        [Feedback(day=TODAY, said="Good"), Feedback(day=TODAY, csat=4),
         Feedback(day=TODAY - timedelta(days=1), nps=7)]
    )  # fmt: skip
    assert [i.cells[0] for i in satisfaction(rel, Period(TODAY, None)).items] == [TODAY]
    found = satisfaction(rel, Period(None, TODAY - timedelta(days=1)))
    assert say(EN, found.verdict) == "would recommend, newest first: 7 of 10"
    nothing = satisfaction(rel, Period(None, date(2020, 1, 1)))
    assert (nothing.enough, say(EN, nothing.verdict)) == (False, "No mark of the client yet: ask")
