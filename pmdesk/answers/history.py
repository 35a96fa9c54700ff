"""A relationship's figures month by month."""

from datetime import UTC, date, datetime, time
from typing import NamedTuple

from pmdesk.answers.practices.transparency import problem_of, to_tell
from pmdesk.answers.practices.trust import trust_now
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.responsiveness import Question
from pmdesk.insight.disclosure import disclosure_figures
from pmdesk.insight.satisfaction import FEWEST, satisfied_share
from pmdesk.records.feedback import Feedback


class Month(NamedTuple):
    """One month: turns that began and their median wait, trust at its end, told, satisfied shares.

    `satisfied` is None below ten marks: then the `marks` themselves are shown.
    """

    label: str
    turns: int
    median_h: float | None
    trust: float | None
    told: float | None
    satisfied: float | None
    marks: tuple[int, ...] = ()


def months(rel: Relationship, count: int) -> list[Month]:
    """The last `count` months, the running one last; of one relationship computed once."""
    known: dict[int, list[Month]] = rel.__dict__.setdefault(f"_{__name__}.months", {})
    if count not in known:
        known[count] = _months(rel, count)
    return known[count]


def _months(rel: Relationship, count: int) -> list[Month]:
    first = _back(rel.today.replace(day=1), count - 1)
    question = Question(by="month")
    answer = rel.answered(question, (first, None))
    figures = {period.label: period.figures for period in answer.periods}
    months_ = []
    day = first
    while day <= rel.today:
        following = _back(day, -1)
        label = f"{day:%Y-%m}"
        of_month = figures.get(label)
        months_.append(_month(rel, label, day, following, of_month))
        day = following
    return months_


def _month(rel: Relationship, label: str, first: date, following: date, figures: object) -> Month:
    end = min(rel.at, datetime.combine(following, time(0), rel.zone).astimezone(UTC))
    earned = trust_now(rel, at=end)
    problems = [
        problem_of(i)
        for i in to_tell(rel)
        if i.found_at and first <= rel.day_of(i.found_at) < following
    ]
    told_share = disclosure_figures(problems, rel.clock, at=rel.at).share
    marks = tuple(
        f.csat
        for f in rel.of(Feedback)
        if f.csat is not None and f.day and first <= f.day < following
    )
    satisfied = satisfied_share(marks) if len(marks) >= FEWEST else None
    return Month(
        label,
        getattr(figures, "inbound", 0),
        getattr(figures, "km_median_h", None),
        None if earned is None else earned.expected,
        told_share,
        None if satisfied is None else satisfied.value,
        marks,
    )


def _back(day: date, months_: int) -> date:
    whole = day.year * 12 + day.month - 1 - months_
    return date(whole // 12, whole % 12 + 1, 1)
