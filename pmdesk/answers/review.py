"""The weekly review: all that lies open over all clients, in eight steps from the inbox to the reports.

What is owed comes from the standings of the clients, which the log keeps up to date; only what no
standing holds, mail of no client and the lines of communications plans, is asked for besides.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.clients import client_names
from pmdesk.answers.owed.row import Owed, begins, owed
from pmdesk.answers.owed.rules import BY_NAME, Rule
from pmdesk.answers.owed.sentences import Looked
from pmdesk.answers.owed.standing import Standing
from pmdesk.answers.owed.today import Lookers, Row, is_shown, order, picked, row_of, row_values
from pmdesk.answers.practices.communication import plan_kept
from pmdesk.answers.practices.figures import Key
from pmdesk.answers.relationship import Relationship, relationship_in
from pmdesk.answers.text.chase import plain_name
from pmdesk.answers.text.said import Said, said, say
from pmdesk.journal.codec import moment_of
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.communication import PlanLine
from pmdesk.records.practices import Practice
from pmdesk.words import Words, mark

_DAY: Final = timedelta(days=1)
# What is due within a week is looked at in the review that comes before it.
_AHEAD: Final = timedelta(days=8)
_WEEK: Final = timedelta(days=7)
# The newest mails of no client: who has more has sorting to do, no review.
_MAILS: Final = 2_000


class Step(NamedTuple):
    """One step: what it is called, and what is looked at in it."""

    name: str
    text: str
    why: str


STEPS: Final = (
    Step("inbox", mark("Inbox"), mark("Mail that belongs to no client: whose is it?")),
    Step("turns", mark("Who waits"), mark("What waits for our answer, and what we wait for.")),
    Step("promises", mark("Promises"), mark("Both ways: what is late, and what is due within a week.")),
    Step("expectations", mark("Expectations"),
         mark("What nobody has confirmed at this stage, and gaps that nobody has explained.")),
    Step("raid", mark("Problems and risks"),
         mark("What the client does not know yet, what is not settled, what has no plan.")),
    Step("plans", mark("Plans"), mark("What the communications plan asked for, and crisis plans to be rehearsed.")),
    Step("rhythm", mark("Rhythm"), mark("Who has been silent for longer than agreed or usual, and what is coming up.")),
    Step("reports", mark("Reports due"), mark("What is to be written and sent this week.")),
)  # fmt: skip

# Of the rules of Today the step each belongs to; one that is not named goes where its practice does.
_OF_RULE: Final = {
    "reply": "turns", "replies_old": "turns", "waiting": "turns", "report": "reports",
    "rehearse": "plans", "meeting": "",
}  # fmt: skip
_OF_PRACTICE: Final = {
    Practice.TRANSPARENCY: "raid", Practice.TRUST: "promises", Practice.COMMUNICATION: "turns",
    Practice.NEEDS: "expectations", Practice.SOLUTIONS: "raid", Practice.EXPECTATIONS: "expectations",
    Practice.FEEDBACK: "raid", Practice.CRISIS: "raid", Practice.LONG_TERM: "rhythm",
}  # fmt: skip
# Looked at whether or not it is late: it lies open.
_ALWAYS: Final = frozenset({"reply", "replies_old", "waiting", "gap", "confirm", "unhappy"})
# Shown from its day on, looked at in the week before.
_COMING: Final = frozenset({"promise", "their_promise", "fix", "report", "rehearse", "next_act", "key_date"})  # fmt: skip

_UNCLAIMED: Final = Rule("unclaimed", mark("Unclaimed"), Practice.COMMUNICATION, 10, _WEEK, "", ("inbox",))  # fmt: skip
_PLAN_LINE: Final = Rule("plan_line", mark("Plan"), Practice.COMMUNICATION, 20, _WEEK, "", ("contact",))  # fmt: skip


class Looking(NamedTuple):
    """A step with its rows, the most pressing first."""

    step: Step
    rows: list[Row]

    @property
    def late(self) -> int:
        """How many rows are late."""
        return sum(row.late for row in self.rows)


class Review(NamedTuple):
    """The review of a week, named as ISO 8601 does, as it stands at a moment."""

    at: datetime
    week: str
    steps: list[Looking]


def review(journal: Journal, known: Iterable[Standing], *, at: datetime) -> Review:
    """Everything to be looked at in the week of `at`, of what is known of the clients."""
    now, rows = at.timestamp(), picked(journal, known, lambda one: _wanted(one, at), at=at).rows
    names = client_names(journal)
    rows += [row_of(one, _PLAN_LINE, names[one.client_id], now) for one in _plan_lines(journal, at)]
    of_step: dict[str, list[Row]] = {step.name: [] for step in STEPS}
    # mail of no client is owed to nobody: the newest stands first
    mails = [row_of(one, _UNCLAIMED, "", now) for one in _unclaimed(journal)]
    for row in mails + sorted(rows, key=order):
        if name := step_of(row.rule):
            of_step[name].append(row)
    return Review(at, week_of(journal, at), [Looking(step, of_step[step.name]) for step in STEPS])


def week_of(journal: Journal, at: datetime) -> str:
    """The ISO week of a moment where the journal is kept: 2026-W48."""
    year, week, _ = at.astimezone(zone_of(journal, None)).date().isocalendar()
    return f"{year}-W{week:02d}"


def step_of(rule: Rule) -> str:
    """The name of the step in which the rows of a rule are looked at; "" where in none."""
    own = {_UNCLAIMED.name: "inbox", _PLAN_LINE.name: "plans"}
    return own.get(rule.name) or _OF_RULE.get(rule.name, _OF_PRACTICE[rule.practice])


def _wanted(one: Owed, at: datetime) -> bool:
    if one.rule in _ALWAYS or is_shown(one, at.timestamp()):
        return True
    late = one.late_from
    return one.rule in _COMING and late is not None and late <= (at + _AHEAD).timestamp()


_SENDERS: Final = """
SELECT id, max(at), who, subject, count(*) FROM (
  SELECT id, at, who, subject FROM interaction WHERE client_id IS NULL ORDER BY at DESC LIMIT ?
) GROUP BY who ORDER BY 2 DESC, 1
"""


def _unclaimed(journal: Journal) -> Iterator[Owed]:
    """Mail of no client: one row for whoever wrote it, or for whom it was written to."""
    for id_, last, who, subject, n in journal.rows(_SENDERS, [_MAILS]):
        facts = {"n": n, "last": moment_of(last).isoformat(), "subject": subject or ""}
        yield Owed("unclaimed", Key("interaction", id_), 0, plain_name(who or ""), facts=facts)


_PLANNED: Final = """
SELECT DISTINCT client_id FROM plan_line
WHERE NOT report AND (ended_on IS NULL OR ended_on >= ?) AND cadence <> 'never' ORDER BY client_id
"""


def _plan_lines(journal: Journal, at: datetime) -> Iterator[Owed]:
    """Lines of communications plans that were missed in the last week, or are due in the next."""
    for (client_id,) in journal.rows(_PLANNED, [(at - _WEEK).date().isoformat()]):
        client = journal.get(Client, client_id)
        if client is not None:
            rel = relationship_in(journal, client, PlanLine, at=at)
            yield from _of_client(rel)


def _of_client(rel: Relationship) -> Iterator[Owed]:
    for line, kept in plan_kept(rel, reports=False):
        missed = [day for day in kept.missed if day >= rel.today - _WEEK]
        coming = kept.next_due if kept.next_due and kept.next_due <= rel.today + _WEEK else None
        if missed or coming:
            late = begins(rel, (missed[0] if missed else coming or rel.today) + _DAY)
            facts = {
                "missed": missed[0].isoformat() if missed else None,
                "due": coming.isoformat() if coming else None,
            }
            yield owed(rel, "plan_line", line, line.what, late_from=late, facts=facts)


def _sender(facts: Mapping[str, Any], looked: Looked) -> Iterator[Said]:
    yield said("{subject}", subject=facts["subject"])
    yield said(mark("{n} messages"), n=facts["n"])
    yield said(mark("last {day}"), day=looked.local(facts["last"]).date())


def _line(facts: Mapping[str, Any], _looked: Looked) -> Iterator[Said]:
    if missed := facts.get("missed"):
        yield said(mark("missed {day}"), day=date.fromisoformat(missed))
    if due := facts.get("due"):
        yield said(mark("due {day}"), day=date.fromisoformat(due))


_REASONS: Final[Mapping[str, Callable[[Mapping[str, Any], Looked], Iterator[Said]]]] = {
    _UNCLAIMED.name: _sender,
    _PLAN_LINE.name: _line,
}


class Reasons(Lookers):
    """Why each row of a review stands there, in the zone and working time of its client."""

    def reason(self, one: Owed, words: Words) -> str:
        """Why a row stands there, in a line."""
        if one.rule in BY_NAME:
            return super().reason(one, words)
        parts = (say(words, part) for part in _REASONS[one.rule](one.facts, self.of(one.client_id)))
        return " · ".join(part for part in parts if part)


def review_values(journal: Journal, found: Review, words: Words) -> dict[str, Any]:
    """A review as JSON prints it."""
    reasons = Reasons(journal, found.at)
    return {
        "at": found.at.isoformat(),
        "week": found.week,
        "steps": [
            {
                "step": looking.step.name,
                "label": words(looking.step.text),
                "rows": len(looking.rows),
                "late": looking.late,
                "open": [row_values(row, reasons, words) for row in looking.rows],
            }
            for looking in found.steps
        ],
    }
