"""What the overview of a client says that rests on its conversation."""

from typing import NamedTuple

from pmdesk.answers.client_summary import OpenTurn, open_turns
from pmdesk.answers.practices.figures import PracticeFigures
from pmdesk.answers.practices.nine import nine_practices
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.responsiveness import Course, Question, course
from pmdesk.answers.windows import Windows, windows


class Overview(NamedTuple):
    """What waits for our answer, both windows, the nine practices, and the newest that wait."""

    course: Course
    windows: Windows
    nine: list[PracticeFigures]
    newest: list[OpenTurn]
    messages: dict[int, tuple[int, ...]]


def overview(rel: Relationship, *, newest: int) -> Overview:
    """The overview of a relationship; of the turns that wait the `newest`, with their messages."""
    # what waits alone: no chart is made of periods
    answer = course(rel.journal, rel.client, Question(), at=rel.at, talk=rel.talk, since=rel.today)
    return Overview(
        answer,
        windows(rel),
        nine_practices(rel),
        open_turns(rel.journal, answer, newest=newest),
        {turn.first_id: turn.message_ids for turn, _ in answer.waiting[-newest:]},
    )
