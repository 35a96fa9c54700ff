"""Long term: dates that matter."""

from datetime import date

from pmdesk.records.declare import field, record
from pmdesk.records.practices import Practice
from pmdesk.words import mark


@record(
    "key_date",
    number=27,
    one=mark("Key date"),
    many=mark("Key dates"),
    title="what",
    search=("what", "note"),
    columns=("day", "yearly"),
    practice=Practice.LONG_TERM,
    done="done_on",
    internal=True,
)
class KeyDate:
    """A renewal, an anniversary, a fair: once or every year."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(
        mark("Client"), default=None, refers="client", required=True, owned=True
    )
    what: str = field(mark("What"), default="", required=True)
    day: date | None = field(mark("Day"), default=None, required=True)
    yearly: bool = field(mark("Every year"), default=False)
    done_on: date | None = field(mark("Done on"), default=None)
    note: str = field(mark("Note"), default="", long=True)
