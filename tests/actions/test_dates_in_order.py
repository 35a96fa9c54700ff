"""An answer is never before the question that it names."""

import pytest

from pmdesk.records.choices import DateDoubt
from pmdesk.records.interaction import Interaction
from tests.actions.letters import LI, ME, letter


def test_a_question_without_a_zone_is_read_where_its_sender_writes(take, waits, journal):
    # 17:00 on the sender's clock in Shanghai is 09:00 UTC; the answer is of 10:00 UTC
    asked = letter(1, LI, ME, 0, Date="Mon, 02 Mar 2026 17:00:00")
    take(asked, letter(2, ME, LI, 1, reply=1))
    assert waits() == [1]
    doubts = [i.date_doubt for i in journal.find(Interaction, order="at")]
    assert doubts == [DateDoubt.NO_ZONE, DateDoubt.NONE]


def test_the_zone_of_their_other_mail_comes_before_that_of_the_calendar(take, waits):
    other = letter(5, LI, ME, 0, subject="Other", Date="Mon, 02 Mar 2026 15:00:00 +0900")
    asked = letter(1, LI, ME, 0, Date="Mon, 02 Mar 2026 18:00:00")
    take(other, asked, letter(2, ME, LI, 1, reply=1))
    assert sorted(w for w in waits() if w is not None) == [1]


def test_clocks_that_contradict_put_the_answer_right_behind_the_question(take, waits, journal):
    take(letter(1, LI, ME, 2), letter(2, ME, LI, 1, reply=1))
    assert waits() == [pytest.approx(0, abs=0.001)]
    ours = journal.find(Interaction, "direction = 'outbound'")[0]
    assert ours.date_doubt is DateDoubt.SKEWED


def test_reply_time_tools_see_the_dates_as_written(take, waits):
    take(letter(1, LI, ME, 2), letter(2, ME, LI, 1, reply=1))
    assert waits(mode="message") == [None]


def test_a_year_off_counts_from_the_receipt(take, waits, journal):
    asked = letter(
        1, LI, ME, 0, Date="Sun, 02 Mar 2025 09:00:00 +0000",
        Received="from pine.example by oak.example; Mon, 02 Mar 2026 09:00:10 +0000",
    )  # fmt: skip
    take(asked, letter(2, ME, LI, 3, reply=1))
    assert waits() == [pytest.approx(3, abs=0.01)]
    assert journal.find(Interaction, order="at")[0].date_doubt is not DateDoubt.NONE
