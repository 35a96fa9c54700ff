"""An answer counts where it is one to what was asked."""

from datetime import date

import pytest

from pmdesk.actions.incoming.values import Asked, Given, Reading
from pmdesk.answers.text.said import said

ME = Asked("me", said("Who are you in this chat?"), (("林悦", "林悦"), ("周启明", "周启明")))
DAY = Asked("copied", said("On which day was it copied?"), proposed="2026-11-23", kind="day")
NAME = Asked("name", said("What is it called?"), proposed="Pine")


@pytest.mark.parametrize(
    ("asked", "answer", "holds"),
    [(ME, "林悦", "林悦"), (ME, "许静", None), (ME, "", None), (DAY, "2026-11-20", "2026-11-20"),
     (DAY, "昨天", "昨天"), (DAY, "soon", None), (NAME, "", ""), (NAME, "anything", "anything")],
)  # fmt: skip
def test_what_is_no_answer_leaves_the_proposal_and_the_question(journal, at, asked, answer, holds):
    reading = Reading(journal, Given(answers={asked.key: answer}), at)
    assert reading.is_answered(asked) is (holds is not None)
    assert reading.answer(asked) == (asked.proposed if holds is None else holds)


def test_a_day_is_read_as_it_is_typed(journal, at):
    assert Reading(journal, Given(answers={"copied": "昨天"}), at).day(DAY) == date(2026, 11, 22)
    assert Reading(journal, Given(), at).day(DAY) == date(2026, 11, 23)
    assert Reading(journal, Given(), at).day(DAY._replace(proposed="")) is None
