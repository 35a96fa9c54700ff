"""One case or more of every rule of Today: its records, its moments, the act that clears it, its words.

The days lie around the holiday of 2026-10-01 to 07 and the Saturday that is worked for it
(2026-10-10); work is from 09:00 to 18:00, Monday to Friday, at Shanghai.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.actions.records import save_record
from pmdesk.actions.replies import answer_by, mark_reply
from pmdesk.actions.take_offer import take_offer
from pmdesk.answers.rows.offers import BY_NAME as OFFERS
from pmdesk.records.choices import Channel, Direction, NeedsReply
from pmdesk.records.communication import PlanLine
from pmdesk.records.crisis import Crisis
from pmdesk.records.expectations import Dimension
from pmdesk.records.interaction import Interaction
from pmdesk.records.project import Project, Stage
from pmdesk.records.recovery import Complaint
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Severity
from tests.answers.making import expected

SHANGHAI = ZoneInfo("Asia/Shanghai")


def wall(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of 2026 by the clocks of Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


# Before any case begins to be late, and after all of them are.
EVE, AFTER = wall(9, 30, 15), wall(10, 16, 12)


class Case(NamedTuple):
    """Records of a client that owe one row of `rule`, and how it goes away.

    It is shown from `shown` and late from `late` on; None: always, never. At the moment `at` its
    words are `en` and `zh`, and `clear` ends it. `fields` are those of the client.
    """

    rule: str
    records: tuple[Any, ...]
    shown: datetime | None
    late: datetime | None
    clear: Callable[[Any, Any, datetime], object]
    at: datetime
    en: str
    zh: str
    fields: Mapping[str, Any] = MappingProxyType({})


def take(name: str) -> Callable[[Any, Any, datetime], object]:
    """Take up an offer that is done at once."""
    return lambda journal, record, at: take_offer(journal, record, OFFERS[name], at=at)


def filled(**values: Any) -> Callable[[Any, Any, datetime], object]:
    """Save the record with these values."""
    return lambda journal, record, at: save_record(journal, replace(record, **values), at=at)


def added(new: Callable[[datetime], Any]) -> Callable[[Any, Any, datetime], object]:
    """Save another record of the same client, made for the moment."""
    return lambda journal, record, at: save_record(
        journal, replace(new(at), client_id=getattr(record, "client_id", record.id)), at=at
    )


def both(*acts: Callable[[Any, Any, datetime], object]) -> Callable[[Any, Any, datetime], object]:
    """Do one act after the other."""
    return lambda journal, record, at: [act(journal, record, at) for act in acts]


def day_of(at: datetime) -> date:
    """The day at Shanghai."""
    return at.astimezone(SHANGHAI).date()


def _messages(journal: Any) -> list[int]:
    return [one.id for one in journal.find(Interaction)]


def called(journal: Any, _message: Any, at: datetime) -> object:
    """All of it answered by a call just now."""
    return answer_by(journal, _messages(journal), Channel.CALL, when=at, at=at)


def no_reply(journal: Any, _message: Any, at: datetime) -> object:
    """Say that none of it needs a reply."""
    return mark_reply(journal, _messages(journal), NeedsReply.NO, at=at)


def asked(at: datetime, **more: Any) -> Interaction:
    """A mail of theirs that waits for us."""
    given = {"subject": "Interface test", "who": "Xu <xu@pine.example>", "thread": 1} | more
    return Interaction(at=at, **given)


def asks(at: datetime, text: str = "Could you send the list?", **more: Any) -> Interaction:
    """A mail of ours that asks them."""
    return asked(at, direction=Direction.OUTBOUND, text=text, **more)


def call(at: datetime, **more: Any) -> Interaction:
    """A call of ours."""
    return asked(at, channel=Channel.CALL, direction=Direction.OUTBOUND, thread=None, **more)


def weekly_calls(last: datetime, n: int = 16, days: int = 7, **more: Any) -> tuple[Any, ...]:
    """So many calls in so many days each, the last of them at a moment."""
    return tuple(call(last - timedelta(days=days * k), **more) for k in range(n))


def unhappy(**more: Any) -> Complaint:
    """An unhappy client; `more` are the steps that are done."""
    given = {"own_words": "Nobody told us", "heard_at": wall(9, 30, 17)}
    return Complaint(**given | more)


ACKNOWLEDGED = {"acknowledged_at": wall(10, 8, 10)}
AGREED = ACKNOWLEDGED | {
    "causes": "x", "ways": "x", "solution": "x", "agreed_on": date(2026, 10, 8),
    "due": date(2026, 10, 9), "owner": "Lin",
}  # fmt: skip
DONE = AGREED | {"acknowledged_at": wall(9, 30, 18), "agreed_on": date(2026, 9, 30), "due": date(2026, 9, 30), "done_on": date(2026, 9, 30)}  # fmt: skip
CALLED_ONCE = DONE | {"follow_up_1_on": date(2026, 10, 9), "follow_up_1": "better"}
CALLED_TWICE = CALLED_ONCE | {"follow_up_2_on": date(2026, 10, 14), "follow_up_2": "good"}


def problem(severity: Severity, found: datetime, **more: Any) -> Issue:
    """A problem."""
    return Issue(statement="Pump fails", severity=severity, found_at=found, **more)


def happened(level: Severity, found: datetime, **more: Any) -> Crisis:
    """A crisis."""
    return Crisis(title="Line stands still", level=level, found_at=found, **more)


WEIGHED = dict.fromkeys(
    ("impact_scope", "impact_schedule", "impact_cost", "impact_quality", "impact_risk"), "none"
)
DECIDED = WEIGHED | {
    "decision": Decision.APPROVED, "decided_by": "Xu", "decided_on": date(2026, 10, 8),
}  # fmt: skip
CHANGE = ChangeRequest(title="Third shift", asked_on=date(2026, 9, 30), impact_cost="2 days")
WEEKLY = PlanLine(what="Weekly report", report=True, first_on=date(2026, 9, 28))
LATE = expected(
    dimension=Dimension.SCHEDULE, statement="Live by October", expected_day=date(2026, 10, 9),
    forecast_day=date(2026, 10, 12),
)  # fmt: skip
PROJECT, STAGE = Project(name="Roll-out"), Stage(project_id=1, name="Trial run")


def ends(day: date) -> tuple[Any, ...]:
    """An expectation that nobody confirmed in a stage that ends on a day."""
    return PROJECT, replace(STAGE, baseline_end=day), expected(statement="Live by October")
