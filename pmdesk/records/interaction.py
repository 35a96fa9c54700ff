"""Interactions: every contact with a client, whatever the channel."""

from datetime import datetime

from pmdesk.records.choices import Channel, DateDoubt, Direction, NeedsReply, UnreadPart
from pmdesk.records.declare import field, record
from pmdesk.words import mark


@record(
    "interaction",
    number=5,
    one=mark("Interaction"),
    many=mark("Interactions"),
    title="subject",
    date="at",
    search=("subject", "who", "text"),
    columns=("at", "channel", "who", "subject"),
)
class Interaction:
    """One contact. `at` is UTC; `offset_minutes` is the sender's own offset where one was given.

    `thread` groups a conversation, `answered_by` names the interaction that answered this one,
    `who` is the other side as written. `reached` says of a message of ours whether its client is
    among those who got it (a forward to a colleague answers nobody), and `reached_too` names the
    other clients of its thread that did. The text stands last: SQLite then reads the rest of a row
    without touching the pages a long text spills into.
    """

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(mark("Client"), default=None, refers="client", owned=True)
    contact_id: int | None = field(mark("Contact"), default=None, refers="contact")
    project_id: int | None = field(mark("Project"), default=None, refers="project")
    channel: Channel = field(mark("Channel"), default=Channel.MAIL)
    direction: Direction = field(mark("Direction"), default=Direction.INBOUND)
    at: datetime | None = field(mark("When"), default=None, ahead=False, required=True)
    offset_minutes: int | None = field(default=None, hidden=True)
    thread: int | None = field(default=None, hidden=True)
    automatic: bool = field(mark("Automatic message"), default=False)
    needs_reply: NeedsReply = field(mark("Reply"), default=NeedsReply.AUTO)
    answered_by: int | None = field(
        mark("Answered by"), default=None, refers="interaction", hidden=True
    )
    date_doubt: DateDoubt = field(mark("Date"), default=DateDoubt.NONE, hidden=True)
    reached: bool = field(default=True, hidden=True)
    reached_too: tuple[int, ...] = field(default=(), hidden=True)
    unread: UnreadPart = field(default=UnreadPart.NONE, hidden=True)
    internal: bool = field(mark("Internal only"), default=False)
    minutes: int | None = field(
        mark("Duration"), default=None, low=0, high=10_000, unit=mark("minutes")
    )
    who: str = field(mark("With whom"), default="")
    to: tuple[str, ...] = field(mark("Also there"), default=())
    subject: str = field(mark("Subject"), default="", required=True)
    source: str = field(default="", hidden=True)
    text: str = field(mark("Text"), default="", long=True)
