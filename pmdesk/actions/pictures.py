"""Pictures of a journal entry: attachments of it, named in its text as Markdown names a picture."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from pmdesk.actions.checks import problems_in
from pmdesk.actions.consequences import client_of, follow
from pmdesk.actions.originals import file_name
from pmdesk.actions.records import Saved, trimmed
from pmdesk.actions.refusals import Refused
from pmdesk.journal import blobs
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.attachment import Attachment
from pmdesk.records.entry import Entry
from pmdesk.records.problems import Problem
from pmdesk.words import mark

ADD: Final = mark("Picture put into an entry: {what}")
REMOVE: Final = mark("Pictures that no text names removed: {what}")
MOST_MB: Final = 20
TOO_LARGE: Final = mark(
    "“{name}” is larger than {mb} MB and was not put in. Make it smaller first."
)
# The line of a text in which a picture stands.
NAMED: Final = re.compile(r"!\[[^\]]*\]\(([^()\s]+)\)")
# What would end the name in Markdown, or be taken for more than a name.
_ODD: Final = re.compile(r"[\s()\[\]<>#%?&!*`\\|]+")


class Picture(NamedTuple):
    """A picture to be kept: `name` is one of `free_name`."""

    name: str
    media_type: str
    data: bytes


def pictures_of(journal: Journal, entry_id: int | None) -> dict[str, Attachment]:
    """The files of an entry by the names that its text calls them."""
    found = journal.find(Attachment, "owner = ?", [f"entry:{entry_id}"]) if entry_id else []
    return {one.name: one for one in found}


def picture_data(journal: Journal, entry_id: int | None, name: str) -> bytes | None:
    """The bytes of a picture of an entry; None where it has none of that name, or it is damaged."""
    rows = journal.rows(
        "SELECT hash FROM attachment WHERE owner = ? AND name = ?", [f"entry:{entry_id}", name]
    )
    kept = bool(rows) and blobs.intact(journal, rows[0][0])
    return blobs.read(journal, rows[0][0]) if kept else None


def free_name(wished: str, taken: Collection[str]) -> str:
    """A name for a picture that Markdown takes as it is and that no other of the entry has."""
    plain = _ODD.sub("-", file_name(wished)).strip("-") or "picture.png"
    stem, ending, number, name = Path(plain).stem, Path(plain).suffix, 2, plain
    others = {one.casefold() for one in taken}
    while name.casefold() in others:
        name, number = f"{stem}-{number}{ending}", number + 1
    return name


def reference(name: str) -> str:
    """The line of a text in which a picture stands."""
    return f"![{Path(name).stem}]({name})"


def save_with_pictures(
    journal: Journal, entry: Entry, pictures: Sequence[Picture], *, at: datetime
) -> Saved:
    """Save an entry, whose text names them, with new pictures, as one step; raises Refused."""
    entry = trimmed(entry)
    problems = problems_in(journal, entry)
    problems += [
        Problem("text", TOO_LARGE, {"name": one.name, "mb": MOST_MB})
        for one in pictures
        if len(one.data) > MOST_MB * 1024 * 1024
    ]
    if problems:
        raise Refused(problems)
    with journal.action(ADD, at=at, what=", ".join(one.name for one in pictures)) as act:
        saved = act.save(follow(journal, act, entry))
        for one in pictures:
            act.save(
                Attachment(
                    owner=f"entry:{saved.id}",
                    client_id=client_of(saved),
                    name=one.name,
                    media_type=one.media_type,
                    size=len(one.data),
                    hash=blobs.keep(act, one.data),
                    internal=True,
                )
            )
    return Saved(saved, act.changes())


def loose_pictures(journal: Journal, entry: Entry) -> list[Attachment]:
    """The pictures of an entry that its text names no more."""
    named = set(NAMED.findall(entry.text))
    return [
        one
        for name, one in pictures_of(journal, entry.id).items()
        if name not in named and one.media_type.startswith("image/")
    ]


def remove_loose(journal: Journal, entry: Entry, *, at: datetime) -> Changes:
    """Delete them, as one step."""
    loose = loose_pictures(journal, entry)
    with journal.action(REMOVE, at=at, what=", ".join(one.name for one in loose)) as act:
        for one in loose:
            act.delete(one)
    return act.changes()
