"""What a person has set aside: a row of Today until a day, or an offer for good."""

from datetime import date

from pmdesk.records.declare import field, record
from pmdesk.words import mark


@record(
    "set_aside",
    number=31,
    one=mark("Set aside"),
    many=mark("Set aside"),
    title="why",
    columns=("made_on", "until", "why"),
    internal=True,
)
class SetAside:
    """Something that is not shown for a while, and why.

    `about` names it, as "rule:kind:id" or "promise_offer:interaction:id:digest"; without `until`
    it stays away for good.
    """

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(mark("Client"), default=None, refers="client", owned=True)
    about: str = field(default="", required=True, hidden=True)
    why: str = field(mark("Why"), default="", required=True)
    until: date | None = field(mark("Until"), default=None, ahead=True)
    made_on: date | None = field(mark("Set aside on"), default=None, ahead=False)
