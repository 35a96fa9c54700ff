"""What the overview of a client says that rests on its conversation."""

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from pmdesk.answers.client_summary import OpenTurn, open_turns
from pmdesk.answers.practices.figures import PracticeFigures
from pmdesk.answers.practices.nine import nine_practices
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.responsiveness import Course, Question, course, periods_for
from pmdesk.answers.windows import Windows, windows

CHART_WEEKS: Final = 26
CHART_MONTHS: Final = timedelta(days=18 * 31)


class Overview(NamedTuple):
    """The course of answering, both windows, the nine practices, and the newest that wait."""

    course: Course
    windows: Windows
    nine: list[PracticeFigures]
    newest: list[OpenTurn]
    messages: dict[int, tuple[int, ...]]


def overview(rel: Relationship, *, newest: int) -> Overview:
    """The overview of a relationship; of the turns that wait the `newest`, with their messages."""
    # only what the chart shows is computed week by week: up to the last turn, however old
    turns = rel.talk.turns("turn", ours_answer=True)
    last = rel.today
    if turns:
        last = min(last, rel.day_of(datetime.fromtimestamp(turns[-1].asked_at, UTC)))
    by = periods_for(turns, rel.at)
    since = last - (CHART_MONTHS if by == "month" else timedelta(weeks=CHART_WEEKS + 1))
    answer = course(rel.journal, rel.client, Question(by=by), at=rel.at, talk=rel.talk, since=since)
    return Overview(
        answer,
        windows(rel),
        nine_practices(rel),
        open_turns(rel.journal, answer, newest=newest),
        {turn.first_id: turn.message_ids for turn, _ in answer.waiting[-newest:]},
    )
