"""The logo at the head of reports."""

from datetime import datetime
from pathlib import Path
from typing import Final

from pmdesk.actions.refusals import Refused
from pmdesk.answers.letterhead import letterhead_record, logo_of
from pmdesk.journal import blobs
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.attachment import Attachment
from pmdesk.records.problems import Problem
from pmdesk.words import mark

_MOST: Final = 500_000
_TYPES: Final = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml",
}  # fmt: skip
_BEGINS: Final = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_CHOOSE: Final = mark("Chose the logo of reports")
_REMOVE: Final = mark("Took the logo of reports away")


def choose_logo(journal: Journal, path: Path, *, at: datetime) -> Changes:
    """Keep a picture as the logo in place of the one before; raises Refused, and OSError if unread."""
    media_type = _TYPES.get(path.suffix.lower())
    if media_type is None:
        raise Refused([Problem("logo", mark("A logo is a PNG, JPEG or SVG picture."))])
    if path.stat().st_size > _MOST:
        raise Refused([Problem("logo", mark("A logo has at most 500 kB."))])
    data = path.read_bytes()
    if not _is_picture(data, media_type):
        raise Refused([Problem("logo", mark("This file is not the picture that its name says."))])
    stored = letterhead_record(journal)
    old = logo_of(journal, stored)
    with journal.action(_CHOOSE, at=at) as act:
        if stored.id is None:
            stored = act.save(stored)
        if old is not None:
            act.delete(old)
        act.save(Attachment(owner=f"letterhead:{stored.id}", name=path.name, media_type=media_type,
                            size=len(data), hash=blobs.keep(act, data)))  # fmt: skip
    return act.changes()


def _is_picture(data: bytes, media_type: str) -> bool:
    begins = _BEGINS.get(media_type)
    if begins is not None:
        return data.startswith(begins)
    return b"<svg" in data[:4096] and b"<!ENTITY" not in data


def remove_logo(journal: Journal, *, at: datetime) -> Changes:
    """Take the logo away; raises Refused where there is none."""
    logo = logo_of(journal, letterhead_record(journal))
    if logo is None:
        raise Refused([Problem("logo", mark("There is no logo."))])
    with journal.action(_REMOVE, at=at) as act:
        act.delete(logo)
    return act.changes()
