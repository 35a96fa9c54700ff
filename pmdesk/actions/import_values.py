"""What an import of mail tells of itself beside what every import does."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from pmdesk.actions.importing import Preview, Report


class Unclear(NamedTuple):
    """Senders that no client claims yet, by domain (or address, for mail providers).

    `name` is what one of them calls themselves, where a mail says it, `company` what their mail
    calls them. `messages` are theirs, `ours` those we wrote there; `people` are addresses, `last`
    is the last mail of either side. `likely`: mail goes both ways, as with a client.
    """

    pattern: str
    messages: int
    example: str
    name: str = ""
    ours: int = 0
    people: int = 0
    last: datetime | None = None
    company: str = ""
    likely: bool = False


class OwnAddress(NamedTuple):
    """An address that seems to be one's own: messages from it and to it.

    `sure`: the mail program says so, or most of the mail was sent from there or delivered there.
    """

    address: str
    sent: int
    got: int
    sure: bool = True


@dataclass
class MailPreview(Preview):
    """What an import of mail would do. Counts are messages.

    Left out is what is no sent mail (drafts, trash, spam) and what concerns no client;
    `own_proposed` are addresses that seem to be one's own, `mass` counts senders of mass mail.
    """

    ignored: int = 0
    ours: int = 0
    by_client: Counter[str] = field(default_factory=Counter)
    unclear: list[Unclear] = field(default_factory=list)
    own_proposed: list[OwnAddress] = field(default_factory=list)
    mass: int = 0
    first: datetime | None = None
    last: datetime | None = None


@dataclass
class MailReport(MailPreview, Report):
    """What an import of mail did; `moved` are messages of the journal that were sorted anew."""

    contacts: int = 0
    attachments: int = 0
    moved: int = 0
