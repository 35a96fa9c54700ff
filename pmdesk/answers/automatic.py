"""Mail of a client that was taken for automatic: to be seen, and corrected by a person."""

from datetime import datetime
from typing import NamedTuple

from pmdesk.journal.codec import moment_of
from pmdesk.journal.journal import Journal


class AutomaticMail(NamedTuple):
    """A message that starts no clock because a machine seems to have written it."""

    id: int
    subject: str
    who: str
    at: datetime


def automatic_mail(journal: Journal, client_id: int) -> list[AutomaticMail]:
    """Inbound mail of a client taken for automatic, the newest first."""
    rows = journal.rows(
        "SELECT id, subject, who, at FROM interaction"
        " WHERE client_id = ? AND automatic = 1 AND direction = 'inbound' ORDER BY at DESC, id DESC",
        [client_id],
    )
    return [AutomaticMail(row[0], row[1], row[2], moment_of(row[3])) for row in rows]
