"""Contacts: the people at a client."""

from collections.abc import Iterator

from pmdesk.records.choices import Channel, Engagement, Tongue
from pmdesk.records.declare import field, record
from pmdesk.records.problems import NO_BIRTHDAY, Problem
from pmdesk.typed.birthdays import stored_birthday
from pmdesk.words import mark


@record(
    "contact",
    number=2,
    one=mark("Contact"),
    many=mark("Contacts"),
    title="name",
    search=("name", "role", "department", "addresses", "phones", "wechat", "notes"),
    columns=("name", "role", "addresses", "engagement_now"),
)
class Contact:
    """A person at a client. Influence and interest run from 1 (little) to 5 (much).

    `birthday` is 1985-08-15, or --08-15 where the year is not known; by the lunar calendar its own
    month and day, --04L-10 in a leap month.
    """

    id: int | None = None
    uuid: str = ""
    client_id: int | None = field(mark("Client"), default=None, refers="client", owned=True)
    name: str = field(mark("Name"), default="", required=True)
    role: str = field(mark("Role"), default="")
    honorific: str = field(mark("Form of address"), default="")
    department: str = field(mark("Department"), default="")
    addresses: tuple[str, ...] = field(mark("Mail addresses"), default=(), checks="address")
    phones: tuple[str, ...] = field(mark("Phones"), default=())
    wechat: str = field(mark("WeChat"), default="")
    birthday: str = field(mark("Birthday"), default="", checks="birthday")
    birthday_lunar: bool = field(mark("By the lunar calendar"), default=False)
    influence: int | None = field(mark("Influence (1–5)"), default=None, low=1, high=5)
    interest: int | None = field(mark("Interest (1–5)"), default=None, low=1, high=5)
    engagement_now: Engagement = field(
        mark("Engagement now"), default=Engagement.UNKNOWN, internal=True
    )
    engagement_wanted: Engagement = field(
        mark("Engagement wanted"), default=Engagement.UNKNOWN, internal=True
    )
    channel: Channel = field(mark("Preferred channel"), default=Channel.MAIL)
    language: Tongue = field(mark("Preferred language"), default=Tongue.AUTO)
    notes: str = field(mark("Notes for ourselves"), default="", internal=True, long=True)

    def problems(self) -> Iterator[Problem]:
        """What the fields say against each other."""
        if self.birthday.strip():
            try:
                stored_birthday(self.birthday, lunar=self.birthday_lunar)
            except ValueError:
                yield Problem("birthday", NO_BIRTHDAY, {"text": self.birthday})
