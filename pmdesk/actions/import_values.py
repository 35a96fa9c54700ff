"""What an import tells of itself: how it is watched, what it would do, what it did."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from pmdesk.exchange.mail.reading import Unreadable
from pmdesk.journal.changes import Changes


class ImportCancelled(Exception):
    """The person stopped the import; nothing of it was kept."""


class Job(NamedTuple):
    """How a long job is watched: told of bytes done, asked whether to stop."""

    progress: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False


class Unclear(NamedTuple):
    """Senders that no client claims yet, by domain (or address, for mail providers).

    `name` is what one of them calls themselves, where a mail says it.
    """

    pattern: str
    messages: int
    example: str
    name: str = ""


@dataclass
class Preview:
    """What an import would do. Counts are messages.

    `left_out` counts what is no sent mail (drafts, trash, spam) and what concerns no client, by
    the words for it; `own_proposed` are addresses that seem to be one's own.
    """

    new: int = 0
    there: int = 0
    ignored: int = 0
    ours: int = 0
    by_client: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    unclear: list[Unclear] = field(default_factory=list)
    own_proposed: list[str] = field(default_factory=list)
    not_taken: list[Unreadable] = field(default_factory=list)
    first: datetime | None = None
    last: datetime | None = None


@dataclass
class Report(Preview):
    """What an import did; `moved` are messages of the journal that were sorted anew."""

    contacts: int = 0
    attachments: int = 0
    moved: int = 0
    changes: Changes = field(default_factory=Changes)
