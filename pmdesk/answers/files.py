"""The files kept of a client: attachments of its mail, and reports as they were sent."""

from datetime import datetime
from typing import Final, NamedTuple

from pmdesk.answers.writing import first_line
from pmdesk.journal.codec import moment_of
from pmdesk.journal.journal import Journal

# What a file came with stands in `owner` as "kind:id"; the mail itself is no file of the client's.
_OF_CLIENT: Final = (
    "FROM attachment a {join} WHERE a.client_id = ? AND a.owner NOT GLOB 'original:*'"
)
_JOIN: Final = (
    "LEFT JOIN interaction i ON a.owner GLOB 'interaction:*' AND i.id = substr(a.owner, 13) + 0 "
    "LEFT JOIN report r ON a.owner GLOB 'report:*' AND r.id = substr(a.owner, 8) + 0 "
    "LEFT JOIN entry e ON a.owner GLOB 'entry:*' AND e.id = substr(a.owner, 7) + 0"
)


class FileRow(NamedTuple):
    """A file with what it came with: a mail's subject and sender, the words of a report or an entry.

    `size` is in bytes; `at` is None where nobody knows when it came.
    """

    id: int
    name: str
    size: int
    at: datetime | None
    subject: str
    who: str


def files_count(journal: Journal, client_id: int) -> int:
    """How many files of a client are kept."""
    return int(journal.rows(f"SELECT count(*) {_OF_CLIENT.format(join='')}", [client_id])[0][0])


def files_page(
    journal: Journal, client_id: int, *, offset: int = 0, limit: int = 100
) -> list[FileRow]:
    """Files of a client, the newest first."""
    rows = journal.rows(
        "SELECT a.id, a.name, a.size, coalesce(i.at, coalesce(r.sent_on, e.day) || 'T12:00:00Z')"
        f" AS came, coalesce(i.subject, r.what), i.who, substr(e.text, 1, 240) {_OF_CLIENT.format(join=_JOIN)}"
        " ORDER BY came DESC, a.id DESC LIMIT ? OFFSET ?",
        [client_id, limit, offset],
    )
    return [
        FileRow(
            id_,
            name or "",
            size or 0,
            moment_of(at) if at else None,
            subject or first_line(text or ""),
            who or "",
        )
        for id_, name, size, at, subject, who, text in rows
    ]
