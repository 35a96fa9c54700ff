"""How new records often begin."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pmdesk.answers.beginnings import BEGINNINGS, Begun, beginnings_of
from pmdesk.records.communication import PlanLine
from pmdesk.records.kinds import KINDS
from pmdesk.records.problems import problems_of
from pmdesk.records.trust import Promise, Side
from pmdesk.words import words_for

# Friday, half past nine in Shanghai.
FRIDAY = datetime(2026, 12, 4, 9, 30, 5, 7, ZoneInfo("Asia/Shanghai"))
BEGUN = Begun(FRIDAY, lambda day: day.weekday() < 5 and day != date(2026, 12, 9))


@pytest.mark.parametrize("one", BEGINNINGS, ids=lambda one: one.text)
def test_each_begins_a_record_that_lacks_no_more_than_what_only_its_writer_knows(one):
    record = one.of(KINDS[one.kind].cls(client_id=1), BEGUN, words_for("en"))
    open_ = {problem.field for problem in problems_of(record)}
    assert open_ <= {"what", "to_whom", "statement", "subject", "day"}
    assert one in beginnings_of(record)
    assert beginnings_of(KINDS[one.kind].cls(id=1)) == ()


def test_days_are_counted_in_working_days_and_moments_kept_in_utc():
    by_text = {one.text: one for one in BEGINNINGS}
    promise = by_text["From a meeting"].of(Promise(what="Report"), BEGUN, words_for("en"))
    assert (promise.by, promise.what, promise.due) == (Side.US, "Report", date(2026, 12, 14))
    meeting = by_text["Meeting on the next working day"].values(BEGUN)
    assert meeting["at"] == datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
    assert by_text["S1 problem"].values(BEGUN)["found_at"] == datetime(
        2026, 12, 4, 1, 30, 5, tzinfo=UTC
    )
    assert by_text["Weekly call"].values(BEGUN)["first_on"] == date(2026, 12, 11)


@pytest.mark.parametrize(("language", "what"), [("en", "Monthly report"), ("zh", "月报")])
def test_its_texts_are_in_the_users_words_and_replace_none(language, what):
    (monthly,) = [one for one in BEGINNINGS if one.text == "Monthly report"]
    assert monthly.of(PlanLine(), BEGUN, words_for(language)).what == what
    assert monthly.of(PlanLine(what="Steering"), BEGUN, words_for(language)).what == "Steering"
