"""The unhappy client: service recovery, step by step, none of them skipped."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from pmdesk.records.choices import Choice
from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.records.problems import Problem
from pmdesk.words import mark

# Each step with the fields that say that it was done, in their order.
STEPS: Final = (
    (mark("Heard"), ("own_words", "heard_at")),
    (mark("Acknowledged"), ("acknowledged_at",)),
    (mark("Causes analysed together"), ("causes",)),
    (mark("Options offered"), ("ways",)),
    (mark("Solution agreed"), ("solution", "agreed_on", "due", "owner")),
    (mark("Done"), ("done_on",)),
    (mark("First follow-up"), ("follow_up_1_on", "follow_up_1")),
    (mark("Second follow-up"), ("follow_up_2_on", "follow_up_2")),
    (mark("Rated by the client"), ("rating",)),
    (mark("Closed"), ("closed_on",)),
)


class Breach(Choice):
    """Why we failed the client (Kim, Ferrin, Cooper & Dirks 2004): it decides how to mend it."""

    UNKNOWN = "unknown", mark("Not known yet")
    COULD_NOT = "could_not", mark("We could not")
    WOULD_NOT = "would_not", mark("We would not")


@record(
    "complaint",
    number=26,
    one=mark("Unhappy client"),
    many=mark("Unhappy client"),
    title="own_words",
    date="heard_at",
    search=("own_words", "causes", "ways", "solution"),
    columns=("heard_at", "owner", "due", "rating"),
    practice=Practice.FEEDBACK,
    done="closed_on",
    internal=True,
)
class Complaint:
    """A client is unhappy: heard, acknowledged, analysed, agreed, done, followed up, rated."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    own_words: str = field(mark("In the client's own words"), default="", required=True, long=True)
    heard_at: datetime | None = field(mark("Heard"), default=None, ahead=False, required=True)
    acknowledged_at: datetime | None = field(mark("Acknowledged"), default=None, ahead=False)
    causes: str = field(mark("Causes, analysed together"), default="", long=True)
    breach: Breach = field(mark("Could we not, or would we not"), default=Breach.UNKNOWN)
    ways: str = field(mark("Options offered"), default="", long=True)
    solution: str = field(mark("Agreed solution"), default="", long=True)
    agreed_on: date | None = field(mark("Agreed on"), default=None, ahead=False)
    due: date | None = field(
        mark("To be done by"), default=None, ahead=True, due=("done_on", "closed_on")
    )
    owner: str = field(mark("Owner"), default="")
    done_on: date | None = field(mark("Done on"), default=None, ahead=False)
    follow_up_1_on: date | None = field(
        mark("First follow-up (2 working days)"), default=None, ahead=False
    )
    follow_up_1: str = field(mark("What the client answered"), default="")
    follow_up_2_on: date | None = field(
        mark("Second follow-up (2 weeks)"), default=None, ahead=False
    )
    follow_up_2: str = field(mark("What the client answered then"), default="")
    rating: int | None = field(mark("The client's own rating (1–5)"), default=None, low=1, high=5)
    issue_id: int | None = field(mark("Cause in the risk log"), default=None, refers="issue")
    closed_on: date | None = field(mark("Closed on"), default=None, ahead=False)

    @property
    def step(self) -> int:
        """How many steps are wholly done."""
        return next((n for n, (_, names) in enumerate(STEPS) if not self._has(names)), len(STEPS))

    def _has(self, names: tuple[str, ...]) -> bool:
        return all(getattr(self, name) not in {None, ""} for name in names)

    def problems(self) -> Iterator[Problem]:
        """No step before the one before it is done; closed only with both answers."""
        here = self.step
        for step, names in STEPS[here + 1 :]:
            for name in names:
                if getattr(self, name) not in {None, ""}:
                    yield Problem(
                        name,
                        mark("First comes “{step}”, then “{later}”."),
                        {"step": STEPS[here][0], "later": step},
                    )
        if self.heard_at and self.acknowledged_at and self.acknowledged_at < self.heard_at:
            yield Problem("acknowledged_at", mark("This lies before it was heard."))
        if self.closed_on and self.issue_id is None:
            yield Problem("issue_id", mark("Put the cause into the risk log before closing."))
        last = self.heard_at.date() if self.heard_at else None
        for name in ("agreed_on", "done_on", "follow_up_1_on", "follow_up_2_on", "closed_on"):
            day: date | None = getattr(self, name)
            if last and day and day < last:
                yield Problem(name, mark("This lies before the step before it."))
            last = day or last
