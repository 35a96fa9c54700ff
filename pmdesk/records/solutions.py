"""Solutions: options under a problem, a need or a change, weighed, checked, chosen, accepted."""

from collections.abc import Iterator
from datetime import date

from pmdesk.records.choices import Choice
from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.records.problems import Problem, order_problem
from pmdesk.words import mark


class Feasible(Choice):
    """Whether it can be done."""

    UNKNOWN = "unknown", mark("Not checked")
    YES = "yes", mark("Feasible")
    NO = "no", mark("Not feasible")


@record(
    "option",
    number=16,
    one=mark("Option"),
    many=mark("Options"),
    title="title",
    date="offered_on",
    search=("title", "description", "pros", "cons"),
    columns=("feasible", "checked_by", "effort_days", "chosen_on", "accepted_on"),
    practice=Practice.SOLUTIONS,
    done="accepted_on",
)
class Option:
    """One way to solve a problem, to meet a need or to make a change; without any of them an unasked proposal.

    `time_days` is how long it takes, in working days; `recommended` that it is the one we advise.
    """

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    issue_id: int | None = field(mark("For the problem"), default=None, refers="issue", owned=True)
    need_id: int | None = field(mark("For the need"), default=None, refers="need", owned=True)
    change_request_id: int | None = field(
        mark("For the change"), default=None, refers="change_request", owned=True
    )
    title: str = field(mark("The option"), default="", required=True)
    description: str = field(mark("How it works"), default="", long=True)
    pros: str = field(mark("What speaks for it"), default="", long=True)
    cons: str = field(mark("What speaks against it"), default="", long=True)
    effort_days: float | None = field(
        mark("Effort"), default=None, low=0, high=10_000, unit=mark("days")
    )
    cost_minor: int | None = field(mark("Cost"), default=None, low=0, checks="money")
    time_days: int | None = field(
        mark("Time it takes"), default=None, low=0, high=10_000, unit=mark("working days")
    )
    feasible: Feasible = field(mark("Feasibility"), default=Feasible.UNKNOWN)
    checked_by: str = field(mark("Checked by"), default="")
    recommended: bool = field(mark("We recommend it"), default=False)
    offered_on: date | None = field(mark("Offered on"), default=None, ahead=False)
    chosen_on: date | None = field(mark("Chosen on"), default=None, ahead=False)
    accepted_on: date | None = field(mark("Accepted on"), default=None, ahead=False)
    accepted_by: str = field(mark("Accepted by"), default="")
    internal: bool = field(mark("Internal only"), default=False)

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        above = ("issue_id", "need_id", "change_request_id")
        given = [name for name in above if getattr(self, name)]
        if len(given) > 1:
            yield Problem(given[1], mark("An option is for one problem, one need or one change."))
        if self.feasible is not Feasible.UNKNOWN and not self.checked_by.strip():
            yield Problem("checked_by", mark("Say who checked it."))
        if self.chosen_on and self.feasible is not Feasible.YES:
            yield Problem("feasible", mark("Only an option that was found feasible can be chosen."))
        if self.recommended and self.feasible is Feasible.NO:
            yield Problem("recommended", mark("What cannot be done is nothing to recommend."))
        if self.accepted_on and self.chosen_on is None:
            yield Problem("chosen_on", mark("What was accepted must have been chosen first."))
        if self.accepted_on and not self.accepted_by.strip():
            yield Problem("accepted_by", mark("Say who of the client accepted it."))
        yield from order_problem(
            "accepted_on",
            self.chosen_on,
            self.accepted_on,
            mark("It cannot be accepted before it was chosen."),
        )
