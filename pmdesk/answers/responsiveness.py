"""How fast a client is answered: the figures, the series for the charts, the open turns."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.answers.calendars import calendar_of, rules, working_hours, zone_of
from pmdesk.answers.days import unix_times
from pmdesk.answers.waiting import Conversation, conversation, messages
from pmdesk.insight.responsiveness import (
    PeriodFigures,
    Responsiveness,
    by_period,
    hours_of,
    with_curve,
)
from pmdesk.insight.survival import SurvivalCurve
from pmdesk.insight.turns import WaitingTurn
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.terms import held
from pmdesk.words import Words

Mode = Literal["turn", "message"]
Clock = Literal["work", "wall"]
By = Literal["week", "month"]
_WEEK: Final = 7 * 86_400
_WEEKS_LOOKED_AT: Final = 26
_ENOUGH_A_WEEK: Final = 10


class Question(NamedTuple):
    """What is asked: counted how, by which clock, in which periods, and who answers."""

    mode: str = "turn"
    clock: str = "work"
    by: str = "week"
    ours_answer: bool = True


@dataclass(frozen=True)
class Answer:
    """The figures with all that they rest on. Hours are working hours on the clock "work".

    `target_hours` is the target now, `targets` those that held when each turn was asked.
    """

    question: Question
    target_hours: float
    total: Responsiveness
    periods: list[PeriodFigures]
    curve: SurvivalCurve | None
    turns: list[WaitingTurn]
    hours: list[float]
    zone: ZoneInfo
    unannounced: frozenset[int]
    targets: list[float]

    def open_turns(self) -> list[tuple[WaitingTurn, float]]:
        """Turns still waiting with their age in hours, the oldest first."""
        waiting = [
            (turn, hours)
            for turn, hours in zip(self.turns, self.hours, strict=True)
            if turn.answered_at is None
        ]
        return sorted(waiting, key=lambda pair: pair[0].asked_at)

    def lines(self, words: Words) -> list[str]:
        """The figures as sentences."""
        t = self.total
        clock: Clock = "work" if self.question.clock == "work" else "wall"
        sentences = [
            words(
                "Waiting turns: {n}, answered {answered}, still open {open}",
                n=t.inbound,
                answered=t.answered,
                open=t.open,
            )
        ]
        if t.km_median_h is not None:
            sentences.append(
                words(
                    "Median, the open ones counted: {hours}",
                    hours=words.hours(t.km_median_h, clock),
                )
            )
        if t.median_h is not None:
            sentences.append(
                words("Median of the answered only: {hours}", hours=words.hours(t.median_h, clock))
            )
        return sentences


class Course(NamedTuple):
    """How answering went period by period, of how many turns, and those that wait, oldest first."""

    question: Question
    target_hours: float
    periods: list[PeriodFigures]
    turns: int
    waiting: list[tuple[WaitingTurn, float]]
    zone: ZoneInfo

    def open_turns(self) -> list[tuple[WaitingTurn, float]]:
        """Turns still waiting with their age in hours, the oldest first."""
        return self.waiting


def ask(
    journal: Journal,
    client: Client,
    question: Question,
    *,
    at: datetime,
    period: tuple[date | None, date | None] = (None, None),
    talk: Conversation | None = None,
) -> Answer:
    """The figures of a client as they stood at `at`, of turns that began within `period`.

    An answer given after `at` does not count yet. `talk` is the client's conversation where it
    has been read already: both directions then cost one reading.
    """
    asked = _asked(journal, client, question, at, period, talk)
    total, curve = with_curve(
        asked.turns, at=asked.now, elapsed=asked.elapsed, target_hours=client.target_hours,
        target_of=asked.target_of,
    )  # fmt: skip
    target_of, target = asked.target_of, client.target_hours
    return Answer(
        question, target, total, asked.periods(asked.turns, question, target), curve,
        list(asked.turns), [asked.hours(turn) for turn in asked.turns], asked.zone,
        asked.unannounced, [target_of(turn) if target_of else target for turn in asked.turns],
    )  # fmt: skip


def course(
    journal: Journal,
    client: Client,
    question: Question,
    *,
    at: datetime,
    talk: Conversation,
    since: date,
) -> Course:
    """How answering went in the periods of turns that began on `since` or later, and what waits.

    The same as `ask` says of them, without the figures of a whole history.
    """
    asked = _asked(journal, client, question, at, (None, None), talk)
    first, _ = unix_times((since, None), asked.zone)
    shown = asked.turns[bisect_left(asked.turns, first, key=attrgetter("asked_at")) :]
    return Course(
        question,
        client.target_hours,
        asked.periods(shown, question, client.target_hours),
        len(asked.turns),
        [(turn, asked.hours(turn)) for turn in asked.turns if turn.answered_at is None],
        asked.zone,
    )


class _Asked(NamedTuple):
    """The turns that a question is about, and the clock and targets they are held against."""

    turns: list[WaitingTurn]
    now: float
    zone: ZoneInfo
    elapsed: Callable[[float, float], float]
    target_of: Callable[[WaitingTurn], float] | None
    unannounced: frozenset[int]

    def hours(self, turn: WaitingTurn) -> float:
        """How long a turn waited, or has waited up to now."""
        return hours_of(turn, at=self.now, elapsed=self.elapsed)

    def periods(
        self, turns: Sequence[WaitingTurn], question: Question, target: float
    ) -> list[PeriodFigures]:
        """The figures of some of the turns week by week, or month by month."""
        return by_period(
            turns, question.by, at=self.now, elapsed=self.elapsed, zone=self.zone,
            target_hours=target, target_of=self.target_of,
        )  # fmt: skip


def _asked(
    journal: Journal,
    client: Client,
    question: Question,
    at: datetime,
    period: tuple[date | None, date | None],
    talk: Conversation | None,
) -> _Asked:
    # reply-time tools let "*" match whoever is neither ours nor ignored, other clients included
    if question.mode == "message":
        talk = messages(journal, int(client.id or 0), everybody="*" in client.mail)
    if talk is None:
        talk = conversation(journal, int(client.id or 0))
    turns = talk.turns(question.mode, ours_answer=question.ours_answer)
    zone = ZoneInfo("UTC") if question.mode == "message" else zone_of(journal, client)
    now = at.timestamp()
    first, end = unix_times(period, zone)
    turns = [_as_of(turn, now) for turn in _begun(turns, first, end, now)]
    clock, unannounced = _clock(journal, client, question.clock, turns, now)
    # the total, the periods and the list ask for the same waits
    return _Asked(turns, now, zone, cache(clock), _target_of(client, zone), unannounced)


def _target_of(client: Client, zone: ZoneInfo) -> Callable[[WaitingTurn], float] | None:
    """The target that held when a turn was asked; None where there was only ever one."""
    if not client.target_hours_before:
        return None

    def target(turn: WaitingTurn) -> float:
        day = datetime.fromtimestamp(turn.asked_at, zone).date()
        return float(held(client, "target_hours", day))

    return target


def periods_for(turns: Sequence[WaitingTurn], at: datetime) -> By:
    """Months where a week has fewer than ten turns: its median would move by chance alone."""
    last = turns[-1].asked_at if turns else at.timestamp()
    since = last - _WEEKS_LOOKED_AT * _WEEK
    recent = sum(1 for turn in turns if turn.asked_at >= since)
    return "week" if recent >= _ENOUGH_A_WEEK * _WEEKS_LOOKED_AT else "month"


def _begun(
    turns: Sequence[WaitingTurn], first: float, end: float, now: float
) -> Sequence[WaitingTurn]:
    """Of turns in order of time those that began from `first` on, before `end` and up to `now`."""
    asked = attrgetter("asked_at")
    last = min(bisect_left(turns, end, key=asked), bisect_right(turns, now, key=asked))
    return turns[bisect_left(turns, first, key=asked) : last]


def _as_of(turn: WaitingTurn, now: float) -> WaitingTurn:
    if turn.answered_at is not None and turn.answered_at > now:
        return turn._replace(answered_at=None, answer_id=None)
    return turn


def _clock(
    journal: Journal, client: Client, name: str, turns: list[WaitingTurn], now: float
) -> tuple[Callable[[float, float], float], frozenset[int]]:
    """Hours from one moment to another, and the years whose holidays nobody knows yet."""
    if name == "wall" or not turns:
        return lambda a, b: max(0.0, b - a) / 3600, frozenset()
    first = datetime.fromtimestamp(min(t.asked_at for t in turns), UTC).date()
    last = datetime.fromtimestamp(max(now, *(t.asked_at for t in turns)), UTC).date()
    unannounced = rules(calendar_of(journal, client)).unannounced
    years = frozenset(range(first.year, last.year + 1)) & unannounced
    return working_hours(journal, client, first, last), years


def as_values(answer: Answer) -> Mapping[str, Any]:
    """The figures as JSON prints them: hours to 4 decimals, null where there is none."""
    return {
        "mode": answer.question.mode,
        "clock": answer.question.clock,
        "by": answer.question.by,
        "answered_by": "us" if answer.question.ours_answer else "them",
        "target_h": answer.target_hours,
        **_figures(answer.total),
        "years_not_announced": sorted(answer.unannounced),
        "periods": [{"period": p.label, **_figures(p.figures)} for p in answer.periods],
    }


def _figures(figures: Responsiveness) -> dict[str, Any]:
    return {
        "inbound": figures.inbound,
        "answered": figures.answered,
        "unanswered": figures.unanswered,
        "open": figures.open,
        "reply_rate": _rounded(figures.reply_rate),
        "median_h": _rounded(figures.median_h),
        "p90_h": _rounded(figures.p90_h),
        "mean_h": _rounded(figures.mean_h),
        "km_median_h": _rounded(figures.km_median_h),
        "km_low_h": _rounded(figures.km_low_h),
        "km_high_h": _rounded(figures.km_high_h),
        "longest_open_h": _rounded(figures.longest_open_h),
        "within_target": _rounded(figures.within_target),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
