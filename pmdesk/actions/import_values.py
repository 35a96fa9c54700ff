"""What an import of mail tells of itself beside what every import does."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from pmdesk.actions.importing import Preview, Report


class Unclear(NamedTuple):
    """Senders that no client claims yet, by domain (or address, for mail providers).

    `name` is what one of them calls themselves, where a mail says it.
    """

    pattern: str
    messages: int
    example: str
    name: str = ""


@dataclass
class MailPreview(Preview):
    """What an import of mail would do. Counts are messages.

    Left out is what is no sent mail (drafts, trash, spam) and what concerns no client;
    `own_proposed` are addresses that seem to be one's own.
    """

    ignored: int = 0
    ours: int = 0
    by_client: Counter[str] = field(default_factory=Counter)
    unclear: list[Unclear] = field(default_factory=list)
    own_proposed: list[str] = field(default_factory=list)
    first: datetime | None = None
    last: datetime | None = None


@dataclass
class MailReport(MailPreview, Report):
    """What an import of mail did; `moved` are messages of the journal that were sorted anew."""

    contacts: int = 0
    attachments: int = 0
    moved: int = 0
