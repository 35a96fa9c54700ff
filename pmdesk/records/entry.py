"""Journal entries: what a PM writes down for themselves on a day."""

from datetime import date

from pmdesk.records.declare import field, record
from pmdesk.words import mark


@record(
    "entry",
    number=6,
    one=mark("Journal entry"),
    many=mark("Journal entries"),
    title="text",
    date="day",
    search=("text", "tags"),
    client=None,
    columns=("day", "text", "tags", "mood"),
    internal=True,
)
class Entry:
    """One entry in Markdown. Mood runs from 1 (bad) to 5 (good); `records` are "kind:id"."""

    id: int | None = None
    uuid: str = ""
    day: date | None = field(mark("Day"), default=None, ahead=False, required=True)
    mood: int | None = field(mark("Mood (1–5)"), default=None, low=1, high=5)
    tags: tuple[str, ...] = field(mark("Tags"), default=())
    clients: tuple[int, ...] = field(mark("Clients"), default=(), refers="client")
    records: tuple[str, ...] = field(mark("About"), default=(), hidden=True)
    text: str = field(mark("Text"), default="", required=True, long=True)
