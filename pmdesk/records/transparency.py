"""Transparency: the problem and risk log, and change requests."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from pmdesk.records.choices import Choice
from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.records.problems import Problem, order_problem
from pmdesk.words import mark


class Raid(Choice):
    """What an entry of the RAID log is."""

    ISSUE = "issue", mark("Problem")
    RISK = "risk", mark("Risk")
    ASSUMPTION = "assumption", mark("Assumption")
    DEPENDENCY = "dependency", mark("Dependency")


class Severity(Choice):
    """How bad it is; also how soon the client must know."""

    S1 = "S1", mark("S1 critical: tell within 1 hour")
    S2 = "S2", mark("S2 serious: tell within 4 hours")
    S3 = "S3", mark("S3 noticeable: tell within a working day")
    S4 = "S4", mark("S4 minor: tell within a working day")


class Odds(Choice):
    """Probability of a risk (PMBOK scale)."""

    UNKNOWN = "unknown", mark("Not assessed")
    VERY_LOW = "very_low", mark("Very low (10%)")
    LOW = "low", mark("Low (30%)")
    MEDIUM = "medium", mark("Medium (50%)")
    HIGH = "high", mark("High (70%)")
    VERY_HIGH = "very_high", mark("Very high (90%)")


class Impact(Choice):
    """Impact of a risk (PMBOK scale)."""

    UNKNOWN = "unknown", mark("Not assessed")
    VERY_LOW = "very_low", mark("Very low (0.05)")
    LOW = "low", mark("Low (0.10)")
    MEDIUM = "medium", mark("Medium (0.20)")
    HIGH = "high", mark("High (0.40)")
    VERY_HIGH = "very_high", mark("Very high (0.80)")


_STEPS: Final = ("very_low", "low", "medium", "high", "very_high")
ODDS: Final = dict(zip(_STEPS, (0.1, 0.3, 0.5, 0.7, 0.9), strict=True))
IMPACTS: Final = dict(zip(_STEPS, (0.05, 0.10, 0.20, 0.40, 0.80), strict=True))


@record(
    "issue",
    number=10,
    one=mark("Problem or risk"),
    many=mark("Problems and risks"),
    title="statement",
    date="found_at",
    search=("statement", "fix", "owner", "cause"),
    columns=("raid", "severity", "found_at", "owner", "fix_date"),
    practice=Practice.TRANSPARENCY,
    done="closed_on",
)
class Issue:
    """One entry of the RAID log. A problem's clock runs from `found_at` to `told_at`.

    Closing it does not stop that clock: it is owed until told or until `untold_reason` says why not.
    """

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    project_id: int | None = field(mark("Project"), default=None, refers="project")
    raid: Raid = field(mark("What it is"), default=Raid.ISSUE)
    severity: Severity = field(mark("Severity"), default=Severity.S3)
    statement: str = field(mark("What is the matter"), default="", required=True)
    found_at: datetime | None = field(
        mark("Found"), default=None, ahead=False, required=True, checks="in_project"
    )
    told_at: datetime | None = field(mark("Client told"), default=None, ahead=False)
    untold_reason: str = field(
        mark("Why the client is not told"),
        default="",
        internal=True,
        long=True,
        when=("raid", Raid.ISSUE),
    )
    probability: Odds = field(mark("Probability"), default=Odds.UNKNOWN, when=("raid", Raid.RISK))
    impact: Impact = field(mark("Impact"), default=Impact.UNKNOWN, when=("raid", Raid.RISK))
    cost_minor: int | None = field(mark("Money at stake"), default=None, low=0, checks="money")
    owner: str = field(mark("Owner"), default="")
    fix_date: date | None = field(
        mark("To be fixed by"), default=None, ahead=True, checks="in_project", due=("closed_on",)
    )
    fix: str = field(mark("What is done about it"), default="", long=True)
    closed_on: date | None = field(mark("Closed"), default=None, ahead=False, checks="in_project")
    cause: str = field(mark("Root cause, for ourselves"), default="", internal=True, long=True)
    internal: bool = field(mark("Internal only"), default=False)

    @property
    def owed(self) -> bool:
        """Whether the client has a right to hear of it and has not; closed ones too."""
        return (
            self.raid is Raid.ISSUE
            and not self.internal
            and self.told_at is None
            and not self.untold_reason.strip()
        )

    def remarks(self) -> Iterator[Problem]:
        """Closing it does not end what is owed: asks why the client is not told."""
        if self.closed_on and self.owed:
            yield Problem(
                "untold_reason",
                mark(
                    "It is closed, but the client is not told. Say why not, or when they were told."
                ),
            )

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        if self.found_at and self.told_at and self.told_at < self.found_at:
            yield Problem("told_at", mark("The client cannot be told before it was found."))
        if self.found_at:
            found_on = self.found_at.date()
            yield from order_problem(
                "closed_on",
                found_on,
                self.closed_on,
                mark("It cannot be closed before it was found."),
            )


class Decision(Choice):
    """What became of a change request."""

    OPEN = "open", mark("Not decided")
    APPROVED = "approved", mark("Approved")
    REJECTED = "rejected", mark("Rejected")
    DEFERRED = "deferred", mark("Put off")


IMPACT_FIELDS: Final = (
    "impact_scope",
    "impact_schedule",
    "impact_cost",
    "impact_quality",
    "impact_risk",
)


@record(
    "change_request",
    number=11,
    one=mark("Change request"),
    many=mark("Change requests"),
    title="title",
    date="asked_on",
    search=("title", "description", "asked_by", "decided_by"),
    columns=("asked_on", "asked_by", "decision", "decided_by"),
    practice=Practice.TRANSPARENCY,
    done="told_on",
)
class ChangeRequest:
    """A wish to change what was agreed: weighed in five ways, decided by somebody, told."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    project_id: int | None = field(mark("Project"), default=None, refers="project")
    title: str = field(mark("What should change"), default="", required=True)
    asked_on: date | None = field(
        mark("Asked on"), default=None, ahead=False, required=True, checks="in_project"
    )
    asked_by: str = field(mark("Asked by"), default="")
    description: str = field(mark("Description"), default="", long=True)
    impact_scope: str = field(mark("Effect on scope"), default="")
    impact_schedule: str = field(mark("Effect on the schedule"), default="")
    impact_cost: str = field(mark("Effect on cost"), default="")
    impact_quality: str = field(mark("Effect on quality"), default="")
    impact_risk: str = field(mark("Effect on risk"), default="")
    new_end: date | None = field(
        mark("New agreed end"), default=None, ahead=True, checks="in_project"
    )
    new_budget_minor: int | None = field(mark("New budget"), default=None, low=0, checks="money")
    decision: Decision = field(mark("Decision"), default=Decision.OPEN)
    decided_by: str = field(mark("Decided by"), default="")
    decided_on: date | None = field(mark("Decided on"), default=None, ahead=False)
    told_on: date | None = field(mark("Client told on"), default=None, ahead=False)
    baseline_before: str = field(mark("Baseline before"), default="", hidden=True)
    internal: bool = field(mark("Internal only"), default=False)

    def problems(self) -> Iterator[Problem]:
        """No decision while an effect is empty, nor without the person who took it."""
        if self.decision is not Decision.OPEN:
            for name in IMPACT_FIELDS:
                if not getattr(self, name).strip():
                    yield Problem(
                        name, mark("Say the effect before deciding; “none” is an answer too.")
                    )
            if not self.decided_by.strip():
                yield Problem("decided_by", mark("A decision needs the name of who took it."))
            if self.decided_on is None:
                yield Problem("decided_on", mark("Say when it was decided."))
        elif self.told_on is not None:
            yield Problem("told_on", mark("There is no decision yet that could be told."))
        yield from order_problem(
            "decided_on",
            self.asked_on,
            self.decided_on,
            mark("It cannot be decided before it was asked."),
        )
        yield from order_problem(
            "told_on",
            self.decided_on,
            self.told_on,
            mark("It cannot be told before it was decided."),
        )
