"""Lines as they were captured, kept word by word beside what was made of them."""

from datetime import datetime

from pmdesk.records.declare import field, record
from pmdesk.words import mark


@record(
    "captured_line",
    number=33,
    one=mark("Captured line"),
    many=mark("Captured lines"),
    title="line",
    date="at",
    columns=("at", "line"),
    internal=True,
)
class CapturedLine:
    """A line as it was typed; `made` names the records made of it, as "kind:id"."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(mark("Client"), default=None, refers="client", owned=True)
    at: datetime | None = field(mark("When"), default=None, ahead=False, required=True)
    line: str = field(mark("Line"), default="", required=True)
    made: tuple[str, ...] = field(default=(), hidden=True)
