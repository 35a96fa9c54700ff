"""Crises: plans, rehearsals, and what was done when it happened."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from pmdesk.records.choices import Choice
from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.records.problems import Problem
from pmdesk.records.transparency import Severity
from pmdesk.words import mark

# What makes a plan complete (ISO 22361:2022, ISO 22301:2019 8.4), by the fields that say it.
PLAN_NEEDS: Final = (
    "trigger", "owner", "deputy", "notices", "statement_en", "statement_zh", "steps", "fix", "criteria",
)  # fmt: skip


def parts_of_line(text: str) -> tuple[str, ...]:
    """The parts of a line of a plan, set apart by | (or the full-width ｜); empty ones left out."""
    return tuple(part.strip() for part in text.replace("｜", "|").split("|") if part.strip())


@record(
    "crisis_plan",
    number=22,
    one=mark("Crisis plan"),
    many=mark("Crisis plans"),
    title="scenario",
    search=("scenario", "trigger", "owner", "deputy", "steps", "notices"),
    columns=("level", "owner", "deputy"),
    practice=Practice.CRISIS,
    internal=True,
)
class CrisisPlan:
    """What to do when it happens. Each line of `notices` is whom | channel | within, of `steps` owner | within | step."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    issue_id: int | None = field(mark("For the risk"), default=None, refers="issue")
    scenario: str = field(mark("Scenario"), default="", required=True)
    level: Severity = field(mark("Level"), default=Severity.S2)
    trigger: str = field(mark("Trigger, measurable"), default="")
    owner: str = field(mark("Owner"), default="")
    deputy: str = field(mark("Deputy"), default="")
    notices: tuple[str, ...] = field(
        mark("Whom to tell, a line each: whom | channel | within"),
        default=(),
        long=True,
        checks="three_parts",
    )
    statement_en: str = field(mark("Holding statement in English"), default="", long=True)
    statement_zh: str = field(mark("Holding statement in Chinese"), default="", long=True)
    steps: tuple[str, ...] = field(
        mark("Steps, a line each: who | within | what"), default=(), long=True, checks="three_parts"
    )
    fix: str = field(mark("Fix and timetable for the client"), default="", long=True)
    criteria: str = field(mark("Recovered when"), default="", long=True)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the fields that a complete plan would have filled."""
        return tuple(name for name in PLAN_NEEDS if not getattr(self, name))


@record(
    "rehearsal",
    number=23,
    one=mark("Rehearsal"),
    many=mark("Rehearsals"),
    title="learned",
    date="day",
    search=("learned", "who"),
    columns=("day", "plan_id", "who"),
    practice=Practice.CRISIS,
    internal=True,
)
class Rehearsal:
    """A plan tried out, and what was learned from it."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    plan_id: int | None = field(
        mark("Plan"), default=None, refers="crisis_plan", required=True, owned=True
    )
    day: date | None = field(mark("Day"), default=None, ahead=False, required=True)
    who: str = field(mark("Who took part"), default="")
    learned: str = field(mark("What was learned"), default="", required=True, long=True)


class CauseOf(Choice):
    """Whose doing a crisis is seen to be (SCCT, Coombs 2007)."""

    VICTIM = "victim", mark("Done to us")
    ACCIDENTAL = "accidental", mark("Accident")
    PREVENTABLE = "preventable", mark("We could have prevented it")


@record(
    "crisis",
    number=24,
    one=mark("Crisis"),
    many=mark("Crises"),
    title="title",
    date="found_at",
    search=("title", "facts", "causes", "actions"),
    columns=("level", "found_at", "told_at", "stood_down_at"),
    practice=Practice.CRISIS,
    done="stood_down_at",
    internal=True,
)
class Crisis:
    """It happened: when found, when told, and after standing down what it taught.

    Its tree of notices, its steps and criteria begin as the plan's and are its own from then on. A
    `rehearsal` is run like a crisis and counts as none. Standing down does not stop the clock: the client is owed word of it until told or until
    `untold_reason` says why not.
    """

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    plan_id: int | None = field(mark("Plan used"), default=None, refers="crisis_plan")
    title: str = field(mark("What happened"), default="", required=True)
    rehearsal: bool = field(mark("Only a rehearsal"), default=False)
    level: Severity = field(mark("Level"), default=Severity.S2)
    cause: CauseOf = field(mark("Seen as"), default=CauseOf.ACCIDENTAL)
    found_at: datetime | None = field(mark("Found"), default=None, ahead=False, required=True)
    told_at: datetime | None = field(mark("Client told"), default=None, ahead=False)
    untold_reason: str = field(mark("Why the client is not told"), default="", long=True)
    stood_down_at: datetime | None = field(mark("Stood down"), default=None, ahead=False)
    notices: tuple[str, ...] = field(
        mark("Whom to tell, a line each: whom | channel | within"),
        default=(),
        long=True,
        checks="three_parts",
    )
    steps: tuple[str, ...] = field(
        mark("Steps, a line each: who | within | what"), default=(), long=True, checks="three_parts"
    )
    statement_en: str = field(mark("Statement in English"), default="", long=True)
    statement_zh: str = field(mark("Statement in Chinese"), default="", long=True)
    criteria: str = field(mark("Recovered when"), default="", long=True)
    facts: str = field(mark("Post-mortem: facts and timeline"), default="", long=True)
    causes: str = field(mark("Post-mortem: causes"), default="", long=True)
    actions: str = field(mark("Post-mortem: what we do now"), default="", long=True)
    plan_change: str = field(mark("Post-mortem: what changes in the plan"), default="", long=True)

    @property
    def owed(self) -> bool:
        """Whether the client has not been told, and nothing says why; stood-down ones too."""
        return self.told_at is None and not self.untold_reason.strip() and not self.rehearsal

    def remarks(self) -> Iterator[Problem]:
        """Standing down does not end what is owed: asks why the client is not told."""
        if self.stood_down_at and self.owed:
            yield Problem(
                "untold_reason",
                mark(
                    "It is stood down, but the client is not told. Say why not, or when they were told."
                ),
            )

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        for name in ("told_at", "stood_down_at"):
            moment = getattr(self, name)
            if self.found_at and moment and moment < self.found_at:
                yield Problem(name, mark("This lies before the crisis was found."))


class LineKind(Choice):
    """What a line of a crisis tells."""

    TOLD = "told", mark("Somebody was told")
    STEP = "step", mark("A step was done")
    CRITERION = "criterion", mark("A criterion is met")
    LOG = "log", mark("Noted")


@record(
    "crisis_line",
    number=25,
    one=mark("Line of the crisis log"),
    many=mark("Crisis log"),
    title="text",
    date="at",
    search=("text", "who"),
    columns=("at", "what", "who"),
    practice=Practice.CRISIS,
    internal=True,
)
class CrisisLine:
    """One line of a crisis, with its moment; `about` is the notice, step or criterion it settles."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    crisis_id: int | None = field(
        mark("Crisis"), default=None, refers="crisis", required=True, owned=True
    )
    at: datetime | None = field(mark("When"), default=None, ahead=False, required=True)
    what: LineKind = field(mark("Kind"), default=LineKind.LOG)
    who: str = field(mark("Who"), default="")
    text: str = field(mark("What"), default="", required=True, long=True)
    about: str = field(default="", hidden=True)
