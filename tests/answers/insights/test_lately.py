"""Of all turns those of the last half year, and further back where the last change lies earlier."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.slower import lately, we_answer
from pmdesk.answers.relationship import relationship
from pmdesk.records.calendar import WorkCalendar
from tests.answers.insights.making import MONDAY, weeks
from tests.answers.making import NOW


@pytest.mark.parametrize(
    ("first", "waits", "each", "oldest"),
    [
        # without a change 26 weeks before the last turn, that one too
        (60, [2] * 61, 1, 26),
        # a last turn long ago: the half year before it
        (90, [2] * 31, 1, 86),
        # a change in the week 40 weeks ago, and 13 weeks before it
        (80, [1] * 40 + [6] * 40, 2, 53),
        # a change less than 13 weeks ago is held against the whole half year
        (60, [1] * 50 + [7] * 10, 3, 27),
        (3, [2], 1, 3),
    ],
)
def test_how_far_back(journal, keep, pine, first, waits, each, oldest):
    # no holidays: each of these waits is as long as it says
    plain = keep(WorkCalendar(name="Plain"))
    client = keep(*weeks(pine, first, waits, each=each), replace(pine, calendar_id=plain.id))
    found = we_answer(relationship(journal, client, at=NOW), Period())
    shown = lately(found)
    begins = (MONDAY - timedelta(weeks=oldest)).timestamp()
    assert 0 <= shown.shape.dots[0].at - begins < 3600
    assert len(shown.items) == len(shown.shape.dots)
    assert shown.items[-1] == found.items[-1]
    assert (shown.verdict, shown.shape.levels) == (found.verdict, found.shape.levels)


def test_of_nothing_there_is_nothing(journal, pine):
    found = we_answer(relationship(journal, pine, at=NOW), Period())
    assert lately(found) == found
