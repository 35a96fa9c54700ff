"""The letterhead of reports: who sends them; the logo is its attachment."""

from pmdesk.records.declare import field, record
from pmdesk.words import mark


@record(
    "letterhead",
    number=34,
    one=mark("Letterhead"),
    many=mark("Letterhead"),
    title="name",
    client=None,
)
class Letterhead:
    """What stands at the head of every report: a line each of the sender, and a logo beside it."""

    id: int | None = None
    uuid: str = ""
    name: str = field(default="", hidden=True)
    sender: str = field(mark("Sender, a line each"), default="", long=True)
