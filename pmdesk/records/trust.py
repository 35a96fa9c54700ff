"""Trust: signals of our own conduct, and promises both ways."""

from collections.abc import Iterator
from datetime import date

from pmdesk.records.choices import Choice
from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.records.problems import Problem, order_problem
from pmdesk.words import mark


class Kept(Choice):
    """Which way a signal points."""

    KEPT = "kept", mark("Kept")
    BROKEN = "broken", mark("Broken")


class Facet(Choice):
    """What of our trustworthiness it shows (Mayer, Davis & Schoorman 1995)."""

    ABILITY = "ability", mark("Ability")
    BENEVOLENCE = "benevolence", mark("Benevolence")
    INTEGRITY = "integrity", mark("Integrity")


class SignalState(Choice):
    """Whether a signal counts."""

    ACCEPTED = "accepted", mark("Counts")
    REJECTED = "rejected", mark("Rejected")


@record(
    "trust_signal",
    number=12,
    one=mark("Trust signal"),
    many=mark("Trust signals"),
    title="what",
    date="day",
    search=("what",),
    columns=("day", "kept", "weight", "facet", "state"),
    practice=Practice.TRUST,
    internal=True,
)
class TrustSignal:
    """One observation of our conduct. `source` is what it was proposed from, as "kind:id"."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    day: date | None = field(mark("Day"), default=None, ahead=False, required=True)
    what: str = field(mark("What we did"), default="", required=True)
    kept: Kept = field(mark("Kept or broken"), default=Kept.KEPT)
    weight: float = field(mark("Weight"), default=1.0, low=0.1, high=10)
    facet: Facet = field(mark("Shows"), default=Facet.ABILITY)
    state: SignalState = field(mark("State"), default=SignalState.ACCEPTED)
    source: str = field(default="", hidden=True)


class Side(Choice):
    """Who promised."""

    US = "us", mark("We")
    CLIENT = "client", mark("The client")


@record(
    "promise",
    number=13,
    one=mark("Promise"),
    many=mark("Promises"),
    title="what",
    date="made_on",
    search=("what", "to_whom", "evidence"),
    columns=("by", "to_whom", "due", "delivered_on"),
    practice=Practice.TRUST,
    done="delivered_on",
)
class Promise:
    """Something one side said it would do. A broken one may have a new date agreed."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    project_id: int | None = field(mark("Project"), default=None, refers="project")
    by: Side = field(mark("Who promised"), default=Side.US)
    what: str = field(mark("What was promised"), default="", required=True)
    to_whom: str = field(mark("To whom"), default="", when=("by", Side.US))
    made_on: date | None = field(
        mark("Promised on"), default=None, ahead=False, checks="in_project"
    )
    due: date | None = field(
        mark("Due"), default=None, ahead=True, checks="in_project",
        due=("delivered_on", "broken_on", "new_due"),
    )  # fmt: skip
    delivered_on: date | None = field(
        mark("Delivered on"), default=None, ahead=False, checks="in_project"
    )
    broken_on: date | None = field(mark("Broken on"), default=None, ahead=False)
    new_due: date | None = field(
        mark("New date agreed"), default=None, ahead=True, due=("delivered_on",)
    )
    evidence: str = field(mark("Evidence"), default="", long=True)
    internal: bool = field(mark("Internal only"), default=False)

    @property
    def due_now(self) -> date | None:
        """The date that holds: the one agreed anew, else the first."""
        return self.new_due or self.due

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        if self.by is Side.US and not self.to_whom.strip():
            yield Problem("to_whom", mark("A promise is made to somebody: say to whom."))
        before = mark("This lies before the day of the promise.")
        for name in ("due", "delivered_on", "broken_on", "new_due"):
            yield from order_problem(name, self.made_on, getattr(self, name), before)
        if self.new_due and self.broken_on is None and self.due is None:
            yield Problem("new_due", mark("A new date needs an old one."))
