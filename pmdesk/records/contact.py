"""Contacts: the people at a client."""

from pmdesk.records.choices import Channel, Engagement, Tongue
from pmdesk.records.declare import field, record
from pmdesk.words import mark


@record(
    "contact",
    number=2,
    one=mark("Contact"),
    many=mark("Contacts"),
    title="name",
    search=("name", "role", "addresses", "phones", "notes"),
    columns=("name", "role", "addresses", "engagement_now"),
)
class Contact:
    """A person at a client. Influence and interest run from 1 (little) to 5 (much)."""

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(mark("Client"), default=None, refers="client", owned=True)
    name: str = field(mark("Name"), default="", required=True)
    role: str = field(mark("Role"), default="")
    addresses: tuple[str, ...] = field(mark("Mail addresses"), default=(), checks="address")
    phones: tuple[str, ...] = field(mark("Phones"), default=())
    influence: int | None = field(mark("Influence (1–5)"), default=None, low=1, high=5)
    interest: int | None = field(mark("Interest (1–5)"), default=None, low=1, high=5)
    engagement_now: Engagement = field(
        mark("Engagement now"), default=Engagement.UNKNOWN, internal=True
    )
    engagement_wanted: Engagement = field(
        mark("Engagement wanted"), default=Engagement.UNKNOWN, internal=True
    )
    channel: Channel = field(mark("Preferred channel"), default=Channel.MAIL)
    language: Tongue = field(mark("Preferred language"), default=Tongue.EN)
    notes: str = field(mark("Notes for ourselves"), default="", internal=True, long=True)
