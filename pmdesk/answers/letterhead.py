"""Who sends reports: the letterhead of the journal, and its logo."""

from typing import NamedTuple

from pmdesk.journal import blobs
from pmdesk.journal.journal import Journal
from pmdesk.records.attachment import Attachment
from pmdesk.records.letterhead import Letterhead

FORMATS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}


class Head(NamedTuple):
    """Lines of the sender, and the logo's bytes with their format as Typst calls it."""

    sender: tuple[str, ...] = ()
    logo: bytes = b""
    logo_format: str = ""


def letterhead_record(journal: Journal) -> Letterhead:
    """The stored letterhead to be edited, or a new one."""
    stored = journal.find(Letterhead, order="id", limit=1)
    return stored[0] if stored else Letterhead(name="1")


def logo_of(journal: Journal, letterhead: Letterhead) -> Attachment | None:
    """The logo, the last one chosen; None without one."""
    owner = f"letterhead:{letterhead.id}"
    found = journal.find(Attachment, "owner = ?", [owner], order="id DESC", limit=1)
    return found[0] if found and letterhead.id is not None else None


def letterhead(journal: Journal) -> Head:
    """What stands at the head of every report; nothing where nobody wrote one."""
    stored = letterhead_record(journal)
    sender = tuple(line.strip() for line in stored.sender.splitlines() if line.strip())
    logo = logo_of(journal, stored)
    data = blobs.read(journal, logo.hash) if logo is not None else None
    if logo is None or data is None or logo.media_type not in FORMATS:
        return Head(sender)
    return Head(sender, data, FORMATS[logo.media_type])
