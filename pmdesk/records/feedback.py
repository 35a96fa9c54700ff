"""Feedback: reports that went out, and what the client says of us."""

from collections.abc import Iterator
from datetime import date

from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.records.problems import Problem
from pmdesk.words import mark


@record(
    "report",
    number=20,
    one=mark("Report sent"),
    many=mark("Reports sent"),
    title="what",
    date="sent_on",
    search=("what",),
    columns=("sent_on", "to", "plan_line_id"),
    practice=Practice.FEEDBACK,
)
class ReportSent:
    """A report as it went out; the copy that was sent is its attachment.

    `form` is the kind of report and `wanted` what was asked of it, as JSON: the next begins with it.
    """

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    plan_line_id: int | None = field(mark("By the plan"), default=None, refers="plan_line")
    what: str = field(mark("Report"), default="", required=True)
    sent_on: date | None = field(mark("Sent on"), default=None, ahead=False, required=True)
    to: tuple[str, ...] = field(mark("Sent to"), default=())
    form: str = field(default="", hidden=True)
    wanted: str = field(default="", hidden=True)
    internal: bool = field(mark("Internal only"), default=False)


@record(
    "feedback",
    number=21,
    one=mark("Feedback of the client"),
    many=mark("Feedback of the client"),
    title="said",
    date="day",
    search=("said", "by", "act"),
    columns=("day", "by", "csat", "nps", "act"),
    practice=Practice.FEEDBACK,
    done="acted_on",
)
class Feedback:
    """What the client said of us: satisfied 1–5, would recommend 0–10, own words, our act on it."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    contact_id: int | None = field(mark("Contact"), default=None, refers="contact")
    day: date | None = field(mark("Day"), default=None, ahead=False, required=True)
    by: str = field(mark("Said by"), default="")
    csat: int | None = field(mark("Satisfied (1–5)"), default=None, low=1, high=5)
    nps: int | None = field(mark("Would recommend us (0–10)"), default=None, low=0, high=10)
    said: str = field(mark("In their own words"), default="", long=True)
    act: str = field(mark("What we do about it"), default="", internal=True, long=True)
    acted_on: date | None = field(mark("Done on"), default=None, ahead=False)

    def problems(self) -> Iterator[Problem]:
        """Feedback says something."""
        if self.csat is None and self.nps is None and not self.said.strip():
            yield Problem("said", mark("Give a mark or the client's words."))
