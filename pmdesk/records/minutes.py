"""Minutes: what a meeting or a visit to a client came to, in the usual form."""

from datetime import date, datetime

from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.words import mark


@record(
    "minutes",
    number=30,
    one=mark("Minutes"),
    many=mark("Minutes"),
    title="what",
    search=("what", "present", "agenda", "decisions", "actions", "heard", "next_step"),
    columns=("present", "place", "sent_on"),
    practice=Practice.COMMUNICATION,
)
class Minutes:
    """Minutes of one contact, of which `interaction_id` tells when and how it took place.

    A line of `actions` is who | by when | what. A visit to the client also has its purpose, who
    came along, what the client said and who else is in play.
    """

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    interaction_id: int | None = field(
        mark("Contact it is of"), default=None, refers="interaction", required=True, owned=True
    )
    what: str = field(mark("Subject"), default="", required=True)
    visit: bool = field(mark("A visit to the client"), default=False)
    place: str = field(mark("Where"), default="")
    chair: str = field(mark("In the chair"), default="")
    taken_by: str = field(mark("Minutes by"), default="")
    present: tuple[str, ...] = field(mark("Present"), default=())
    absent: tuple[str, ...] = field(mark("Absent"), default=())
    purpose: str = field(mark("Purpose of the visit"), default="", long=True)
    along: tuple[str, ...] = field(mark("Who came along"), default=())
    agenda: str = field(mark("Agenda"), default="", long=True)
    decisions: str = field(mark("Decisions"), default="", long=True)
    actions: tuple[str, ...] = field(
        mark("Actions, a line each: who | by when | what"), default=(), long=True
    )
    heard: str = field(mark("What the client said"), default="", long=True)
    rivals: str = field(mark("Others in play, for ourselves"), default="", internal=True, long=True)
    next_step: str = field(mark("Next step"), default="", long=True)
    next_at: datetime | None = field(mark("Next meeting"), default=None, ahead=True)
    sent_on: date | None = field(mark("Sent to the client on"), default=None, ahead=False)
    internal: bool = field(mark("Internal only"), default=False)
